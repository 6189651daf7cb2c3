package controls

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// rowHeight is the height of a table's row.
const rowHeight float32 = 28

// Cell is what stands in a table: a text and what it is for.
type Cell struct {
	Text   string
	Role   look.Role
	Spread *SpreadOf // in a column for them; nil for none
	Wide   bool      // runs on over the columns to the right, which are empty
}

// Table is a list of rows in aligned columns: sorted by a click on a column's
// head, selected by click, shift-click, control-click and the arrow keys. It
// draws the rows that are visible, and of those only what changed.
type Table struct {
	Content fyne.CanvasObject

	Cell     func(row, column int) Cell        // must be quick: it is called while scrolling
	OnSelect func(lead int, marked []int)      // the user chose rows; lead is the last one touched
	OnSort   func(column int, descending bool) // the user clicked a column's head
	OnOpen   func(row int)                     // Enter or a double click
	OnTap    func(row int)                     // a click of the first button, when the row is selected
	OnHover  func(row int)                     // the row under the pointer; -1 where it left
	OnPoint  func(row, column int)             // the cell under the pointer; row -1 is the head, column -1 where it left
	OnMenu   func(row int, at fyne.Position)   // the right button
	OnKey    func(*fyne.KeyEvent)              // other keys
	OnCopy   func(row int)                     // Ctrl+C on the row whose page is open

	OnShortcut func(fyne.Shortcut) bool // others; false for one that is not used, which goes to the window

	columns []Column
	head    *tableHead
	list    *rowList
	rows    int
	marks   marks
}

// NewTable returns an empty table.
func NewTable(columns []Column) *Table {
	t := &Table{columns: columns, Cell: func(int, int) Cell { return Cell{} }, marks: newMarks()}
	t.head = newTableHead(t)
	t.list = newRowList(t)
	t.Content = container.NewBorder(t.head, nil, nil, nil, look.Seamless(t.list))
	return t
}

// NewTableFoot returns a table without a head, to lie below one with the same columns.
func NewTableFoot(columns []Column) *Table {
	t := NewTable(columns)
	t.Content = look.Seamless(t.list)
	return t
}

// Height is that of all rows, without the head.
func (t *Table) Height() float32 { return float32(t.rows) * rowHeight }

// SetRows says how many rows there are and draws them again. The selection stays
// as far as there are rows for it.
func (t *Table) SetRows(n int) {
	t.rows = n
	t.marks.shrink(n)
	t.list.Refresh()
}

// Select marks rows without calling OnSelect; lead is the one whose page is open,
// or -1.
func (t *Table) Select(lead int, marked ...int) {
	t.marks.set(lead, marked)
	if lead >= 0 && lead < t.rows && t.list.Size().Height > 0 {
		t.list.ScrollTo(lead)
	}
	t.list.Refresh()
}

// Selected returns the lead row, or -1, and the marked rows in order.
func (t *Table) Selected() (lead int, marked []int) { return t.marks.lead, t.marks.list() }

// SetNote changes the second line of a column's head. Whether the head has one is
// settled by the columns that the table was made with.
func (t *Table) SetNote(column int, note string) { t.head.notes[column].SetText(note) }

// MinWidth is the width at which no column is narrower than it should be.
func (t *Table) MinWidth() float32 {
	width := float32(0)
	for _, c := range t.columns {
		width += c.Width
	}
	return width
}

// columnAt returns the column at a place, -1 for none.
func (t *Table) columnAt(x, width float32) int {
	return slices.IndexFunc(spans(t.columns, width), func(s span) bool { return x >= s.x && x < s.x+s.width })
}

func (t *Table) pointed(row, column int) {
	if t.OnPoint != nil {
		t.OnPoint(row, column)
	}
}

// SetSorted shows in the head by which column the rows are sorted.
func (t *Table) SetSorted(column int, descending bool) { t.head.setSorted(column, descending) }

// Move moves the selection by some rows, as the arrow keys do.
func (t *Table) Move(by int) {
	if t.rows == 0 {
		return
	}
	to := max(0, min(t.rows-1, t.marks.lead+by))
	if t.marks.lead < 0 {
		to = 0
	}
	t.choose(to, 0)
}

// Object returns what takes the keyboard focus.
func (t *Table) Object() fyne.Focusable { return t.list }

func (t *Table) choose(row int, modifier fyne.KeyModifier) {
	if row < 0 || row >= t.rows {
		return
	}
	t.marks.click(row, modifier)
	t.list.ScrollTo(row)
	t.list.Refresh()
	t.selected()
}

func (t *Table) chooseAll() {
	t.marks.all(t.rows)
	t.list.Refresh()
	t.selected()
}

func (t *Table) selected() {
	if t.OnSelect != nil {
		t.OnSelect(t.marks.lead, t.marks.list())
	}
}

// marks is which rows are selected.
type marks struct {
	lead, anchor int
	on           map[int]bool
}

func newMarks() marks { return marks{lead: -1, anchor: -1, on: map[int]bool{}} }

func (m *marks) set(lead int, rows []int) {
	m.lead, m.anchor, m.on = lead, lead, map[int]bool{}
	for _, r := range rows {
		m.on[r] = true
	}
}

func (m *marks) all(n int) {
	for r := range n {
		m.on[r] = true
	}
}

// click applies a click or a key with its modifier: shift extends from the
// anchor, control adds or takes away one row.
func (m *marks) click(row int, modifier fyne.KeyModifier) {
	switch {
	case modifier&fyne.KeyModifierShift != 0 && m.anchor >= 0:
		m.on = map[int]bool{}
		for r := min(row, m.anchor); r <= max(row, m.anchor); r++ {
			m.on[r] = true
		}
		m.lead = row
	case modifier&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0:
		if m.on[row] {
			delete(m.on, row)
		} else {
			m.on[row] = true
		}
		m.lead, m.anchor = row, row
	default:
		m.set(row, []int{row})
	}
}

func (m *marks) shrink(n int) {
	for r := range m.on {
		if r >= n {
			delete(m.on, r)
		}
	}
	if m.lead >= n {
		m.lead, m.anchor = -1, -1
	}
}

func (m *marks) list() []int {
	rows := make([]int, 0, len(m.on))
	for r := range m.on {
		rows = append(rows, r)
	}
	slices.Sort(rows)
	return rows
}

// rowList is the scrolling part; it takes the keyboard.
type rowList struct {
	widget.List
	table    *Table
	modifier fyne.KeyModifier // held down now
}
