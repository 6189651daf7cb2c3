package ui

import (
	"bytes"
	"context"
	"fmt"
	"image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// draw shows the chart as it will be written.
func (f *exportForm) draw() {
	item := f.chosen()
	f.preview.RemoveAll()
	if item.files != nil {
		f.loader.drop()
		return
	}
	if f.tabular() {
		load(f.loader, func(ctx context.Context) (firstRows, error) {
			rows, err := item.source(ctx)
			if err != nil {
				return firstRows{}, err
			}
			first, all, err := rows.First(ctx, previewRows)
			return firstRows{first, all}, err
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

// firstRows are those of a table, or all.
type firstRows struct {
	app.Table
	all bool
}

// showTable shows the first rows and columns of a table as it will be written.
func (f *exportForm) showTable(t firstRows, err error) {
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
	rows := count(len(t.Rows), "row")
	if !t.all {
		rows = "the first " + rows
	}
	size := look.NewText(sentence(fmt.Sprintf("%s, %s", rows, count(len(t.Header), "column"))), look.Muted)
	f.preview.Objects = []fyne.CanvasObject{container.NewBorder(nil, size, nil, nil, table.Content)}
	f.preview.Refresh()
}

func (f *exportForm) showProblem(what string, err error) {
	f.preview.Objects = []fyne.CanvasObject{container.NewCenter(look.NewText(errorAfter(what, err), look.Failure))}
	f.preview.Refresh()
}

// previewRows is up to how many rows are made to be looked at: of a long table all of them
// take minutes.
const previewRows = 500

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
