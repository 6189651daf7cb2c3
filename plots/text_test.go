package plots

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// TestTextWidth against the advance widths of the font, which are those of Arial:
// 1366, 1139 and 455 of 2048 units for A, a and i.
func TestTextWidth(t *testing.T) {
	for s, units := range map[string]float64{"A": 1366, "a": 1139, "i": 455, "": 0} {
		if got, want := textWidth(s, 10, false), units*10/2048; math.Abs(got-want) > 1e-9 {
			t.Errorf("%q: got %v, want %v", s, got, want)
		}
	}
	if plain, kerned := 2*textWidth("A", 10, false)+2*textWidth("V", 10, false), textWidth("AVAV", 10, false); kerned >= plain {
		t.Errorf("AVAV is %v wide, its letters %v: want them kerned", kerned, plain)
	}
}

func TestOutlineOfMissingGlyph(t *testing.T) {
	box := text{s: "日", size: 10}.outline()
	if len(box) == 0 {
		t.Error("a rune without a glyph leaves no mark")
	}
	if got, want := fmt.Sprint(box), fmt.Sprint(text{s: "本", size: 10}.outline()); got != want {
		t.Error("two runes without a glyph do not get the same box")
	}
	for _, s := range []string{"é", "ü", "Ł", "ß", "Ω", "ж", "−", "…", "µ"} {
		if fmt.Sprint(text{s: s, size: 10}.outline()) == fmt.Sprint(box) {
			t.Errorf("%s has no glyph", s)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"e\u0301":      "é",
		"a\x00b\tc\nd": "a b c d",
		"\xffx":        "\uFFFDx",
		"\u202Eabc":    "abc",
		"plain":        "plain",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestShortenAndWrap(t *testing.T) {
	long := strings.Repeat("x", 200)
	for _, width := range []float64{0, 5, 50, 333} {
		got := shorten(long, width, 10, false)
		if got != "…" && textWidth(got, 10, false) > width {
			t.Errorf("within %v: got %d runes, %v wide", width, len(got), textWidth(got, 10, false))
		}
	}
	if got := shorten("fits", 100, 10, false); got != "fits" {
		t.Errorf("got %q", got)
	}
	for _, l := range wrap("one two three "+long, 60, 10) {
		if textWidth(l, 10, false) > 60 {
			t.Errorf("line %q is too wide", l)
		}
	}
}

func TestNiceTicks(t *testing.T) {
	tests := []struct {
		lo, hi float64
		n      int
		want   string
	}{
		{0, 10, 5, "0 2 4 6 8 10"},
		{0, 1000, 4, "0 250 500 750 1,000"},
		{-1.3, 1.2, 5, "−1.0 −0.5 0 0.5 1.0"},
		{0, 12345, 3, "0 5,000 10,000"},
		{0, 3e7, 3, "0 1e7 2e7 3e7"},
		{0, 2e-5, 2, "0 1e-5 2e-5"},
		{5, 5, 3, "5"},
	}
	for _, test := range tests {
		var labels []string
		for _, tick := range niceTicks(test.lo, test.hi, test.n) {
			labels = append(labels, tick.label)
		}
		if got := strings.Join(labels, " "); got != test.want {
			t.Errorf("%v to %v: got %s, want %s", test.lo, test.hi, got, test.want)
		}
	}
}

// TestQuantile against NumPy: quantile([1, 2, 4, 8], [0, .25, .5, .9, 1]).
func TestQuantile(t *testing.T) {
	sorted := []float64{1, 2, 4, 8}
	for q, want := range map[float64]float64{0: 1, 0.25: 1.75, 0.5: 3, 0.9: 6.8, 1: 8} {
		if got := quantile(sorted, q); math.Abs(got-want) > 1e-12 {
			t.Errorf("%v: got %v, want %v", q, got, want)
		}
	}
}

func TestHistogramCountsAll(t *testing.T) {
	for _, values := range [][]float64{{1}, {1, 1, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1000}, {0, 0, 0, 5}} {
		total := 0
		h := newHistogram(sortedTimes(values, nil))
		for _, n := range h.counts {
			total += n
		}
		if total != len(values) || len(h.counts) > maxBins {
			t.Errorf("%v: got %d of %d values in %d bins", values, total, len(values), len(h.counts))
		}
	}
}
