package controls

import (
	"image"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"circascope/plots"
)

// twoDays is a chart of two days of hours; one hour was not recorded.
func twoDays() plots.Actogram {
	m := plots.DayMatrix{Labels: []string{"Mon", "Tue"}, Columns: 24, Values: make([]float64, 48), To: 48, Unit: "counts"}
	for i := range m.Values {
		m.Values[i] = float64(i)
	}
	m.Values[30] = math.NaN()
	return plots.Actogram{Activity: m}
}

func TestActogramReadsOut(t *testing.T) {
	test.NewTempApp(t)
	a := NewActogram(false)
	w := test.NewTempWindow(t, a)
	w.Resize(fyne.NewSize(800, 500))
	a.SetChart(twoDays())
	var got string
	a.OnHover = func(text string) { got = text }
	hover := func(row int, hour float32) {
		size := a.raster.Size()
		at := a.raster.Position().AddXY(size.Width*(hour+0.5)/24, size.Height*(float32(row)+0.5)/2)
		a.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	}
	tests := []struct {
		row  int
		hour float32
		want string
	}{
		{0, 7, "Mon  07:00   7 (counts)"},
		{1, 23, "Tue  23:00   47 (counts)"},
		{1, 6, "Tue  06:00   not recorded"},
	}
	for _, tt := range tests {
		hover(tt.row, tt.hour)
		if got != tt.want {
			t.Errorf("day %d, hour %v reads %q, want %q", tt.row, tt.hour, got, tt.want)
		}
	}
	chart := twoDays()
	chart.Masks = []plots.MaskPaint{{Name: "Choi 2011", Cells: make([]bool, 48)}}
	chart.Masks[0].Cells[7] = true
	a.SetChart(chart)
	for hour, want := range map[float32]string{7: "Mon  07:00   7 (counts)\nChoi 2011", 8: "Mon  08:00   8 (counts)"} {
		if hover(0, hour); got != want {
			t.Errorf("under a mask, hour %v reads %q, want %q", hour, got, want)
		}
	}
	a.MouseOut()
	if got != "" {
		t.Errorf("outside it reads %q, want nothing", got)
	}
}

func TestActogramScrollsThroughManyDays(t *testing.T) {
	test.NewTempApp(t)
	a := NewActogram(false)
	w := test.NewTempWindow(t, a)
	w.Resize(fyne.NewSize(800, 500))
	m := plots.DayMatrix{Columns: 24, Labels: make([]string, 300), Values: make([]float64, 300*24), To: 300 * 24}
	a.SetChart(plots.Actogram{Activity: m})
	shown := a.shownRows()
	if shown >= 300 {
		t.Fatalf("%d days are shown at once, want fewer than 300", shown)
	}
	for range 200 {
		a.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	}
	if want := 300 - shown; a.first != want {
		t.Errorf("at the end the first day is %d, want %d", a.first, want)
	}
	if top, size := a.part.Position().Y, a.raster.Size(); a.part.Hidden || top+a.part.Size().Height < size.Height-0.5 || top < size.Height/2 {
		t.Errorf("the mark of the days shown lies at %v of %v, want it at the end", top, size.Height)
	}
	w.Resize(fyne.NewSize(800, 900)) // more days fit, also at the end
	if want := 300 - a.shownRows(); a.first != want {
		t.Errorf("in a taller window the first day is %d, want %d", a.first, want)
	}
}

func TestScatterPicksAndLassoes(t *testing.T) {
	test.NewTempApp(t)
	s := NewScatter()
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(600, 500))
	s.SetPoints(Points{
		X: []float64{0, 1, 1}, Y: []float64{0, 0, 1}, Marks: []plots.Mark{plots.MarkOf(0), plots.MarkOf(0), plots.MarkOf(1)},
		XTitle: "PC1 (60.0 %)", Chosen: -1,
	})
	size := s.raster.Size()
	s.draw(int(size.Width), int(size.Height))
	place := func(i int) fyne.Position {
		x, y := s.view.Pixel(s.points.X[i], s.points.Y[i])
		return s.raster.Position().AddXY(float32(x), float32(y))
	}
	tapped, hovered := -1, -1
	s.OnTap = func(i int) { tapped = i }
	s.OnHover = func(i int) { hovered = i }
	s.Tapped(&fyne.PointEvent{Position: place(1)})
	s.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: place(2)}})
	if tapped != 1 || hovered != 2 {
		t.Errorf("tapped %d and hovered %d, want 1 and 2", tapped, hovered)
	}
	var inside []int
	s.OnLasso = func(ids []int) { inside = ids }
	s.Lasso = true
	for _, corner := range [][2]float32{{-20, -20}, {20, -20}, {20, 20}, {-20, 20}} {
		s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: place(0).AddXY(corner[0], corner[1])}})
	}
	s.DragEnd()
	if len(inside) != 1 || inside[0] != 0 {
		t.Errorf("the lasso around the first point holds %v, want [0]", inside)
	}
}

// The points of one week are joined while one of them is under the pointer.
func TestScatterJoinsPoints(t *testing.T) {
	test.NewTempApp(t)
	s := NewScatter()
	s.SetPoints(Points{
		X: []float64{0, 10, 0, 10}, Y: []float64{0, 0, 10, 10}, Marks: make([]plots.Mark, 4), Chosen: -1,
		Joined: func(at int) []int { return []int{at % 2, at%2 + 2} },
	})
	between := func() bool { // is there ink halfway between the first and the third point?
		img := s.draw(300, 300).(*image.RGBA)
		x, y := s.view.Pixel(0, 5)
		return img.RGBAAt(int(x), int(y)) == pathInk
	}
	if between() {
		t.Error("a line is drawn with nothing under the pointer")
	}
	if s.SetHover(2); !between() {
		t.Error("no line joins the first and the third point")
	}
	if s.SetHover(3); between() {
		t.Error("the line joins another week's points")
	}
}

func TestLegendCutsLongLists(t *testing.T) {
	test.NewTempApp(t)
	names := make([]string, 30)
	for i := range names {
		names[i] = strings.Repeat("x", i+1)
	}
	c := plots.Coloring{Name: "participant", Categories: names}
	o := NewLegend(c, c.Paint(len(names))).(*fyne.Container)
	if got := len(o.Objects); got > legendNames+3 {
		t.Errorf("the legend has %d lines for 30 names, want at most %d", got, legendNames+3)
	}
}
