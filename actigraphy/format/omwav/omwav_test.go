package omwav_test

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/rawvalues"
	"circascope/actigraphy/format/omwav"
	"circascope/actigraphy/raw"
	"circascope/internal/reference"
)

func open(t testing.TB, content []byte) raw.Source {
	t.Helper()
	return rawvalues.Opener(omwav.Open).Made(t, "made.wav", content)
}

// TestReference reads the file of GGIRread, of which the first 262,144 bytes are
// at hand. No other program gives values for it: the samples are taken from the
// bytes as a sound player would.
func TestReference(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(reference.Dir(t), "actigraphy", "files", "GGIRread", "ax3test.wav"))
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, content)
	got := rawvalues.Gather(t, s)
	c := rawvalues.Tally{T: t}
	c.Is("samples", got.N, (262144-1024)/8)
	c.Is("rate", s.Header().Rate, 100.)
	c.Is("start", s.Header().Start.String(), "2018-03-18T17:24:47.536")
	c.Is("subject", s.Header().Subject, "001")
	c.Is("site", s.Header().Site, "left wrist")
	c.Is("device", s.Header().Device, "Axivity 37727")
	c.Triples("first sample", got.First5[:1], [][3]float64{{2943. / 4096, 1054. / 4096, -2325. / 4096}}, 0)
	c.Within("mean norm, mostly at rest", got.Norm, 1, 0.05)
	t.Logf("ax3test.wav: %d values met of %d known; norm %.4f, %.1f °C, %+v", c.Met, c.Of, got.Norm, got.Temperature, got.Damage)
}

const comment = "Time: 2018-03-18 17:24:47.536\nChannel-1: Accel-X\nScale-1: 8\nChannel-2: Accel-Y\nScale-2: 8\nChannel-3: Accel-Z\nScale-3: 8\n"

// made writes a file of n samples at 100 Hz.
func made(n int, comment string, aux func(i int) uint16) []byte {
	le := binary.LittleEndian
	chunk := func(b []byte, name string, body []byte) []byte {
		b = le.AppendUint32(append(b, name...), uint32(len(body)))
		return append(append(b, body...), make([]byte, len(body)&1)...)
	}
	form := le.AppendUint16(le.AppendUint16(nil, 1), 4)
	form = le.AppendUint32(le.AppendUint32(form, 100), 800)
	form = le.AppendUint16(le.AppendUint16(form, 8), 16)
	info := chunk([]byte("INFO"), "IART", []byte("Id: 7\n"))
	info = chunk(info, "ICMT", []byte(comment))
	var data []byte
	for i := range n {
		for _, v := range []int{i%65536 - 32768, 4096, -4096} {
			data = le.AppendUint16(data, uint16(int16(v)))
		}
		data = le.AppendUint16(data, aux(i))
	}
	b := chunk(chunk(chunk([]byte("WAVE"), "fmt ", form), "LIST", info), "data", data)
	return append(le.AppendUint32([]byte("RIFF"), uint32(len(b))), b...)
}

// sensors writes light 300 and temperature 256 in turn, as the maker does.
func sensors(i int) uint16 { return [3]uint16{0x400 | 200, 0x800 | 300, 0xc00 | 256}[i%3] }

func TestMade(t *testing.T) {
	content := made(1000, comment, func(i int) uint16 {
		if i >= 150 && i < 250 {
			return 0x8000
		}
		return sensors(i)
	})
	s := open(t, content)
	got := rawvalues.Gather(t, s)
	if got.N != 900 || got.Damage.Missing != time.Second || got.Missing.Round(time.Microsecond) != time.Second {
		t.Errorf("got %d samples, %v missing; want 900, 1 s", got.N, got.Damage.Missing)
	}
	if want := [3]float64{-8, 1, -1}; got.First5[0] != want {
		t.Errorf("got %v, want %v", got.First5[0], want)
	}
	if math.Abs(got.Temperature-25) > 1e-9 || math.Abs(got.Light-300) > 1e-9 {
		t.Errorf("got %v °C, light %v; want 25, 300", got.Temperature, got.Light)
	}
	if len(got.Damage.Notes) != 0 {
		t.Errorf("notes: %v", got.Damage.Notes)
	}
	cut := rawvalues.Gather(t, open(t, content[:len(content)-4001]))
	if cut.N != 900-501 || !strings.Contains(strings.Join(cut.Damage.Notes, " "), "announces 1000 samples, the file has 499") {
		t.Errorf("cut off: got %d samples, %v", cut.N, cut.Damage.Notes)
	}
}

func TestRefused(t *testing.T) {
	tests := []struct{ change, to, want string }{
		{"Time: 2018", "Time: ????", "the time of the first sample"},
		{"Scale-2: 8", "Scale-2: 0", "the range of channel 2"},
		{"Accel-Z", "Gyro-XX", "Accel-Z as channel 3"},
		{"Accel-X", "Other-X", "whose channels are Accel-X"},
	}
	for _, tt := range tests {
		in, err := format.NewInput("made.wav", made(10, strings.Replace(comment, tt.change, tt.to, 1), sensors))
		if err != nil {
			t.Fatal(err)
		}
		_, err = omwav.Open(context.Background(), in)
		var file *actigraphy.FileError
		if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) || file.Advice == "" {
			t.Errorf("got %v, want %q", err, tt.want)
		}
	}
}

// FuzzOpen wants an error that names the file, or blocks in order of time.
func FuzzOpen(f *testing.F) {
	f.Add(made(10, comment, sensors))
	f.Add(made(250, comment, func(i int) uint16 { return uint16(i%7) << 13 }))
	f.Fuzz(func(t *testing.T, content []byte) {
		in, err := format.NewInput("fuzz.wav", content)
		if err != nil {
			return
		}
		s, err := omwav.Open(context.Background(), in)
		if err != nil {
			var file *actigraphy.FileError
			if !errors.As(err, &file) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		if got := rawvalues.Gather(t, s); got.N > len(content)/6 {
			t.Errorf("%d samples in %d bytes", got.N, len(content))
		}
	})
}
