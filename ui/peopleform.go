package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/people"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// peopleForm shows what a table of participants would become, and lets the choices be
// changed before it is kept.
type peopleForm struct {
	w       *Window
	path    string
	content fyne.CanvasObject
	sheet   *controls.Sheet
	loader  *loader

	id      *controls.Select
	visit   *controls.Select // the column that tells visits apart; none is "as recognised"
	visits  *controls.Select
	order   *controls.Select
	missing *controls.Entry
	kind    *controls.Select // of the variable that is chosen
	chosen  *look.Text
	state   *widget.Label
	notes   *widget.Label
	table   *controls.Table

	preview app.PeoplePreview
	err     error
	types   map[string]people.Type
}

// The choices for repeat visits and types, in the order of the words beside them.
var (
	visitChoices = []people.Visits{people.First, people.Last, people.Each}
	visitWords   = []string{"Take the first", "Take the last", "Keep each apart"}
)

// offerPeople shows tables of participants one after the other.
func (w *Window) offerPeople(paths []string) {
	if len(paths) == 0 {
		return
	}
	f := newPeopleForm(w, paths[0])
	f.sheet = controls.ShowSheet(w.win, f.content, controls.SheetOptions{
		Title: "Table of participants: " + filepath.Base(paths[0]), Confirm: "Keep the table", Width: 940, Height: 620,
		OnYes: func() { f.keep(func() { w.offerPeople(paths[1:]) }) }, OnClose: f.loader.drop,
	})
	f.look()
}

func newPeopleForm(w *Window, path string) *peopleForm {
	f := &peopleForm{
		w: w, path: path, loader: newLoader(w.tasks), types: map[string]people.Type{}, chosen: look.NewShortText("", look.Muted),
		state: widget.NewLabel(""), notes: widget.NewLabel(""), missing: controls.NewEntry("such as -9, 999"),
	}
	f.state.Wrapping, f.notes.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	again := func(string) { f.look() }
	f.id = controls.NewSelect(nil, again)
	f.visit = controls.NewSelect(nil, again)
	f.visits = controls.NewSelect(visitWords, again)
	f.visits.Disable()
	f.order = controls.NewSelect(readOrderWords, nil)
	f.order.SetSelectedIndex(0)
	f.order.OnChanged = again
	f.missing.OnSubmitted = again
	f.kind = controls.NewSelect(typeNames(), f.retype)
	f.kind.Disable()
	f.table = controls.NewTable([]controls.Column{
		{Title: "Variable", Width: 150, Stretch: 1},
		{Title: "Type", Width: 84},
		{Title: "No value", Width: 76, Align: fyne.TextAlignTrailing},
		{Title: "Values", Width: 220, Stretch: 2},
	})
	f.table.Cell = f.cell
	f.table.OnSelect = func(int, []int) { f.showType() }
	choices := look.Grid(2,
		look.Column(look.S, labelled("Participants", f.id), labelled("Visit column", f.visit), labelled("Repeat visits", f.visits)),
		look.Column(look.S, labelled("Dates", f.order), labelled("Also no value", f.missing)))
	types := container.NewBorder(nil, nil, nil, look.AtLeast(150, 0, f.kind), f.chosen)
	notes := container.NewVScroll(f.notes)
	notes.SetMinSize(fyne.NewSize(0, 84))
	f.content = container.NewBorder(look.Column(look.S, choices, f.state), look.Column(look.S, types, notes), nil, nil, look.InsetBy(look.S, 0, f.table.Content))
	return f
}

func typeNames() []string {
	var names []string
	for _, t := range people.Types() {
		names = append(names, string(t))
	}
	return names
}

// options returns what the form says.
func (f *peopleForm) options() app.PeopleOptions {
	o := app.PeopleOptions{Replace: f.preview.Replaces != nil}
	o.ID, o.Types = f.id.Selected, f.types
	if f.visit.Selected != o.ID {
		o.Visit = f.visit.Selected
	}
	if i := f.visits.SelectedIndex(); i >= 0 {
		o.Visits = visitChoices[i]
	}
	if i := f.order.SelectedIndex(); i > 0 {
		o.DateOrder = readOrders[i]
	}
	o.Missing = strings.FieldsFunc(f.missing.Text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
	return o
}

// look reads the table as the form says.
func (f *peopleForm) look() {
	o := f.options()
	load(f.loader, func(ctx context.Context) (app.PeoplePreview, error) { return f.w.wb.PreviewPeople(ctx, f.path, o) },
		func(p app.PeoplePreview, err error) {
			if cancelled(err) {
				return
			}
			f.show(p, err)
		})
}

func (f *peopleForm) show(p app.PeoplePreview, err error) {
	f.preview, f.err = p, err
	if f.id.Selected != p.Table.ID && err == nil {
		f.id.Selected = p.Table.ID // without reading again
	}
	if f.visit.Selected != p.Table.Visit && err == nil {
		f.visit.Selected = p.Table.Visit
	}
	for _, s := range []*controls.Select{f.id, f.visit} {
		s.Options = p.Columns
		s.Refresh()
	}
	if p.Repeated > 0 {
		f.visits.Enable()
	}
	f.table.SetRows(len(p.Table.Variables))
	f.showType()
	if err != nil {
		f.say(widget.DangerImportance, errorIn(f.path, err))
		f.notes.SetText("")
		return
	}
	f.say(widget.MediumImportance, f.summary())
	f.notes.SetText(bullets(p.Table.Notes))
}

func bullets(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return "• " + strings.Join(list, "\n• ")
}

func (f *peopleForm) say(importance widget.Importance, text string) {
	f.state.Importance = importance
	f.state.SetText(text)
}

// summary tells who is in the table and the library, and what is to be chosen.
func (f *peopleForm) summary() string {
	p := f.preview
	r := p.Report
	text := fmt.Sprintf("%s in the table and the library, %d only in the table, %d only in the library.",
		count(len(r.Both), "person"), len(r.OnlyTable), len(r.OnlyLibrary))
	if p.Repeated > 0 && f.visits.SelectedIndex() < 0 {
		text += fmt.Sprintf(" %s with several rows: choose what becomes of repeat visits.", count(p.Repeated, "person"))
	}
	if p.Replaces != nil {
		text += " It takes the place of the table " + p.Replaces.Name + " of " + moment(p.Replaces.ImportedAt) + "."
	}
	return text
}

func (f *peopleForm) cell(row, column int) controls.Cell {
	if row >= len(f.preview.Table.Variables) {
		return controls.Cell{}
	}
	v := f.preview.Table.Variables[row]
	switch column {
	case 0:
		return controls.Cell{Text: v.Name}
	case 1:
		return controls.Cell{Text: string(v.Type)}
	case 2:
		return controls.Cell{Text: number(v.Missing)}
	default:
		return controls.Cell{Text: f.examples(row)}
	}
}

// examples are the levels of a category, or the first values of another variable.
func (f *peopleForm) examples(variable int) string {
	const most = 8
	list := f.preview.Table.Variables[variable].Levels
	for _, p := range f.preview.Table.People {
		if len(list) >= most || f.preview.Table.Variables[variable].Type == people.Category {
			break
		}
		if v := p.Values[variable]; v != "" && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	text := strings.Join(list[:min(len(list), most)], ", ")
	if len(list) >= most {
		text += ", ..."
	}
	return text
}

// variable returns the chosen variable.
func (f *peopleForm) variable() (people.Variable, bool) {
	row, _ := f.table.Selected()
	if row < 0 || row >= len(f.preview.Table.Variables) {
		return people.Variable{}, false
	}
	return f.preview.Table.Variables[row], true
}

func (f *peopleForm) showType() {
	v, ok := f.variable()
	if _, column := f.column(v.Name); !ok || !column {
		f.chosen.SetText("Choose a variable to change its type.")
		f.kind.Disable()
		return
	}
	f.chosen.SetText("Type of " + v.Name)
	f.kind.Selected = string(v.Type)
	f.kind.Enable()
	f.kind.Refresh()
}

// column returns the column of a variable: that of score.1 is score where visits are
// kept apart.
func (f *peopleForm) column(name string) (string, bool) {
	best := ""
	for _, c := range f.preview.Columns {
		if (c == name || strings.HasPrefix(name, c+".")) && len(c) > len(best) {
			best = c
		}
	}
	return best, best != ""
}

func (f *peopleForm) retype(kind string) {
	v, ok := f.variable()
	column, found := f.column(v.Name)
	if !ok || !found {
		return
	}
	f.types[column] = people.Type(kind)
	f.look()
}

// keep stores the table and tells whom it is of.
func (f *peopleForm) keep(then func()) {
	o := f.options()
	switch {
	case f.err != nil:
		return
	case f.preview.Repeated > 0 && o.Visits == "":
		f.say(widget.DangerImportance, f.summary())
		return
	}
	f.w.rememberFolder(f.path)
	background(f.w.tasks, func(ctx context.Context) (app.PeoplePreview, error) { return f.w.wb.ImportPeople(ctx, f.path, o) },
		func(p app.PeoplePreview, err error) {
			if err != nil {
				f.show(p, err)
				return
			}
			f.sheet.Close()
			f.w.showPeopleReport(filepath.Base(f.path), p.Report, then)
		})
}
