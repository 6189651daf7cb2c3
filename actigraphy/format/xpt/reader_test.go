package xpt_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/formattest"
	"circascope/actigraphy/format/xpt"
	"circascope/internal/reference"
)

// read returns the recordings of a file in memory.
func read(content []byte, opts format.Options) ([]*actigraphy.Recording, error) {
	return formattest.Read(xpt.Reader{}, "made.xpt", content, opts)
}

func TestReference(t *testing.T) {
	dir := reference.Dir(t)
	path := filepath.Join(dir, "actigraphy", "files", "derived", "nhanes_paxraw_like_dev.xpt")
	var subjects []string
	err := format.Read(context.Background(), []format.Reader{xpt.Reader{}}, path, format.Options{}, nil, func(r *actigraphy.Recording) error {
		subjects = append(subjects, r.Subject)
		want, _ := formattest.Load(t, dir, "pyactigraphy_nhanes_"+r.Subject)
		met, of := formattest.Compare(t, want, r)
		t.Logf("%s: %d values met of %d known, start %v", r.Subject, met, of, r.Start)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"21061", "22335", "24107"}; !slices.Equal(subjects, want) {
		t.Errorf("participants: got %v, want %v", subjects, want)
	}
	demo := filepath.Join(dir, "actigraphy", "files", "rnhanesdata", "DEMO_C.XPT")
	err = format.Read(context.Background(), []format.Reader{xpt.Reader{}}, demo, format.Options{}, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "demographics (DEMO)") {
		t.Errorf("DEMO_C: got %v, want a refusal that names demographics", err)
	}
}

func TestRaw(t *testing.T) {
	rows := append(rawRows(21005, 3*1440+7, 3000), rawRows(21006, 0, 10)...)
	rows[0][7], rows[1][7], rows[3000][1], rows[3000][2] = nil, 32767.0, 2.0, 9.0
	rows = slices.Delete(rows, 100, 103)
	for _, version := range []int{5, 8} {
		got, err := read(makeXPT(version, "PAXRAW_D", rawColumns, rows), format.Options{})
		if err != nil || len(got) != 2 {
			t.Fatalf("version %d: got %d recordings, %v, want 2", version, len(got), err)
		}
		r := got[0]
		if r.Subject != "21005" || r.Start.String() != "Wed 00:07:00" || len(r.Activity) != 3000 || r.Missing() != 4 {
			t.Errorf("got %s from %v, %d minutes, %d missing; want 21005 from Wed 00:07:00, 3000, 4", r.Subject, r.Start, len(r.Activity), r.Missing())
		}
		if r.Activity[1] != 32767 || r.Activity[2999] != 2999*2999%700 || !math.IsNaN(r.Activity[101]) || r.Channels[actigraphy.ChannelSteps][5] != 2 {
			t.Errorf("got %v, %v, %v, steps %v", r.Activity[1], r.Activity[2999], r.Activity[101], r.Channels[actigraphy.ChannelSteps][5])
		}
		if !r.Unit.KnownToPAT() || r.Site != "hip" {
			t.Errorf("got unit %v, site %s", r.Unit, r.Site)
		}
		for i, want := range map[int]string{0: "3 minutes between", 1: "not reliable"} {
			if notes := strings.Join(got[i].Source.Notes, " "); !strings.Contains(notes, want) {
				t.Errorf("notes %q lack %q", notes, want)
			}
		}
		if notes := strings.Join(r.Source.Notes, " "); !strings.Contains(notes, "1 minutes hold 32767") || strings.Contains(notes, "PAXCAL") {
			t.Errorf("notes: %s", notes)
		}
	}
}

// TestZipped reads the file as NHANES offers it, alone in a ZIP archive.
func TestZipped(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("paxraw_d.xpt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(makeXPT(5, "PAXRAW_D", rawColumns, rawRows(31128, 0, 100))); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	got, err := read(b.Bytes(), format.Options{})
	if err != nil || len(got) != 1 || len(got[0].Activity) != 100 {
		t.Errorf("got %d recordings, %v, want one of 100 minutes", len(got), err)
	}
}

func TestMinutes(t *testing.T) {
	rows := append(minuteRows(62161, 5, 930, 4000), minuteRows(62162, 0, 100, 50)...)
	rows[3][5], rows[9][8], rows[9][4] = -0.01, 2.0, 31.0
	got, err := read(makeXPT(5, "PAXMIN_G", minuteColumns, rows), format.Options{Channel: "paxmtsm"})
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d recordings, %v, want 1", len(got), err)
	}
	r := got[0]
	if r.Start.String() != "Fri 15:30:00" || len(r.Activity) != 4000 || r.Unit.Quantity != "MIMS" || r.Site != "wrist" {
		t.Errorf("got %v, %d minutes of %v, %s; want Fri 15:30:00, 4000, MIMS, wrist", r.Start, len(r.Activity), r.Unit, r.Site)
	}
	if r.Activity[2] != 2.25 || !math.IsNaN(r.Activity[3]) || r.Missing() != 1 {
		t.Errorf("got %v, %d missing", r.Activity[:4], r.Missing())
	}
	wear := r.Channels[actigraphy.ChannelWear]
	if wear[0] != 1 || wear[1] != 1 || wear[2] != 0 || !math.IsNaN(wear[3]) || r.Channels[actigraphy.ChannelLight][10] != 10 {
		t.Errorf("got wear %v, light %v", wear[:4], r.Channels[actigraphy.ChannelLight][10])
	}
	for _, want := range []string{"15:30", "62162", "1 minutes have MIMS of -0.01", "1 minutes carry quality flags", "1 minutes have fewer than 60 seconds"} {
		if notes := strings.Join(r.Source.Notes, " "); !strings.Contains(notes, want) {
			t.Errorf("notes %q lack %q", notes, want)
		}
	}
}

func TestRefuses(t *testing.T) {
	change := func(f func(rows [][]any)) []byte {
		rows := rawRows(21005, 0, 50)
		f(rows)
		return makeXPT(5, "PAXRAW_C", rawColumns, rows)
	}
	whole := change(func([][]any) {})
	minutes := func(f func(rows [][]any)) []byte {
		rows := minuteRows(62161, 2, 1400, 3000)
		f(rows)
		return makeXPT(5, "PAXMIN_G", minuteColumns, rows)
	}
	tests := []struct {
		name    string
		content []byte
		opts    format.Options
		want    string
	}{
		{"cut in a row", whole[:len(whole)-100], format.Options{}, "found the end of the file"},
		{"cut in the header", whole[:300], format.Options{}, "cut off"},
		{"cut in the descriptors", whole[:1000], format.Options{}, "descriptors of 9 columns"},
		{"no rows", makeXPT(5, "PAXRAW_C", rawColumns, nil), format.Options{}, "none from which a recording"},
		{"fewer rows than declared", makeXPT(8, "PAXRAW_C", rawColumns, rawRows(1, 0, 30))[:2160], format.Options{}, "found the end of the file"},
		{"two tables", append(slices.Clone(whole), whole[240:]...), format.Options{}, "found several"},
		{"wrong clock", change(func(rows [][]any) { rows[20][6] = 21.0 }), format.Options{}, "expected minute Sun 00:20 by its number PAXN for participant 21005, found Sun 00:21"},
		{"no weekday", change(func(rows [][]any) { rows[20][3] = 8.0 }), format.Options{}, "a weekday from 1"},
		{"number goes back", change(func(rows [][]any) { rows[20][4] = 3.0 }), format.Options{}, "PAXN to increase"},
		{"number missing", change(func(rows [][]any) { rows[20][4] = nil }), format.Options{}, "PAXN to increase"},
		{"negative count", change(func(rows [][]any) { rows[20][7] = -1.0 }), format.Options{}, "PAXINTEN of at least 0"},
		{"no id", change(func(rows [][]any) { rows[20][0] = nil }), format.Options{}, "a whole number as participant"},
		{"id comes again", change(func(rows [][]any) { rows[20][0] = 7.0 }), format.Options{}, "more rows of 21005"},
		{"day goes back", minutes(func(rows [][]any) { rows[100][1] = "1" }), format.Options{}, "PAXDAYM, the day of wear, to count up"},
		{"day of 23 hours", minutes(func(rows [][]any) { rows[1479][1] = "3" }), format.Options{}, "whole days between changes"},
		{"samples off the minute", minutes(func(rows [][]any) { rows[9][3] = 9*4800.0 + 1 }), format.Options{}, "PAXSSNMP to increase by 4800"},
		{"negative MIMS", minutes(func(rows [][]any) { rows[9][5] = -0.5 }), format.Options{}, "PAXMTSM of at least 0"},
		{"another channel", whole, format.Options{Channel: "axis 2"}, "the only one of this table"},
		{"header of the monitor", makeXPT(5, "PAXHD_H", append(numbers("SEQN"), variable{"PAXFTIME", true, 8}), nil), format.Options{}, "PAXHD"},
		{"another table", makeXPT(5, "CARS", numbers("SPEED", "DIST"), nil), format.Options{}, `the table "CARS" of 2 columns: SPEED, DIST`},
	}
	for _, tt := range tests {
		got, err := read(tt.content, tt.opts)
		var file *actigraphy.FileError
		if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want a FileError with %q", tt.name, err, tt.want)
		}
		if len(got) > 0 {
			t.Errorf("%s: %d recordings were emitted before the refusal", tt.name, len(got))
		}
	}
}

// TestNumbers checks IBM floating point on numbers of the documentation of SAS and
// at the ends of its range, through a table.
func TestNumbers(t *testing.T) {
	rows := rawRows(21005, 0, 6)
	values := []float64{0, 1, 0.1, 1 << 52, 118.625, 1e-30}
	for i, v := range values {
		rows[i][7] = v
	}
	content := makeXPT(5, "PAXRAW_C", rawColumns, rows)
	if want := []byte{0x42, 0x76, 0xa0, 0, 0, 0, 0, 0}; !slices.Equal(ibm(118.625), want) {
		t.Fatalf("the test's own writer: got % x, want % x", ibm(118.625), want)
	}
	got, err := read(content, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range values {
		if math.Abs(got[0].Activity[i]-v) > v*1e-16 {
			t.Errorf("got %v, want %v", got[0].Activity[i], v)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(makeXPT(5, "PAXRAW_C", rawColumns, rawRows(21005, 100, 20)))
	f.Add(makeXPT(8, "PAXRAW_C", rawColumns, rawRows(21005, 100, 20)))
	f.Add(makeXPT(5, "PAXMIN_G", minuteColumns, minuteRows(62161, 2, 1430, 30)))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := read(content, format.Options{})
		formattest.Sound(t, got, err)
	})
}

func BenchmarkReader(b *testing.B) {
	var rows [][]any
	for id := range 10 {
		rows = append(rows, rawRows(float64(21005+id), 0, 10080)...)
	}
	content := makeXPT(5, "PAXRAW_D", rawColumns, rows)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := read(content, format.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
