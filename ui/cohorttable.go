package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// cohortTable is the table of recordings by fields, with the medians of groups below.
type cohortTable struct {
	p       *cohortPage
	content *fyne.Container
	table   *controls.Table
	medians *controls.Table
	room    *fyne.Container // holds the medians
	scroll  *container.Scroll
	none    fyne.CanvasObject // what stands there where nothing matches

	sortBy     string // name of a field
	descending bool
	groups     [][]app.GroupValues // by column, one a group; nil for columns of words
	problem    string              // why there are no groups
}

func newCohortTable(p *cohortPage) *cohortTable {
	t := &cohortTable{p: p, content: container.NewStack(), sortBy: app.ColorSubject}
	t.none = container.NewCenter(look.NewText("No recording matches this search; Escape clears it", look.Muted))
	t.make()
	return t
}

// make builds the table for the columns of the page.
func (t *cohortTable) make() {
	columns := make([]controls.Column, len(t.p.columns))
	for i, f := range t.p.columns {
		columns[i] = cohortColumn(f)
	}
	t.table, t.medians = controls.NewTable(columns), controls.NewTableFoot(columns)
	t.table.Cell = t.cell
	t.table.OnSelect = t.selected
	t.table.OnSort = func(column int, descending bool) {
		t.sortBy, t.descending = t.p.columns[column].Name, descending
		t.p.arrange()
	}
	t.table.OnOpen = func(int) { t.p.w.goTo(measuresPlace) }
	t.table.OnPoint = t.pointed
	t.table.OnKey = t.typed
	t.medians.Cell = t.median
	t.medians.OnPoint = t.pointedAtMedian
	t.medians.OnSelect = func(int, []int) { t.medians.Select(-1) }
	t.room = container.NewStack()
	wide := look.AtLeast(t.table.MinWidth(), 0, container.NewBorder(nil, t.room, nil, nil, t.table.Content))
	t.scroll = container.NewHScroll(wide)
	t.content.Objects = []fyne.CanvasObject{t.scroll, t.none}
	t.content.Refresh()
}

func cohortColumn(f app.Field) controls.Column {
	c := controls.Column{Title: fieldTitle(f), Note: " ", Width: 84, Stretch: 1}
	unit := fieldUnit(f)
	note := max(len(unit), min(len(dotted("99 missing", unit)), 17)) // a long unit may push the number out, not itself
	c.Width = max(c.Width, 26+7.5*float32(len(c.Title)), 26+6.2*float32(note))
	if f.Name == app.ColorSubject {
		c.Title, c.Width = "Participant", 116
	}
	if f.Numbers {
		c.Align = fyne.TextAlignTrailing
	}
	return c
}

// arrange sorts the rows of the page, and shows them where the table is the view.
func (t *cohortTable) arrange() {
	sortBy := t.p.columns[0]
	column := 0
	for i, f := range t.p.columns {
		if f.Name == t.sortBy {
			sortBy, column = f, i
		}
	}
	t.table.SetSorted(column, t.descending)
	t.p.shown = t.p.values.Sort(t.p.shown, sortBy, t.descending)
	show(t.none, len(t.p.shown) == 0)
	if t.p.views.Chosen() != tableView {
		return // it is done when the table comes up
	}
	t.redraw()
	t.notes()
	t.summarize()
}

// redraw shows the rows again, in the order they have.
func (t *cohortTable) redraw() { t.table.SetRows(len(t.p.shown)) }

// notes say below each title how many values are missing, and the unit.
func (t *cohortTable) notes() {
	for i, f := range t.p.columns {
		note := fieldUnit(f)
		if n := t.p.values.Missing(t.p.shown, f); n > 0 {
			note = dotted(fmt.Sprintf("%d missing", n), note)
		}
		t.table.SetNote(i, note)
	}
}

// summarize works out the medians of the groups.
func (t *cohortTable) summarize() {
	t.groups, t.problem = make([][]app.GroupValues, len(t.p.columns)), ""
	rows := 0
	for i, f := range t.p.columns {
		if !f.Numbers {
			continue
		}
		groups, err := t.p.values.Groups(t.p.shown, f, t.p.groups())
		if err != nil {
			t.problem, rows = errorWords(err), 1
			break
		}
		t.groups[i], rows = groups, len(groups)
	}
	if len(t.p.shown) == 0 {
		rows = 0
	}
	t.medians.SetRows(rows)
	high := min(rows, mediansShown)
	t.room.Objects = nil
	if rows > 0 {
		t.room.Objects = []fyne.CanvasObject{container.NewBorder(newLine(), nil, nil, nil, look.AtLeast(0, t.medians.Height()*float32(high)/float32(rows), t.medians.Content))}
	}
	t.room.Refresh()
}

// mediansShown is up to how many groups are shown without scrolling.
const mediansShown = 5

// median is a cell of the rows below the table.
func (t *cohortTable) median(row, column int) controls.Cell {
	if t.problem != "" {
		if column == 0 {
			return controls.Cell{Text: "No medians", Role: look.Muted}
		}
		return controls.Cell{}
	}
	if column == 0 {
		return controls.Cell{Text: t.groupName(row), Role: look.Strong}
	}
	if column >= len(t.groups) || row >= len(t.groups[column]) {
		return controls.Cell{}
	}
	return controls.Cell{Text: fieldNumber(t.p.columns[column], t.groups[column][row].Median), Role: look.Strong}
}

func (t *cohortTable) groupName(row int) string {
	for _, groups := range t.groups {
		if row < len(groups) {
			name := "Median"
			if t.p.groups() != nil {
				name += " " + groups[row].Name
			}
			return fmt.Sprintf("%s (%d)", name, groups[row].N+groups[row].Missing)
		}
	}
	return ""
}

func (t *cohortTable) cell(row, column int) controls.Cell {
	if row >= len(t.p.shown) || column >= len(t.p.columns) {
		return controls.Cell{}
	}
	f := t.p.columns[column]
	v := t.p.values.Of(t.p.shown[row], f)
	c := controls.Cell{Text: fieldText(f, v)}
	if v.Missing() {
		c.Role = look.Muted
	}
	return c
}

// selected hears of rows the user chose.
func (t *cohortTable) selected(lead int, marked []int) {
	ids := make([]string, len(marked))
	for i, row := range marked {
		ids[i] = t.p.shown[row].ID
	}
	t.p.w.study.mark(ids)
	t.p.choose(lead)
}

// pointed tells what is under the pointer.
func (t *cohortTable) pointed(row, column int) {
	switch {
	case column < 0 || column >= len(t.p.columns) || row >= len(t.p.shown):
		t.p.explain()
	case row < 0:
		t.p.foot.SetText(fieldWords(t.p.columns[column]))
	case column == 0:
		t.p.foot.SetText(dotted(t.p.who(t.p.shown[row]), t.p.missingWords(t.p.shown[row])))
	default:
		t.p.foot.SetText(t.p.who(t.p.shown[row], t.p.columns[column]))
	}
}

// pointedAtMedian tells of how many recordings the median under the pointer is.
func (t *cohortTable) pointedAtMedian(row, column int) {
	if column < 0 || column >= len(t.groups) || row < 0 || row >= len(t.groups[column]) {
		t.p.explain()
		return
	}
	f, g := t.p.columns[column], t.groups[column][row]
	t.p.foot.SetText(dotted(g.Name, fmt.Sprintf("median of %s %s %s", fieldTitle(f), fieldNumber(f, g.Median), fieldUnit(f)),
		fmt.Sprintf("middle half %s to %s", fieldNumber(f, g.Q1), fieldNumber(f, g.Q3)), fmt.Sprintf("n %d, %d missing", g.N, g.Missing)))
}

// typed handles the keys that the table leaves: the sideways arrows scroll it.
func (t *cohortTable) typed(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		t.scrollBy(-1)
	case fyne.KeyRight:
		t.scrollBy(1)
	default:
		t.p.w.typed(e)
	}
}

func (t *cohortTable) scrollBy(columns float32) {
	const width = 84
	x := max(0, min(t.scroll.Offset.X+columns*width, t.scroll.Content.Size().Width-t.scroll.Size().Width))
	t.scroll.ScrollToOffset(fyne.NewPos(x, 0))
}

func (t *cohortTable) showSelection() {
	chosen, marked := t.p.w.study.among(t.p.shown)
	if len(marked) == 0 && chosen >= 0 {
		marked = []int{chosen}
	}
	t.table.Select(chosen, marked...)
}
