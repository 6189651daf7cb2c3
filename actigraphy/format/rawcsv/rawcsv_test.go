package rawcsv_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/rawvalues"
	"circascope/actigraphy/format/rawcsv"
	"circascope/actigraphy/raw"
)

// preamble is ActiLife's.
const preamble = `------------ Data File Created By ActiGraph Link ActiLife v6.13.3 Firmware v1.7.2 date format M/d/yyyy at 30 Hz  Filter Normal -----------
Serial Number: TAS1E00000001
Start Time 18:40:00
Start Date 9/17/2019
Epoch Period (hh:mm:ss) 00:00:00
Download Time 19:20:05
Download Date 9/27/2019
Current Memory Address: 0
Current Battery Voltage: 4.18     Mode = 12
--------------------------------------------------
`

// value is sample i of an axis, to three decimals.
func value(i, axis int) float64 { return float64((i*37+axis*101)%2001-1000) / 1000 }

// table writes n rows; at names the time of a row, "" leaves it out.
func table(n int, sep, decimal string, at func(i int) string) string {
	var b strings.Builder
	for i := range n {
		var fields []string
		if at != nil {
			fields = append(fields, at(i))
		}
		for axis := range 3 {
			fields = append(fields, strings.Replace(fmt.Sprintf("%.3f", value(i, axis)), ".", decimal, 1))
		}
		b.WriteString(strings.Join(fields, sep) + "\r\n")
	}
	return b.String()
}

// every is the time of rows at a rate in a layout.
func every(rate float64, layout string) func(i int) string {
	start := time.Date(2019, 9, 17, 18, 40, 0, 0, time.UTC)
	return func(i int) string {
		return start.Add(time.Duration(math.Round(float64(i) / rate * 1e9))).Format(layout)
	}
}

// late is a row's time from ten seconds before midnight.
func late(i int) string {
	return time.Date(2019, 9, 17, 23, 59, 50, i*33_333_333, time.UTC).Format("1/2/2006 15:04:05.000")
}

func unix(rate float64, decimals int) func(i int) string {
	return func(i int) string { return fmt.Sprintf("%.*f", decimals, 1568745600+float64(i)/rate) }
}

func input(t testing.TB, content string) *format.Input {
	t.Helper()
	in, err := format.NewInput("made.csv", []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestTables reads every kind of table.
func TestTables(t *testing.T) {
	const iso = "2006-01-02 15:04:05.000"
	tests := []struct {
		name, content string
		rate          float64
		start         string
	}{
		{"ActiLife", preamble + "Accelerometer X,Accelerometer Y,Accelerometer Z\n" + table(900, ",", ".", nil), 30, "2019-09-17T18:40:00"},
		{"ActiLife without names", preamble + table(900, ",", ".", nil), 30, "2019-09-17T18:40:00"},
		{"ActiLife with times", preamble + "Timestamp,Accelerometer X,Accelerometer Y,Accelerometer Z\n" + table(900, ",", ".", every(30, "1/2/2006 15:04:05.000")), 30, "2019-09-17T18:40:00"},
		{"ActiLife with AM and PM", preamble + "Timestamp,Accelerometer X,Accelerometer Y,Accelerometer Z\n" + table(900, ",", ".", every(30, "1/2/2006 3:04:05.000 PM")), 30, "2019-09-17T18:40:00"},
		{"ActiLife with commas", strings.Replace(preamble, "M/d/yyyy", "dd/MM/yyyy", 1) + "Accelerometer X;Accelerometer Y;Accelerometer Z\n" + table(900, ";", ",", nil), 30, "2019-09-17T18:40:00"},
		{"Axivity, Unix time", table(900, ",", ".", unix(100, 4)), 100, "2019-09-17T18:40:00Z"},
		{"Axivity, dates", table(900, ",", ".", every(100, iso)), 100, "2019-09-17T18:40:00"},
		{"named columns", "time;temp;z;y;x\n" + swapped(900), 50, "2019-09-17T18:40:00"},
		{"with an offset", table(900, ",", ".", func(i int) string { return every(50, "2006-01-02T15:04:05.000")(i) + "+02:00" }), 50, "2019-09-17T18:40:00+02:00"},
		{"GENEActiv", "Device Type,GENEActiv\n" + strings.Repeat("Key,Value\n", 99) + table(900, ",", ".", func(i int) string { return strings.Replace(every(85.7, iso)(i), ".", ":", 1) }), 85.7, "2019-09-17T18:40:00"},
		{"over midnight", strings.ReplaceAll(preamble, "18:40:00", "23:59:50") + "Timestamp,X,Y,Z\n" + table(900, ",", ".", late), 30, "2019-09-17T23:59:50"},
		{"whole seconds of another rate", table(900, ",", ".", every(45, "2006-01-02 15:04:05")), 45, "2019-09-17T18:40:00"},
		{"whole seconds", table(900, ",", ".", every(30, "2006-01-02 15:04:05")), 30, "2019-09-17T18:40:00"},
		{"milliseconds", table(900, ",", ".", func(i int) string { return fmt.Sprint(1568745600000 + i*20) }), 50, "2019-09-17T18:40:00Z"},
		{"a byte order mark", "\xef\xbb\xbf" + table(900, ",", ".", every(100, iso)), 100, "2019-09-17T18:40:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input(t, tt.content)
			if !rawcsv.Sniff(in.Head) {
				t.Error("not recognised")
			}
			source, err := openCSV(context.Background(), in)
			if err != nil {
				t.Fatal(err)
			}
			h := source.Header()
			if h.Rate != tt.rate || h.Start.String() != tt.start {
				t.Errorf("got %v Hz from %v, want %v Hz from %v", h.Rate, h.Start, tt.rate, tt.start)
			}
			checkSamples(t, source, tt.rate, 900)
			if d := source.(raw.Damaged).Damage(); d.Missing != 0 || len(d.Notes) > 0 {
				t.Errorf("got %+v", d)
			}
		})
	}
}

// swapped writes named columns in another order, with a temperature.
func swapped(n int) string {
	var b strings.Builder
	at := every(50, "2006-01-02 15:04:05.000")
	for i := range n {
		fmt.Fprintf(&b, "%s;21.5;%.3f;%.3f;%.3f\n", at(i), value(i, 2), value(i, 1), value(i, 0))
	}
	return b.String()
}

func checkSamples(t *testing.T, source raw.Source, rate float64, n int) {
	t.Helper()
	got := all(t, source)
	if len(got.v) != n {
		t.Fatalf("got %d samples, want %d", len(got.v), n)
	}
	for i, v := range got.v {
		if v != [3]float64{value(i, 0), value(i, 1), value(i, 2)} {
			t.Fatalf("sample %d: got %v", i, v)
		}
		if at := got.at[i] - got.at[0]; math.Abs(at-float64(i)/rate) > 0.5/rate+0.001 {
			t.Fatalf("sample %d: got %v s, want %v s", i, at, float64(i)/rate)
		}
	}
}

// TestChannels reads light and temperature beside the axes.
func TestChannels(t *testing.T) {
	source, err := openCSV(context.Background(), input(t, "time;temp;z;y;x\n"+swapped(100)))
	if err != nil {
		t.Fatal(err)
	}
	for b := range source.Blocks(context.Background()) {
		if b.Temperature != 21.5 || !math.IsNaN(b.Light) {
			t.Errorf("got %v degrees, light %v", b.Temperature, b.Light)
		}
	}
}

// TestGaps leaves out what was not measured.
func TestGaps(t *testing.T) {
	const iso = "2006-01-02 15:04:05.000"
	zeros := func(n int) string { return strings.Repeat("0,0,0\n", n) }
	tests := []struct {
		name, content string
		samples       int
		missing       float64 // seconds
		note          string
	}{
		{"lines that are not there", gap(every(50, iso), 300, 250), 50, 5, ""},
		{"a second of zeros and more", preamble + table(60, ",", ".", nil) + zeros(90) + table(30, ",", ".", nil), 90, 3, "nothing but zeros"},
		{"fewer zeros", preamble + table(60, ",", ".", nil) + zeros(29) + table(30, ",", ".", nil), 119, 0, ""},
		{"zeros at the end", preamble + table(60, ",", ".", nil) + zeros(300), 60, 0, "nothing but zeros"},
		{"a clock set back", table(100, ",", ".", every(50, iso)) + table(100, ",", ".", every(50, iso)), 200, 0, "go back 1 times"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			source, err := openCSV(context.Background(), input(t, tt.content))
			if err != nil {
				t.Fatal(err)
			}
			if got := len(all(t, source).v); got != tt.samples {
				t.Errorf("got %d samples, want %d", got, tt.samples)
			}
			d := source.(raw.Damaged).Damage()
			if notes := strings.Join(d.Notes, " "); math.Abs(d.Missing.Seconds()-tt.missing) > 0.001 || !strings.Contains(notes, tt.note) {
				t.Errorf("got %v missing, %q; want %v s, %q", d.Missing, notes, tt.missing, tt.note)
			}
		})
	}
}

// gap writes the first 25 of n rows and those behind lost ones.
func gap(at func(int) string, n, lost int) string {
	lines := strings.SplitAfter(table(n, ",", ".", at), "\n")
	return strings.Join(append(lines[:25:25], lines[25+lost:]...), "")
}

// TestRate keeps the times of a device whose clock is not that of its rate.
func TestRate(t *testing.T) {
	source, err := openCSV(context.Background(), input(t, table(3000, ",", ".", unix(98.7, 4))))
	if err != nil {
		t.Fatal(err)
	}
	got := all(t, source)
	for i, at := range got.at {
		if want := 1568745600 + float64(i)/98.7; math.Abs(at-want) > 0.001 {
			t.Fatalf("sample %d: got %.4f, want %.4f", i, at, want)
		}
	}
	if h := source.Header(); h.Rate != 100 {
		t.Errorf("got %v Hz, want 100", h.Rate)
	}
}

// TestBad refuses what can't be read rightly, in words.
func TestBad(t *testing.T) {
	const iso = "2006-01-02 15:04:05.000"
	scaled := func(by float64) string {
		var b strings.Builder
		for i := range 100 {
			fmt.Fprintf(&b, "%s,0,%g,0\n", every(100, iso)(i), by)
		}
		return b.String()
	}
	tests := []struct{ name, content, want string }{
		{"steps", scaled(256), "line 1: expected acceleration in g, with a length of about 1, found values with a median length of 256"},
		{"metres per second squared", scaled(9.8), "divide them by 9.80665"},
		{"thousandths", scaled(1002), "divide them by 1000"},
		{"one value beyond", table(100, ",", ".", every(100, iso)) + every(100, iso)(100) + ",0,5000,0\n", "line 101: expected acceleration of at most 100 g"},
		{"a column less", table(100, ",", ".", every(100, iso)) + every(100, iso)(100) + ",0,1\n", "line 101: expected 4 columns"},
		{"a word", table(100, ",", ".", every(100, iso)) + every(100, iso)(100) + ",0,1,x\n", "line 101: expected 4 columns"},
		{"a bad time", table(100, ",", ".", every(100, iso)) + "yesterday,0,1,0\n", "line 101: expected a time as in the first row"},
		{"no rate", strings.Replace(preamble, " at 30 Hz", "", 1) + table(100, ",", ".", nil), "sample rate"},
		{"an open date", strings.ReplaceAll(table(100, ",", ".", every(100, "02/01/2006 15:04:05.000")), "17/09", "07/09"), "2019-09-07 or 2019-07-09"},
		{"no start", strings.Replace(preamble, "9/17/2019", "soon", 1) + table(100, ",", ".", nil), "line 4: expected a date and a time of day"},
		{"epochs", table(100, ",", ".", every(1, iso)), "a table of another kind"},
		{"whole minutes", table(6000, ",", ".", every(10, "2006-01-02 15:04")), "a table of another kind"},
		{"a text", "Dear all,\nplease find attached\n", "a table of another kind"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			source, err := openCSV(context.Background(), input(t, tt.content))
			if err == nil {
				for _, err = range source.Blocks(context.Background()) {
				}
			}
			checkFault(t, err, "made.csv", tt.want)
		})
	}
}

func checkFault(t *testing.T, err error, name, want string) {
	t.Helper()
	var file *actigraphy.FileError
	switch {
	case !errors.As(err, &file):
		t.Errorf("got %T %v, want a *FileError", err, err)
	case file.File != name || file.Advice == "" || !strings.Contains(err.Error(), want):
		t.Errorf("got %v, want %q in it, with the file and advice", err, want)
	}
}

// TestDateOrder takes the user's order where the file leaves it open.
func TestDateOrder(t *testing.T) {
	content := strings.ReplaceAll(table(100, ",", ".", every(100, "02/01/2006 15:04:05.000")), "17/09", "07/09")
	for order, want := range map[format.DateOrder]string{
		format.DayMonthYear: "2019-09-07T18:40:00", format.MonthDayYear: "2019-07-09T18:40:00",
	} {
		source, err := rawcsv.Open(context.Background(), input(t, content), format.Options{DateOrder: order})
		if err != nil {
			t.Fatal(err)
		}
		if got := source.Header().Start.String(); got != want {
			t.Errorf("%s: got %s, want %s", order, got, want)
		}
		if got := source.(interface{ Options() map[string]string }).Options()["date-order"]; got != string(order) {
			t.Errorf("%s: got the option %q", order, got)
		}
	}
}

// TestMemory holds the memory of a long file against that of a short one.
func TestMemory(t *testing.T) {
	read := func(n int) uint64 {
		source, err := openCSV(context.Background(), input(t, table(n, ",", ".", unix(100, 3))))
		if err != nil {
			t.Fatal(err)
		}
		return rawvalues.Allocated(t, source)
	}
	// With what the race detector adds; 100,000 rows kept as numbers would be 3.2 MB.
	if short, long := read(5_000), read(100_000); long > short+2<<20 {
		t.Errorf("5,000 rows take %d bytes, 100,000 take %d", short, long)
	}
}

// TestCancel ends with the context.
func TestCancel(t *testing.T) {
	source, err := openCSV(context.Background(), input(t, table(100_000, ",", ".", unix(100, 3))))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	for _, err := range source.Blocks(ctx) {
		cancel()
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("got %v, want %v", last, context.Canceled)
	}
}

// FuzzTable reads any text: blocks of finite samples, or a *FileError.
func FuzzTable(f *testing.F) {
	f.Add(preamble + table(40, ",", ".", nil))
	f.Add("Timestamp;x;y;z\n" + table(40, ";", ",", every(50, "02/01/2006 15:04:05.000")))
	f.Add(table(40, ",", ".", unix(100, 4)))
	f.Add(preamble + table(3, ",", ".", nil) + strings.Repeat("0,0,0\n", 40) + table(3, ",", ".", nil))
	f.Fuzz(func(t *testing.T, content string) {
		in, err := format.NewInput("fuzzed", []byte(content))
		if err != nil || len(content) > 1<<20 {
			return
		}
		rawcsv.Sniff(in.Head)
		source, err := openCSV(context.Background(), in)
		var file *actigraphy.FileError
		if err != nil {
			if !errors.As(err, &file) {
				t.Errorf("got %T %v, want a *FileError", err, err)
			}
			return
		}
		if h := source.Header(); !(h.Rate > 0) || h.Start.IsZero() {
			t.Errorf("got %+v", h)
		}
		for b, err := range source.Blocks(context.Background()) {
			if err != nil {
				if !errors.As(err, &file) {
					t.Errorf("got %T %v, want a *FileError", err, err)
				}
				return
			}
			if len(b.X) == 0 || len(b.X) != len(b.Y) || len(b.X) != len(b.Z) || !(b.Rate > 0) || math.IsInf(b.Rate, 0) {
				t.Fatalf("got %d, %d, %d samples at %v Hz", len(b.X), len(b.Y), len(b.Z), b.Rate)
			}
		}
	})
}

// BenchmarkBlocks goes through ten hours at 30 Hz with times and without.
func BenchmarkBlocks(b *testing.B) {
	for name, content := range map[string]string{
		"without times": preamble + table(1_080_000, ",", ".", nil),
		"unix":          table(1_080_000, ",", ".", unix(30, 4)),
		"dates":         table(1_080_000, ",", ".", every(30, "2006-01-02 15:04:05.000")),
	} {
		b.Run(name, func(b *testing.B) {
			in := input(b, content)
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				source, err := openCSV(context.Background(), in)
				if err != nil {
					b.Fatal(err)
				}
				for _, err := range source.Blocks(context.Background()) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
