package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// chosenColumns names the columns beside the participant.
func (p *cohortPage) chosenColumns() []string {
	return p.w.prefs.store.StringListWithFallback(prefCohort, app.UsualFields(p.fields, p.w.study.rows))
}

// columnChoice is the dialog in which the columns are chosen.
type columnChoice struct {
	p      *cohortPage
	find   *controls.Entry
	list   *fyne.Container
	count  *look.Text
	chosen []string
}

// chooseColumns asks which fields the table shows.
func (p *cohortPage) chooseColumns() {
	c := &columnChoice{p: p, find: controls.NewEntry("Find a measure or a variable"), list: look.Column(0), count: look.NewShortText("", look.Muted), chosen: p.chosenColumns()}
	c.find.ActionItem = widget.NewIcon(theme.SearchIcon())
	c.find.OnChanged = func(string) { c.fill() }
	usual := widget.NewButton("Usual columns", func() {
		c.chosen = app.UsualFields(p.fields, p.w.study.rows)
		c.fill()
	})
	none := widget.NewButton("None", func() { c.chosen = nil; c.fill() })
	head := container.NewBorder(nil, look.InsetBy(look.XS, 0, c.count), nil, nil, c.find)
	c.fill()
	var sheet *controls.Sheet
	sheet = controls.ShowSheet(p.w.win, container.NewBorder(head, nil, nil, nil, container.NewVScroll(c.list)), controls.SheetOptions{
		Title: "Columns of the cohort", Confirm: "Show", Width: 620, Height: 600, Extra: []fyne.CanvasObject{usual, none},
		OnYes: func() {
			p.w.prefs.store.SetStringList(prefCohort, c.chosen)
			sheet.Close()
			p.refresh()
		},
	})
	sheet.Focus(c.find)
}

// fill lists what the search finds, by group.
func (c *columnChoice) fill() {
	c.list.RemoveAll()
	group := ""
	found := app.FindFields(c.p.fields, c.find.Text)
	for _, f := range app.ByGroup(found) {
		if f.Name == app.ColorSubject {
			continue // always the first column
		}
		if f.Group != group {
			group = f.Group
			c.list.Add(look.InsetBy(look.XS, 0, look.NewText(sentence(group), look.Strong)))
		}
		c.list.Add(c.check(f))
	}
	c.list.Refresh()
	c.say()
}

func (c *columnChoice) check(f app.Field) fyne.CanvasObject {
	words := f.Name
	if f.Measure != nil {
		words += "   " + f.Words
	}
	if unit := fieldUnit(f); unit != "" {
		words += " (" + unit + ")"
	}
	check := controls.NewCheck(words, nil)
	check.Checked = slices.Contains(c.chosen, f.Name)
	check.OnChanged = func(on bool) {
		c.chosen = slices.DeleteFunc(slices.Clone(c.chosen), func(n string) bool { return n == f.Name })
		if on {
			c.chosen = append(c.chosen, f.Name)
		}
		c.say()
	}
	return check
}

func (c *columnChoice) say() {
	n := len(app.NamedFields(c.p.fields, c.chosen))
	c.count.SetText(fmt.Sprintf("%s chosen. What is new is measured when the table is shown.", count(n, "column")))
}
