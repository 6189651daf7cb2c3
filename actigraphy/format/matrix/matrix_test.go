package matrix_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/rawvalues"
	"circascope/actigraphy/format/matrix"
	"circascope/actigraphy/raw"
	"circascope/internal/reference"
)

func open(t testing.TB, content []byte) raw.Source {
	t.Helper()
	return rawvalues.Opener(matrix.Open).Made(t, "made.bin", content)
}

// TestReference compares with what GGIRread's tests state of its files (packets,
// checksums, rate, range, and how many samples the time takes at that rate) and
// with the samples that actipy 3.8.3 writes of them, rounded to 1e-6 g and to
// milliseconds.
func TestReference(t *testing.T) {
	tests := []struct {
		file        string
		rate        float64
		onGrid      int // samples at the rate, by GGIRread, which fills a damaged packet
		blocks, bad int
		start       string
		before      time.Duration // of a damaged packet at the beginning
		n           int           // by actipy, as what follows
		last        int64         // Unix milliseconds
		first, mean [3]float64
		temperature float64 // of the first packet
	}{
		{
			"mtx_12.5Hz_acc.BIN", 12.5, 12587, 2, 0, "2025-01-24T20:41:51Z", 0, 12272, 1737752317915,
			[3]float64{-0.037842, 0.261727, -0.930908},
			[3]float64{-0.05344219825619299, 0.5075729432040417, -0.33599987785202085},
			math.NaN(),
		},
		{
			"mtx_12.5Hz_acc_gyro.BIN", 12.5, 1425, 1, 0, "2025-01-24T21:55:13Z", 0, 1460, 1737755826916,
			[3]float64{0.618671, 0.470229, -0.591064},
			[3]float64{0.17088722260273972, 0.5992470301369863, 0.003496568493150676},
			27.25,
		},
		{
			"mtx_100Hz_acc_HR_temp.BIN", 100, 39400, 4, 0, "2025-01-24T21:44:14Z", 0, 40312, 1737755447990,
			[3]float64{0.698263, 0.671896, -0.233398},
			[3]float64{0.12339287068366739, 0.26017396646159957, -0.8609223593222861},
			28.1,
		},
		{
			"mtx_corrupted.bin", 100, 39400, 3, 1, "2025-01-24T21:45:14Z", time.Minute, 34168, 1737755447990,
			[3]float64{-0.062744, 0.440443, -0.858887},
			[3]float64{0.13339081997775695, 0.2220875224186373, -0.8829797514926248},
			28.2,
		},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			in, err := format.Open(filepath.Join(reference.Dir(t), "actigraphy", "files", "GGIRread", tt.file))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = in.Close() }()
			s, err := matrix.Open(context.Background(), in)
			if err != nil {
				t.Fatal(err)
			}
			got := rawvalues.Gather(t, s)
			c := rawvalues.Tally{T: t}
			c.Is("rate", s.Header().Rate, tt.rate)
			c.Is("range", s.Header().Range, 8.)
			c.Is("packets", got.Blocks, tt.blocks)
			c.Is("damaged packets", got.Damage.Blocks, tt.bad)
			c.Is("start", s.Header().Start.String(), tt.start)
			// GGIRread puts the last sample one interval before the last whole second.
			span := (got.Last.Round(time.Second).Sub(got.Start) + tt.before).Seconds() - 1/tt.rate
			c.Is("samples at the rate", int(math.Floor(span*tt.rate+1e-6))+1, tt.onGrid)
			c.Is("samples", got.N, tt.n)
			// actipy puts samples on the grid of the sensor that has most: here the heart's.
			c.Within("last time", float64(got.Last.UnixMilli()), float64(tt.last), map[bool]float64{true: 42}[tt.n == 1460])
			c.Triples("first sample", got.First5[:1], [][3]float64{tt.first}, 1e-6)
			c.Triples("mean", [][3]float64{got.Mean}, [][3]float64{tt.mean}, 1e-6)
			if !math.IsNaN(tt.temperature) {
				c.Within("temperature", firstTemperature(t, s), tt.temperature, 1e-9)
			}
			t.Logf("%s: %d values met of %d known", tt.file, c.Met, c.Of)
		})
	}
}

func firstTemperature(t *testing.T, s raw.Source) float64 {
	for b, err := range s.Blocks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		return b.Temperature
	}
	return math.NaN()
}

func TestMade(t *testing.T) {
	s := open(t, made(20, madePackets(20)))
	var hearts float64
	for b, err := range s.Blocks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		hearts += b.HeartRate / 20
	}
	got := rawvalues.Gather(t, s)
	if got.N != 10_000 || got.Damage.Blocks != 0 || got.Damage.Missing != 0 || len(got.Damage.Notes) != 0 {
		t.Errorf("got %d samples and damage %+v, want 10000 and none", got.N, got.Damage)
	}
	for i, v := range got.First5 {
		if v != want(i) {
			t.Errorf("sample %d: got %v, want %v", i, v, want(i))
		}
	}
	if last := want(9999); got.Last2[1] != last {
		t.Errorf("last sample: got %v, want %v", got.Last2[1], last)
	}
	if math.Abs(got.Temperature-31.2) > 1e-9 || math.Abs(hearts-60) > 1e-9 || !math.IsNaN(got.Light) {
		t.Errorf("got %v °C, %v beats, light %v; want 31.2, 60, none", got.Temperature, hearts, got.Light)
	}
	h := s.Header()
	if h.Rate != 100 || h.Range != 8 || h.Start.String() != "2023-11-14T22:13:20Z" {
		t.Errorf("header: got %+v", h)
	}
	if notes := strings.Join(h.Notes, " "); !strings.Contains(notes, "remarks of somebody") || !strings.Contains(notes, "gyroscope") {
		t.Errorf("notes: %s", notes)
	}
}

func TestDamage(t *testing.T) {
	tests := []struct {
		name    string
		change  func(p []madePacket)
		samples int // of 10 packets' 5000
		blocks  int
		missing time.Duration
		note    string
	}{
		{"a bad checksum", func(p []madePacket) { p[3].spoil = func(b []byte) []byte { b[500]++; return b } }, 4500, 1, 5 * time.Second, "1 packets are damaged"},
		{"bytes lost", func(p []madePacket) { p[3].spoil = func(b []byte) []byte { return b[:len(b)-2] } }, 4500, 1, 5 * time.Second, "1 packets"},
		{"bytes added", func(p []madePacket) { p[3].spoil = func(b []byte) []byte { return append(b, "MDTCPAC"...) } }, 5000, 1, 0, "1 packets"},
		{"more samples than memory", func(p []madePacket) {
			p[3].spoil = func(b []byte) []byte { binary.LittleEndian.PutUint32(b[20:], math.MaxUint32); return b }
		}, 4500, 1, 5 * time.Second, "1 packets"},
		{"megabytes of something else", func(p []madePacket) {
			p[3].spoil = func(b []byte) []byte { return bytes.Repeat([]byte("MDTCPAC"), 1<<20) }
		}, 4500, 4, 5 * time.Second, "4 packets"},
		{"no time", func(p []madePacket) { p[3].end = p[3].begin }, 4500, 1, 5 * time.Second, "1 packets"},
		{"a time too long", func(p []madePacket) { p[9].end += 1e6 }, 4500, 1, 0, "1 packets"},
		{"no acceleration", func(p []madePacket) { p[3].acceleration = 0 }, 4500, 0, 5 * time.Second, ""},
		{"a second between", func(p []madePacket) { p[3].begin++ }, 5000, 0, 0, ""},
		{"a second twice", func(p []madePacket) { p[3].begin-- }, 5000, 0, 0, ""},
		{"a gap", func(p []madePacket) {
			for i := 5; i < 10; i++ {
				p[i].begin, p[i].end = p[i].begin+3600, p[i].end+3600
			}
		}, 5000, 0, time.Hour, ""},
		{"the clock set back", func(p []madePacket) { p[9].begin, p[9].end = 100, 105 }, 4500, 1, 0, "set back: 1 blocks"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := madePackets(10)
			tt.change(p)
			got := rawvalues.Gather(t, open(t, made(10, p)))
			if got.N != tt.samples || got.Damage.Blocks != tt.blocks || got.Damage.Missing != tt.missing {
				t.Errorf("got %d samples, %d blocks of damage, %v missing; want %d, %d, %v (%v)",
					got.N, got.Damage.Blocks, got.Damage.Missing, tt.samples, tt.blocks, tt.missing, got.Damage.Notes)
			}
			notes := strings.Join(got.Damage.Notes, " ")
			if !strings.Contains(notes, tt.note) || tt.note == "" && notes != "" {
				t.Errorf("notes: got %q, want %q", notes, tt.note)
			}
		})
	}
}

func TestCutOff(t *testing.T) {
	content := made(10, madePackets(10))
	for end := len(content) - 7000; end < len(content); end += 501 {
		got := rawvalues.Gather(t, open(t, content[:end]))
		if got.N != 4500 && got.N != 4000 {
			t.Errorf("cut at %d: %d samples", end, got.N)
		}
		if len(got.Damage.Notes) == 0 {
			t.Errorf("cut at %d: no note", end)
		}
	}
}

func TestRefused(t *testing.T) {
	good := made(2, madePackets(2))
	none := bytes.Clone(good)
	copy(none[520:], []byte{0, 0})
	bad := madePackets(1)
	bad[0].spoil = func(b []byte) []byte { b[100]++; return b }
	tests := []struct {
		name    string
		content []byte
		want    string
	}{
		{"a header alone", good[:524], "expected packets with acceleration, found none"},
		{"no range", none, "expected a range"},
		{"a bad packet", made(1, bad), "expected packets with acceleration, found none"},
		{"another file", bytes.Repeat([]byte("x"), 4096), "expected the mark MDTC"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := format.NewInput("made.bin", tt.content)
			if err != nil {
				t.Fatal(err)
			}
			_, err = matrix.Open(context.Background(), in)
			var file *actigraphy.FileError
			if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) || file.Advice == "" {
				t.Errorf("got %v, want %q and advice", err, tt.want)
			}
		})
	}
}

// FuzzOpen wants an error that names the file, or blocks in order of time.
func FuzzOpen(f *testing.F) {
	small := []madePacket{{begin: 100, end: 101, acceleration: 12, first: 5}, {begin: 101, end: 103, acceleration: 25, gyroscope: 2, temps: 1, hearts: 1}}
	f.Add(made(2, small))
	f.Add(made(2, madePackets(2)))
	f.Fuzz(func(t *testing.T, content []byte) {
		in, err := format.NewInput("fuzz.bin", content)
		if err != nil {
			return
		}
		s, err := matrix.Open(context.Background(), in)
		if err != nil {
			var file *actigraphy.FileError
			if !errors.As(err, &file) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		if got := rawvalues.Gather(t, s); got.N == 0 || got.N > len(content)/6 {
			t.Errorf("%d samples in %d bytes", got.N, len(content))
		}
	})
}
