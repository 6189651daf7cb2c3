package plots_test

import (
	"image"
	"image/color"
	"testing"

	"circascope/plots"
)

// square is a matrix of two days of four cells: the first is before the
// recording, the sixth missing.
func square() plots.DayMatrix {
	return plots.DayMatrix{
		Labels: []string{"Mon", "Tue"}, Columns: 4, From: 1, To: 8,
		Values: []float64{nan, 1, 2, 3, 4, nan, 6, 7},
	}
}

func linear(limit float64) plots.HeatmapView {
	return plots.HeatmapView{Scale: plots.Scale{Max: limit}, Colors: plots.Viridis}
}

var paper = color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}

func TestHeatmapColours(t *testing.T) {
	var hr plots.HeatmapRaster
	img := hr.Draw(square(), 4, 2, linear(7))
	at := func(v float64) color.RGBA { return plots.Viridis.At(v / 7) }
	for i, want := range []color.RGBA{paper, at(1), at(2), at(3), at(4), {}, at(6), at(7)} {
		if got := img.RGBAAt(i%4, i/4); i != 5 && got != want {
			t.Errorf("cell %d: got %v, want %v", i, got, want)
		}
	}
	missing := img.RGBAAt(1, 1)
	if missing == paper || missing.R != missing.G || missing.G != missing.B {
		t.Errorf("a missing cell has colour %v, want a grey of its own", missing)
	}
}

func TestHeatmapAveragesPixels(t *testing.T) {
	var hr plots.HeatmapRaster
	img := hr.Draw(square(), 2, 2, linear(7))
	for _, test := range []struct {
		x, y int
		mean float64
	}{
		{0, 0, 1},   // one cell outside, one of 1
		{1, 0, 2.5}, // 2 and 3
		{0, 1, 4},   // 4 and a missing one
		{1, 1, 6.5},
	} {
		if got, want := img.RGBAAt(test.x, test.y), plots.Viridis.At(test.mean/7); got != want {
			t.Errorf("pixel %d,%d: got %v, want the colour of %v", test.x, test.y, got, test.mean)
		}
	}
	img = hr.Draw(square(), 1, 1, linear(7)) // more days than pixels
	if got, want := img.RGBAAt(0, 0), plots.Viridis.At(23.0/6/7); got != want {
		t.Errorf("one pixel: got %v, want %v", got, want)
	}
}

func TestHeatmapDoublePlot(t *testing.T) {
	var hr plots.HeatmapRaster
	v := linear(7)
	v.Days = 2
	img := hr.Draw(square(), 8, 2, v)
	if got, want := img.RGBAAt(4, 0), plots.Viridis.At(4.0/7); got != want {
		t.Errorf("the right half of Monday: got %v, want Tuesday's %v", got, want)
	}
	if got := img.RGBAAt(4, 1); got != paper {
		t.Errorf("after the last day: got %v, want blank", got)
	}
}

func TestHeatmapGapsAndReuse(t *testing.T) {
	var hr plots.HeatmapRaster
	img := hr.Draw(square(), 40, 40, linear(7))
	if got := img.RGBAAt(20, 20); got != paper {
		t.Errorf("between the days: got %v, want a line of paper", got)
	}
	if got := img.RGBAAt(20, 0); got == paper {
		t.Error("above the first day: got a line of paper")
	}
	first := &img.Pix[0]
	img = hr.Draw(square(), 30, 20, linear(7))
	if &img.Pix[0] != first || img.Stride != 4*30 || img.Bounds() != image.Rect(0, 0, 30, 20) {
		t.Error("a smaller picture is not a block of its own in the same memory")
	}
}

// TestCellAtAgreesWithDraw: what the pointer reads is what the eye sees.
func TestCellAtAgreesWithDraw(t *testing.T) {
	m := square()
	for i := range m.Values {
		if i != 0 && i != 5 {
			m.Values[i] = float64(i)
		}
	}
	for _, size := range [][2]int{{4, 2}, {17, 7}, {32, 5}, {101, 12}} {
		for _, days := range []int{1, 2} {
			var hr plots.HeatmapRaster
			v := linear(7)
			v.Days = days
			w, h := max(size[0], 4*days), size[1]
			img := hr.Draw(m, w, h, v)
			for y := range h {
				for x := range w {
					row, column, ok := v.CellAt(m, x, y, w, h)
					got := img.RGBAAt(x, y)
					switch k := row*m.Columns + column; {
					case !ok && got != paper:
						t.Fatalf("%dx%d at %d,%d: no cell, but colour %v", w, h, x, y, got)
					case ok && k != 5 && got != plots.Viridis.At(m.Values[k]/7) && got != paper:
						t.Fatalf("%dx%d at %d,%d: cell %d, but colour %v", w, h, x, y, k, got)
					}
				}
			}
		}
	}
}

func TestHeatmapOfNothing(t *testing.T) {
	var hr plots.HeatmapRaster
	for _, m := range []plots.DayMatrix{{}, {Columns: 1440}, {Labels: []string{"Mon"}}} {
		img := hr.Draw(m, 5, 5, plots.HeatmapView{})
		if got := img.RGBAAt(2, 2); got != paper {
			t.Errorf("got %v, want blank", got)
		}
		if _, _, ok := (plots.HeatmapView{}).CellAt(m, 2, 2, 5, 5); ok {
			t.Error("got a cell")
		}
	}
	hr.Draw(square(), 0, 0, linear(7))
	hr.Draw(square(), -3, 10, plots.HeatmapView{First: 99, Rows: -1})
}

func BenchmarkHeatmapRaster(b *testing.B) {
	r := sample(b, 3)
	m, err := plots.Days(r, "")
	if err != nil {
		b.Fatal(err)
	}
	long := plots.DayMatrix{Columns: 1440}
	for i := range 2000 {
		long.Labels = append(long.Labels, "")
		long.Values = append(long.Values, m.Row(i%7)...)
	}
	long.To = len(long.Values)
	for name, m := range map[string]plots.DayMatrix{"week": m, "2000days": long} {
		b.Run(name, func(b *testing.B) {
			var hr plots.HeatmapRaster
			v := plots.HeatmapView{Scale: plots.AutoScale(m.Values, true)}
			for b.Loop() {
				hr.Draw(m, 1000, 500, v)
			}
		})
	}
}
