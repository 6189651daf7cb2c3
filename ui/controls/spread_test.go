package controls

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"circascope/plots"
)

func TestSpreadPlacesTheValueAmongTheOthers(t *testing.T) {
	test.NewTempApp(t)
	s := NewSpread()
	s.Resize(fyne.NewSize(104, 20))
	middle := func() float32 { return s.mark.Position().X + s.mark.Size().Width/2 }
	s.Set(&SpreadOf{Min: 0, Q1: 2, Median: 5, Q3: 8, Max: 10, Value: 7.5})
	if got := middle(); got != 77 {
		t.Errorf("7.5 of 0 to 10 lies at %v of 2 to 102, want 77", got)
	}
	if got := s.box.Position().X; got != 22 || s.box.Size().Width != 60 {
		t.Errorf("the box is at %v and %v wide, want at 22 and 60", got, s.box.Size().Width)
	}
	s.Set(&SpreadOf{Min: 0, Q1: 2, Median: 5, Q3: 8, Max: 10, Value: 20})
	if got := middle(); got != 102 {
		t.Errorf("a value above all lies at %v, want at the right end, 102", got)
	}
	if got := s.line.Size().Width; got != 50 {
		t.Errorf("then the line over the others is %v wide, want half, 50", got)
	}
	s.Set(nil)
	if s.mark.Visible() || s.line.Visible() {
		t.Error("without values something is drawn")
	}
}

func TestWideCellRunsOn(t *testing.T) {
	table, _ := newTestTable(t, 2)
	table.Cell = func(row, column int) Cell { return Cell{Text: "x", Wide: row == 1 && column == 0} }
	r := newTableRow(table)
	r.Resize(fyne.NewSize(400, rowHeight))
	r.show(0)
	narrow := r.cells[0].Size().Width
	r.show(1)
	if got := r.cells[0].Size().Width; got <= narrow || got != 400-2*cellPad {
		t.Errorf("a wide cell is %v wide, want the row's 400 less the padding; others are %v", got, narrow)
	}
	r.show(0)
	if got := r.cells[0].Size().Width; got != narrow {
		t.Errorf("used again for another row it is %v wide, want %v", got, narrow)
	}
}

func TestActogramWithoutTheAverageDay(t *testing.T) {
	test.NewTempApp(t)
	a := NewActogram(false)
	w := test.NewTempWindow(t, a)
	w.Resize(fyne.NewSize(800, 500))
	chart := twoDays()
	chart.Windows = []plots.DayWindow{{Name: "L5", From: 22, Hours: 5}, {Name: "M10", From: 9, Hours: 10}}
	chart.Off = []plots.DayOff{{Row: 1, Why: "does not count: worn 3 h"}}
	a.SetChart(chart)
	if len(a.windows) != 2 || a.windows[0].Position().X > a.windows[1].Position().X {
		t.Errorf("%d windows are named, want L5 at the left, where most of it is, and M10", len(a.windows))
	}
	if got, want := a.days[1].Text(), "× Tue"; got != want {
		t.Errorf("a day that does not count is named %q, want %q", got, want)
	}
	if got, want := a.over(1, 23), "\nday does not count: worn 3 h  ·  in L5"; got != want {
		t.Errorf("over it lies %q, want %q", got, want)
	}
	chart.NoAverage = true
	a.SetChart(chart)
	if a.activity.raster.Visible() || len(a.windows) != 0 || a.strips() != 0 {
		t.Error("the average day is still there")
	}
}
