package format_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

const mesaHeader = "mesaid,line,linetime,offwrist,activity,marker,whitelight,redlight,greenlight,bluelight,wake,interval,dayofweek,daybymidnight,daybynoon\n"

// makeMESA is a recording that begins on a Saturday at 23:55, each row with the
// activity of its number.
func makeMESA(rows int) string {
	var b strings.Builder
	b.WriteString(mesaHeader)
	at := time.Date(2000, 1, 1, 23, 55, 0, 0, time.UTC) // a Saturday
	for i := range rows {
		t := at.Add(time.Duration(i) * 30 * time.Second)
		day := t.YearDay()
		fmt.Fprintf(&b, "17,%d,%s,%d,%d.00,0,1.5,0.5,0.25,0.1,1,%s,%d,%d,1\n", i+1, t.Format(time.TimeOnly), i%2, i,
			[]string{"ACTIVE", "REST", "REST-S", "EXCLUDED"}[i%4], t.Weekday()+1, day)
	}
	return b.String()
}

func TestMESA(t *testing.T) {
	text := makeMESA(200)
	gap := strings.Split(text, "\n")
	gap = append(gap[:40], gap[45:]...) // five rows are lost
	r := readOne(t, "x.csv", strings.Join(gap, "\n"), format.Options{})
	if r.Subject != "17" || r.Start.String() != "Sat 23:55:00" || r.Start.HasDate() || r.Epoch != 30*time.Second || len(r.Activity) != 200 {
		t.Errorf("got %s from %s, %d of %v", r.Subject, r.Start, len(r.Activity), r.Epoch)
	}
	if r.Missing() != 5 || !math.IsNaN(r.Activity[39]) || r.Activity[44] != 44 {
		t.Errorf("got %d missing, %v and %v; want the five lost rows", r.Missing(), r.Activity[39], r.Activity[44])
	}
	for name, want := range map[string][]float64{
		"wear": {1, 0, 1}, "interval status": {1, 2, 3, 0, 1}, "light": {1.5}, "blue light": {0.1}, "sleep/wake": {1},
	} {
		if !beginsWith(r.Channels[name], want) {
			t.Errorf("%s: got %v, want %v", name, r.Channels[name][:5], want)
		}
	}
}

func TestBadMESA(t *testing.T) {
	row := "17,1,23:55:00,0,5.00,0,1,1,1,1,1,ACTIVE,7,1,1\n"
	tests := []struct {
		name, content string
		line          int
		want          string
	}{
		{"day", mesaHeader + row + "17,2,00:00:00,0,5.00,0,1,1,1,1,1,ACTIVE,2,2,1\n", 3, "expected Sunday, since day 1 is a Saturday, found Monday"},
		{"person", mesaHeader + row + "18,2,23:55:30,0,5.00,0,1,1,1,1,1,ACTIVE,7,1,1\n", 3, "one participant, 17"},
		{"clock", mesaHeader + "17,1,24:55:00,0,5.00,0,1,1,1,1,1,ACTIVE,7,1,1\n", 2, "a time of day in linetime"},
		{"weekday", mesaHeader + "17,1,23:55:00,0,5.00,0,1,1,1,1,1,ACTIVE,8,1,1\n", 2, "a weekday from 1 (Sunday) to 7"},
		{"number", mesaHeader + "17,1,23:55:00,0,5.x,0,1,1,1,1,1,ACTIVE,7,1,1\n", 2, "a number in column 5"},
		{"negative", mesaHeader + "17,1,23:55:00,0,-5,0,1,1,1,1,1,ACTIVE,7,1,1\n", 2, "activity of at least 0"},
		{"interval", mesaHeader + "17,1,23:55:00,0,5,0,1,1,1,1,1,NAP,7,1,1\n", 2, "ACTIVE, REST, REST-S or EXCLUDED"},
		{"columns", mesaHeader + "17,1,23:55:00\n", 2, "15 columns"},
		{"nothing", mesaHeader, 2, "rows of epochs"},
		{"one row", mesaHeader + row, 2, "at least two rows"},
	}
	for _, tt := range tests {
		out, err := readBytes("x.csv", []byte(tt.content), format.Options{})
		var file *actigraphy.FileError
		if !errors.As(err, &file) || len(out) > 0 || file.Line != tt.line || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q on line %d", tt.name, err, tt.want, tt.line)
		}
	}
}
