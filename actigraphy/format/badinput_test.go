package format_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

func utf16Text(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func noise(n int) []byte {
	r := rand.New(rand.NewPCG(3, 4))
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(r.UintN(256))
	}
	out[0] = 0x80
	return out
}

func gzipped(t testing.TB, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// replaceLine gives a text another line, counted from 1.
func replaceLine(content []byte, line int, with string) []byte {
	l := strings.Split(string(content), "\n")
	l[line-1] = with
	return []byte(strings.Join(l, "\n"))
}

// TestBadInput lists what is wrong with a file, where that is said to be, and
// what the error must say.
func TestBadInput(t *testing.T) {
	csv, awd, actigraph := makeCSV(3000), makeAWD(300), makeActiGraph(300)
	wide := wideHeader() + wideRow("1", "Sat", "5") + wideRow("1", "Sun", "5") + wideRow("2", "Sat", "5")
	tests := []struct {
		name    string
		content []byte
		line    int
		want    string // part of the error
	}{
		{"empty.csv", nil, 0, "the file is empty"},
		{"picture.csv", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), 0, "a PNG picture"},
		{"report.awd", []byte("%PDF-1.7\n"), 0, "a PDF document"},
		{"weights.csv", []byte("\x89HDF\r\n\x1a\n\x00\x00"), 0, "HDF5"},
		{"library.csv", []byte("SQLite format 3\x00\x10\x00"), 0, "an SQLite database"},
		{"page.csv", []byte("<!DOCTYPE html><html></html>"), 0, "an HTML page"},
		{"archive.csv", []byte("PK\x03\x04\x14\x00\x00\x00hello.txt"), 0, "a ZIP archive"},
		{"noise.csv", noise(5000), 0, "binary data"},
		{"words.txt", []byte("Dear reader,\nthis is a letter.\n"), 0, "rows of a time and a number"},
		{"long.csv", append(append([]byte{}, csv...), bytes.Repeat([]byte("7"), 64<<20)...), 3002, "a line of at most 1 MiB"},
		{"damaged.csv.gz", gzipped(t, csv)[:3000], 0, "a gzipped file that is damaged or cut off"},

		{"header.awd", bytes.Replace(awd, []byte("L0001\r\n"), []byte("L0001\r\v"), 1), 6, "without control characters"},

		{"cut.csv", csv[:len(csv)-20], 3001, "3 columns, as in the first row"},
		{"columns.csv", replaceLine(csv, 1500, "2020-03-06 12:58:00,2020-03-06,5,6"), 1500, "3 columns, as in the first row, found 4"},
		{"early.csv", replaceLine(csv, 3, "2020-03-05 12:01:00"), 3, "a row like the one before"},
		{"firstrow.csv", replaceLine(csv, 2, "2020-03-05 12:0x:00,2020-03-05,5"), 2, "names of columns, or a row like the next one"},
		{"negative.csv", replaceLine(csv, 1500, "2020-03-06 12:58:00,2020-03-06,-5"), 1500, "activity of at least 0"},
		{"inf.csv", replaceLine(csv, 1500, "2020-03-06 12:58:00,2020-03-06,inf"), 1500, "a number in column 3"},
		{"huge.csv", replaceLine(csv, 1500, "2020-03-06 12:58:00,2020-03-06,1e309"), 1500, "a number in column 3"},
		{"hex.csv", replaceLine(csv, 1500, "2020-03-06 12:58:00,2020-03-06,0x1p4"), 1500, "a number in column 3"},
		{"quote.csv", replaceLine(csv, 1500, `2020-03-06 12:58:00,"2020-03-06,5`), 1500, "quotes that are closed"},
		{"zero.csv", replaceLine(csv, 2900, "2020-03-07 12:18:00,2020-03-07,\x00\x00"), 2900, `found "\x00\x00"`},
		{"time.csv", replaceLine(csv, 1500, "2020-03-06 25:58:00,2020-03-06,5"), 1500, "a date and time in column 1"},
		{"unsorted.csv", replaceLine(csv, 1500, "2020-03-06 11:58:00,2020-03-06,5"), 1500, "times that increase"},
		{"repeated.csv", replaceLine(csv, 1500, "2020-03-06 12:57:00,2020-03-06,50001"), 1500, "the same time with other values"},
		{"year.csv", replaceLine(csv, 3001, "2021-03-07 13:59:00,2020-03-06,5"), 3001, "gaps of at most 28 days"},
		{"irregular.csv", []byte("time,activity\n2020-01-01 00:00:00,1\n2020-01-01 00:01:00,1\n2020-01-01 00:01:47,1\n2020-01-01 00:02:13,1\n"), 3, "epochs of one length"},
		{"dates.csv", []byte("date,activity\n2020-01-01,1\n2020-01-02,1\n"), 2, "a date with a time of day"},
		{"clock.csv", []byte("time,activity\n00:01,1\n00:02,1\n"), 2, "a time of day with a date"},
		{"ambiguous.csv", []byte("time,activity\n03/04/2020 00:00,1\n03/04/2020 00:01,1\n"), 2, "2020-04-03 (day, month, year) or 2020-03-04 (month, day, year); choose the date order"},
		{"bothways.csv", []byte("time,activity\n13/04/2020 00:00,1\n04/14/2020 00:01,1\n"), 3, "line 2 with the day first and line 3 with the month first"},
		{"thousands.csv", []byte("time;activity\n2020-01-01 00:00;60\n2020-01-01 00:01;1.102\n2020-01-01 00:02;3\n"), 3, "may part thousands or decimals"},
		{"two.csv", []byte("time,pim,tat\n2020-01-01 00:00,60,3\n2020-01-01 00:01,1,4\n"), 1, `"pim", "tat"`},
		{"same.csv", []byte("time,activity,Activity\n2020-01-01 00:00,60,3\n2020-01-01 00:01,1,4\n"), 1, `one column named "activity"`},
		{"shortyear.csv", []byte("time,activity\n20-03-18 00:00,60\n20-03-18 00:01,1\n"), 0, "rows of a time and a number"},
		{"mac.csv", []byte("time,activity\r2020-01-01 00:00,60\r2020-01-01 00:01,1\r"), 0, "old Macintoshes"},
		{"periods.csv", []byte("start,end,n\n2020-01-01 00:00,2020-01-01 01:00,3\n2020-01-01 02:00,2020-01-01 03:00,3\n"), 1, `one column of times, one row an epoch, found several: "start", "end"`},
		{"mixedzones.csv", []byte("time,activity\n2020-01-01T00:00:00Z,1\n2020-01-01T00:01:00,1\n2020-01-01T00:02:00,1\n"), 3, "an offset from UTC in all rows or in none"},

		{"cut.awd", awd[:40], 7, "seven header lines"},
		{"code.awd", replaceLine(awd, 4, " 7 \r"), 4, "an epoch code"},
		{"count.awd", replaceLine(awd, 100, "12a , 0,00\r"), 100, "a count of at least 0"},
		{"negative.awd", replaceLine(awd, 100, "-12 , 0,00\r"), 100, "a count of at least 0"},
		{"level.awd", replaceLine(awd, 100, "12\r"), 100, "as many columns as in the lines before"},
		{"none.awd", []byte("x\n05-Mar-2020\n13:58\n4\n40\nV1\nX\n"), 8, "one line of activity an epoch"},

		{"raw.csv", bytes.Replace(actigraph, []byte("00:01:00"), []byte("00:00:00"), 1), 5, "raw acceleration"},
		{"headless.csv", []byte(actigraphHeader[:300]), 9, "ten header lines"},
		{"norows.csv", []byte(actigraphHeader), 11, "rows of counts below the header"},
		{"columns2.csv", replaceLine(actigraph, 100, "1,2,3,4"), 100, "3 columns, as in the rows before, found 4"},
		{"negative2.csv", replaceLine(actigraph, 100, "-1,2,3"), 100, "a count of at least 0"},
		{"hole.csv", replaceLine(actigraph, 100, ""), 101, "no empty line between epochs"},

		{"cutwide.csv", []byte(wide[:len(wide)-500]), 4, "1442 columns, as in the header"},
		{"again.csv", []byte(wide + wideRow("1", "Mon", "5")), 5, "the rows of a participant to follow each other"},
		{"twice.csv", []byte(wide + wideRow("2", "Sat", "5")), 5, "Saturday again"},
		{"order.csv", []byte(wideHeader() + wideRow("1", "Fri", "5") + wideRow("1", "Mon", "5") + wideRow("1", "Sat", "5") + wideRow("1", "Sun", "5") + wideRow("1", "Thu", "5")), 4, "days that follow each other"},
		{"number.csv", []byte(wideHeader() + wideRow("1", "1", "5")), 2, "a weekday or a date"},
		{"minus.csv", []byte(wideHeader() + wideRow("1", "Sat", "-5")), 2, "a number of at least 0 in MIN1"},
		{"flags.csv", []byte(wideHeader() + wideRow("1", "Sat", "1")), 0, "a table of wear flags"},
		{"dates2.csv", []byte(wideHeader() + wideRow("1", "2020-01-01", "5") + wideRow("1", "2020-01-01", "5")), 3, "2020-01-01 again"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, err := readBytes(tt.name, tt.content, format.Options{})
			var file *actigraphy.FileError
			if !errors.As(err, &file) {
				t.Fatalf("got %d recordings and error %v, want a *FileError", len(out), err)
			}
			if len(out) > 0 {
				t.Errorf("got %d recordings of a bad file, want none", len(out))
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %q, want %q in it", err, tt.want)
			}
			if file.Line != tt.line && tt.want != "" {
				t.Errorf("line: got %d, want %d (%v)", file.Line, tt.line, err)
			}
			if file.Advice == "" {
				t.Errorf("no advice in %q", err)
			}
			t.Log(err)
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	empty, big := filepath.Join(dir, "empty.csv"), filepath.Join(dir, "big.csv")
	for _, p := range []string{empty, big} {
		if err := os.WriteFile(p, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Truncate(big, format.MaxFileSize+1); err != nil {
		t.Skip("no sparse files here:", err)
	}
	tests := []struct{ path, want string }{
		{dir, "found a folder"},
		{empty, "the file is empty"},
		{big, "at most 4 GiB"},
		{filepath.Join(dir, "none.csv"), "there is no such file"},
		{os.DevNull, "a device, pipe or socket"},
	}
	for _, tt := range tests {
		_, err := format.Open(tt.path)
		var file *actigraphy.FileError
		if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.path, err, tt.want)
		}
	}
}

// A line without an end is refused where it grows too long, with the memory of
// one line, behind a head that looks as it should.
func TestVeryLongLine(t *testing.T) {
	const size, memory = 256 << 20, 32 << 20
	path := filepath.Join(t.TempDir(), "long.csv")
	if err := os.WriteFile(path, makeCSV(3000), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, size); err != nil {
		t.Skip("no sparse files here:", err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := format.Read(context.Background(), format.Readers(), path, format.Options{}, nil, func(*actigraphy.Recording) error { return nil })
	runtime.ReadMemStats(&after)
	var file *actigraphy.FileError
	if !errors.As(err, &file) || file.Line != 3002 {
		t.Errorf("got %v, want a *FileError at line 3002", err)
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > memory {
		t.Errorf("got %d bytes allocated, want at most %d", got, memory)
	}
}

// A file that grows between being opened and being read gives no recording.
func TestChangedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "growing.csv")
	if err := os.WriteFile(path, makeCSV(100), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := format.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := os.WriteFile(path, makeCSV(200), 0o600); err != nil {
		t.Fatal(err)
	}
	err = format.ReadInput(context.Background(), format.Readers(), in, format.Options{}, nil, func(*actigraphy.Recording) error {
		t.Error("a recording was emitted")
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "changed while it was read") {
		t.Errorf("got %v, want an error that the file changed", err)
	}
}

func TestCancelledRead(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	in, err := format.NewInput("x.csv", makeCSV(100))
	if err != nil {
		t.Fatal(err)
	}
	err = format.ReadInput(ctx, format.Readers(), in, format.Options{}, nil, func(*actigraphy.Recording) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}
