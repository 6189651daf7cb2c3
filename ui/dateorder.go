package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/format"
)

// undecided lists the files that were refused because their dates can be read two
// ways.
func (a imported) undecided() []string {
	var files []string
	for _, o := range a.report.Outcomes {
		if o.DateOrderOpen {
			files = append(files, o.Path)
		}
	}
	return files
}

// inOrder returns the imports that read the undecided files again with an order
// of dates: each as it was read before, those without columns of their own
// together.
func (a imported) inOrder(order format.DateOrder) []batch {
	own := map[string]format.Mapping{}
	for _, b := range a.batches {
		for _, p := range b.paths {
			if b.options.CSV != nil {
				own[p] = *b.options.CSV
			}
		}
	}
	var batches []batch
	rest := batch{options: format.Options{DateOrder: order}}
	for _, path := range a.undecided() {
		m, ok := own[path]
		if !ok {
			rest.paths = append(rest.paths, path)
			continue
		}
		m.DateOrder = order
		batches = append(batches, batch{paths: []string{path}, options: format.Options{CSV: &m, DateOrder: order}})
	}
	if len(rest.paths) > 0 {
		batches = append(batches, rest)
	}
	return batches
}

// dateOrderButtons offer to read the undecided files again.
func (w *Window) dateOrderButtons(all imported, before func()) []fyne.CanvasObject {
	files := all.undecided()
	if len(files) == 0 {
		return nil
	}
	what := "1 file"
	if len(files) > 1 {
		what = fmt.Sprintf("%d files", len(files))
	}
	var buttons []fyne.CanvasObject
	for _, c := range []struct {
		order format.DateOrder
		words string
	}{{format.DayMonthYear, "day first"}, {format.MonthDayYear, "month first"}} {
		buttons = append(buttons, widget.NewButton(fmt.Sprintf("Read %s %s", what, c.words), func() {
			before()
			w.startImports(all.inOrder(c.order))
		}))
	}
	return buttons
}
