package format_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

func TestWideDays(t *testing.T) {
	const gap = -1 // a day that was not recorded
	tests := []struct {
		name, rows string
		opts       format.Options
		start      string
		days       []float64 // the value of each day
		note       string
	}{
		{"weekdays", wideRow("x", "Fri", "1") + wideRow("x", "Sat", "2"), format.Options{}, "Fri 00:00:00", []float64{1, 2}, "weekdays and no dates"},
		{"long names", wideRow("x", "friday", "1") + wideRow("x", "Saturday", "2"), format.Options{}, "Fri 00:00:00", []float64{1, 2}, ""},
		{"a missing weekday", wideRow("x", "Fri", "1") + wideRow("x", "Sun", "2"), format.Options{}, "Fri 00:00:00", []float64{1, gap, 2}, "1 days between"},
		{"two weeks", strings.Repeat(wideRow("x", "Fri", "1")+wideRow("x", "Sat", "2")+wideRow("x", "Sun", "2")+wideRow("x", "Mon", "2")+wideRow("x", "Tue", "2")+wideRow("x", "Wed", "2")+wideRow("x", "Thu", "2"), 2), format.Options{}, "Fri 00:00:00", []float64{1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2}, ""},
		{"dates", wideRow("x", "2020-02-28", "1") + wideRow("x", "2020-02-29", "2") + wideRow("x", "2020-03-02", "3"), format.Options{}, "2020-02-28T00:00:00", []float64{1, 2, gap, 3}, "1 days between"},
		{"dates out of order", wideRow("x", "2020-02-29", "2") + wideRow("x", "2020-02-28", "1"), format.Options{}, "2020-02-28T00:00:00", []float64{1, 2}, "were sorted"},
		{"day first", wideRow("x", "31/1/2020", "1") + wideRow("x", "1/2/2020", "2"), format.Options{}, "2020-01-31T00:00:00", []float64{1, 2}, "day, month, year"},
		{"day first by choice", wideRow("x", "1/2/2020", "5"), format.Options{DateOrder: format.DayMonthYear}, "2020-02-01T00:00:00", []float64{5}, "as chosen by hand"},
		{"quoted", wideRow(`"x"`, `"Sat"`, "1") + wideRow(`"x"`, `"Sun"`, "3"), format.Options{}, "Sat 00:00:00", []float64{1, 3}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readOne(t, "act.csv", wideHeader()+tt.rows, tt.opts)
			if got := r.Start.String(); got != tt.start {
				t.Errorf("start: got %s, want %s", got, tt.start)
			}
			if got, want := len(r.Activity), 1440*len(tt.days); got != want {
				t.Fatalf("epochs: got %d, want %d", got, want)
			}
			for d, want := range tt.days {
				if want == gap {
					want = math.NaN()
				}
				if got := r.Activity[d*1440+1439]; !same([]float64{got}, []float64{want}) {
					t.Errorf("day %d: got %v, want %v", d+1, got, want)
				}
			}
			if !noted(r, tt.note) {
				t.Errorf("notes: got %q, want %q among them", r.Source.Notes, tt.note)
			}
		})
	}
}

// NHANES' own numbers name the device; other tables do not.
func TestWideUnits(t *testing.T) {
	codes := strings.Replace(wideHeader(), "ID,Date", "SEQN,WEEKDAY", 1)
	tests := []struct{ name, text, device, unit string }{
		{"2003-2006", codes + wideRow("21005", "7", "50"), "ActiGraph 7164", "ActiGraph counts"},
		{"2011-2014", codes + wideRow("62161", "1", "5.25"), "ActiGraph GT3X+", "MIMS"},
		{"another study", wideHeader() + wideRow("P1", "Sat", "50"), "", "counts"},
		{"fractions of another study", wideHeader() + wideRow("P1", "Sat", "5.5"), "", "unknown unit"},
	}
	for _, tt := range tests {
		r := readOne(t, "act.csv", tt.text, format.Options{})
		if r.Device != tt.device || r.Unit.String() != tt.unit {
			t.Errorf("%s: got %q and %q, want %q and %q", tt.name, r.Device, r.Unit, tt.device, tt.unit)
		}
	}
}

// writeFiles makes a folder of files.
func writeFiles(t testing.TB, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestWearTable(t *testing.T) {
	act := wideHeader() + wideRow("1", "Sat", "5") + wideRow("1", "Sun", "6") + wideRow("2", "Sat", "5")
	wear := wideHeader() + wideRow("1", "Sat", "1") + wideRow("1", "Sun", "0")
	for _, names := range [][2]string{{"act.csv", "wear.csv"}, {"act.csv.gz", "wear.csv.gz"}, {"table.csv", "table_flags.csv"}} {
		content := func(name, text string) []byte {
			if strings.HasSuffix(name, ".gz") {
				return gzipped(t, []byte(text))
			}
			return []byte(text)
		}
		dir := writeFiles(t, map[string][]byte{names[0]: content(names[0], act), names[1]: content(names[1], wear)})
		out := read(t, filepath.Join(dir, names[0]), format.Options{})
		if len(out) != 2 {
			t.Fatalf("%v: got %d recordings, want 2", names, len(out))
		}
		flags := out[0].Channels[actigraphy.ChannelWear]
		if len(flags) != 2880 || flags[0] != 1 || flags[2879] != 0 {
			t.Errorf("%v: got wear flags %v..., want 1 for a day and 0 for a day", names, flags[:min(3, len(flags))])
		}
		if !noted(out[1], "has no rows of this participant") {
			t.Errorf("%v: got notes %q of a participant without flags", names, out[1].Source.Notes)
		}
		err := format.Read(context.Background(), format.Readers(), filepath.Join(dir, names[1]), format.Options{}, nil, func(*actigraphy.Recording) error {
			t.Error("wear flags were taken for activity")
			return nil
		})
		if !errors.Is(err, format.ErrCompanion) {
			t.Errorf("%v: got %v, want ErrCompanion", names, err)
		}
	}
}

func TestWearTableOfOtherDays(t *testing.T) {
	dir := writeFiles(t, map[string][]byte{
		"act.csv":  []byte(wideHeader() + wideRow("1", "Sat", "5")),
		"wear.csv": []byte(wideHeader() + wideRow("1", "Sun", "1")),
	})
	err := format.Read(context.Background(), format.Readers(), filepath.Join(dir, "act.csv"), format.Options{}, nil, func(*actigraphy.Recording) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "wear.csv") {
		t.Errorf("got %v, want an error that names wear.csv", err)
	}
}

func TestReadNHANES(t *testing.T) {
	act, wear := makeWide(3), flagsOf(makeWide(3))
	var out []*actigraphy.Recording
	err := format.ReadNHANES(context.Background(), bytes.NewReader(gzipped(t, act)), bytes.NewReader(wear), "sample", func(r *actigraphy.Recording) error {
		out = append(out, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != 3 {
		t.Fatalf("got %d recordings, want 3", len(out))
	}
	r := out[2]
	if r.Subject != "21007" || r.Source.Name != "sample" || r.Source.Format != "nhanes" || len(r.Source.SHA256) != 64 || r.Start.String() != "Tue 00:00:00" {
		t.Errorf("got %q, %+v, %v", r.Subject, r.Source, r.Start)
	}
	if len(r.Channels[actigraphy.ChannelWear]) != 7*1440 {
		t.Error("no wear channel")
	}
	if err := format.ReadNHANES(context.Background(), strings.NewReader("a,b\n1,2\n"), nil, "sample", nil); err == nil {
		t.Error("another table: got no error")
	}
}

// flagsOf makes a table of wear flags: 1 for every minute.
func flagsOf(act []byte) []byte {
	l := strings.Split(strings.TrimSuffix(string(act), "\n"), "\n")
	out := l[0] + "\n"
	for _, row := range l[1:] {
		f := strings.SplitN(row, ",", 3)
		out += wideRow(f[0], f[1], "1")
	}
	return []byte(out)
}
