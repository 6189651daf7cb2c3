package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// imported is what one or more imports brought.
type imported struct {
	ids     []int64
	batches []batch          // how it was asked for
	report  app.ImportReport // the outcomes of all
	stopped bool             // the user stopped it
}

// showImported lists what became of every file.
func (w *Window) showImported(all imported) {
	title := "Import finished"
	if all.stopped {
		title = "Import stopped"
	}
	table := newOutcomeTable(all.report.Outcomes)
	head := importHead(all.report)
	some := all.report.Count(actigraphy.Imported) > 0
	var sheet *controls.Sheet
	extra := []fyne.CanvasObject{widget.NewButton("Save the report ...", func() {
		sheet.Close()
		w.openExport([]exportItem{{name: "Report of the import", base: "import-report", table: func(context.Context) (app.Table, app.Sources, error) {
			table, src := all.report.Table()
			return table, src, nil
		}}})
	})}
	if some {
		extra = append(extra, widget.NewButton("Undo this import", func() {
			sheet.Close()
			w.undoImports(all.ids)
		}))
	}
	extra = append(extra, w.dateOrderButtons(all, func() { sheet.Close() })...)
	offer := func(words string, bring func(paths []string)) (found func(paths []string)) {
		button := widget.NewButton("", nil)
		button.Hide()
		extra = append(extra, button)
		return func(paths []string) {
			if len(paths) > 0 {
				button.SetText(strings.Replace(words, "#", number(len(paths)), 1))
				// The report stays under what it opens: there may be more to bring.
				button.OnTapped = func() { bring(paths) }
				button.Show()
			}
		}
	}
	people, diaries := offer("Tables of participants (#) ...", w.offerPeople), offer("Sleep diaries (#) ...", w.importDiaries)
	w.findRefused(all, func(found app.TablesFound) {
		people(found.People)
		diaries(found.Diaries)
	})
	sheet = controls.ShowSheet(w.win, container.NewBorder(head, nil, nil, nil, look.InsetBy(look.S, 0, look.AtLeast(0, 220, table))), controls.SheetOptions{
		Title: title, Width: 880, Height: 520, Extra: extra,
		OnClose: func() {
			if some {
				w.goTo(participantsPlace)
			}
		},
	})
}

// findRefused looks among the files that were refused for what else they may be.
func (w *Window) findRefused(all imported, then func(found app.TablesFound)) {
	var refused []string
	for _, o := range all.report.Outcomes {
		if o.Status == actigraphy.Refused && !slices.Contains(refused, o.Path) && len(refused) < previewFiles {
			refused = append(refused, o.Path)
		}
	}
	if len(refused) == 0 {
		return
	}
	background(w.tasks, func(ctx context.Context) (app.TablesFound, error) { return w.wb.TablesIn(ctx, refused) }, func(found app.TablesFound, err error) {
		if err == nil { // an error is of a library that was closed meanwhile
			then(found)
		}
	})
}

// importHead tells the counts, and what is to be looked into on the import as a
// whole.
func importHead(r app.ImportReport) fyne.CanvasObject {
	head := container.NewVBox(look.NewText(r.Summary(), look.Body))
	for _, note := range r.Notes {
		label := widget.NewLabel(note)
		label.Wrapping = fyne.TextWrapWord
		head.Add(label)
	}
	return head
}

// newOutcomeTable shows outcomes, the chosen one's reason in full under them.
func newOutcomeTable(outcomes []actigraphy.Outcome) fyne.CanvasObject {
	table := controls.NewTable([]controls.Column{
		{Title: "File", Width: 200, Stretch: 1}, {Title: "Result", Width: 92}, {Title: "Participant", Width: 110}, {Title: "What to know", Width: 280, Stretch: 2},
	})
	table.Cell = func(row, column int) controls.Cell {
		o := outcomes[row]
		switch column {
		case 0:
			return controls.Cell{Text: filepath.Base(o.Path)}
		case 1:
			return controls.Cell{Text: string(o.Status), Role: statusRole(o.Status)}
		case 2:
			return controls.Cell{Text: o.Subject}
		default:
			return controls.Cell{Text: withoutPath(o)}
		}
	}
	detail := widget.NewLabel("")
	detail.Wrapping = fyne.TextWrapWord
	detail.Selectable = true
	table.OnSelect = func(lead int, _ []int) { detail.SetText(inFull(outcomes[lead])) }
	table.SetRows(len(outcomes))
	for i, o := range outcomes {
		if o.Status == actigraphy.Refused {
			table.Select(i, i)
			table.OnSelect(i, nil)
			break
		}
	}
	scroll := container.NewVScroll(detail)
	scroll.SetMinSize(fyne.NewSize(0, 84))
	return container.NewBorder(nil, scroll, nil, nil, table.Content)
}

// withoutPath writes what became of a file as it stands beside the file's name.
func withoutPath(o actigraphy.Outcome) string {
	return strings.TrimLeft(strings.TrimPrefix(wordsOf(o), o.Path), ":, ")
}

// inFull writes what became of a file, with its path once.
func inFull(o actigraphy.Outcome) string {
	words := wordsOf(o)
	if strings.HasPrefix(words, o.Path) {
		return words
	}
	return o.Path + "\n" + words
}

func statusRole(s actigraphy.Status) look.Role {
	switch s {
	case actigraphy.Imported:
		return look.Success
	case actigraphy.Refused:
		return look.Failure
	default:
		return look.Muted
	}
}

func wordsOf(o actigraphy.Outcome) string {
	if o.Error != "" {
		return o.Error
	}
	return strings.Join(o.Warnings, " ")
}

// showImports lists the imports of the library, each of which can be undone.
func (w *Window) showImports() {
	background(w.tasks, w.wb.Imports, func(list []actigraphy.Import, err error) {
		if err != nil {
			w.fail("Listing the imports", err)
			return
		}
		w.openImports(list)
	})
}

func (w *Window) openImports(list []actigraphy.Import) {
	column := look.Column(look.S)
	var sheet *controls.Sheet
	for _, imp := range list {
		report := app.ImportReport{Import: imp.ID, Outcomes: imp.Outcomes}
		when := moment(imp.StartedAt)
		if imp.FinishedAt == "" {
			when += ", not finished"
		}
		show := widget.NewButton("Files ...", func() {
			sheet.Close()
			w.showImported(imported{ids: []int64{imp.ID}, report: report})
		})
		undo := widget.NewButton("Undo", func() {
			sheet.Close()
			w.undoImports([]int64{imp.ID})
		})
		line := container.NewBorder(nil, nil, nil, container.NewHBox(show, undo),
			look.Column(0, look.NewText(when, look.Strong), look.NewText(report.Summary(), look.Muted)))
		column.Add(controls.NewCard(line))
	}
	if len(list) == 0 {
		column.Add(look.NewText("Nothing was imported yet.", look.Muted))
	}
	sheet = controls.ShowSheet(w.win, container.NewVScroll(column), controls.SheetOptions{Title: "Imports", Width: 620, Height: 440})
}

// undoImports takes back imports after a question.
func (w *Window) undoImports(ids []int64) {
	w.ask(question{
		title: "Undo the import?", yes: "Undo the import", danger: true,
		text: "The recordings it brought go from the library, with their embeddings. The files are not touched.",
		then: func() {
			w.inLibrary("Undoing the import", func(ctx context.Context) error {
				for _, id := range ids {
					if _, err := w.wb.UndoImport(ctx, id); err != nil {
						return err
					}
				}
				return nil
			})
		},
	})
}
