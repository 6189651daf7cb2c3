package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// measureColumn is a column of the table of measures.
type measureColumn struct {
	controls.Column
	cell func(p *measuresPage, r measureRow) controls.Cell
}

// The columns that the table always begins with.
var measureColumns = []measureColumn{
	{controls.Column{Title: "Measure", Width: 236, Stretch: 3}, func(_ *measuresPage, r measureRow) controls.Cell {
		return controls.Cell{Text: sentence(r.name)}
	}},
	{controls.Column{Title: "Id", Width: 128, Stretch: 1}, func(_ *measuresPage, r measureRow) controls.Cell {
		return controls.Cell{Text: r.id, Role: look.Muted}
	}},
}

// oneSetColumns are those of one set of definitions, among the others.
var oneSetColumns = []measureColumn{
	{controls.Column{Title: "Value", Width: 92, Align: fyne.TextAlignTrailing}, func(_ *measuresPage, r measureRow) controls.Cell {
		return controls.Cell{Text: measureNumber(r.values[0]), Role: look.Strong}
	}},
	{controls.Column{Title: "Unit", Width: 126}, func(_ *measuresPage, r measureRow) controls.Cell {
		if why := r.values[0].Reason; why != "" {
			return controls.Cell{Text: why, Role: look.Muted, Wide: true}
		}
		return controls.Cell{Text: unitWords(r.values[0]), Role: look.Muted}
	}},
	{controls.Column{Title: "The others", Width: 112, Stretch: 1, Spread: true}, func(p *measuresPage, r measureRow) controls.Cell {
		return controls.Cell{Spread: othersOf(p.places[r.id])}
	}},
	{controls.Column{Title: "Among them", Width: 150, Stretch: 1}, func(p *measuresPage, r measureRow) controls.Cell {
		place, known := p.places[r.id]
		if !known {
			return controls.Cell{}
		}
		return controls.Cell{Text: placeWords(place, r.values[0].TimeOfDay())}
	}},
}

func othersOf(p app.Place) *controls.SpreadOf {
	if p.N == 0 {
		return nil
	}
	return &controls.SpreadOf{Min: p.Min, Q1: p.Q1, Median: p.Median, Q3: p.Q3, Max: p.Max, Value: p.Value}
}

// twoSetColumns are those of two sets of definitions side by side.
func twoSetColumns(sets []metrics.Definition) []measureColumn {
	var list []measureColumn
	for i, d := range sets {
		list = append(list, measureColumn{controls.Column{Title: string(d), Width: 112, Stretch: 1, Align: fyne.TextAlignTrailing}, func(_ *measuresPage, r measureRow) controls.Cell {
			v := r.values[i]
			if v.ID == "" {
				return controls.Cell{Text: "not in this set", Role: look.Muted}
			}
			return controls.Cell{Text: measureNumber(v)}
		}})
	}
	return append(list, measureColumn{controls.Column{Title: "Difference", Width: 156, Stretch: 1, Align: fyne.TextAlignTrailing}, func(_ *measuresPage, r measureRow) controls.Cell {
		words, _, differs := besides(r)
		if differs {
			return controls.Cell{Text: "* " + words, Role: look.Strong}
		}
		return controls.Cell{Text: words, Role: look.Muted}
	}}, measureColumn{controls.Column{Title: "in %", Width: 80, Align: fyne.TextAlignTrailing}, func(_ *measuresPage, r measureRow) controls.Cell {
		_, percent, _ := besides(r)
		return controls.Cell{Text: percent}
	}})
}

// besides says how the second value of a row differs from the first.
func besides(r measureRow) (absolute, percent string, differs bool) {
	if r.values[0].ID == "" || r.values[1].ID == "" {
		return "", "", false
	}
	d := app.Between(r.values[0], r.values[1])
	absolute, percent = differenceWords(d, r.values[0])
	return absolute, percent, d.Differs
}

// makeTable builds the table for the sets that are chosen.
func (p *measuresPage) makeTable() {
	columns := append([]measureColumn{}, measureColumns...)
	if sets := p.definitions(); len(sets) == 2 {
		columns = append(columns, twoSetColumns(sets)...)
	} else {
		columns = append(columns, oneSetColumns...)
	}
	titles := make([]controls.Column, len(columns))
	for i, c := range columns {
		titles[i] = c.Column
	}
	p.table = controls.NewTable(titles)
	p.table.Cell = func(row, column int) controls.Cell {
		if row >= len(p.rows) {
			return controls.Cell{}
		}
		if r := p.rows[row]; !r.heading {
			return columns[column].cell(p, r)
		}
		return p.headingCell(p.rows[row], column)
	}
	p.table.OnSelect = func(lead int, _ []int) { p.choose(lead) }
	p.table.OnTap = p.toggle
	p.table.OnOpen = p.toggle
	p.table.OnHover = p.hovered
	p.table.OnKey = p.typed
	p.table.OnCopy = p.copyValue
	p.table.OnMenu = p.menu
	p.body.Objects = []fyne.CanvasObject{p.table.Content}
	p.body.Refresh()
}

func (p *measuresPage) headingCell(r measureRow, column int) controls.Cell {
	if column > 0 {
		return controls.Cell{}
	}
	arrow := "▸"
	if p.open[r.group] || p.find.Text != "" {
		arrow = "▾"
	}
	return controls.Cell{Text: fmt.Sprintf("%s  %s, %d", arrow, sentence(string(r.group)), r.n), Role: look.Strong, Wide: true}
}

// choose opens the panel of a measure.
func (p *measuresPage) choose(row int) {
	if row >= 0 && row < len(p.rows) && !p.rows[row].heading {
		p.chosen = p.rows[row].id
	}
	p.showDetail(row)
}

// hovered shows what lies under the pointer, and the chosen one when it is gone.
func (p *measuresPage) hovered(row int) {
	if row >= 0 && row < len(p.rows) && p.rows[row].heading {
		return
	}
	if row < 0 {
		row, _ = p.table.Selected()
	}
	p.showDetail(row)
}

// toggle folds the group of a heading, or shows it again.
func (p *measuresPage) toggle(row int) {
	if row < 0 || row >= len(p.rows) || !p.rows[row].heading {
		return
	}
	g := p.rows[row].group
	p.open[g] = !p.open[g]
	p.rememberOpen()
	p.arrange()
	p.table.Select(row, row)
}

// allOpen reports whether every group is open.
func (p *measuresPage) allOpen() bool {
	return !slices.ContainsFunc(p.rows, func(r measureRow) bool { return r.heading && !p.open[r.group] })
}

// toggleAll opens all groups, or folds them.
func (p *measuresPage) toggleAll() {
	open := !p.allOpen()
	for _, r := range p.rows {
		if r.heading {
			p.open[r.group] = open
		}
	}
	p.rememberOpen()
	p.arrange()
}

func (p *measuresPage) rememberOpen() {
	names := []string{}
	for g, open := range p.open {
		if open {
			names = append(names, string(g))
		}
	}
	p.w.prefs.store.SetStringList(prefOpen, names)
}

// copyValue puts the values of a row on the clipboard in full, with a tab between
// those of two sets.
func (p *measuresPage) copyValue(row int) {
	if row < 0 || row >= len(p.rows) || p.rows[row].heading {
		return
	}
	var list []string
	for _, v := range p.rows[row].values {
		list = append(list, fullNumber(v))
	}
	p.w.copy(strings.Join(list, "\t"))
	p.w.status.flash("Copied " + strings.Join(list, " and ") + ", " + p.rows[row].id)
}

// menu opens the menu of a measure.
func (p *measuresPage) menu(row int, at fyne.Position) {
	items := []*fyne.MenuItem{fyne.NewMenuItem("Copy all as CSV", p.copyAll)}
	if row < len(p.rows) && !p.rows[row].heading {
		items = append([]*fyne.MenuItem{fyne.NewMenuItem("Copy the value", func() { p.copyValue(row) })}, items...)
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.w.win.Canvas(), at)
}

// typed handles the keys that the table leaves.
func (p *measuresPage) typed(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace:
		lead, _ := p.table.Selected()
		p.toggle(lead)
	case fyne.KeyLeft:
		p.step(-1)
	case fyne.KeyRight:
		p.step(1)
	default:
		p.w.typed(e)
	}
}
