package genea_test

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
	"circascope/actigraphy/format/genea"
	"circascope/actigraphy/format/internal/rawvalues"
	"circascope/actigraphy/raw"
	"circascope/internal/reference"
)

// TestReference compares with what GGIRread's tests state of its file: the sum in
// mg of the first 1,329 samples, which it rounds twice, and when they were taken.
func TestReference(t *testing.T) {
	in, err := format.Open(filepath.Join(reference.Dir(t), "actigraphy", "files", "GGIRread", "genea_testfile.bin"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	s, err := genea.Open(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	sum, n := 0., 0
	hundredth := time.Time{}
	for b, err := range s.Blocks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.X {
			if n++; n == 100 {
				hundredth = b.Start.Add(time.Duration(float64(i) / b.Rate * float64(time.Second)))
			}
			if n > 1329 {
				break
			}
			for _, g := range []float64{b.X[i], b.Y[i], b.Z[i]} {
				sum += math.RoundToEven(math.RoundToEven(g*340) * 1000 / 340)
			}
		}
	}
	got := rawvalues.Gather(t, s)
	c := rawvalues.Tally{T: t}
	c.Is("sum of the first samples, mg", sum, 1374990.)
	c.Within("time of the hundredth sample", float64(hundredth.UnixMilli())/1000, 1269950918, 1)
	c.Is("rate", s.Header().Rate, 80.)
	c.Is("year", got.Start.Year(), 2010)
	t.Logf("genea_testfile.bin: %d values met of %d known; %d samples from %v, norm %.4f, %+v", c.Met, c.Of, got.N, s.Header().Start, got.Norm, got.Damage)
}

// made writes a file of seconds of 80 samples; change is made before the
// checksum of a chunk, spoil after.
func made(seconds int, change func(second int, stamp *uint32), spoil func(chunk int, b []byte)) []byte {
	b := []byte("GENEA/1.00\r\nSerial-Number:01275\r\nBody-Location:LW\r\nVolunteer-Number:03\r\n" +
		"Accel-Offsets:1 -3 -13\r\nAccel-Gains:8144 8132 8004\r\nSample-Rate:80Hz\r\n\r\n")
	n := 0
	put := func(chunk ...byte) {
		c := append([]byte{0}, chunk...)
		c[0] = crc(c[1:])
		if spoil != nil {
			spoil(n, c)
		}
		b = append(b, c...)
		if n++; n%341 == 0 {
			b = append(b, 0, 0)
		}
	}
	for s := range seconds {
		at := uint32(1_269_950_917 + s)
		if change != nil {
			change(s, &at)
		}
		put(append([]byte{0x20}, binary.BigEndian.AppendUint32(nil, at)...)...)
		for i := range 80 {
			v := truth(80*s + i)
			x, y, z := uint(v[0])&0xfff, uint(v[1])&0xfff, uint(v[2])&0xfff
			put(byte(x>>8), byte(x), byte(y>>4), byte(y<<4|z>>8), byte(z))
		}
		put(0x40, 0x71, 0, 0, 0)
	}
	return b
}

// crc is the checksum, bit by bit.
func crc(b []byte) byte {
	v := 0
	for _, c := range b {
		for bit := 7; bit >= 0; bit-- {
			v = v<<1 | int(c>>bit&1)
			if v&0x100 != 0 {
				v ^= 0x185
			}
		}
	}
	for range 8 {
		if v <<= 1; v&0x100 != 0 {
			v ^= 0x185
		}
	}
	return byte(v)
}

func truth(n int) [3]int { return [3]int{n%4096 - 2048, n%11 - 5, n % 500} }

func want(n int) [3]float64 {
	v := truth(n)
	return [3]float64{
		float64(-v[0]+1) * 8144 / 8192 / 340, float64(v[1]-3) * 8132 / 8192 / 340, float64(-v[2]-13) * 8004 / 8192 / 340,
	}
}

func open(t testing.TB, content []byte) raw.Source {
	t.Helper()
	return rawvalues.Opener(genea.Open).Made(t, "made.bin", content)
}

func TestMade(t *testing.T) {
	s := open(t, made(60, nil, nil))
	got := rawvalues.Gather(t, s)
	if got.N != 4800 || got.Damage.Blocks != 0 || got.Damage.Missing != 0 || len(got.Damage.Notes) != 0 {
		t.Errorf("got %d samples, %+v", got.N, got.Damage)
	}
	if got.First5[4] != want(4) || got.Last2[1] != want(4799) {
		t.Errorf("got %v, %v; want %v, %v", got.First5[4], got.Last2[1], want(4), want(4799))
	}
	h := s.Header()
	if h.Start.String() != "2010-03-30T12:08:37" || h.Site != "left wrist" || h.Subject != "03" || h.Device != "GENEA 01275" {
		t.Errorf("header: got %+v", h)
	}
}

func TestDamage(t *testing.T) {
	tests := []struct {
		name    string
		change  func(int, *uint32)
		spoil   func(int, []byte)
		samples int
		blocks  int
		missing time.Duration
	}{
		{"a bad checksum", nil, func(n int, b []byte) {
			if n == 1000 {
				b[3] ^= 4
			}
		}, 4720, 1, time.Second},
		{"a gap", func(s int, at *uint32) {
			if s > 30 {
				*at += 3600
			}
		}, nil, 4800, 0, time.Hour},
		{"the clock set back", func(s int, at *uint32) {
			if s > 29 {
				*at -= 3600
			}
		}, nil, 2400, 30, 0},
	}
	for _, tt := range tests {
		got := rawvalues.Gather(t, open(t, made(60, tt.change, tt.spoil)))
		if got.N != tt.samples || got.Damage.Blocks != tt.blocks || got.Damage.Missing != tt.missing {
			t.Errorf("%s: got %d samples, %+v; want %d, %d, %v", tt.name, got.N, got.Damage, tt.samples, tt.blocks, tt.missing)
		}
	}
}

func TestRefused(t *testing.T) {
	good := string(made(2, nil, nil))
	header, _, _ := strings.Cut(good, "\r\n\r\n")
	for want, content := range map[string]string{
		"ends with an empty line": header, "seconds of samples": header + "\r\n\r\n",
		"a Sample-Rate of 1": strings.Replace(good, "80Hz", "8e9Hz", 1), "three Accel-Gains": strings.Replace(good, "8144 ", "", 1),
		"three Accel-Offsets": strings.Replace(good, "1 -3", "a b", 1), "begins with GENEA/": "x" + good,
	} {
		in, err := format.NewInput("made.bin", []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		_, err = genea.Open(context.Background(), in)
		var file *actigraphy.FileError
		if !errors.As(err, &file) || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// FuzzOpen wants an error that names the file, or blocks in order of time.
func FuzzOpen(f *testing.F) {
	f.Add(made(3, nil, nil), true)
	f.Fuzz(func(t *testing.T, content []byte, sealed bool) {
		content = bytes.Clone(content)
		if at := bytes.Index(content, []byte("\r\n\r\n")) + 4; sealed {
			for i := at; i+6 <= len(content); i += 6 {
				if (i-at)%2048 == 2046 {
					i += 2
				}
				if i+6 <= len(content) {
					content[i] = crc(content[i+1 : i+6])
				}
			}
		}
		in, err := format.NewInput("fuzz.bin", content)
		if err != nil {
			return
		}
		s, err := genea.Open(context.Background(), in)
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
