package cwa_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/cwa"
	"circascope/actigraphy/format/internal/rawvalues"
	"circascope/actigraphy/raw"
)

func read(t *testing.T, content []byte) (raw.Source, rawvalues.Signal) {
	t.Helper()
	in, err := format.NewInput("made.cwa", content)
	if err != nil {
		t.Fatal(err)
	}
	s, err := cwa.Open(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return s, rawvalues.Gather(t, s)
}

// TestLayouts reads every layout of samples and every encoding of times.
func TestLayouts(t *testing.T) {
	tests := []struct {
		name string
		set  func(*made)
		near time.Duration // how far the first time may be off
	}{
		{"packed, fraction", func(*made) {}, time.Millisecond},
		{"packed, whole samples", func(m *made) { m.fraction = false }, 0},
		{"packed, no checksum", func(m *made) { m.fraction, m.old = false, true }, time.Second},
		{"16 bits", func(m *made) { m.packed, m.count = false, 80 }, time.Millisecond},
		{"16 bits, 12.5 Hz", func(m *made) { m.packed, m.count, m.rateCode = false, 80, 0x47 }, 80 * time.Millisecond},
		{"with gyroscope", func(m *made) { m.packed, m.count, m.axes = false, 40, 6 }, time.Millisecond},
		{"with gyroscope and magnetometer", func(m *made) { m.packed, m.count, m.axes = false, 26, 9 }, time.Millisecond},
		{"3200 Hz", func(m *made) { m.packed, m.count, m.axes, m.rateCode = false, 40, 6, 0x4f }, time.Millisecond},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := ax3Made(50)
			tt.set(&m)
			s, got := read(t, m.bytes())
			if got.N != 50*m.count || got.Blocks != 50 || got.Damage.Blocks != 0 {
				t.Fatalf("got %d samples in %d blocks, %d damaged; want %d in 50", got.N, got.Blocks, got.Damage.Blocks, 50*m.count)
			}
			for i, v := range got.First5 {
				if v != m.want(i) {
					t.Errorf("sample %d: got %v, want %v", i, v, m.want(i))
				}
			}
			if last := m.want(got.N - 1); got.Last2[1] != last {
				t.Errorf("last sample: got %v, want %v", got.Last2[1], last)
			}
			if off := got.Start.Sub(m.first); off.Abs() > tt.near {
				t.Errorf("first time: got %v, want %v", got.Start, m.first)
			}
			if h := s.Header(); h.Rate != m.rate() || !h.Start.Equal(actigraphy.Naive(got.Start)) {
				t.Errorf("header: got %v Hz from %v, want %v Hz from %v", h.Rate, h.Start, m.rate(), got.Start)
			}
			if got.Temperature != 25 || got.Light != 300 {
				t.Errorf("got %v °C and light %v, want 25 and 300", got.Temperature, got.Light)
			}
			if got.Damage.Missing != 0 {
				t.Errorf("got %v missing, want none", got.Damage.Missing)
			}
		})
	}
}

func TestHeader(t *testing.T) {
	s, _ := read(t, ax3Made(2).bytes())
	h := s.Header()
	if h.Subject != "P 07" || h.Site != "left wrist" || h.Device != "Axivity AX3 4711" || h.Range != 8 {
		t.Errorf("got subject %q, site %q, device %q, range %v", h.Subject, h.Site, h.Device, h.Range)
	}
	m := ax3Made(2)
	content := m.bytes()
	content[36] = 0x49 // configured for half the rate
	s, _ = read(t, content)
	if notes := strings.Join(s.Header().Notes, " "); !strings.Contains(notes, "header says 50 samples a second, the data 100") {
		t.Errorf("notes do not name the rates: %s", notes)
	}
}

// TestDrift wants samples of a device that runs slow spread over the time that
// its clock says, without gaps.
func TestDrift(t *testing.T) {
	m := ax3Made(1000)
	m.clock = 12 * time.Millisecond // 1 %
	_, got := read(t, m.bytes())
	if got.Damage.Missing != 0 || got.N != 120_000 {
		t.Fatalf("got %d samples, %v missing", got.N, got.Damage.Missing)
	}
	want := m.first.Add(1000 * m.length())
	if off := got.Last.Sub(want); off.Abs() > 30*time.Millisecond {
		t.Errorf("last time: got %v, want about %v", got.Last, want)
	}
}

func TestDamage(t *testing.T) {
	sector := ax3Made(1).length()
	tests := []struct {
		name    string
		set     func(*made)
		samples int // of 100 sectors' 12,000
		blocks  int
		missing time.Duration
		note    string
	}{
		{"whole", func(*made) {}, 12000, 0, 0, ""},
		{"bad checksums", func(m *made) {
			m.spoil = only(func(b []byte) { b[100] ^= 1 }, 10, 11, 50)
		}, 97 * 120, 3, 3 * sector, "3 sectors of 512 bytes are damaged"},
		{"a bad first and last sector", func(m *made) {
			m.spoil = only(func(b []byte) { b[0] = 'B' }, 0, 99)
		}, 98 * 120, 2, 0, "2 sectors"},
		{"an impossible date", func(m *made) {
			m.change = only(func(b []byte) { binary.LittleEndian.PutUint32(b[14:], 24<<26|2<<22|30<<17) }, 5)
		}, 99 * 120, 1, sector, "1 sectors"},
		{"more samples than fit", func(m *made) {
			m.change = only(func(b []byte) { binary.LittleEndian.PutUint16(b[28:], 65535) }, 5)
		}, 99 * 120, 1, sector, "1 sectors"},
		{"no samples", func(m *made) {
			m.change = only(func(b []byte) { binary.LittleEndian.PutUint16(b[28:], 0) }, 5)
		}, 99 * 120, 1, sector, "1 sectors"},
		{"an unknown layout", func(m *made) { m.change = only(func(b []byte) { b[25] = 0x51 }, 5) }, 99 * 120, 1, sector, "1 sectors"},
		{"a rate code of old files", func(m *made) { m.spoil = only(func(b []byte) { b[24] = 0 }, 5) }, 99 * 120, 1, sector, "1 sectors"},
		{"another session", func(m *made) {
			m.change = func(i int, b []byte) {
				if i >= 90 {
					binary.LittleEndian.PutUint32(b[6:], 98)
				}
			}
		}, 90 * 120, 10, 0, "10 sectors belong to another session than 99"},
		{"memory never written", func(m *made) {
			m.spoil = func(i int, b []byte) {
				if i >= 90 {
					copy(b, bytes.Repeat([]byte{0xff}, 512))
				}
			}
		}, 90 * 120, 0, 0, ""},
		{"the clock set forward", func(m *made) { m.change = m.shifted(50, time.Hour) }, 12000, 0, time.Hour, "jumps forward 1 times"},
		{"a pause", func(m *made) {
			m.change = func(i int, b []byte) {
				m.shifted(50, time.Hour)(i, b)
				if i == 50 {
					b[22] = 1
				}
			}
		}, 12000, 0, time.Hour, ""},
		{"the clock set back", func(m *made) { m.change = m.shifted(50, -24*time.Second) }, 80 * 120, 20, 0, "The clock was set back: 20 blocks"},
		{"the clock reset to 2000", func(m *made) { m.change = m.shifted(50, -210_000*time.Hour) }, 50 * 120, 50, 0, "The clock was set back: 50 blocks"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := ax3Made(100)
			m.fraction = false
			tt.set(&m)
			_, got := read(t, m.bytes())
			if got.N != tt.samples || got.Damage.Blocks != tt.blocks {
				t.Errorf("got %d samples and %d blocks of damage, want %d and %d", got.N, got.Damage.Blocks, tt.samples, tt.blocks)
			}
			if off := got.Damage.Missing - tt.missing; off.Abs() > 20*time.Millisecond {
				t.Errorf("missing: got %v, want %v", got.Damage.Missing, tt.missing)
			}
			notes := strings.Join(got.Damage.Notes, " ")
			if !strings.Contains(notes, tt.note) || tt.note == "" && notes != "" {
				t.Errorf("notes: got %q, want %q", notes, tt.note)
			}
		})
	}
}

// only makes a change to the sectors named.
func only(change func([]byte), sectors ...int) func(int, []byte) {
	return func(i int, b []byte) {
		for _, s := range sectors {
			if i == s {
				change(b)
			}
		}
	}
}

// shifted sets the clock by d from a sector on.
func (m *made) shifted(from int, d time.Duration) func(int, []byte) {
	return func(i int, b []byte) {
		if i >= from {
			m.stamp(b, m.first.Add(time.Duration(i)*m.length()+d))
		}
	}
}

func TestSectorsTwice(t *testing.T) {
	content := ax3Made(40).bytes()
	twice := append(bytes.Clone(content[:1024+20*512]), content[1024+19*512:]...)
	_, got := read(t, twice)
	if got.N != 40*120 || got.Damage.Blocks != 1 {
		t.Errorf("got %d samples and %d blocks of damage, want %d and 1", got.N, got.Damage.Blocks, 40*120)
	}
}

// TestCutOff cuts a file at every kind of place. What is whole is read.
func TestCutOff(t *testing.T) {
	content := ax3Made(10).bytes()
	for _, end := range []int{1024 + 512, 1024 + 513, 1024 + 3*512 + 511, len(content) - 1} {
		_, got := read(t, content[:end])
		if want := (end - 1024) / 512 * 120; got.N != want {
			t.Errorf("cut at %d: got %d samples, want %d", end, got.N, want)
		}
		cut := len(got.Damage.Notes) == 1 && strings.Contains(got.Damage.Notes[0], "cut off")
		if want := end%512 != 0; cut != want {
			t.Errorf("cut at %d: notes %q", end, got.Damage.Notes)
		}
	}
}

func TestGzipped(t *testing.T) {
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	_, _ = w.Write(ax3Made(2000).bytes())
	_ = w.Close()
	_, got := read(t, z.Bytes())
	if got.N != 2000*120 {
		t.Errorf("got %d samples, want %d", got.N, 2000*120)
	}
	in, err := format.NewInput("cut.cwa.gz", z.Bytes()[:z.Len()/2])
	if err != nil {
		t.Fatal(err)
	}
	s, err := cwa.Open(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	for _, err = range s.Blocks(context.Background()) {
		if err != nil {
			break
		}
	}
	if want := "damaged or cut off"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

func TestRefused(t *testing.T) {
	good := ax3Made(3)
	bad := good
	bad.spoil = func(_ int, b []byte) { b[99]++ }
	tests := []struct {
		name    string
		content []byte
		want    string
	}{
		{"a header alone", good.bytes()[:1024], "expected sectors of samples, found none that can be read"},
		{"half a header", good.bytes()[:512], "a header of 1024 bytes"},
		{"bad sectors only", bad.bytes(), "found none that can be read"},
		{"another file", bytes.Repeat([]byte("x"), 4096), "begins with MD"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := format.NewInput("bad.cwa", tt.content)
			if err != nil {
				t.Fatal(err)
			}
			_, err = cwa.Open(context.Background(), in)
			var file *actigraphy.FileError
			if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) || file.Advice == "" {
				t.Errorf("got %v, want %q and advice", err, tt.want)
			}
		})
	}
}

// TestStops ends passes early: by the caller, and by the context.
func TestStops(t *testing.T) {
	in, err := format.NewInput("long.cwa", ax3Made(3000).bytes())
	if err != nil {
		t.Fatal(err)
	}
	s, err := cwa.Open(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range s.Blocks(context.Background()) {
		if n++; n == 3 {
			break
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n = 0
	for b, err := range s.Blocks(ctx) {
		if err != nil {
			if !errors.Is(err, context.Canceled) || b != nil {
				t.Errorf("got %v, want the context's error", err)
			}
			return
		}
		if n++; n == 5 {
			cancel()
		}
	}
	t.Errorf("%d blocks and no error after the context ended", n)
}

// TestMemory wants no memory for a sector.
func TestMemory(t *testing.T) {
	in, err := format.NewInput("long.cwa", ax3Made(5000).bytes())
	if err != nil {
		t.Fatal(err)
	}
	s, err := cwa.Open(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.
	allocs := testing.AllocsPerRun(3, func() {
		for b, err := range s.Blocks(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			sum += b.X[0]
		}
	})
	if allocs > 40 || math.IsNaN(sum) {
		t.Errorf("%v allocations for 5000 sectors", allocs)
	}
}
