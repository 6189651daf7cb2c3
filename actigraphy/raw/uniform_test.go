package raw_test

import (
	"errors"
	"iter"
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/rawtest"
)

// ramp rises by 0.01 g a sample, so that a value tells its place.
func ramp(i int) (x, y, z float64) { v := float64(i) / 100; return v, v + 1, v + 2 }

type got struct {
	chunks  []raw.Chunk
	x       []float64
	clipped raw.Clipped
}

func collect(t *testing.T, s *rawtest.Source, through func(iter.Seq2[*raw.Chunk, error]) iter.Seq2[*raw.Chunk, error]) got {
	t.Helper()
	var g got
	for c, err := range through(raw.Uniform(t.Context(), s, &g.clipped)) {
		if err != nil {
			t.Fatal(err)
		}
		g.x = append(g.x, c.X...)
		for i := range c.X {
			if math.Abs(c.Y[i]-c.X[i]-1) > 1e-9 || math.Abs(c.Z[i]-c.X[i]-2) > 1e-9 {
				t.Fatalf("sample %d: the axes do not belong together: %v %v %v", i, c.X[i], c.Y[i], c.Z[i])
			}
		}
		kept := *c
		kept.X = g.x[len(g.x)-len(c.X):]
		g.chunks = append(g.chunks, kept)
	}
	return g
}

func straight(s iter.Seq2[*raw.Chunk, error]) iter.Seq2[*raw.Chunk, error] { return s }

func TestUniform(t *testing.T) {
	at := func(seconds float64) time.Time {
		return rawtest.Start.Add(time.Duration(seconds * 1e9))
	}
	from := func(k int) func(int) (x, y, z float64) {
		return func(i int) (x, y, z float64) { return ramp(k + i) }
	}
	tests := []struct {
		name     string
		add      func(*rawtest.Source)
		samples  int
		segments int
		want     raw.Clipped
	}{
		{"even", func(s *rawtest.Source) { s.Seconds(at(0), 5, ramp) }, 500, 1, raw.Clipped{}},
		{"jitter below half a sample", func(s *rawtest.Source) {
			s.Add(at(0), 100, ramp)
			s.Add(at(1.004), 100, from(100))
			s.Add(at(1.997), 100, from(200))
		}, 300, 1, raw.Clipped{}},
		{"gap", func(s *rawtest.Source) {
			s.Add(at(0), 100, ramp)
			s.Add(at(3), 100, from(300))
		}, 200, 2, raw.Clipped{Gaps: 1, Missing: 2 * time.Second}},
		{"a slow block", func(s *rawtest.Source) {
			s.Add(at(0), 50, func(i int) (x, y, z float64) { return ramp(2 * i) }).Rate = 50
			s.Add(at(1), 100, from(100))
		}, 200, 1, raw.Clipped{Resampled: 2}}, // the second one fills the place between both
		{"a short interruption is bridged", func(s *rawtest.Source) {
			s.Add(at(0), 100, ramp)
			s.Add(at(1.05), 95, from(105))
		}, 200, 1, raw.Clipped{Resampled: 1}},
		{"overlap", func(s *rawtest.Source) {
			s.Add(at(0), 200, ramp)
			s.Add(at(1), 200, from(100))
		}, 300, 1, raw.Clipped{Overlap: time.Second}},
		{"nothing in a block", func(s *rawtest.Source) {
			s.Add(at(0), 0, ramp)
			s.Add(at(0), 100, ramp)
		}, 100, 1, raw.Clipped{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := rawtest.New(rawtest.Start, 100)
			tt.add(s)
			g := collect(t, s, straight)
			if len(g.x) != tt.samples || g.clipped.Resampled != tt.want.Resampled || g.clipped.Gaps != tt.want.Gaps {
				t.Fatalf("got %d samples, %+v, want %d, %+v", len(g.x), g.clipped, tt.samples, tt.want)
			}
			if (g.clipped.Missing-tt.want.Missing).Abs() > time.Millisecond || (g.clipped.Overlap-tt.want.Overlap).Abs() > time.Millisecond {
				t.Errorf("got %+v, want %+v", g.clipped, tt.want)
			}
			last := g.chunks[len(g.chunks)-1]
			if last.Segment+1 != tt.segments {
				t.Errorf("got %d segments, want %d", last.Segment+1, tt.segments)
			}
			checkPlaces(t, g)
		})
	}
}

// checkPlaces holds every value of the ramp against the time of its sample.
func checkPlaces(t *testing.T, g got) {
	t.Helper()
	for _, c := range g.chunks {
		for i, x := range c.X {
			at := c.Origin.Add(time.Duration(float64(c.First+int64(i)) / c.Rate * 1e9))
			if want := at.Sub(rawtest.Start).Seconds(); math.Abs(x-want) > 0.00501 {
				t.Fatalf("sample %d of segment %d, at %v: got %v, want %v", c.First+int64(i), c.Segment, at, x, want)
			}
		}
	}
}

// TestAhead wants the same chunks through another goroutine, over many batches.
func TestAhead(t *testing.T) {
	make := func() *rawtest.Source {
		s := rawtest.New(rawtest.Start, 100)
		s.Seconds(rawtest.Start, 700, ramp)
		return s
	}
	want, got := collect(t, make(), straight), collect(t, make(), raw.Ahead)
	if len(got.chunks) != len(want.chunks) || len(got.x) != len(want.x) {
		t.Fatalf("got %d chunks of %d samples, want %d of %d", len(got.chunks), len(got.x), len(want.chunks), len(want.x))
	}
	for i := range got.x {
		if got.x[i] != want.x[i] {
			t.Fatalf("sample %d: got %v, want %v", i, got.x[i], want.x[i])
		}
	}
}

func TestAheadPassesErrorsOn(t *testing.T) {
	s := rawtest.New(rawtest.Start, 100)
	s.Seconds(rawtest.Start, 3, ramp)
	s.Err = errors.New("the disk is gone")
	chunks, err := 0, error(nil)
	for _, e := range raw.Ahead(raw.Uniform(t.Context(), s, nil)) {
		if err = e; err == nil {
			chunks++
		}
	}
	if chunks != 3 || !errors.Is(err, s.Err) {
		t.Errorf("got %d chunks and %v, want 3 and %v", chunks, err, s.Err)
	}
}

func TestAheadPassesPanicsOn(t *testing.T) {
	defer func() {
		if got := recover(); got != "broken" {
			t.Errorf("got %v, want the reader's panic", got)
		}
	}()
	for range raw.Ahead(func(func(*raw.Chunk, error) bool) { panic("broken") }) {
		t.Error("something was yielded")
	}
	t.Error("no panic")
}

func TestAheadCanBeLeft(t *testing.T) {
	s := rawtest.New(rawtest.Start, 100)
	s.Seconds(rawtest.Start, 1000, ramp)
	ended := false
	chunks := func(yield func(*raw.Chunk, error) bool) {
		defer func() { ended = true }()
		raw.Uniform(t.Context(), s, nil)(yield)
	}
	for range raw.Ahead(chunks) {
		break
	}
	if !ended {
		t.Error("the source is still read when Ahead has returned")
	}
}

func TestUniformRefuses(t *testing.T) {
	tests := []struct {
		name   string
		damage func(*rawtest.Source)
		want   string
	}{
		{"no rate", func(s *rawtest.Source) { s.Head.Rate = 0 }, "a rate of 0 samples"},
		{"no block rate", func(s *rawtest.Source) { s.List[0].Rate = math.NaN() }, "a block at NaN"},
		{"axes of different lengths", func(s *rawtest.Source) { s.List[1].Y = s.List[1].Y[1:] }, "100, 99 and 100"},
	}
	for _, tt := range tests {
		s := rawtest.New(rawtest.Start, 100)
		s.Seconds(rawtest.Start, 2, ramp)
		tt.damage(s)
		var err error
		for _, e := range raw.Uniform(t.Context(), s, nil) {
			err = e
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
}
