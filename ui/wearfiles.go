package ui

import (
	"context"
	"path/filepath"
	"strconv"

	"circascope/actigraphy/wear"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// askMaskFile adds a mask file to the recording.
func (p *wearPanel) askMaskFile() {
	r := p.recording
	if r == nil {
		return
	}
	folder := p.w.prefs.store.String(prefFolder)
	p.w.askPath(pathQuestion{
		title: "Import a mask", text: "A table as pyActigraphy reads it, CSV, ODS or XLSX: Mask, Start_time, Stop_time, Remarks. It becomes a layer of this recording.",
		yes: "Import", start: folder, endings: []string{".csv", ".ods", ".xlsx"},
		then: func(path string) error {
			p.change("Importing the mask", func(ctx context.Context) error {
				return p.w.wb.ImportMask(ctx, path, r.ID(), app.By{Reason: "mask file"})
			})
			return nil
		},
	})
}

// askMaskExport writes what is not worn.
func (p *wearPanel) askMaskExport() {
	r := p.recording
	if r == nil {
		return
	}
	folder := p.w.prefs.store.String(prefExports)
	p.w.askPath(pathQuestion{
		title: "Export the mask", text: "What the layers that are on call not worn, as a CSV that pyActigraphy reads, with its provenance beside it.",
		yes: "Export", start: folder, value: filepath.Join(folder, "mask-"+r.Subject+".csv"), endings: []string{".csv"},
		then: func(path string) error {
			p.change("Exporting the mask", func(ctx context.Context) error {
				_, err := p.w.wb.ExportMask(ctx, path, r.ID())
				return err
			})
			return nil
		},
	})
}

// showHistory lists every change of the recording's masks.
func (p *wearPanel) showHistory() {
	r := p.recording
	if r == nil {
		return
	}
	background(p.w.tasks, func(ctx context.Context) ([]wear.Layer, error) { return p.w.wb.WearHistory(ctx, r.ID()) },
		func(list []wear.Layer, err error) {
			if err != nil {
				p.w.fail("Reading the history", err)
				return
			}
			controls.ShowSheet(p.w.win, look.AtLeast(0, 300, historyTable(list).Content), controls.SheetOptions{
				Title: "History of the masks of " + r.Subject, Width: 900, Height: 460,
			})
		})
}

func historyTable(list []wear.Layer) *controls.Table {
	table := controls.NewTable([]controls.Column{
		{Title: "At (UTC)", Width: 140},
		{Title: "By", Width: 110},
		{Title: "What", Width: 90},
		{Title: "Layer", Width: 220, Stretch: 1},
		{Title: "Periods", Width: 70},
		{Title: "Reason", Width: 160, Stretch: 1},
	})
	table.Cell = func(row, column int) controls.Cell {
		l := list[row]
		act := string(l.Act)
		if l.Act == wear.Switched {
			act = map[bool]string{true: "on", false: "off"}[l.On]
		}
		return controls.Cell{Text: []string{minuteOf(l.At), l.Author, act, l.Title(), strconv.Itoa(len(l.Intervals)), l.Reason}[column]}
	}
	table.SetRows(len(list))
	return table
}
