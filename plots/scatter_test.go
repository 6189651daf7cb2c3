package plots_test

import (
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"circascope/plots"
)

func randomPoints(n int) (x, y []float64, marks []plots.Mark) {
	rng := rand.New(rand.NewPCG(7, 8))
	for i := range n {
		x, y = append(x, rng.NormFloat64()), append(y, 1000*rng.NormFloat64())
		marks = append(marks, plots.MarkOf(i%10))
	}
	return x, y, marks
}

func TestViewport(t *testing.T) {
	v := plots.Fit([]float64{0, 10, nan}, []float64{0, 5, 1}, 200, 100, 0)
	if px, py := v.Pixel(0, 5); px != 0 || py != 0 {
		t.Errorf("upper left corner: got %v, %v", px, py)
	}
	if x, y := v.Data(200, 100); x != 10 || y != 0 {
		t.Errorf("lower right corner: got %v, %v", x, y)
	}
	z := v.Zoom(4, 50, 25)
	x0, y0 := v.Data(50, 25)
	if x, y := z.Data(50, 25); math.Abs(x-x0) > 1e-12 || math.Abs(y-y0) > 1e-12 {
		t.Errorf("zoom moved its centre from %v, %v to %v, %v", x0, y0, x, y)
	}
	if got, want := z.MaxX-z.MinX, 2.5; math.Abs(got-want) > 1e-12 {
		t.Errorf("zoomed range: got %v, want %v", got, want)
	}
	p := v.Pan(20, -10)
	if x, y := p.Data(20, -10); math.Abs(x-v.MinX) > 1e-12 || math.Abs(y-v.MaxY) > 1e-12 {
		t.Errorf("pan: the corner is at %v, %v", x, y)
	}
	for range 500 {
		z = z.Zoom(10, 3, 3)
	}
	if !(z.MaxX > z.MinX) {
		t.Error("zooming without end left no range")
	}
	for _, factor := range []float64{0, -1, nan, math.Inf(1)} {
		if v.Zoom(factor, 1, 1) != v {
			t.Errorf("zoom by %v changed the view", factor)
		}
	}
}

// TestPick against looking at every point.
func TestPick(t *testing.T) {
	x, y, _ := randomPoints(2000)
	x[5], y[6] = nan, math.Inf(1)
	ix := plots.NewPickIndex(x, y)
	rng := rand.New(rand.NewPCG(9, 9))
	for range 300 {
		v := plots.Fit(x, y, 800, 500, 0.05).Zoom(1+3*rng.Float64(), 400, 250)
		px, py, radius := 900*rng.Float64()-50, 600*rng.Float64()-50, 1+20*rng.Float64()
		want, best := -1, radius*radius
		for i := range x {
			qx, qy := v.Pixel(x[i], y[i])
			if d := (qx-px)*(qx-px) + (qy-py)*(qy-py); d <= best {
				want, best = i, d
			}
		}
		if got, ok := ix.Pick(v, px, py, radius); ok != (want >= 0) || ok && got != want {
			t.Fatalf("at %v, %v within %v: got %d, %t, want %d", px, py, radius, got, ok, want)
		}
	}
}

func TestPickFindsTheTopmost(t *testing.T) {
	ix := plots.NewPickIndex([]float64{1, 1, 1}, []float64{2, 2, 2})
	v := plots.Fit([]float64{1}, []float64{2}, 100, 100, 0.1)
	if got, ok := ix.Pick(v, 50, 50, 5); !ok || got != 2 {
		t.Errorf("got %d, %t, want 2", got, ok)
	}
	empty := plots.NewPickIndex(nil, nil)
	if _, ok := empty.Pick(v, 50, 50, 5); ok {
		t.Error("got a point where there is none")
	}
}

func TestLasso(t *testing.T) {
	x := []float64{0, 1, 2, 3, 4, nan}
	y := []float64{0, 1, 0, 1, 0, 0}
	ix := plots.NewPickIndex(x, y)
	tests := []struct {
		name   string
		xs, ys []float64
		want   []int
	}{
		{"a box", []float64{0.5, 3.5, 3.5, 0.5}, []float64{-1, -1, 2, 2}, []int{1, 2, 3}},
		{"a triangle", []float64{-1, 5, 2}, []float64{-0.1, -0.1, 0.6}, []int{0, 2, 4}},
		{"a notch", []float64{-1, 5, 5, 2, -1}, []float64{-1, -1, 2, -0.5, 2}, []int{0, 4}},
		{"everything", []float64{-9, 9, 9, -9}, []float64{-9, -9, 9, 9}, []int{0, 1, 2, 3, 4}},
		{"elsewhere", []float64{10, 11, 11}, []float64{10, 10, 11}, nil},
		{"a line", []float64{0, 4}, []float64{0, 0}, nil},
		{"nothing", nil, nil, nil},
		{"no number", []float64{nan, nan, nan}, []float64{0, 1, 2}, nil},
	}
	for _, test := range tests {
		if got := ix.Lasso(test.xs, test.ys); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

// TestLassoOfManyPoints against asking for each.
func TestLassoOfManyPoints(t *testing.T) {
	x, y, _ := randomPoints(3000)
	ix := plots.NewPickIndex(x, y)
	xs, ys := []float64{-1, 0.2, 1.5, 0.3, -0.4}, []float64{-500, -900, 300, 100, 1200}
	var want []int
	for i := range x {
		if plots.InPolygon(x[i], y[i], xs, ys) {
			want = append(want, i)
		}
	}
	if got := ix.Lasso(xs, ys); len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("got %d points, want %d", len(got), len(want))
	}
}

func TestScatterRaster(t *testing.T) {
	var sr plots.ScatterRaster
	mark := plots.MarkOf(0)
	v := plots.ScatterView{Viewport: plots.Viewport{MinX: 0, MaxX: 10, MinY: 0, MaxY: 10, W: 100, H: 100}, Radius: 6}
	x, y := []float64{5, nan, 2}, []float64{5, 1, 2}
	img := sr.Draw(x, y, []plots.Mark{mark, mark}, v)
	if got := img.RGBAAt(50, 50); got == paper || got.A != 255 || got.B < got.R {
		t.Errorf("in the point: got %v, want its blue", got)
	}
	if got := img.RGBAAt(50, 57); got != paper {
		t.Errorf("beside the point: got %v, want paper", got)
	}
	if got := img.RGBAAt(20, 80); got != paper {
		t.Errorf("a point without a mark: got %v, want paper", got)
	}
	v.Selected = []int{0}
	img = sr.Draw(x, y, []plots.Mark{mark, mark}, v)
	if got := img.RGBAAt(50, 59); got == paper || got == mark.Color {
		t.Errorf("around a selected point: got %v, want a ring", got)
	}
	if got := img.RGBAAt(50, 50); got != mark.Color {
		t.Errorf("in a selected point: got %v, want %v", got, mark.Color)
	}
}

// TestScatterRasterAtTheEdges: points over the edge are cut, points far outside
// and views without size do no harm.
func TestScatterRasterAtTheEdges(t *testing.T) {
	var sr plots.ScatterRaster
	marks := make([]plots.Mark, 6)
	for i := range marks {
		marks[i] = plots.Mark{Color: color.RGBA{A: 255}, Shape: plots.Shape(i % 4)}
	}
	x := []float64{0, 10, -1e300, math.MaxFloat64, math.Inf(1), 5}
	y := []float64{0, 10, 5, -math.MaxFloat64, math.Inf(-1), 10}
	for _, size := range [][2]int{{50, 50}, {1, 1}, {0, 0}, {3, 200}} {
		v := plots.Viewport{MaxX: 10, MaxY: 10, W: size[0], H: size[1]}
		sr.Draw(x, y, marks, plots.ScatterView{Viewport: v, Radius: 1000, Hover: 6})
		sr.Draw(x, y, marks, plots.ScatterView{Viewport: v, Radius: nan, Selected: []int{-1, 99}})
	}
}

func BenchmarkScatterRaster(b *testing.B) {
	x, y, marks := randomPoints(10000)
	var sr plots.ScatterRaster
	v := plots.ScatterView{Viewport: plots.Fit(x, y, 1000, 700, 0.05), Radius: 4}
	for b.Loop() {
		sr.Draw(x, y, marks, v)
	}
}

func BenchmarkPick(b *testing.B) {
	x, y, _ := randomPoints(10000)
	ix := plots.NewPickIndex(x, y)
	v := plots.Fit(x, y, 1000, 700, 0.05)
	for b.Loop() {
		ix.Pick(v, 500, 350, 8)
	}
}
