package geneactiv_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/geneactiv"
	"circascope/actigraphy/format/internal/rawvalues"
	"circascope/actigraphy/raw"
)

func open(t testing.TB, content []byte) raw.Source {
	t.Helper()
	return rawvalues.Opener(geneactiv.Open).Made(t, "made.bin", content)
}

func TestMade(t *testing.T) {
	m := madeFile(20)
	s := open(t, m.bytes())
	got := rawvalues.Gather(t, s)
	if got.N != 6000 || got.Damage.Blocks != 0 || got.Damage.Missing != 0 || len(got.Damage.Notes) != 0 {
		t.Errorf("got %d samples and damage %+v, want 6000 and none", got.N, got.Damage)
	}
	for i, v := range got.First5 {
		if v != want(i) {
			t.Errorf("sample %d: got %v, want %v", i, v, want(i))
		}
	}
	if last := want(5999); got.Last2[1] != last {
		t.Errorf("last sample: got %v, want %v", got.Last2[1], last)
	}
	light := 0.
	for n := range 6000 {
		light += math.Floor(float64(n%1024)*800/300) / 6000
	}
	if math.Abs(got.Light-light) > 1e-9 || got.Markers != 12 {
		t.Errorf("got light %v and the button in %d pages, want %v and 12", got.Light, got.Markers, light)
	}
	if math.Abs(got.Temperature-20.45) > 1e-9 {
		t.Errorf("temperature: got %v, want 20.45", got.Temperature)
	}
	h := s.Header()
	if h.Start.String() != "2024-03-09T23:59:58.5+05:30" {
		t.Errorf("start: got %v", h.Start)
	}
	if h.Subject != "P07" || h.Site != "left wrist" || h.Device != "GENEActiv 1.1 012967" || h.Range != 8 || h.Rate != 100 {
		t.Errorf("header: got %+v", h)
	}
}

// TestRates wants what stands behind the rounded rates: pages of half seconds.
func TestRates(t *testing.T) {
	for hertz, length := range map[string]time.Duration{
		"10": 30 * time.Second, "20": 15 * time.Second, "25": 12 * time.Second, "30": 10 * time.Second,
		"40": 7500 * time.Millisecond, "50": 6 * time.Second, "60": 5 * time.Second, "66.7": 4500 * time.Millisecond,
		"75": 4 * time.Second, "85.7": 3500 * time.Millisecond, "100": 3 * time.Second,
	} {
		m := madeFile(30)
		m.hertz, m.length = hertz, length
		got := rawvalues.Gather(t, open(t, m.bytes()))
		if got.Damage.Missing != 0 || got.LastBlock.Sub(got.Start) != 29*length {
			t.Errorf("%s Hz: got %v missing, the last page after %v; want none, %v", hertz, got.Damage.Missing, got.LastBlock.Sub(got.Start), 29*length)
		}
	}
}

func TestZones(t *testing.T) {
	tests := []struct{ zone, start, note string }{
		{"GMT", "2024-03-09T23:59:58.5Z", "GMT, in summer and winter"},
		{"GMT +01:00", "2024-03-09T23:59:58.5+01:00", "GMT +01:00"},
		{"GMT -03:30", "2024-03-09T23:59:58.5-03:30", "GMT -03:30"},
		{"GMT +05:45", "2024-03-09T23:59:58.5+05:45", "GMT +05:45"},
		{"GMT +14:00", "2024-03-09T23:59:58.5+14:00", "GMT +14:00"},
		{"GMT +9", "2024-03-09T23:59:58.5+09:00", "GMT +9"},
		{"GMT +99:00", "2024-03-09T23:59:58.5", "not understood"},
		{"Europe/London", "2024-03-09T23:59:58.5", "not understood"},
		{"GMT *1:00", "2024-03-09T23:59:58.5", "not understood"},
		{"", "2024-03-09T23:59:58.5", "not understood"},
	}
	for _, tt := range tests {
		m := madeFile(2)
		m.zone = tt.zone
		h := open(t, m.bytes()).Header()
		if got := h.Start.String(); got != tt.start || !strings.Contains(h.Notes[0], tt.note) {
			t.Errorf("%q: got %s, %q; want %s, %q", tt.zone, got, h.Notes[0], tt.start, tt.note)
		}
	}
}

func TestDamage(t *testing.T) {
	tests := []struct {
		name    string
		change  func(i int, p *madePage)
		samples int // of 20 pages' 6000
		blocks  int
		missing time.Duration
		note    string
	}{
		{"a digit that is none", func(i int, p *madePage) {
			if i == 3 {
				p.hex = "G" + p.hex[1:]
			}
		}, 5700, 1, 3 * time.Second, "1 pages are damaged"},
		{"a short page", func(i int, p *madePage) {
			if i == 3 || i == 4 {
				p.hex = p.hex[:600]
			}
		}, 5400, 2, 6 * time.Second, "2 pages are damaged"},
		{"a long page", func(i int, p *madePage) {
			if i == 3 {
				p.hex += "000"
			}
		}, 5700, 1, 3 * time.Second, "1 pages"},
		{"no samples", func(i int, p *madePage) {
			if i == 3 {
				p.hex = ""
			}
		}, 5700, 1, 3 * time.Second, "1 pages"},
		{"a line without end", func(i int, p *madePage) {
			if i == 3 {
				p.hex = strings.Repeat("0", 1<<20)
			}
		}, 5700, 2, 3 * time.Second, "2 pages"},
		{"an impossible time", func(i int, p *madePage) {
			if i == 3 {
				p.time = "2024-02-30 00:00:00:000"
			}
		}, 5700, 1, 3 * time.Second, "1 pages"},
		{"no time", func(i int, p *madePage) {
			if i == 3 {
				p.time = ""
			}
		}, 5700, 1, 3 * time.Second, "1 pages"},
		{"the last page is not full", func(i int, p *madePage) {
			if i == 19 {
				p.hex = p.hex[:100*12+5]
			}
		}, 5800, 0, 0, "cut off after 100 of 300 samples"},
		{"a page twice", func(i int, p *madePage) {
			if i == 10 {
				p.sequence, p.time = 9, "2024-03-10 00:00:25:500"
			}
		}, 5700, 1, 3 * time.Second, "stand twice"},
		{"the clock set back", func(i int, p *madePage) {
			if i >= 10 {
				p.time = strings.Replace(p.time, "2024-03-10", "2000-01-01", 1)
			}
		}, 3000, 10, 0, "The clock was set back: 10 blocks"},
		{"pages missing", func(i int, p *madePage) {
			if i >= 10 {
				p.sequence, p.time = p.sequence+1000, strings.Replace(p.time, "03-10 00", "03-10 01", 1)
			}
		}, 6000, 0, time.Hour, ""},
		{"the clock set forward", func(i int, p *madePage) {
			if i >= 10 {
				p.time = strings.Replace(p.time, "03-10 00", "03-10 01", 1)
			}
		}, 5700, 0, time.Hour + 3*time.Second, "jumps forward 1 times"}, // the first page behind it is not believed
		{"a damaged time", func(i int, p *madePage) {
			if i == 10 {
				p.time = strings.Replace(p.time, "03-10 00", "03-10 08", 1)
			}
		}, 5700, 1, 3 * time.Second, "1 blocks have times that do not go with those before and behind"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := madeFile(20)
			m.change = tt.change
			got := rawvalues.Gather(t, open(t, m.bytes()))
			if got.N != tt.samples || got.Damage.Blocks != tt.blocks || got.Damage.Missing != tt.missing {
				t.Errorf("got %d samples, %d blocks of damage, %v missing; want %d, %d, %v",
					got.N, got.Damage.Blocks, got.Damage.Missing, tt.samples, tt.blocks, tt.missing)
			}
			notes := strings.Join(got.Damage.Notes, " ")
			if !strings.Contains(notes, tt.note) || tt.note == "" && notes != "" {
				t.Errorf("notes: got %q, want %q", notes, tt.note)
			}
		})
	}
}

// TestCutOff cuts a file anywhere in its last pages.
func TestCutOff(t *testing.T) {
	m := madeFile(5)
	content := m.bytes()
	one := (len(content) - bytes.Index(content, []byte("Recorded Data"))) / 5
	for end := len(content) - 2*one; end < len(content); end += 97 {
		got := rawvalues.Gather(t, open(t, content[:end]))
		if got.N < 900 || got.N > 1500 {
			t.Errorf("cut at %d: %d samples", end, got.N)
		}
		if got.N != 1500 && len(got.Damage.Notes) == 0 {
			t.Errorf("cut at %d: %d samples, and no note", end, got.N)
		}
	}
}

// TestNotesOfPeople wants notes that look like the file's own keys not believed.
func TestNotesOfPeople(t *testing.T) {
	m := madeFile(2)
	m.notes = "first line\r\nx gain:1\r\nNumber of Pages:7\r\nTime Zone:GMT +02:00\r\nand no colon"
	s := open(t, m.bytes())
	got := rawvalues.Gather(t, s)
	if got.First5[0] != want(0) || len(got.Damage.Notes) != 0 {
		t.Errorf("got %v, notes %v", got.First5[0], got.Damage.Notes)
	}
	if _, offset := s.Header().Start.Clock().Zone(); offset != 19800 {
		t.Errorf("zone: got %d s", offset)
	}
}

func TestRefused(t *testing.T) {
	good := string(madeFile(2).bytes())
	header, _, _ := strings.Cut(good, "Recorded Data")
	tests := []struct{ name, content, want string }{
		{"no calibration", strings.Replace(good, "y gain:25734", "y gain:", 1), `expected a number after "y gain" in "Calibration Data", found ""`},
		{"a gain of zero", strings.Replace(good, "y gain:25734", "y gain:0", 1), "made.bin, line 21: expected a gain over 0"},
		{"an offset of nothing", strings.Replace(good, "z offset:-3056", "z offset:NaN", 1), `found "NaN"`},
		{"no pages", header, "expected pages of samples, found none"},
		{"another file", strings.Repeat("x,y\n", 100), "begins with Device Identity"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := format.NewInput("made.bin", []byte(tt.content))
			if err != nil {
				t.Fatal(err)
			}
			_, err = geneactiv.Open(context.Background(), in)
			var file *actigraphy.FileError
			if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) || file.Advice == "" {
				t.Errorf("got %v, want %q and advice", err, tt.want)
			}
		})
	}
}

// TestWithoutLight reads a file whose light cannot be calibrated.
func TestWithoutLight(t *testing.T) {
	content := bytes.Replace(madeFile(2).bytes(), []byte("Volts:300"), []byte("Volts:0"), 1)
	got := rawvalues.Gather(t, open(t, content))
	if !math.IsNaN(got.Light) || got.N != 600 {
		t.Errorf("got light %v of %d samples, want none of 600", got.Light, got.N)
	}
}

func TestMemory(t *testing.T) {
	s := open(t, madeFile(2000).bytes())
	allocs := testing.AllocsPerRun(2, func() {
		for _, err := range s.Blocks(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	if allocs > 60 {
		t.Errorf("%v allocations for 2000 pages", allocs)
	}
}

// FuzzOpen wants an error that names the file, or blocks in order of time.
func FuzzOpen(f *testing.F) {
	f.Add(madeFile(1).bytes())
	m := madeFile(3)
	m.hertz, m.length = "85.7", 3500*time.Millisecond
	content := m.bytes()
	f.Add(content)
	f.Add(content[:len(content)-500])
	f.Fuzz(func(t *testing.T, content []byte) {
		in, err := format.NewInput("fuzz.bin", content)
		if err != nil {
			return
		}
		s, err := geneactiv.Open(context.Background(), in)
		if err != nil {
			var file *actigraphy.FileError
			if !errors.As(err, &file) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		if got := rawvalues.Gather(t, s); got.N == 0 || got.N > len(content)/12 {
			t.Errorf("%d samples in %d bytes", got.N, len(content))
		}
	})
}
