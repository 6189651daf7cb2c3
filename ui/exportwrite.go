package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
)

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
	style, err := f.wanted(path)
	if err != nil {
		return err
	}
	tabular, command := f.tabular(), f.provenance()
	f.remember(path, style.DPI)
	close()
	background(f.w.tasks, func(ctx context.Context) ([]string, error) {
		ctx = app.WithCommand(ctx, command)
		if item.files != nil {
			return item.files(ctx, path)
		}
		if tabular {
			rows, err := item.source(ctx)
			if err != nil {
				return nil, err
			}
			return f.w.wb.ExportRows(ctx, path, rows)
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

// wanted returns the page of a chart, and finds what can't be written to a path.
func (f *exportForm) wanted(path string) (style plots.Style, err error) {
	switch {
	case f.tabular():
		_, err = app.TableFormatOf(path)
	case f.chosen().chart != nil:
		if style, err = f.chartStyle(); err == nil {
			_, err = app.FormatOf(path)
		}
	}
	return style, err
}

func (f *exportForm) remember(path string, dpi int) {
	f.w.prefs.store.SetString(prefExports, filepath.Dir(path))
	if dpi > 0 {
		f.w.prefs.store.SetInt(prefDPI, dpi)
		f.w.prefs.store.SetInt(prefChartStyle, f.style.SelectedIndex())
	}
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
		if item.listed() {
			w.copyInBackground(item)
			return
		}
	}
}

func (w *Window) copyInBackground(item exportItem) {
	background(w.tasks, func(ctx context.Context) (app.Table, error) {
		rows, err := item.source(ctx)
		if err != nil {
			return app.Table{}, err
		}
		return rows.Table(ctx)
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
