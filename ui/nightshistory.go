package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/rest"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// showHistory lists every change of the recording's rest periods by hand. A state of
// before can be taken into the editor.
func (p *nightsPanel) showHistory() {
	r := p.recording
	if r == nil {
		return
	}
	background(p.w.tasks, func(ctx context.Context) ([]app.RestState, error) { return p.w.wb.RestStates(ctx, r.ID()) },
		func(list []app.RestState, err error) {
			switch {
			case err != nil:
				p.w.fail("Reading the history", err)
			case len(list) == 0:
				p.w.tell("History of the rest periods", "Nobody has changed the rest periods of "+r.Subject+" by hand.")
			case p.recording == r:
				p.showStates(list)
			}
		})
}

func (p *nightsPanel) showStates(list []app.RestState) {
	table := statesTable(list)
	detail := widget.NewLabel("")
	detail.Wrapping = fyne.TextWrapWord
	var sheet *controls.Sheet
	pick := func(row int, _ []int) {
		detail.SetText(p.stateWords(list[row]))
		sheet.Confirm.Enable()
	}
	table.OnSelect = pick
	table.OnKey = func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			sheet.Close()
		}
	}
	content := container.NewBorder(nil, look.AtLeast(0, 130, container.NewVScroll(detail)), nil, nil, look.AtLeast(0, 200, table.Content))
	sheet = controls.ShowSheet(p.w.win, content, controls.SheetOptions{
		Title: "History of the rest periods of " + p.recording.Subject, Confirm: "Bring back", Dismiss: "Close", Width: 900, Height: 520,
		OnYes: func() {
			if row, _ := table.Selected(); row >= 0 {
				sheet.Close()
				p.bringBack(list[row])
			}
		},
	})
	last := len(list) - 1
	table.Select(last, last)
	pick(last, nil)
	p.w.focus(table.Object())
}

func statesTable(list []app.RestState) *controls.Table {
	table := controls.NewTable([]controls.Column{
		{Title: "At (UTC)", Width: 140},
		{Title: "By", Width: 110},
		{Title: "What", Width: 90},
		{Title: "Changes", Width: 180, Stretch: 1},
		{Title: "Then", Width: 130},
		{Title: "Reason", Width: 160, Stretch: 1},
	})
	table.Cell = func(row, column int) controls.Cell {
		s := list[row]
		what, changes, then := string(s.Act), editWords(s.Changes), kindWords(s.Periods)
		if s.Act == rest.Removed {
			what, changes, then = "taken off", "", "as of the "+s.Source.Words()
		}
		return controls.Cell{Text: []string{minuteOf(s.At), s.Author, what, changes, then, s.Reason}[column]}
	}
	table.SetRows(len(list))
	return table
}

// stateWords says what a person did to make a state.
func (p *nightsPanel) stateWords(s app.RestState) string {
	if s.Act == rest.Removed {
		return "All changes by hand were taken off; bringing this state back brings back those of before."
	}
	var lines []string
	for _, c := range s.Changes {
		lines = append(lines, app.RestWords(p.rest.Recording, c)+".")
	}
	if len(lines) == 0 {
		return "Nothing changed but the source's own periods were kept."
	}
	return strings.Join(lines, "\n")
}

// bringBack takes a state of before into the editor, as one change that can be undone:
// when it is saved it is a state more, and none is lost.
func (p *nightsPanel) bringBack(s app.RestState) {
	p.begin()
	p.reason = "as it was on " + minuteOf(s.At) + " UTC"
	p.changed(p.edits.Replace(s.Periods))
	p.editor.Reveal()
}
