package rdata_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/formattest"
	"circascope/actigraphy/format/rdata"
	"circascope/internal/reference"
)

var readers = []format.Reader{rdata.Reader{}}

func read(name string, content []byte, opts format.Options) ([]*actigraphy.Recording, error) {
	return formattest.Read(rdata.Reader{}, name, content, opts)
}

func TestReference(t *testing.T) {
	dir := reference.Dir(t)
	tests := []struct {
		values string
		sum    time.Duration // to compare at
	}{
		{"pyactigraphy_nparACT_sleepstudy", 0},
		{"pyactigraphy_PhysicalActivity_dataSec_60s", time.Minute},
	}
	for _, tt := range tests {
		want, path := formattest.Load(t, dir, tt.values)
		err := format.Read(context.Background(), readers, path, format.Options{}, nil, func(r *actigraphy.Recording) error {
			if tt.sum > 0 {
				r = summed(r, tt.sum)
			}
			met, of := formattest.Compare(t, want, r)
			t.Logf("%s: %d values met of %d known", want.File, met, of)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	path := filepath.Join(dir, "actigraphy", "files", "ActCR", "example_activity_data.RData")
	err := format.Read(context.Background(), readers, path, format.Options{}, nil, func(*actigraphy.Recording) error { return nil })
	if err == nil || !strings.Contains(err.Error(), `a weekday or a date, found "1" in row 1`) {
		t.Errorf("ActCR, whose days are numbers that nothing explains: got %v, want a refusal", err)
	}
}

// summed adds epochs together.
func summed(r *actigraphy.Recording, epoch time.Duration) *actigraphy.Recording {
	out := *r
	out.Epoch, out.Activity = epoch, nil
	for c := range slices.Chunk(r.Activity, int(epoch/r.Epoch)) {
		sum := 0.0
		for _, v := range c {
			sum += v
		}
		out.Activity = append(out.Activity, sum)
	}
	return &out
}

// minutes are n columns of times a minute apart and of counts.
func minutes(n int, zone string) []vector {
	times, counts := make([]float64, n), make([]int32, n)
	for i := range n {
		times[i], counts[i] = 1583280000+float64(i*60), int32(i*i%50)
	}
	return []vector{
		{"when", times, []attr{{"class", []string{"POSIXct", "POSIXt"}}, {"tzone", []string{zone}}}},
		{"counts", counts, nil},
	}
}

func TestReads(t *testing.T) {
	long := minutes(90, "Europe/Zurich")
	factor := vector{"id", append(slices.Repeat([]int32{2}, 40), slices.Repeat([]int32{1}, 50)...), []attr{{"levels", []string{"B", "A"}}, {"class", []string{"factor"}}}}
	lux := vector{"lux", [3]float64{90, 1, 1}, nil}
	withMissing := minutes(90, "UTC")
	withMissing[1].data.([]int32)[3] = math.MinInt32
	tests := []struct {
		name     string
		content  []byte
		subjects []string
		start    string
		note     string
	}{
		{"made.rds", rds(3, long...), []string{"made"}, "2020-03-04T01:00:00+01:00", "zone Europe/Zurich"},
		{"gzip.rds", gzipped(t, rds(2, minutes(90, "")...)), []string{"gzip"}, "2020-03-04T00:00:00Z", "instants without a zone"},
		{"xz.rda", xzPacked(t, rda(3, []string{"night"}, append(long, factor, lux))), []string{"A", "B"}, "2020-03-04T01:00:00+01:00", `data frame "night"`},
		{"other.bin", rda(2, []string{"x"}, withMissing), []string{"other"}, "2020-03-04T00:00:00Z", "zone UTC"},
	}
	for _, tt := range tests {
		got, err := read(tt.name, tt.content, format.Options{})
		if err != nil || len(got) != len(tt.subjects) {
			t.Errorf("%s: got %d recordings, %v, want %d", tt.name, len(got), err, len(tt.subjects))
			continue
		}
		for i, r := range got {
			if r.Subject != tt.subjects[i] || r.Epoch != time.Minute || r.Source.Format != "rdata" {
				t.Errorf("%s: got %s every %v by %s", tt.name, r.Subject, r.Epoch, r.Source.Format)
			}
		}
		r := got[0]
		if r.Start.String() != tt.start || r.Activity[9] != 31 || !strings.Contains(strings.Join(r.Source.Notes, " "), tt.note) {
			t.Errorf("%s: got %v, %v, %q; want %s, 31, a note with %q", tt.name, r.Start, r.Activity[9], r.Source.Notes, tt.start, tt.note)
		}
		if want := tt.name == "other.bin"; math.IsNaN(r.Activity[3]) != want {
			t.Errorf("%s: got %v for the fourth minute", tt.name, r.Activity[3])
		}
		if light := r.Channels[actigraphy.ChannelLight]; tt.name == "xz.rda" && (len(light) != 40 || light[39] != 40) {
			t.Errorf("light: got %v", light)
		}
	}
}

// wide is a frame of a person's days.
func wide(days []string, value int32) []vector {
	columns := []vector{{"ID", slices.Repeat([]int32{7}, len(days)), nil}, {"WEEKDAY", days, nil}}
	for m := range 1440 {
		columns = append(columns, vector{fmt.Sprintf("MIN%d", m+1), slices.Repeat([]int32{value}, len(days)), nil})
	}
	return columns
}

func TestWide(t *testing.T) {
	content := rda(2, []string{"wear", "count"}, wide([]string{"Fri", "Sat"}, 1), wide([]string{"Fri", "Sat"}, 9))
	got, err := read("two.RData", content, format.Options{})
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d recordings, %v, want 1", len(got), err)
	}
	r := got[0]
	if r.Start.String() != "Fri 00:00:00" || len(r.Activity) != 2880 || r.Activity[5] != 9 || r.Channels[actigraphy.ChannelWear][2879] != 1 {
		t.Errorf("got %v, %d minutes, %v, %d of wear", r.Start, len(r.Activity), r.Activity[5], len(r.Channels[actigraphy.ChannelWear]))
	}
}

func TestRefuses(t *testing.T) {
	whole := rds(3, minutes(90, "UTC")...)
	function := head(3, false)
	function.int(3)
	deep := head(2, false)
	for range 300 {
		deep.int(19)
		deep.int(1)
	}
	huge := head(2, false)
	huge.int(13)
	huge.int(1 << 30)
	bad := minutes(90, "UTC")
	bad[1].data.([]int32)[50] = -4
	bigDictionary := xzPacked(t, whole)
	bigDictionary[12+4] = 40
	tests := []struct {
		name    string
		content []byte
		want    string
	}{
		{"cut off", whole[:len(whole)/2], "damaged or cut off"},
		{"cut off in xz", xzPacked(t, whole)[:200], "damaged or cut off"},
		{"as text", []byte("RDA3\nA\n3\n262657\n"), "without ascii = TRUE"},
		{"another version", []byte("RDX3\nX\n\x00\x00\x00\x09\x00\x00\x00\x00\x00\x00\x00\x00"), "serialization version 9"},
		{"a function", function.Bytes(), "a function or another object"},
		{"deep", deep.Bytes(), "lists more than 200 deep"},
		{"a huge vector", huge.Bytes(), "a vector of more than"},
		{"a dictionary of 4 GiB", bigDictionary, "needs 4095 MiB of memory"},
		{"packed text", xzPacked(t, []byte("time,activity\n2020-01-01 00:00,1\n")), "a compressed file that is no data of R"},
		{"no frame", rda(2, nil), "one data frame of activity, found none"},
		{"two frames", rda(2, []string{"a", "b"}, minutes(5, ""), minutes(5, "")), `found 2: "a", "b"`},
		{"negative counts", rds(3, bad...), `found "-4" in row 51 of the table`},
		{"no times", rds(3, minutes(20, "")[1]), "found none in the first lines"},
	}
	for _, tt := range tests {
		_, err := read("made.rda", tt.content, format.Options{})
		var file *actigraphy.FileError
		if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want a FileError with %q", tt.name, err, tt.want)
		}
	}
}

// TestBzip2 reads a data frame packed by bzip2, which Go only unpacks.
func TestBzip2(t *testing.T) {
	content, err := base64.StdEncoding.DecodeString(packed)
	if err != nil {
		t.Fatal(err)
	}
	got, err := read("made.rda", content, format.Options{})
	if err != nil || len(got) != 1 || len(got[0].Activity) != 90 {
		t.Errorf("got %d recordings, %v, want one of 90 minutes", len(got), err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(rds(3, minutes(20, "Europe/Zurich")...))
	f.Add(gzipped(f, rda(2, []string{"a"}, minutes(20, ""))))
	f.Add(xzPacked(f, rda(2, []string{"a"}, minutes(20, ""))))
	f.Add(rds(2, append(minutes(9, ""), vector{"lux", [3]float64{9, 1, 1}, nil})...))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := read("fuzzed.rda", content, format.Options{})
		formattest.Sound(t, got, err)
	})
}

func BenchmarkReader(b *testing.B) {
	content := rds(3, minutes(200_000, "UTC")...)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if _, err := read("made.rds", content, format.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
