package ui

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// exportItem is one thing a page can write: a chart or a table.
type exportItem struct {
	name  string // for the menu
	base  string // of the file's name
	chart func(context.Context) (plots.Chart, app.Sources, error)
	table func(context.Context) (app.Table, app.Sources, error)
	pat   []string // arguments of "pat export" that write the same; nil where it has no such chart
}

// exportForm is the content of the export dialog.
type exportForm struct {
	w       *Window
	content fyne.CanvasObject
	items   []exportItem
	item    *controls.Select
	format  *controls.Segments
	style   *controls.Select
	dpi     *controls.Entry
	field   *pathField
	preview *fyne.Container
	problem *widget.Label
	chartUI []fyne.CanvasObject // hidden for tables
	copies  *widget.Button      // hidden where the command line has no such export
	loader  *loader
}

// showExport opens the export dialog for what the page shows.
func (w *Window) showExport() {
	p, ok := w.pages[w.at].(exporting)
	if !ok || len(p.exports()) == 0 {
		w.tell("Nothing to export here", "Open a page with a chart or a table: Participants, Activity, Embeddings or Compare.")
		return
	}
	f := newExportForm(w, p.exports())
	command := widget.NewButtonWithIcon("Copy as command", theme.ContentCopyIcon(), func() { w.copy(f.command()) })
	f.copies = command
	f.arrange()
	var sheet *controls.Sheet
	sheet = controls.ShowSheet(w.win, f.content, controls.SheetOptions{
		Extra: []fyne.CanvasObject{command},
		Title: "Export", Confirm: "Export", Width: 860, Height: 560, OnClose: f.loader.drop,
		OnYes: func() {
			if err := f.write(sheet.Close); err != nil {
				f.problem.SetText(err.Error())
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
	presets := make([]string, len(plots.Presets()))
	for i, p := range plots.Presets() {
		presets[i] = p.Name
	}
	f.style = controls.NewSelect(presets, nil)
	f.dpi = controls.NewEntry("dpi")
	f.field = w.newPathField("", w.lastFolder(), nil)
	f.item.SetSelectedIndex(0)
	f.style.SetSelectedIndex(min(w.prefs.store.IntWithFallback(prefChartStyle, 2), len(presets)-1))
	f.dpi.SetText(number(w.prefs.store.IntWithFallback(prefDPI, 300)))
	f.problem.Importance = widget.DangerImportance
	f.problem.Wrapping = fyne.TextWrapWord
	f.problem.Hide()
	f.item.OnChanged = func(string) { f.arrange(); f.draw() }
	f.format.OnChange = func(string) { f.rename() }
	f.style.OnChanged = func(string) { f.draw() }
	f.chartUI = []fyne.CanvasObject{labelled("Format", f.format.Content), labelled("Made for", f.style), labelled("Resolution", container.NewHBox(look.AtLeast(80, 0, f.dpi), container.NewCenter(look.NewText("dpi, for PNG and heatmaps", look.Muted))))}
	column := look.Column(look.S, labelled("What", f.item))
	for _, o := range f.chartUI {
		column.Add(o)
	}
	column.Add(labelled("File", f.field.content))
	column.Add(quiet("Drawn again from the data, not from the screen. Beside the file comes NAME.provenance.json with what it was made of."))
	column.Add(f.problem)
	f.content = container.NewBorder(column, nil, nil, nil, look.InsetBy(look.S, 0, f.preview))
	f.arrange()
	return f
}

func (f *exportForm) chosen() exportItem { return f.items[max(0, f.item.SelectedIndex())] }

// arrange shows the choices of a chart, or of a table, and proposes a name.
func (f *exportForm) arrange() {
	for _, o := range f.chartUI {
		if f.chosen().chart != nil {
			o.Show()
		} else {
			o.Hide()
		}
	}
	if f.copies != nil {
		f.copies.Hidden = f.chosen().pat == nil
	}
	folder := f.w.lastFolder()
	if typed := f.field.path(); typed != "" {
		folder = filepath.Dir(typed)
	}
	f.field.entry.SetText(filepath.Join(folder, fileName(f.chosen().base)+f.ending()))
}

// command returns the line of pat that writes the same file.
func (f *exportForm) command() string {
	words := append([]string{"pat", "export"}, f.chosen().pat...)
	if lib, err := f.w.wb.Library(); err == nil {
		words = append(words, "--db", quoted(lib.Path()))
	}
	if f.chosen().chart != nil {
		words = append(words, "--preset", plots.Presets()[f.style.SelectedIndex()].ID, "--dpi", quoted(f.dpi.Text))
	}
	return strings.Join(append(words, "--out", quoted(f.field.path())), " ")
}

// rename gives the file the ending of the format.
func (f *exportForm) rename() {
	path := f.field.path()
	f.field.entry.SetText(strings.TrimSuffix(path, filepath.Ext(path)) + f.ending())
}

func (f *exportForm) ending() string {
	if f.chosen().chart == nil {
		return ".csv"
	}
	return "." + f.format.Chosen()
}

// fileName makes a name that any system takes.
func fileName(base string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, base)
}

// chartStyle returns the chosen page with the typed resolution.
func (f *exportForm) chartStyle() (plots.Style, error) {
	style := plots.Presets()[f.style.SelectedIndex()].Style
	dpi, err := strconv.Atoi(strings.TrimSpace(f.dpi.Text))
	if err != nil {
		return style, fmt.Errorf("resolution %q: type a number of dots per inch, for example 300", f.dpi.Text)
	}
	style.DPI = dpi
	return style, nil
}

// write exports in the background; close takes the dialog away.
func (f *exportForm) write(close func()) error {
	path, item := f.field.path(), f.chosen()
	if path == "" {
		return fmt.Errorf("type the path of a file")
	}
	var style plots.Style
	if item.chart != nil {
		var err error
		if style, err = f.chartStyle(); err != nil {
			return err
		}
		if _, err = app.FormatOf(path); err != nil {
			return err
		}
	} else if !strings.EqualFold(filepath.Ext(path), ".csv") {
		return fmt.Errorf("tables are written as .csv")
	}
	f.remember(path, style.DPI)
	close()
	background(f.w.tasks, func(ctx context.Context) ([]string, error) {
		if item.table != nil {
			table, src, err := item.table(ctx)
			if err != nil {
				return nil, err
			}
			return f.w.wb.ExportTable(ctx, path, table, src)
		}
		chart, src, err := item.chart(ctx)
		if err != nil {
			return nil, err
		}
		return f.w.wb.ExportChart(ctx, path, chart, style, src)
	}, func(files []string, err error) {
		if err != nil {
			f.w.fail("Exporting", err)
			return
		}
		f.w.showWritten(files)
	})
	return nil
}

func (f *exportForm) remember(path string, dpi int) {
	f.w.rememberFolder(path)
	if dpi > 0 {
		f.w.prefs.store.SetInt(prefDPI, dpi)
		f.w.prefs.store.SetInt(prefChartStyle, f.style.SelectedIndex())
	}
}

// draw shows the chart as it will be written.
func (f *exportForm) draw() {
	item := f.chosen()
	f.preview.RemoveAll()
	if item.chart == nil {
		load(f.loader, func(ctx context.Context) (app.Table, error) {
			table, _, err := item.table(ctx)
			return table, err
		}, f.showTable)
		return
	}
	style := plots.Presets()[f.style.SelectedIndex()].Style
	style.DPI = previewDPI
	load(f.loader, func(ctx context.Context) ([]byte, error) {
		chart, _, err := item.chart(ctx)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		err = plots.PNG(&b, chart, style)
		return b.Bytes(), err
	}, f.showPreview)
}

// showTable shows the first columns of a table as it will be written.
func (f *exportForm) showTable(t app.Table, err error) {
	if err != nil {
		f.showProblem("The table can't be made", err)
		return
	}
	columns := make([]controls.Column, min(len(t.Header), previewColumns))
	for i := range columns {
		columns[i] = controls.Column{Title: t.Header[i], Width: 120, Stretch: 1}
	}
	table := controls.NewTable(columns)
	table.Cell = func(row, column int) controls.Cell { return controls.Cell{Text: t.Rows[row][column]} }
	table.SetRows(len(t.Rows))
	size := look.NewText(fmt.Sprintf("%s, %s", count(len(t.Rows), "row"), count(len(t.Header), "column")), look.Muted)
	f.preview.Objects = []fyne.CanvasObject{container.NewBorder(nil, size, nil, nil, table.Content)}
	f.preview.Refresh()
}

func (f *exportForm) showProblem(what string, err error) {
	f.preview.Objects = []fyne.CanvasObject{container.NewCenter(look.NewText(fmt.Sprintf("%s: %v", what, err), look.Failure))}
	f.preview.Refresh()
}

// previewColumns is how many columns of a table fit the dialog.
const previewColumns = 7

// previewDPI is enough for a picture in a dialog.
const previewDPI = 110

func (f *exportForm) showPreview(b []byte, err error) {
	if err != nil {
		f.showProblem("The chart can't be drawn", err)
		return
	}
	picture, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		f.showProblem("The chart can't be shown", err)
		return
	}
	image := canvas.NewImageFromImage(picture)
	image.FillMode = canvas.ImageFillContain
	f.preview.Objects = []fyne.CanvasObject{controls.NewSurface(theme.ColorNameBackground, theme.ColorNameSeparator, 0, look.Inset(look.XS, image))}
	f.preview.Refresh()
}

// showWritten names the files that were written.
func (w *Window) showWritten(files []string) {
	text := widget.NewLabel(strings.Join(files, "\n"))
	text.Wrapping = fyne.TextWrapBreak
	text.Selectable = true
	copyPaths := widget.NewButtonWithIcon("Copy the paths", theme.ContentCopyIcon(), func() { w.copy(strings.Join(files, "\n")) })
	controls.ShowSheet(w.win, text, controls.SheetOptions{
		Title: "Wrote " + count(len(files), "file"), Width: 620, Extra: []fyne.CanvasObject{copyPaths},
	})
}

// copyTable puts the page's first table on the clipboard.
func (w *Window) copyTable() {
	p, ok := w.pages[w.at].(exporting)
	if !ok {
		return
	}
	for _, item := range p.exports() {
		if item.table != nil {
			w.copyInBackground(item)
			return
		}
	}
}

func (w *Window) copyInBackground(item exportItem) {
	background(w.tasks, func(ctx context.Context) (app.Table, error) {
		table, _, err := item.table(ctx)
		return table, err
	}, func(table app.Table, err error) {
		if err != nil {
			w.fail("Copying the table", err)
			return
		}
		w.copy(table.TSV())
		w.status.flash(fmt.Sprintf("Copied %s of %s", count(len(table.Rows), "row"), table.Name))
	})
}

// tableSources says which recordings a table lists.
func tableSources(what string, rows []app.Row) app.Sources {
	src := app.Sources{What: what, Details: map[string]any{"recordings": idsOf(rows)}}
	for _, r := range rows {
		src.Demo = src.Demo || r.Demo
	}
	return src
}
