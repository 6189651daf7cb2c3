package mims

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"
)

type parts struct {
	Areas map[string][]float64
	Fits  []struct {
		Values, Weights [neighbours]float64
		Ahead, Want     float64
	}
}

func goldens(t *testing.T) parts {
	t.Helper()
	content, err := os.ReadFile("testdata/parts.json")
	if err != nil {
		t.Fatal(err)
	}
	var p parts
	if err := json.Unmarshal(content, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// generator is Knuth's linear congruential generator, the upper 31 bits.
type generator uint64

func (g *generator) below(n int) int {
	*g = *g*6364136223846793005 + 1442695040888963407
	return int(*g>>33) % n
}

// walk is the signal of scripts/mims-goldens.py.
func walk(n, seed int) []float64 {
	g, v, out := generator(seed), 0, make([]float64, n)
	for i := range out {
		v += g.below(401) - 200 - int(math.Floor(float64(v)/8))
		out[i] = float64(v) / 1000
	}
	return out
}

// TestAreas holds spline, filter and trapezoids together against SciPy, with the
// signal coming in pieces of odd lengths.
func TestAreas(t *testing.T) {
	for name, want := range goldens(t).Areas {
		rate, err := strconv.Atoi(name)
		if err != nil {
			t.Fatal(err)
		}
		samples := walk(180*rate, rate)
		a, values := NewAxis(float64(rate), 0), []float64(nil)
		for i, n := 0, 1; i < len(samples); i, n = i+n, n%997+1 {
			end := min(i+n, len(samples))
			values = a.Append(values, samples[i:end], end == len(samples))
		}
		for i, w := range want {
			var area Area
			area.Add(values[i*6000 : min((i+1)*6000, len(values))])
			if got := area.Take(60); math.Abs(got-w) > 1e-8 {
				t.Errorf("%d Hz, minute %d: got %.12f, want %.12f", rate, i, got, w)
			}
		}
	}
}

func TestContinued(t *testing.T) {
	for i, f := range goldens(t).Fits {
		if got := continued(f.Values, f.Weights, f.Ahead); math.Abs(got-f.Want) > 1e-8 {
			t.Errorf("fit %d: got %.9f, want %.9f", i, got, f.Want)
		}
	}
	line := [neighbours]float64{1, 2, 3, 4, 5}
	if got := continued(line, [neighbours]float64{1, 1, 1, 1, 1}, 2); math.Abs(got-7) > 1e-9 {
		t.Errorf("a line: got %v, want 7", got)
	}
}

// TestBandPass holds the amplitude that comes through against the formula of a
// Butterworth band-pass of order 4 (bilinear transform, warped frequencies).
func TestBandPass(t *testing.T) {
	warp := func(f float64) float64 { return math.Tan(math.Pi * f / Rate) }
	for _, hz := range []float64{0.05, 0.1, 0.2, 0.5, 1, 2, 4, 5, 8, 12} {
		var f bandPass
		most := 0.0
		for i := range 100 * Rate {
			y := f.next(math.Sin(2 * math.Pi * hz * float64(i) / Rate))
			if i > 60*Rate {
				most = max(most, math.Abs(y))
			}
		}
		w, low, high := warp(hz), warp(0.2), warp(5)
		want := 1 / math.Sqrt(1+math.Pow((w*w-low*high)/(w*(high-low)), 8))
		if math.Abs(most-want) > 0.01*want+1e-4 {
			t.Errorf("%v Hz: got amplitude %.5f, want %.5f", hz, most, want)
		}
	}
}

func TestConstantsLeaveNothing(t *testing.T) {
	a := NewAxis(30, 8)
	for _, v := range a.Append(nil, constant(300, 0.9), true) {
		if v > 1e-9 {
			t.Fatalf("got %v of a constant, want 0", v)
		}
	}
}

func constant(n int, v float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// TestArea knows the area of a sine, and what is noise.
func TestArea(t *testing.T) {
	sine := make([]float64, 6000)
	for i := range sine {
		sine[i] = math.Abs(math.Sin(2 * math.Pi * float64(i) / Rate))
	}
	var a Area
	a.Add(sine)
	if got, want := a.Take(60), 60*2/math.Pi; math.Abs(got-want) > 0.02 {
		t.Errorf("a sine: got %v, want %v", got, want)
	}
	for _, tt := range []struct{ level, want float64 }{{0.0099, 0}, {0.0102, 0.0102 * 59.99}} {
		a.Add(constant(6000, tt.level))
		if got := a.Take(60); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%v g throughout: got %v, want %v", tt.level, got, tt.want)
		}
	}
}

func TestMark(t *testing.T) {
	for _, tt := range []struct{ v, least, most float64 }{
		{0, 0, 0}, {7.84, 0, 0}, {7.95, 0.9, 0.97}, {8, 0.95, 1}, {-8, -1, -0.95}, {-7.8, 0, 0},
	} {
		if got := mark(tt.v, 8); got < tt.least || got > tt.most {
			t.Errorf("mark(%v): got %v, want %v to %v", tt.v, got, tt.least, tt.most)
		}
	}
}

// TestRestore cuts triangles off at 2 g and wants them back: both sides are
// continued as straight lines. (Round peaks come back too high, by the method.)
func TestRestore(t *testing.T) {
	for _, size := range []float64{2.5, 3.5} {
		var whole, cut []float64
		for i := range 1020 {
			v := size * (1 - math.Abs(float64((i+15)%60-30))/15) // -size to size
			whole = append(whole, v)
			cut = append(cut, max(min(v, 2), -2))
		}
		r := restore{limit: 2}
		var got []float64
		for i := 0; i < len(cut); i += 7 {
			got = r.append(got, cut[i:min(i+7, len(cut))], i+7 >= len(cut))
		}
		if len(got) != len(whole) || r.cut != 34 || r.kept != 0 {
			t.Fatalf("got %d samples, %d restored, %d not", len(got), r.cut, r.kept)
		}
		before, after := 0.0, 0.0
		for i := range whole {
			before += math.Abs(cut[i] - whole[i])
			after += math.Abs(got[i] - whole[i])
			if math.Abs(whole[i]) < 1.84 && got[i] != whole[i] {
				t.Fatalf("sample %d was not cut off and became %v of %v", i, got[i], whole[i])
			}
		}
		n := float64(len(whole))
		t.Logf("%v g: error %.3f, then %.3f g", size, before/n, after/n)
		if after > 0.5*before {
			t.Errorf("%v g: the error was %.3f g and is %.3f g", size, before/n, after/n)
		}
	}
}

// TestRestoreLeaves what it has nothing to go by for.
func TestRestoreLeaves(t *testing.T) {
	long := append(append(constant(50, 0), constant(longestCut+50, 2)...), constant(50, 0)...)
	start := append(constant(10, 2), constant(100, 0)...)
	for name, samples := range map[string][]float64{"too long": long, "at the beginning": start} {
		r := restore{limit: 2}
		var got []float64
		for i := 0; i < len(samples); i += 40 {
			got = r.append(got, samples[i:min(i+40, len(samples))], i+40 >= len(samples))
		}
		if len(got) != len(samples) || r.cut != 0 || r.kept == 0 {
			t.Fatalf("%s: got %d samples of %d, %d restored, %d not", name, len(got), len(samples), r.cut, r.kept)
		}
		for i := range got {
			if got[i] != samples[i] {
				t.Fatalf("%s: sample %d became %v", name, i, got[i])
			}
		}
	}
}
