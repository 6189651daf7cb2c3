package parquet_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	pq "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/formattest"
	"circascope/actigraphy/format/parquet"
)

func read(content []byte, opts format.Options) ([]*actigraphy.Recording, error) {
	return formattest.Read(parquet.Reader{}, "made.parquet", content, opts)
}

// write makes a file of row groups of 100 rows.
func write[T any](t testing.TB, rows []T, opts ...pq.WriterOption) []byte {
	var b bytes.Buffer
	w := pq.NewGenericWriter[T](&b, append(opts, pq.MaxRowsPerRowGroup(100))...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// epoch is a row of a long table.
type epoch struct {
	ID     string    `parquet:"id,dict,zstd"`
	When   time.Time `parquet:"when,timestamp(microsecond)"`
	Counts *int32    `parquet:"counts,optional,snappy"`
	Lux    float64   `parquet:"lux,gzip"`
	Tags   []string  `parquet:"tags,list"`
}

// local is a row with a text of a local time and its parts.
type local struct {
	Time     string  `parquet:"time"`
	Activity float32 `parquet:"activity"`
	Worn     bool    `parquet:"worn"`
}

// split is a row whose date and time of day stand apart.
type split struct {
	Date   int32 `parquet:"date,date"`
	Time   int32 `parquet:"clock,time(millisecond)"`
	Counts int64 `parquet:"counts,decimal(1:12)"`
}

// naive is a row with a timestamp that is no instant.
type naive struct {
	When   int64  `parquet:"when,timestamp(millisecond:local)"`
	Counts uint32 `parquet:"counts"`
}

func epochs(n int) []epoch {
	start := time.Date(2020, 3, 4, 12, 0, 0, 0, time.UTC)
	rows := make([]epoch, n)
	for i := range rows {
		counts := int32(i * i % 90)
		rows[i] = epoch{ID: "A", When: start.Add(time.Duration(i) * 30 * time.Second), Counts: &counts, Lux: float64(i) / 3}
		if i >= n/2 {
			rows[i].ID = "B"
		}
	}
	return rows
}

func TestReads(t *testing.T) {
	rows := epochs(350)
	rows[7].Counts = nil
	pandas := pq.KeyValueMetadata("pandas", `{"columns":[{"field_name":"when","metadata":{"timezone":"Europe/Zurich"}}]}`)
	got, err := read(write(t, rows, pandas), format.Options{})
	if err != nil || len(got) != 2 {
		t.Fatalf("got %d recordings, %v, want 2", len(got), err)
	}
	a, b := got[0], got[1]
	if a.Subject != "A" || b.Subject != "B" || a.Start.String() != "2020-03-04T13:00:00+01:00" || a.Epoch != 30*time.Second || len(a.Activity) != 175 || len(b.Activity) != 175 {
		t.Errorf("got %s, %s from %v every %v, %d and %d epochs", a.Subject, b.Subject, a.Start, a.Epoch, len(a.Activity), len(b.Activity))
	}
	if !math.IsNaN(a.Activity[7]) || a.Missing() != 1 || a.Activity[8] != 64 || b.Activity[174] != 349*349%90 || b.Channels[actigraphy.ChannelLight][174] != 349.0/3 {
		t.Errorf("got %v, %d missing, %v, light %v", a.Activity[7:9], a.Missing(), b.Activity[174], b.Channels[actigraphy.ChannelLight][174])
	}
	notes := strings.Join(a.Source.Notes, " ")
	for _, want := range []string{`not read: "tags"`, "zone Europe/Zurich, as Parquet keeps it"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes %q lack %q", notes, want)
		}
	}
}

func TestTimes(t *testing.T) {
	texts := make([]local, 120)
	parts := make([]split, 120)
	naives := make([]naive, 120)
	at := time.Date(2019, 12, 31, 23, 0, 0, 0, time.UTC)
	for i := range texts {
		now := at.Add(time.Duration(i) * time.Minute)
		texts[i] = local{now.Format(time.DateTime), float32(i) + 0.1, i%2 == 0}
		parts[i] = split{int32(now.Unix() / 86400), int32(now.Sub(now.Truncate(24 * time.Hour)).Milliseconds()), int64(i)}
		naives[i] = naive{now.UnixMilli(), math.MaxUint32}
	}
	tests := []struct {
		name    string
		content []byte
		last    float64
	}{
		{"texts", write(t, texts), 119.1},
		{"dates and times of day", write(t, parts), 11.9},
		{"local timestamps", write(t, naives), math.MaxUint32},
	}
	for _, tt := range tests {
		got, err := read(tt.content, format.Options{})
		if err != nil || len(got) != 1 {
			t.Errorf("%s: got %d recordings, %v, want 1", tt.name, len(got), err)
			continue
		}
		r := got[0]
		if r.Start.String() != "2019-12-31T23:00:00" || r.Epoch != time.Minute || len(r.Activity) != 120 || r.Activity[119] != tt.last {
			t.Errorf("%s: got %v every %v, %d epochs, last %v", tt.name, r.Start, r.Epoch, len(r.Activity), r.Activity[len(r.Activity)-1])
		}
		if worn := r.Channels[actigraphy.ChannelWear]; tt.name == "texts" && (len(worn) != 120 || worn[0] != 1 || worn[1] != 0) {
			t.Errorf("worn: got %v", worn)
		}
	}
}

func TestRefuses(t *testing.T) {
	whole := write(t, epochs(350))
	bad := epochs(350)
	*bad[250].Counts = -3
	type nested struct {
		Rows []epoch `parquet:"rows"`
	}
	tests := []struct {
		name    string
		content []byte
		want    string
	}{
		{"cut off", whole[:len(whole)-30], "damaged, cut off or encrypted"},
		{"no footer", []byte("PAR1PAR1"), "damaged"},
		{"negative counts", write(t, bad), `found "-3" in row 251 of the table`},
		{"nested", write(t, []nested{{epochs(3)}}), "nested columns alone"},
		{"no rows", write(t, []epoch{}), "none in the first lines"},
	}
	for _, tt := range tests {
		got, err := read(tt.content, format.Options{})
		var file *actigraphy.FileError
		if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) || len(got) > 0 {
			t.Errorf("%s: got %d recordings, %v, want a FileError with %q", tt.name, len(got), err, tt.want)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(write(f, epochs(9)))
	f.Add(write(f, []naive{{1, 2}, {60001, 3}, {120001, 4}}))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := read(content, format.Options{})
		formattest.Sound(t, got, err)
	})
}

func BenchmarkReader(b *testing.B) {
	content := write(b, epochs(200_000), pq.MaxRowsPerRowGroup(100_000))
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if _, err := read(content, format.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestDamaged changes bytes of a file: whatever it then declares, no more memory
// is taken than a file of its size can need.
func TestDamaged(t *testing.T) {
	const mostMemory = 100 << 20
	whole := write(t, epochs(9))
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		content := bytes.Clone(whole)
		for range 1 + random.IntN(4) {
			content[random.IntN(len(content))] = byte(random.IntN(256))
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := read(content, format.Options{})
		runtime.ReadMemStats(&after)
		var file *actigraphy.FileError
		if err != nil && !errors.As(err, &file) {
			t.Fatalf("got %T %v, want a *FileError", err, err)
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > mostMemory {
			t.Fatalf("%d MiB were taken for %d bytes (%v)", n>>20, len(content), err)
		}
	}
}

// TestPagesThatUnpackToMore takes a byte off what the first page declares of itself.
// The library would make room for whatever comes out.
func TestPagesThatUnpackToMore(t *testing.T) {
	type noise struct {
		Time   string  `parquet:"time"`
		Counts float64 `parquet:"counts"`
	}
	rows := make([]noise, 100)
	for i := range rows {
		rows[i] = noise{time.Date(2020, 1, 1, 0, i, 0, 0, time.UTC).Format("2006-01-02 15:04:05"), float64(i % 10)}
	}
	for _, codec := range []compress.Codec{&pq.Snappy, &pq.Gzip, &pq.Zstd, &pq.Brotli, &pq.Lz4Raw} {
		for version := 1; version <= 2; version++ {
			t.Run(fmt.Sprintf("%v in pages of version %d", codec, version), func(t *testing.T) {
				file := write(t, rows, pq.Compression(codec), pq.DataPageVersion(version))
				if list, err := read(file, format.Options{}); err != nil || len(list) != 1 || len(list[0].Activity) != len(rows) {
					t.Fatalf("as it was written: got %d recordings and %v", len(list), err)
				}
				at := bytes.IndexByte(file[6:], 0x15) + 7 // the second whole number of the header: the size
				declared, k := binary.Varint(file[at:])
				if declared < 100 || k < 2 || binary.PutVarint(file[at:], declared-1) != k {
					t.Fatalf("the first page declares %d bytes", declared)
				}
				if _, err := read(file, format.Options{}); err == nil || !strings.Contains(err.Error(), "damaged") {
					t.Errorf("got %v, want what is damaged", err)
				}
			})
		}
	}
}
