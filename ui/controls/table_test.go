package controls

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func newTestTable(t *testing.T, rows int) (*Table, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	table := NewTable([]Column{{Title: "Name", Width: 100, Stretch: 1}, {Title: "Value", Width: 80, Align: fyne.TextAlignTrailing}})
	table.Cell = func(row, column int) Cell { return Cell{Text: fmt.Sprintf("%d/%d", row, column)} }
	w := test.NewTempWindow(t, table.Content)
	w.Resize(fyne.NewSize(400, 300))
	table.SetRows(rows)
	return table, w
}

func TestTableKeys(t *testing.T) {
	table, _ := newTestTable(t, 100)
	var lead int
	var marked []int
	table.OnSelect = func(l int, m []int) { lead, marked = l, m }
	press := func(names ...fyne.KeyName) {
		for _, n := range names {
			table.list.TypedKey(&fyne.KeyEvent{Name: n})
		}
	}
	press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	if lead != 2 {
		t.Errorf("three times down leads to row %d, want 2", lead)
	}
	table.list.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(fyne.KeyDown, fyne.KeyDown)
	if !slices.Equal(marked, []int{2, 3, 4}) {
		t.Errorf("shift and twice down marks %v, want [2 3 4]", marked)
	}
	table.list.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(fyne.KeyEnd)
	if lead != 99 {
		t.Errorf("End leads to row %d, want 99", lead)
	}
	opened := -1
	table.OnOpen = func(row int) { opened = row }
	press(fyne.KeyReturn)
	if opened != 99 {
		t.Errorf("Enter opened row %d, want 99", opened)
	}
}

// A click between two rows would be lost.
func TestTableRowsTouch(t *testing.T) {
	table, _ := newTestTable(t, 100)
	scrolls := 0
	for _, o := range test.LaidOutObjects(table.list) {
		if s, ok := o.(*container.Scroll); ok {
			scrolls++
			if got, want := s.Content.Size().Height, 100*rowHeight; got != want {
				t.Errorf("100 rows are %v high, want %v: rows without gaps", got, want)
			}
		}
	}
	if scrolls != 1 {
		t.Errorf("the table has %d scrolling parts, want 1", scrolls)
	}
}

func TestTableSortsByTheHead(t *testing.T) {
	table, _ := newTestTable(t, 3)
	type sorted struct {
		column     int
		descending bool
	}
	var got []sorted
	table.OnSort = func(column int, descending bool) { got = append(got, sorted{column, descending}) }
	for _, x := range []float32{10, 10, 390} {
		table.head.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, 5)})
	}
	if want := []sorted{{0, false}, {0, true}, {1, false}}; !slices.Equal(got, want) {
		t.Errorf("clicks on the heads sort by %v, want %v", got, want)
	}
}

func TestTableDrawsOnlyWhatIsVisible(t *testing.T) {
	table, _ := newTestTable(t, 100000)
	most := 0
	table.Cell = func(row, _ int) Cell { most = max(most, row); return Cell{} }
	table.SetRows(100000)
	if most > 40 {
		t.Errorf("row %d was asked for in a window of 300 units, want only those that are visible", most)
	}
}

func TestSpans(t *testing.T) {
	columns := []Column{{Width: 100, Stretch: 1}, {Width: 50}, {Width: 100, Stretch: 3}}
	tests := []struct {
		width float32
		want  []float32
	}{
		{250, []float32{100, 50, 100}},
		{290, []float32{110, 50, 130}},
		{125, []float32{50, 25, 50}},
	}
	for _, tt := range tests {
		x := float32(0)
		for i, s := range spans(columns, tt.width) {
			if s.width != tt.want[i] || s.x != x {
				t.Errorf("%v wide: column %d is at %v, %v wide; want at %v, %v wide", tt.width, i, s.x, s.width, x, tt.want[i])
			}
			x += s.width
		}
	}
}
