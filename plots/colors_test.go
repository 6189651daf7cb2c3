package plots_test

import (
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"circascope/inference"
	"circascope/plots"
)

// TestColorMaps: the ends are those that matplotlib prints for its maps of these
// names, to within the rounding of the polynomial that stands for cividis.
func TestColorMaps(t *testing.T) {
	tests := []struct {
		name        string
		first, last color.RGBA
		off         int
	}{
		{"viridis", color.RGBA{68, 1, 84, 255}, color.RGBA{253, 231, 37, 255}, 1},
		{"magma", color.RGBA{0, 0, 4, 255}, color.RGBA{252, 253, 191, 255}, 1},
		{"cividis", color.RGBA{0, 34, 78, 255}, color.RGBA{254, 232, 56, 255}, 16},
		{"grey", color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}, 0},
	}
	for _, test := range tests {
		m, err := plots.ColorMapByName(test.name)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.At(0); apart(got, test.first) > test.off {
			t.Errorf("%s begins with %v, want %v", test.name, got, test.first)
		}
		if got := m.At(1); apart(got, test.last) > test.off {
			t.Errorf("%s ends with %v, want %v", test.name, got, test.last)
		}
		for _, v := range []float64{-1, math.Inf(-1), nan} {
			if m.At(v) != m.At(0) {
				t.Errorf("%s at %v: not the lower end", test.name, v)
			}
		}
		if m.At(2) != m.At(1) || m.At(math.Inf(1)) != m.At(1) {
			t.Errorf("%s beyond 1: not the upper end", test.name)
		}
	}
	if m, err := plots.ColorMapByName(""); err != nil || m != plots.Cividis {
		t.Errorf("the default: got %v, %v, want cividis", m, err)
	}
	if _, err := plots.ColorMapByName("jet"); err == nil || !strings.Contains(err.Error(), "viridis") {
		t.Errorf("got error %v, want one that lists the maps", err)
	}
}

func apart(a, b color.RGBA) int {
	worst := 0
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
		worst = max(worst, d, -d)
	}
	return worst
}

func TestMarksDiffer(t *testing.T) {
	seen := make(map[plots.Mark]int)
	for i := range plots.MaxCategories {
		m := plots.MarkOf(i)
		if j, ok := seen[m]; ok {
			t.Errorf("categories %d and %d look alike", i, j)
		}
		seen[m] = i
	}
}

func TestPaintCategories(t *testing.T) {
	c := plots.Coloring{Categories: []string{"b", "a", "a", "", "b", "a"}}
	p := c.Paint(7)
	if want := []string{"a", "b"}; !slices.Equal(p.Names, want) {
		t.Errorf("names: got %q, want %q, the most frequent first", p.Names, want)
	}
	if p.NoValue != 2 || p.Points[3].Color != plots.NoValueColor || p.Points[6].Color != plots.NoValueColor {
		t.Errorf("points without a category: got %d", p.NoValue)
	}
	if p.Points[1] != plots.MarkOf(0) || p.Points[0] != plots.MarkOf(1) {
		t.Errorf("marks: got %v", p.Points)
	}
	many := plots.Coloring{}
	for i := range plots.MaxCategories + 3 {
		many.Categories = append(many.Categories, string(rune('A'+i)))
	}
	if p := many.Paint(len(many.Categories)); p.Other != 3 || len(p.Names) != plots.MaxCategories {
		t.Errorf("too many categories: got %d named, %d others", len(p.Names), p.Other)
	}
}

func TestPaintNumbers(t *testing.T) {
	p := plots.Coloring{Numbers: []float64{10, nan, 30, math.Inf(1)}, Colors: plots.Magma}.Paint(4)
	if p.Min != 10 || p.Max != 30 || p.NoValue != 2 {
		t.Errorf("got %v to %v, %d without a value", p.Min, p.Max, p.NoValue)
	}
	if p.Points[0].Color != plots.Magma.At(0) || p.Points[2].Color != plots.Magma.At(1) {
		t.Error("the ends of the numbers do not have the ends of the map")
	}
}

func TestScale(t *testing.T) {
	log := plots.Scale{Log: true, Max: 999}
	for _, test := range []struct {
		s       plots.Scale
		v, want float64
	}{
		{log, 0, 0},
		{log, 999, 1},
		{log, 9, 1.0 / 3},
		{log, 99, 2.0 / 3},
		{log, 5000, 1},
		{log, -4, 0},
		{plots.Scale{Max: 10}, 2.5, 0.25},
		{plots.Scale{Max: 10}, math.Inf(1), 1},
		{plots.Scale{}, 5, 0},
	} {
		if got := test.s.Norm(test.v); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%+v of %v: got %v, want %v", test.s, test.v, got, test.want)
		}
	}
	if !math.IsNaN(log.Norm(nan)) {
		t.Error("NaN: want NaN")
	}
	values := make([]float64, 101)
	for i := range values {
		values[i] = float64(i + 1)
	}
	values = append(values, nan, 0, 0, 0)
	if got := plots.AutoScale(values, false).Max; got != 100 {
		t.Errorf("99th percentile of 1 to 101: got %v, want 100", got)
	}
	if got := plots.AutoScale(values, true).Max; got != 101 {
		t.Errorf("largest: got %v, want 101", got)
	}
	if got := plots.AutoScale([]float64{nan, 0}, true).Max; got != 1 {
		t.Errorf("without activity: got %v, want 1", got)
	}
}

func TestCaption(t *testing.T) {
	p := inference.Provenance{
		Model: "M", ScalerName: "nhanes47", WeightsSHA: strings.Repeat("0123456789abcdef", 4),
		Engine: "tensorflow", EngineVersion: "2.21.0", Precision: "float32",
	}
	if got, want := plots.Caption(p), "PAT-M, scaler nhanes47, weights 0123456789ab, tensorflow 2.21.0 float32"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := plots.Caption(inference.Provenance{}); got != "" {
		t.Errorf("of nothing: got %q", got)
	}
}
