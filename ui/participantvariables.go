package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/actigraphy/people"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// firstVariables is how many variables the table shows where nobody chose.
const firstVariables = 2

// wanted returns the columns that the table is to have: its own, and behind the
// participant the variables that were chosen.
func (p *participants) wanted() []participantColumn {
	var list []participantColumn
	for i, v := range p.w.study.variables() {
		if slices.Contains(p.chosenVariables(), v.Name) {
			list = append(list, variableColumn(i, v))
		}
	}
	return slices.Concat(participantColumns[:1], list, participantColumns[1:])
}

// chosenVariables lists the variables that are shown.
func (p *participants) chosenVariables() []string {
	names := []string{}
	for i, v := range p.w.study.variables() {
		if len(names) < firstVariables && p.differs(i) {
			names = append(names, v.Name)
		}
	}
	return p.w.prefs.store.StringListWithFallback(prefVariables, names)
}

// differs reports whether a variable tells participants apart.
func (p *participants) differs(variable int) bool {
	rows := p.w.study.rows
	return slices.ContainsFunc(rows, func(r app.Row) bool { return r.Values[variable].Text != rows[0].Values[variable].Text })
}

func variableColumn(i int, v people.Value) participantColumn {
	c := participantColumn{Column: controls.Column{Title: v.Name, Width: 84}}
	if v.Type == people.Number {
		c.Align = fyne.TextAlignTrailing
	}
	value := func(r app.Row) people.Value {
		if i < len(r.Values) {
			return r.Values[i]
		}
		return people.Value{}
	}
	c.cell = func(r app.Row) string { return value(r).Text }
	c.less = func(a, b app.Row) int { return people.CompareValues(value(a), value(b)) }
	return c
}

func sameColumns(a, b []participantColumn) bool {
	return slices.EqualFunc(a, b, func(x, y participantColumn) bool { return x.Title == y.Title && x.Align == y.Align })
}

// makeTable puts a table with the wanted columns in the place of the one before.
func (p *participants) makeTable() {
	p.columns = p.wanted()
	p.sortBy, p.descending = 0, false
	columns := make([]controls.Column, len(p.columns))
	for i, c := range p.columns {
		columns[i] = c.Column
	}
	p.table = controls.NewTable(columns)
	p.table.Cell = p.cell
	p.table.OnSelect = p.selected
	p.table.OnSort = func(column int, descending bool) { p.sortBy, p.descending = column, descending; p.arrange() }
	p.table.OnOpen = func(int) { p.w.goTo(activityPlace) }
	p.table.OnMenu = p.menu
	p.table.OnKey = p.w.typed
	p.table.SetSorted(0, false)
	p.split.Leading = container.NewStack(p.table.Content, p.none)
	p.split.Refresh()
}

// chooseColumns asks which variables the table shows.
func (p *participants) chooseColumns() {
	variables := p.w.study.variables()
	if len(variables) == 0 {
		p.w.showPeople()
		return
	}
	chosen := p.chosenVariables()
	column := look.Column(0)
	for _, v := range variables {
		check := controls.NewCheck(v.Name+"  ("+string(v.Type)+")", nil)
		check.Checked = slices.Contains(chosen, v.Name)
		check.OnChanged = func(on bool) {
			chosen = slices.DeleteFunc(slices.Clone(chosen), func(n string) bool { return n == v.Name })
			if on {
				chosen = append(chosen, v.Name)
			}
			p.w.prefs.store.SetStringList(prefVariables, chosen)
			p.arrange()
		}
		column.Add(check)
	}
	controls.ShowSheet(p.w.win, container.NewVScroll(column), controls.SheetOptions{Title: "Columns of the participants", Width: 420, Height: 460})
}

// variableFacts are what tables tell of a participant; nothing where they know nothing.
func variableFacts(values []people.Value) []controls.Fact {
	var facts []controls.Fact
	for _, v := range values {
		if v.Text != "" {
			facts = append(facts, controls.Fact{Name: v.Name, Value: v.Text})
		}
	}
	return facts
}
