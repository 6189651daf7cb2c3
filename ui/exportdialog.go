package ui

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// exportItem is one thing a page can write: a chart, a table, or the one or the other
// where a chart has its numbers as a table.
type exportItem struct {
	name  string // for the menu
	base  string // of the file's name
	chart func(context.Context) (plots.Chart, app.Sources, error)
	table func(context.Context) (app.Table, app.Sources, error)
	rows  func(context.Context) (app.RowSource, error)             // in place of table: long ones, which are written row by row
	files func(ctx context.Context, path string) ([]string, error) // writes by itself: a CSV, or a folder of them
	many  bool                                                     // path of files is a folder
	pat   []string                                                 // arguments of "pat export" that write the same; nil where it has no such chart
	other []string                                                 // arguments of "pat" instead, where it is no export of the library

	explain []string // arguments of "pat explain" instead, which writes the same among its files
}

// exportForm is the content of the export dialog.
type exportForm struct {
	w       *Window
	content fyne.CanvasObject
	items   []exportItem
	item    *controls.Select
	format  *controls.Segments // of a chart
	typed   *controls.Segments // of a table
	either  *controls.Segments // of a chart, or of its numbers
	style   *controls.Select
	dpi     *controls.Entry
	field   *pathField
	preview *fyne.Container
	problem *widget.Label
	about   *fyne.Container     // what will be written
	chartUI []fyne.CanvasObject // hidden for tables
	tableUI fyne.CanvasObject   // hidden for others
	bothUI  fyne.CanvasObject   // hidden for others
	copies  *widget.Button      // hidden where the command line has no such export
	loader  *loader
}

// showExport opens the export dialog for what the page shows.
func (w *Window) showExport() {
	p, ok := w.pages[w.at].(exporting)
	if !ok || len(p.exports()) == 0 {
		w.tell("Nothing to export here", "Open a page with a chart or a table: Participants, Activity, Embeddings, Compare, Explain or Models.")
		return
	}
	w.openExport(p.exports())
}

// openExport opens the export dialog for some items.
func (w *Window) openExport(items []exportItem) {
	f := newExportForm(w, items)
	command := widget.NewButtonWithIcon("Copy as command", theme.ContentCopyIcon(), func() { w.copy(f.command()) })
	f.copies = command
	f.arrange()
	var sheet *controls.Sheet
	sheet = controls.ShowSheet(w.win, f.content, controls.SheetOptions{
		Extra: []fyne.CanvasObject{command},
		Title: "Export", Confirm: "Export", Width: 860, Height: 740, OnClose: f.loader.drop,
		OnYes: func() {
			if err := f.write(sheet.Close); err != nil {
				f.problem.SetText(errorWords(err))
				f.problem.Show()
			}
		},
	})
	sheet.Focus(f.field.entry)
	f.draw()
}

func newExportForm(w *Window, items []exportItem) *exportForm {
	f := &exportForm{w: w, items: items, preview: container.NewStack(), problem: widget.NewLabel(""), loader: newLoader(w.tasks)}
	names := make([]string, len(items))
	for i, item := range items {
		names[i] = item.name
	}
	f.item = controls.NewSelect(names, nil)
	f.format = controls.NewSegments("png", "svg", "pdf")
	f.typed = controls.NewSegments("csv", "parquet", "xlsx")
	f.either = controls.NewSegments("png", "svg", "pdf", "csv", "parquet", "xlsx")
	presets := make([]string, len(plots.Presets()))
	for i, p := range plots.Presets() {
		presets[i] = p.Name
	}
	f.style = controls.NewSelect(presets, nil)
	f.dpi = controls.NewEntry("dpi")
	f.field = w.newPathField("", w.exportFolder(), nil)
	f.item.SetSelectedIndex(0)
	f.style.SetSelectedIndex(min(w.prefs.store.IntWithFallback(prefChartStyle, 2), len(presets)-1))
	f.dpi.SetText(number(w.prefs.store.IntWithFallback(prefDPI, 300)))
	f.problem.Importance = widget.DangerImportance
	f.problem.Wrapping = fyne.TextWrapWord
	f.problem.Hide()
	f.item.OnChanged = func(string) { f.arrange(); f.draw() }
	f.format.OnChange = func(string) { f.rename() }
	f.typed.OnChange = func(string) { f.rename() }
	f.either.OnChange = func(string) { f.rename(); f.showChoices(); f.draw() }
	f.style.OnChanged = func(string) { f.draw() }
	f.bothUI = labelled("Format", f.either.Content)
	f.chartUI = []fyne.CanvasObject{labelled("Format", f.format.Content), labelled("Made for", f.style), labelled("Resolution", container.NewHBox(look.AtLeast(80, 0, f.dpi), container.NewCenter(look.NewText("dpi, for PNG and heatmaps", look.Muted))))}
	column := look.Column(look.S, labelled("What", f.item), f.bothUI)
	for _, o := range f.chartUI {
		column.Add(o)
	}
	f.tableUI = labelled("Format", f.typed.Content)
	column.Add(f.tableUI)
	column.Add(labelled("File", f.field.content))
	f.about = container.NewStack()
	column.Add(f.about)
	column.Add(f.problem)
	f.content = container.NewBorder(column, nil, nil, nil, look.InsetBy(look.S, 0, f.preview))
	f.arrange()
	return f
}

func (f *exportForm) chosen() exportItem { return f.items[max(0, f.item.SelectedIndex())] }

// arrange shows the choices of a chart, or of a table, and proposes a name.
func (f *exportForm) arrange() {
	f.showChoices()
	if f.copies != nil {
		f.copies.Hidden = !f.chosen().commanded()
	}
	folder := f.w.exportFolder()
	if typed := f.field.path(); typed != "" {
		folder = filepath.Dir(typed)
	}
	f.field.entry.SetText(filepath.Join(folder, app.FileName(f.chosen().base)+f.ending()))
}

// showChoices shows those of a chart, of a table, or of both.
func (f *exportForm) showChoices() {
	item := f.chosen()
	for i, o := range f.chartUI {
		show(o, item.chart != nil && !f.tabular() && (i > 0 || !item.both()))
	}
	show(f.tableUI, item.listed() && !item.both())
	show(f.bothUI, item.both())
	f.about.Objects = []fyne.CanvasObject{quiet(item.sentence(f.tabular()))}
	f.about.Refresh()
}

// commanded reports whether the command line has the export.
func (item exportItem) commanded() bool {
	return item.pat != nil || item.other != nil || item.explain != nil
}

// both reports whether the item is a chart or its numbers.
func (item exportItem) both() bool { return item.chart != nil && item.listed() }

// listed reports whether the item is a table, or can be one.
func (item exportItem) listed() bool { return item.table != nil || item.rows != nil }

// source returns the rows of the table.
func (item exportItem) source(ctx context.Context) (app.RowSource, error) {
	if item.rows != nil {
		return item.rows(ctx)
	}
	table, src, err := item.table(ctx)
	return app.SourceOf(table, src), err
}

// tabular reports whether a table is written.
func (f *exportForm) tabular() bool {
	item := f.chosen()
	if item.both() {
		_, err := app.TableFormatOf("." + f.either.Chosen())
		return err == nil
	}
	return item.listed()
}

// command returns the line of pat that writes the same file.
func (f *exportForm) command() string { return f.line(func(path string) string { return path }) }

// provenance returns that line for the side file, to be run in the folder of the library.
func (f *exportForm) provenance() string { return f.line(filepath.Base) }

func (f *exportForm) line(name func(path string) string) string {
	item, out := f.chosen(), f.field.path()
	if !item.commanded() {
		return ""
	}
	words := append([]string{"pat", "export"}, item.pat...)
	switch {
	case item.other != nil:
		words = append([]string{"pat"}, item.other...)
	case item.explain != nil:
		words, out = append([]string{"pat", "explain"}, item.explain...), filepath.Dir(out)
	}
	if lib, err := f.w.wb.Library(); err == nil && item.other == nil {
		words = append(words, "--db", quoted(name(lib.Path())))
	}
	if item.chart != nil && !f.tabular() {
		words = append(words, "--preset", plots.Presets()[f.style.SelectedIndex()].ID, "--dpi", quoted(f.dpi.Text))
		if item.explain != nil {
			words = append(words, "--format", f.format.Chosen())
		}
	}
	return strings.Join(append(words, "--out", quoted(name(out))), " ")
}

// rename gives the file the ending of the format.
func (f *exportForm) rename() {
	path := f.field.path()
	f.field.entry.SetText(strings.TrimSuffix(path, filepath.Ext(path)) + f.ending())
}

func (f *exportForm) ending() string {
	switch item := f.chosen(); {
	case item.both():
		return "." + f.either.Chosen()
	case item.chart != nil:
		return "." + f.format.Chosen()
	case item.listed():
		return "." + f.typed.Chosen()
	case item.many:
		return ""
	}
	return ".csv"
}

// sentence says what the export writes, as a table or else as the item is.
func (item exportItem) sentence(tabular bool) string {
	const beside = " Beside the file comes NAME.provenance.json with what it was made of."
	switch {
	case item.chart != nil && !tabular:
		return "Drawn again from the data, not from the screen." + beside
	case item.listed():
		return "Numbers are typed in Parquet and Excel files." + beside
	case item.many:
		return "A folder with one CSV a recording, which can be imported again. Masks are not in them." + beside
	}
	return "A CSV with a header that can be imported again as the same recording. Masks are not in it." + beside
}

func show(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
