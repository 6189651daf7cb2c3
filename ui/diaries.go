package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/format"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// showDiaries lists the sleep diaries of the library.
func (w *Window) showDiaries() {
	background(w.tasks, w.wb.Diaries, func(list []diary.File, err error) {
		if err != nil {
			w.fail("Listing the diaries", err)
			return
		}
		w.openDiaries(list)
	})
}

func (w *Window) openDiaries(list []diary.File) {
	var sheet *controls.Sheet
	column := look.Column(look.S,
		quiet("A table (CSV, ODS or XLSX) of nights and naps: pyActigraphy's diaries and SST logs, ActiLife's, REDCap's, or one with the columns participant, kind, bed and rise. Its entries lie over the actogram of whoever they name."))
	for _, f := range list {
		remove := widget.NewButton("Remove", func() {
			sheet.Close()
			w.ask(question{
				title: "Remove the diary " + f.Name + "?", yes: "Remove", danger: true,
				text: fmt.Sprintf("Its %s of %s go from the library. The file is not touched.", entriesWords(f.Entries), count(f.People, "person")),
				then: func() {
					w.inLibrary("Removing the diary", func(ctx context.Context) error { return w.wb.RemoveDiary(ctx, f.ID) })
				},
			})
		})
		words := fmt.Sprintf("%s of %s, imported %s", entriesWords(f.Entries), count(f.People, "person"), moment(f.ImportedAt))
		column.Add(controls.NewCard(container.NewBorder(nil, nil, nil, container.NewCenter(remove),
			look.Column(0, look.NewShortText(f.Name, look.Strong), look.NewText(words, look.Muted)))))
	}
	if len(list) == 0 {
		column.Add(look.NewText("No diary was imported yet.", look.Muted))
	}
	bring := widget.NewButton("Import a diary ...", func() {
		sheet.Close()
		w.browseFile(w.lastFolder(), []string{".csv", ".ods", ".xlsx", ".txt"}, func(path string) { w.importDiary(path, format.OrderFromFile) })
	})
	export := widget.NewButton("Export ...", func() {
		sheet.Close()
		w.openExport([]exportItem{{name: "What the diaries tell", base: "diary", table: func(ctx context.Context) (app.Table, app.Sources, error) {
			entries, err := w.wb.DiaryEntries(ctx, "")
			table, src := app.DiaryTable(entries)
			return table, src, err
		}}})
	})
	if len(list) == 0 {
		export.Disable()
	}
	sheet = controls.ShowSheet(w.win, container.NewVScroll(column), controls.SheetOptions{
		Title: "Sleep diaries", Width: 640, Height: 440, Extra: []fyne.CanvasObject{bring, export},
	})
}

// importDiaries brings several diaries in: each with its report, or its question.
func (w *Window) importDiaries(paths []string) {
	for _, path := range paths {
		w.importDiary(path, format.OrderFromFile)
	}
}

// importDiary brings a diary in and tells whom it is of. Where its dates can be read
// two ways it asks.
func (w *Window) importDiary(path string, order format.DateOrder) {
	w.rememberFolder(path)
	background(w.tasks, func(ctx context.Context) (app.DiaryReport, error) { return w.wb.ImportDiary(ctx, path, order) },
		func(r app.DiaryReport, err error) {
			switch {
			case errors.Is(err, actigraphy.ErrDateOrder):
				w.askDiaryOrder(path, err)
			case err != nil:
				w.fail("Importing the diary", err)
			default:
				w.showDiaryReport(r)
			}
		})
}

func (w *Window) askDiaryOrder(path string, why error) {
	var sheet *controls.Sheet
	text := widget.NewLabel(why.Error())
	text.Wrapping = fyne.TextWrapWord
	choose := func(words string, order format.DateOrder) fyne.CanvasObject {
		return widget.NewButton(words, func() { sheet.Close(); w.importDiary(path, order) })
	}
	sheet = controls.ShowSheet(w.win, text, controls.SheetOptions{
		Title: "Which comes first, the day or the month?", Width: 620,
		Extra: []fyne.CanvasObject{choose("The day", format.DayMonthYear), choose("The month", format.MonthDayYear)},
	})
}

func (w *Window) showDiaryReport(r app.DiaryReport) {
	column := look.Column(look.S)
	said := func(text string) {
		label := widget.NewLabel(text)
		label.Wrapping = fyne.TextWrapWord
		column.Add(label)
	}
	if !r.Added {
		said("The library had this diary already.")
	}
	var kinds []string
	for _, k := range diary.Kinds() {
		if n := r.Entries[k]; n > 0 {
			kinds = append(kinds, fmt.Sprintf("%s: %d", k, n))
		}
	}
	said(fmt.Sprintf("Entries of %s of the library. %s.", count(len(r.People), "person"), strings.Join(kinds, ", ")))
	if len(r.Unknown) > 0 {
		column.Add(note("Not in the library: " + strings.Join(r.Unknown, ", ") + ". Their entries are kept, and appear when recordings of theirs are imported or a participant is renamed so."))
	}
	if len(r.Without) > 0 {
		said("Without a diary: " + strings.Join(r.Without, ", ") + ".")
	}
	for _, decided := range r.Notes {
		column.Add(quiet(decided))
	}
	controls.ShowSheet(w.win, container.NewVScroll(column), controls.SheetOptions{Title: "Diary imported", Width: 620, Height: 360})
}
