package counts_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"

	"circascope/actigraphy/raw/counts"
)

// scales are the steps in one g of the three axes of the made-up signal.
var scales = []int{256, 341, 1000}

const seconds = 185

// generator is Knuth's linear congruential generator, the upper 31 bits.
type generator uint64

func (g *generator) below(n int) int {
	*g = *g*6364136223846793005 + 1442695040888963407
	return int(*g>>33) % n
}

func triangle(i, period int) int {
	phase := i % period
	return min(phase, period-phase)*4 - period
}

// floorDivide rounds towards minus infinity, as Python does.
func floorDivide(a, b int) int {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

// axis is the signal of scripts/counts-goldens.py.
func axis(rate, scale int) []float64 {
	g := generator(rate + scale)
	var out []float64
	var size, period, kind int
	for second := range seconds {
		if second%6 == 0 {
			size, period, kind = g.below(2*scale), rate/5+g.below(2*rate), g.below(5)
		}
		for i := second * rate; i < (second+1)*rate; i++ {
			v := scale
			if kind > 0 {
				v += floorDivide(size*triangle(i, period), period) + g.below(1+scale/10)
			}
			if kind == 4 && g.below(rate) == 0 {
				v += 6 * scale
			}
			out = append(out, float64(v)/float64(scale))
		}
	}
	return out
}

// TestReference holds every count against the published program's.
func TestReference(t *testing.T) {
	content, err := os.ReadFile("testdata/agcounts.json")
	if err != nil {
		t.Fatal(err)
	}
	var goldens struct {
		Counts map[int]map[string][][]int `json:"counts"` // rate, epoch, epochs x axes
	}
	if err := json.Unmarshal(content, &goldens); err != nil {
		t.Fatal(err)
	}
	if got, want := len(goldens.Counts), 8; got != want {
		t.Fatalf("%d rates, want %d", got, want)
	}
	for rate, byEpoch := range goldens.Counts {
		t.Run(fmt.Sprintf("%d Hz", rate), func(t *testing.T) {
			for i, scale := range scales {
				tenths := counts.NewFilter(float64(rate)).Append(nil, axis(rate, scale))
				for epoch, want := range byEpoch {
					checkEpochs(t, tenths, epoch, want, i)
				}
			}
		})
	}
}

func checkEpochs(t *testing.T, tenths []uint8, epoch string, want [][]int, axis int) {
	t.Helper()
	length, err := strconv.Atoi(epoch)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(tenths) / (10 * length); got != len(want) {
		t.Fatalf("epochs of %s s: got %d, want %d", epoch, got, len(want))
	}
	for i := range want {
		got := 0
		for _, v := range tenths[i*10*length : (i+1)*10*length] {
			got += int(v)
		}
		if got != want[i][axis] {
			t.Fatalf("epoch %d of %s s, axis %d: got %d, want %d", i, epoch, axis, got, want[i][axis])
		}
	}
}

// TestPieces feeds the signal in pieces of odd lengths: they must not matter.
func TestPieces(t *testing.T) {
	for _, rate := range []int{30, 60, 70, 100} {
		samples := axis(rate, 341)
		want := counts.NewFilter(float64(rate)).Append(nil, samples)
		filter, got := counts.NewFilter(float64(rate)), []uint8(nil)
		for i, n := 0, 1; i < len(samples); i, n = i+n, n%97+1 {
			got = filter.Append(got, samples[i:min(i+n, len(samples))])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d Hz: the counts depend on how the samples come", rate)
		}
	}
}

func TestRates(t *testing.T) {
	tests := []struct {
		rate    float64
		defined bool
		nearest float64
	}{
		{30, true, 30}, {100, true, 100}, {70, true, 70}, {30.5, false, 40}, {85.7, false, 90}, {25, false, 30}, {12.5, false, 30}, {200, false, 100}, {20, false, 30},
	}
	for _, tt := range tests {
		if got := counts.Defined(tt.rate); got != tt.defined {
			t.Errorf("Defined(%v): got %v, want %v", tt.rate, got, tt.defined)
		}
		if got := counts.Nearest(tt.rate); got != tt.nearest {
			t.Errorf("Nearest(%v): got %v, want %v", tt.rate, got, tt.nearest)
		}
	}
}

func TestUndefinedRatePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("32 Hz was accepted")
		}
	}()
	counts.NewFilter(32)
}

func BenchmarkFilter(b *testing.B) {
	for _, rate := range []int{30, 60, 100} {
		b.Run(fmt.Sprintf("%d Hz", rate), func(b *testing.B) {
			samples := axis(rate, 341)
			filter, tenths := counts.NewFilter(float64(rate)), []uint8(nil)
			b.SetBytes(int64(len(samples))) // one axis: bytes are samples
			for b.Loop() {
				tenths = filter.Append(tenths[:0], samples)
			}
		})
	}
}
