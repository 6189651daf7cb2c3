package ui

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/people"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// showPeople lists the tables of participants of the library.
func (w *Window) showPeople() {
	background(w.tasks, w.wb.PeopleTables, func(list []app.PeopleTable, err error) {
		if err != nil {
			w.fail("Listing the tables of participants", err)
			return
		}
		w.openPeople(list)
	})
}

func (w *Window) openPeople(list []app.PeopleTable) {
	var sheet *controls.Sheet
	column := look.Column(look.S,
		quiet("A table (CSV, ODS, XLSX or XPT) of age, sex, group and whatever else, one row a person or visit. Its variables are colours of the embeddings, columns and conditions of the participants, and columns of exports."))
	for _, t := range list {
		report := widget.NewButton("Who ...", func() {
			sheet.Close()
			w.showPeopleReport(t.Name, t.Report, w.showPeople)
		})
		remove := widget.NewButton("Remove", func() {
			sheet.Close()
			w.ask(question{
				title: "Remove the table " + t.Name + "?", yes: "Remove", danger: true,
				text: fmt.Sprintf("What it tells of %s goes from the library. The file is not touched.", count(t.People, "person")),
				then: func() {
					w.inLibrary("Removing the table", func(ctx context.Context) error { return w.wb.RemovePeople(ctx, t.ID) })
				},
			})
		})
		words := fmt.Sprintf("%s, %d of them in the library; %s; imported %s", count(t.People, "person"), t.People-len(t.Report.OnlyTable), count(len(t.Variables), "variable"), moment(t.ImportedAt))
		column.Add(controls.NewCard(container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(report, remove)),
			look.Column(0, look.NewShortText(t.Name, look.Strong), look.NewShortText(words, look.Muted)))))
	}
	if len(list) == 0 {
		column.Add(look.NewText("No table of participants was imported yet.", look.Muted))
	}
	bring := widget.NewButton("Import a table ...", func() {
		sheet.Close()
		w.browseFile(w.lastFolder(), []string{}, func(path string) { w.offerPeople([]string{path}) })
	})
	sheet = controls.ShowSheet(w.win, container.NewVScroll(column), controls.SheetOptions{
		Title: "Tables of participants", Width: 700, Height: 440, Extra: []fyne.CanvasObject{bring},
		OnClose: func() { w.drop = nil },
	})
	w.drop = func(paths []string) {
		sheet.Close()
		w.offerPeople(paths)
	}
}

// showPeopleReport tells who is in a table and not in the library, and the reverse.
func (w *Window) showPeopleReport(name string, r people.Report, then func()) {
	column := look.Column(look.S, look.NewText(count(len(r.Both), "person")+" in the table and the library", look.Strong))
	said := func(title string, names []string) {
		if len(names) > 0 {
			label := widget.NewLabel(shortened(names))
			label.Wrapping = fyne.TextWrapWord
			label.Selectable = true
			column.Add(section(fmt.Sprintf("%s: %d", title, len(names)), label))
		}
	}
	if len(r.Alike) > 0 {
		var pairs []string
		for _, a := range r.Alike {
			pairs = append(pairs, a.Table+" in the table, "+a.Library+" in the library")
		}
		column.Add(note("Not joined, and perhaps one person: " + shortened(pairs) + ". Correct the table, or rename the participants."))
	}
	said("Only in the table", r.OnlyTable)
	said("Only in the library", r.OnlyLibrary)
	var sheet *controls.Sheet
	save := widget.NewButton("Save the report ...", func() {
		sheet.Close()
		w.openExport([]exportItem{{name: "Who is in " + name + " and the library", base: "people-report", table: func(context.Context) (app.Table, app.Sources, error) {
			table, src := app.PeopleReportTable(name, r)
			return table, src, nil
		}}})
	})
	sheet = controls.ShowSheet(w.win, container.NewVScroll(column), controls.SheetOptions{
		Title: name, Width: 620, Height: 400, Extra: []fyne.CanvasObject{save}, OnClose: then,
	})
}

// shortened lists the first names.
func shortened(names []string) string {
	const most = 60
	text := strings.Join(names[:min(len(names), most)], ", ")
	if len(names) > most {
		text += fmt.Sprintf(" and %s more", thousands(len(names)-most))
	}
	return text
}
