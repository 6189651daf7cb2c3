package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/people"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// plainColor is how the choice of no colouring is named.
const plainColor = "one colour"

// colorChoice is a button that says by what points are coloured, and opens a list of
// what they can be coloured by, in groups and with a search.
type colorChoice struct {
	button    *controls.Button
	OnChanged func(name string)

	w      *Window
	fields []app.Field
	chosen string
}

func newColorChoice(w *Window, chosen string) *colorChoice {
	c := &colorChoice{w: w, fields: colorFields(app.Study{}, nil)}
	c.button = controls.NewButton("", theme.MenuDropDownIcon(), c.ask)
	c.button.IconPlacement = widget.ButtonIconTrailingText
	c.button.Alignment = widget.ButtonAlignLeading
	c.show(chosen)
	return c
}

// Selected names what is chosen.
func (c *colorChoice) Selected() string { return c.chosen }

// SetSelected chooses, as a person does.
func (c *colorChoice) SetSelected(name string) {
	c.show(name)
	c.OnChanged(name)
}

// offer replaces what can be chosen, and what is.
func (c *colorChoice) offer(fields []app.Field, chosen string) {
	c.fields = fields
	c.show(chosen)
}

// longestColor is how many letters of a name the button shows.
const longestColor = 26

func (c *colorChoice) show(name string) {
	c.chosen = name
	if letters := []rune(name); len(letters) > longestColor {
		name = string(letters[:longestColor-1]) + "…"
	}
	c.button.SetText(name)
}

// colorRow is a line of the list: the heading of a group, or a field.
type colorRow struct {
	heading string
	field   app.Field
}

func colorRows(fields []app.Field) []colorRow {
	var rows []colorRow
	group := ""
	for _, f := range app.ByGroup(fields) {
		if f.Group != group {
			group = f.Group
			rows = append(rows, colorRow{heading: sentence(group)})
		}
		rows = append(rows, colorRow{field: f})
	}
	return rows
}

// colorPick is the open list.
type colorPick struct {
	c     *colorChoice
	find  *controls.Entry
	table *controls.Table
	count *look.Text
	rows  []colorRow
	sheet *controls.Sheet
}

// ask opens the list.
func (c *colorChoice) ask() {
	p := &colorPick{c: c, find: controls.NewEntry("Find a measure, a variable or a column"), count: look.NewShortText("", look.Muted)}
	p.find.ActionItem = widget.NewIcon(theme.SearchIcon())
	p.find.OnChanged = func(string) { p.fill() }
	p.table = controls.NewTable([]controls.Column{{Title: "Colour by", Width: 210}, {Title: "What it is", Width: 260, Stretch: 1}})
	p.table.Cell = p.cell
	p.table.OnSelect = func(int, []int) { p.allow() }
	p.table.OnOpen = func(int) { p.take() }
	p.table.OnKey = func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			p.sheet.Close()
		}
	}
	head := container.NewBorder(nil, look.InsetBy(look.XS, 0, p.count), nil, nil, p.find)
	p.sheet = controls.ShowSheet(c.w.win, container.NewBorder(head, nil, nil, nil, p.table.Content), controls.SheetOptions{
		Title: "Colour points by", Confirm: "Colour", Width: 620, Height: 600, OnYes: p.take,
	})
	p.fill()
	p.sheet.Focus(p.find)
}

// fill lists what the search finds; what is chosen now is marked, or else the first.
func (p *colorPick) fill() {
	p.rows = colorRows(app.FindFields(p.c.fields, p.find.Text))
	p.table.SetRows(len(p.rows))
	at, n := -1, 0
	for i, r := range p.rows {
		if r.heading != "" {
			continue
		}
		n++
		if at < 0 || r.field.Name == p.c.chosen {
			at = i
		}
	}
	if at >= 0 {
		p.table.Select(at, at)
	} else {
		p.table.Select(-1)
	}
	p.count.SetText(fmt.Sprintf("%d of %d. A measure that is not computed yet is computed first.", n, len(p.c.fields)))
	p.allow()
}

func (p *colorPick) cell(row, column int) controls.Cell {
	switch r := p.rows[row]; {
	case r.heading != "" && column == 0:
		return controls.Cell{Text: r.heading, Role: look.Strong, Wide: true}
	case r.heading != "":
		return controls.Cell{}
	case column == 0:
		return controls.Cell{Text: "   " + r.field.Name}
	default:
		return controls.Cell{Text: r.field.Words, Role: look.Muted}
	}
}

// picked returns the field that is marked, and false where a heading is, or nothing.
func (p *colorPick) picked() (app.Field, bool) {
	row, _ := p.table.Selected()
	if row < 0 || row >= len(p.rows) || p.rows[row].heading != "" {
		return app.Field{}, false
	}
	return p.rows[row].field, true
}

func (p *colorPick) allow() {
	if _, ok := p.picked(); ok {
		p.sheet.Confirm.Enable()
	} else {
		p.sheet.Confirm.Disable()
	}
}

func (p *colorPick) take() {
	if f, ok := p.picked(); ok {
		p.sheet.Close()
		p.c.SetSelected(f.Name)
	}
}

// colorChoices lists by what points can be coloured in the open library.
func colorChoices(ctx context.Context, wb *app.Workbench) ([]app.Field, error) {
	how, err := wb.Study(ctx)
	if err != nil {
		return nil, err
	}
	variables, _, err := wb.Variables(ctx)
	told := make([]people.Value, len(variables))
	for i, v := range variables {
		told[i] = people.Value{Name: v.Name, Type: v.Type}
	}
	return colorFields(how, told), err
}

func colorFields(how app.Study, told []people.Value) []app.Field {
	return append([]app.Field{{Name: plainColor, Words: "all points alike", Group: "none"}}, how.ColorFields(told)...)
}

// oneOf returns the column that was chosen, or the first choice of the program where
// this library has none of that name.
func oneOf(fields []app.Field, chosen string) string {
	if len(app.NamedFields(fields, []string{chosen})) > 0 {
		return chosen
	}
	return app.ColorActivity
}

func colorColumn(choice string) string {
	if choice == plainColor {
		return app.ColorNone
	}
	return choice
}
