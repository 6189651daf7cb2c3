package format_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// same compares values; NaN equals NaN.
func same(got, want []float64) bool {
	return slices.EqualFunc(got, want, func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) })
}

// noted reports whether a note of the recording has the text.
func noted(r *actigraphy.Recording, text string) bool {
	return slices.ContainsFunc(r.Source.Notes, func(n string) bool { return strings.Contains(n, text) })
}

func TestCSVLayouts(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name, text string
		opts       format.Options
		start      string
		epoch      time.Duration
		activity   []float64
		note       string
	}{
		{"plain", "timestamp,activity\n2020-01-01 00:00:00,1\n2020-01-01 00:01:00,2\n", format.Options{}, "2020-01-01T00:00:00", time.Minute, []float64{1, 2}, "times are column 1"},
		{"BOM and CRLF", "\xef\xbb\xbftimestamp,activity\r\n2020-01-01 00:00,1\r\n2020-01-01 00:01,2\r\n", format.Options{}, "2020-01-01T00:00:00", time.Minute, []float64{1, 2}, ""},
		{"no header", "2020-01-01T00:00:00,1\n2020-01-01T00:00:30,2\n", format.Options{}, "2020-01-01T00:00:00", 30 * time.Second, []float64{1, 2}, "the only column of numbers"},
		{"decimal comma", "Zeit;Aktivität\n31.12.2019 23:59;1,5\n01.01.2020 00:00;2\n", format.Options{}, "2019-12-31T23:59:00", time.Minute, []float64{1.5, 2}, "decimal commas"},
		{"Latin-1 names", "Zeit;Aktivit\xe4t\n31.12.2019 23:59;1\n01.01.2020 00:00;2\n", format.Options{}, "2019-12-31T23:59:00", time.Minute, []float64{1, 2}, `"Aktivität"`},
		{"quoted decimal comma", "time,activity\n2020-01-01 00:00,\"1,5\"\n2020-01-01 00:01,\"2,25\"\n", format.Options{}, "2020-01-01T00:00:00", time.Minute, []float64{1.5, 2.25}, "decimal commas"},
		{"tabs and AM/PM", "Date\tTime\tCounts\n6/27/2012\t11:59 PM\t3\n6/28/2012\t12:00 AM\t4\n", format.Options{}, "2012-06-27T23:59:00", time.Minute, []float64{3, 4}, "month, day, year: line 2"},
		{"day first by a day over 12", "time,activity\n12/03/2020 23:59,1\n13/03/2020 00:00,2\n", format.Options{}, "2020-03-12T23:59:00", time.Minute, []float64{1, 2}, "day, month, year: line 3"},
		{"day first by continuity", "time,activity\n04/03/2020 23:59,1\n05/03/2020 00:00,2\n", format.Options{}, "2020-03-04T23:59:00", time.Minute, []float64{1, 2}, "jump by a month"},
		{"month first by continuity", "time,activity\n03/04/2020 23:59,1\n03/05/2020 00:00,2\n", format.Options{}, "2020-03-04T23:59:00", time.Minute, []float64{1, 2}, "jump by a month"},
		{"day first by choice", "time,activity\n04/03/2020 00:00,1\n04/03/2020 00:01,2\n", format.Options{DateOrder: format.DayMonthYear}, "2020-03-04T00:00:00", time.Minute, []float64{1, 2}, "as chosen by hand"},
		{"month names", "time,activity\n04-Mar-2020 00:00,1\n04-MAR-2020 00:01,2\n", format.Options{}, "2020-03-04T00:00:00", time.Minute, []float64{1, 2}, ""},
		{"years of two digits", "time;activity\n31.12.19 23:59;1\n01.01.20 00:00;2\n", format.Options{}, "2019-12-31T23:59:00", time.Minute, []float64{1, 2}, "are the year"},
		{"nothing recorded at first", "time,activity\n" + "2020-01-01 00:00,\n2020-01-01 00:01,\n2020-01-01 00:02,3\n", format.Options{}, "2020-01-01T00:00:00", time.Minute, []float64{nan, nan, 3}, ""},
		{"spaces in dates", "time,activity\n4 Oct 2020 23:59,1\n5 Oct 2020 00:00,2\n", format.Options{}, "2020-10-04T23:59:00", time.Minute, []float64{1, 2}, ""},
		{"separated by spaces", "2020-03-04 00:00 1\n2020-03-04 00:01 2\n", format.Options{}, "2020-03-04T00:00:00", time.Minute, []float64{1, 2}, ""},
		{"unix seconds", "time,activity\n1583280000,1\n1583280060,2\n", format.Options{}, "2020-03-04T00:00:00Z", time.Minute, []float64{1, 2}, "offset from UTC"},
		{"unix milliseconds", "timestamp,activity\n1583280000000,1\n1583280030000,2\n", format.Options{}, "2020-03-04T00:00:00Z", 30 * time.Second, []float64{1, 2}, ""},
		{"offset", "time,activity\n2020-03-04T00:00:00+01:00,1\n2020-03-04T00:01:00+01:00,2\n", format.Options{}, "2020-03-04T00:00:00+01:00", time.Minute, []float64{1, 2}, "offset from UTC"},
		{"offset that changes", "time,activity\n2020-03-29T01:59:00+01:00,1\n2020-03-29T03:00:00+02:00,2\n", format.Options{}, "2020-03-29T01:59:00+01:00", time.Minute, []float64{1, 2}, "changes on line 3"},
		{"start and epoch above", "Start;2020-01-01 12:00:00\nEpoch;30\nActivity\n5\n6\n7\n", format.Options{}, "2020-01-01T12:00:00", 30 * time.Second, []float64{5, 6, 7}, "an epoch of 30 s"},
		{"preamble", "My study\nDevice: X\n\ntimestamp,activity\n2020-01-01 00:00:00,1\n2020-01-01 00:01:00,2\n", format.Options{}, "2020-01-01T00:00:00", time.Minute, []float64{1, 2}, "first 3 lines"},
		{"gap", "time,activity\n2020-01-01 00:00,1\n2020-01-01 00:01,2\n2020-01-01 00:03,4\n", format.Options{}, "2020-01-01T00:00:00", time.Minute, []float64{1, 2, nan, 4}, "gaps 1, epochs 1 in all"},
		{"missing values", "time,activity\n2020-01-01 00:00,NA\n2020-01-01 00:01,\n2020-01-01 00:02,4\n", format.Options{}, "2020-01-01T00:00:00", time.Minute, []float64{nan, nan, 4}, ""},
		{"the date stays at midnight", "time,activity\n2020-01-01 23:58,1\n2020-01-01 23:59,2\n2020-01-01 00:00,3\n2020-01-01 00:01,4\n", format.Options{}, "2020-01-01T23:58:00", time.Minute, []float64{1, 2, 3, 4}, "the clock passes midnight 1 times"},
		{"repeated row", "time,activity\n2020-01-01 00:00,1\n2020-01-01 00:01,2\n2020-01-01 00:01,2\n2020-01-01 00:02,4\n", format.Options{}, "2020-01-01T00:00:00", time.Minute, []float64{1, 2, 4}, "1 repeated rows"},
		{"empty rows of a spreadsheet", "time,activity\n2020-01-01 00:00,1\n2020-01-01 00:01,2\n,\n,\n", format.Options{}, "2020-01-01T00:00:00", time.Minute, []float64{1, 2}, "2 empty lines"},
		{"not on the minute", "time,activity\n2020-01-01 00:00:26,1\n2020-01-01 00:01:26,2\n2020-01-01 00:02:27,3\n2020-01-01 00:03:27,3\n2020-01-01 00:04:27,3\n2020-01-01 00:05:27,3\n2020-01-01 00:06:27,3\n2020-01-01 00:07:27,3\n2020-01-01 00:08:27,3\n2020-01-01 00:09:27,3\n2020-01-01 00:10:27,3\n2020-01-01 00:11:27,3\n", format.Options{}, "2020-01-01T00:00:26", time.Minute, []float64{1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3}, "up to 1 s off"},
		{"clock forward", "time,activity\n2003-03-30 01:00,1\n2003-03-30 01:30,2\n2003-03-30 03:00,3\n", format.Options{}, "2003-03-30T01:00:00", 30 * time.Minute, []float64{1, 2, nan, nan, 3}, "start of summer time"},
		{"clock back", "time,activity\n2003-10-26 02:00,1\n2003-10-26 02:30,2\n2003-10-26 02:00,3\n2003-10-26 02:30,4\n2003-10-26 03:00,5\n2003-10-26 03:30,6\n", format.Options{}, "2003-10-26T02:00:00", 30 * time.Minute, []float64{1, 2, 5, 6}, "end of summer time"},
		{"channel by name", "time,PIM,TAT\n2020-01-01 00:00,1,7\n2020-01-01 00:01,2,8\n", format.Options{Channel: "tat"}, "2020-01-01T00:00:00", time.Minute, []float64{7, 8}, `"TAT"`},
		{"last line without end", "time,activity\n2020-01-01 00:00,1\n2020-01-01 00:01,2", format.Options{}, "2020-01-01T00:00:00", time.Minute, []float64{1, 2}, "no line end"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readOne(t, "someone.csv", tt.text, tt.opts)
			if got := r.Start.String(); got != tt.start {
				t.Errorf("start: got %s, want %s", got, tt.start)
			}
			if r.Epoch != tt.epoch {
				t.Errorf("epoch: got %v, want %v", r.Epoch, tt.epoch)
			}
			if !same(r.Activity, tt.activity) {
				t.Errorf("activity: got %v, want %v", r.Activity, tt.activity)
			}
			if r.Subject != "someone" {
				t.Errorf("subject: got %q, want the file's name", r.Subject)
			}
			if !noted(r, tt.note) {
				t.Errorf("notes: got %q, want %q among them", r.Source.Notes, tt.note)
			}
		})
	}
}

func TestCSVChannels(t *testing.T) {
	r := readOne(t, "x.csv", "time,activity,White Light,Temperature,comment\n2020-01-01 00:00,1,10,-2.5,a\n2020-01-01 00:02,2,20,30.5,b\n2020-01-01 00:03,2,20,,b\n", format.Options{})
	nan := math.NaN()
	if got, want := r.Channels[actigraphy.ChannelLight], []float64{10, nan, 20, 20}; !same(got, want) {
		t.Errorf("light: got %v, want %v", got, want)
	}
	if got, want := r.Channels[actigraphy.ChannelTemperature], []float64{-2.5, nan, 30.5, nan}; !same(got, want) {
		t.Errorf("temperature: got %v, want %v", got, want)
	}
	if !noted(r, `not read: "comment"`) {
		t.Errorf("notes: got %q, want the column that was not read", r.Source.Notes)
	}
}

func TestCSVParticipants(t *testing.T) {
	text := "id,time,activity\nA,2020-01-01 00:00,1\nA,2020-01-01 00:01,2\nB,2020-01-01 00:00,3\nB,2020-01-01 00:01,4\n"
	out, err := readBytes("cohort.csv", []byte(text), format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != 2 || out[0].Subject != "A" || out[1].Subject != "B" {
		t.Fatalf("got %d recordings, want those of A and B", len(out))
	}
	if out[0].ID() == out[1].ID() {
		t.Error("two participants of a file have one id")
	}
	dates := "id,time,activity\nA,04/03/2020 23:59,1\nA,05/03/2020 00:00,2\nB,02/03/2020 00:00,3\nB,02/03/2020 00:01,4\n"
	if out, err := readBytes("cohort.csv", []byte(dates), format.Options{}); err != nil || out[1].Start.Date() != "2020-03-02" {
		t.Errorf("dates of two participants: got %v, want them day first", err)
	}
	if _, err := readBytes("cohort.csv", []byte(text), format.Options{Subject: "C"}); err == nil {
		t.Error("one name for two participants: got no error")
	}
	latin := "id,time,activity\nJ\xf6rg,2020-01-01 00:00,1\nJ\xf6rg,2020-01-01 00:01,2\n"
	if r := readOne(t, "cohort.csv", latin, format.Options{}); r.Subject != "Jörg" {
		t.Errorf("an id in Latin-1: got %q", r.Subject)
	}
	if _, err := readBytes("cohort.csv", []byte(text+"A,2020-01-01 00:02,1\n"), format.Options{}); err == nil {
		t.Error("a participant's rows apart: got no error")
	}
}

// An option is part of the id where it makes a difference, and only there.
func TestOptionsAndID(t *testing.T) {
	plain := "time,activity,axis 2\n2020-01-01 00:00,1,5\n2020-01-01 00:01,2,6\n"
	open := "time,activity\n03/04/2020 00:00,1\n03/04/2020 00:01,2\n"
	day := "time,activity\n13/04/2020 00:00,1\n13/04/2020 00:01,2\n"
	dmy, mdy := format.Options{DateOrder: format.DayMonthYear}, format.Options{DateOrder: format.MonthDayYear}
	id := func(text string, o format.Options) string { return readOne(t, "x.csv", text, o).ID() }

	if id(plain, format.Options{}) == id(plain, format.Options{Channel: "axis 2"}) {
		t.Error("another channel has the same id")
	}
	if id(open, dmy) == id(open, mdy) {
		t.Error("another date order has the same id")
	}
	if id(day, format.Options{}) != id(day, dmy) {
		t.Error("naming the date order that the file proves changes the id")
	}
	if id(plain, format.Options{}) != id(plain, format.Options{Subject: "renamed"}) {
		t.Error("another name changes the id")
	}
	if got := readOne(t, "x.csv", plain, format.Options{Subject: "renamed"}); got.Subject != "renamed" || got.Source.Subject != "x" {
		t.Errorf("got subject %q and source subject %q, want renamed and x", got.Subject, got.Source.Subject)
	}
	if _, err := readBytes("x.csv", []byte(day), mdy); err == nil {
		t.Error("a date order that the file contradicts: got no error")
	}

	in, err := format.NewInput("x.csv", []byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	found, _, err := format.GuessMapping(in)
	if err != nil {
		t.Fatal(err)
	}
	if id(plain, format.Options{}) != id(plain, format.Options{CSV: &found}) {
		t.Error("confirming the mapping that was found changes the id")
	}
	if id(day, format.Options{}) != id(day, format.Options{CSV: &format.Mapping{
		Separator: ",", Decimal: ".", Header: 1, First: 2, Timestamp: 1, Activity: 2, Channel: "activity", DateOrder: format.DayMonthYear,
	}}) {
		t.Error("confirming the date order that the file proves changes the id")
	}
	found.Activity, found.Channel = 3, "axis 2"
	r := readOne(t, "x.csv", plain, format.Options{CSV: &found})
	if !same(r.Activity, []float64{5, 6}) || r.Source.Options["columns"] == "" {
		t.Errorf("a mapping by hand: got %v with options %v", r.Activity, r.Source.Options)
	}
}

func TestGuessMapping(t *testing.T) {
	in, err := format.NewInput("x.csv", []byte("# study\nwhen;Counts;Lux\n01.02.2020 00:00;1,5;3\n01.02.2020 00:01;2;4\n"))
	if err != nil {
		t.Fatal(err)
	}
	got, preview, err := format.GuessMapping(in)
	if err != nil {
		t.Fatal(err)
	}
	want := format.Mapping{
		Separator: ";", Decimal: ",", Header: 2, First: 3, Timestamp: 1, Activity: 2, Channel: "Counts",
		Channels: map[string]int{"light": 3},
	}
	if !got.Equal(want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if !slices.Equal(preview.Columns, []string{"when", "Counts", "Lux"}) || len(preview.Rows) != 2 || preview.Rows[0][1] != "1,5" {
		t.Errorf("preview: got %+v", preview)
	}
}

func TestMappingIsChecked(t *testing.T) {
	good := format.Mapping{Separator: ",", First: 2, Header: 1, Timestamp: 1, Activity: 3}
	if _, err := readBytes("x.csv", makeCSV(10), format.Options{CSV: &good}); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*format.Mapping){
		"separator": func(m *format.Mapping) { m.Separator = "" },
		"decimal":   func(m *format.Mapping) { m.Decimal = "x" },
		"activity":  func(m *format.Mapping) { m.Activity = 0 },
		"negative":  func(m *format.Mapping) { m.Subject = -1 },
		"epoch":     func(m *format.Mapping) { m.Epoch = -1 },
		"too far":   func(m *format.Mapping) { m.Activity = 9 },
		"header":    func(m *format.Mapping) { m.Header = 2 },
		"times":     func(m *format.Mapping) { m.Timestamp = 0 },
		"order":     func(m *format.Mapping) { m.DateOrder = "ydm" },
		"channel":   func(m *format.Mapping) { m.Channels = map[string]int{"light": -3} },
	} {
		m := good
		spoil(&m)
		if _, err := readBytes("x.csv", makeCSV(10), format.Options{CSV: &m}); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

// TestChosenUnit takes a table that ActiLife's tools wrote without a header: its unit
// is what a person says, and the recording another than the one nobody spoke about.
func TestChosenUnit(t *testing.T) {
	const text = "timestamp,axis1,axis2\n2020-03-05 12:00:00,1,2\n2020-03-05 12:01:00,3,4\n2020-03-05 12:02:00,5,6\n"
	found := readOne(t, "a.csv", text, format.Options{})
	if found.Unit != (actigraphy.Unit{Quantity: "counts", Axis: "axis 1"}) || found.Device != "" {
		t.Errorf("found %+v of %q, want counts of no device", found.Unit, found.Device)
	}
	in, err := format.NewInput("a.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := format.GuessMapping(in)
	if err != nil {
		t.Fatal(err)
	}
	m.Unit = actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: actigraphy.ChannelAxis1}
	said := readOne(t, "a.csv", text, format.Options{CSV: &m})
	if said.Unit != m.Unit || !said.Unit.KnownToPAT() || said.Device != "ActiGraph" || said.ID() == found.ID() || !noted(said, "chosen by hand") {
		t.Errorf("got %+v of %q, id %s, notes %q", said.Unit, said.Device, said.ID(), said.Source.Notes)
	}
}
