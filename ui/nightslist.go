package ui

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/sleep"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// makeTable makes the list of nights.
func (p *nightsPanel) makeTable() {
	right := fyne.TextAlignTrailing
	p.table = controls.NewTable([]controls.Column{
		{Title: "Night", Width: 100, Stretch: 1},
		{Title: "TIB", Width: 49, Align: right},
		{Title: "TST", Width: 49, Align: right},
		{Title: "WASO", Width: 62, Align: right},
		{Title: "SE", Width: 56, Align: right},
	})
	p.table.Cell = func(row, column int) controls.Cell {
		list := p.edits.Now()
		if row >= len(list) {
			return controls.Cell{}
		}
		if column == 0 {
			return controls.Cell{Text: p.nightName(list[row])}
		}
		if len(p.nights) != len(list) {
			return controls.Cell{Text: "–"}
		}
		cell := controls.Cell{Text: nightNumbers(p.nights[row])[column-1]}
		if !p.nights[row].Valid() {
			cell.Role = look.Muted
		}
		return cell
	}
	p.table.OnSelect = func(lead int, _ []int) {
		p.choose(lead, p.edge)
		p.editor.Reveal()
	}
	p.table.OnOpen = func(int) {
		p.begin()
		p.w.focus(p.editor)
	}
	p.table.OnKey = func(e *fyne.KeyEvent) {
		if !p.key(e.Name) {
			p.w.typed(e)
		}
	}
	p.table.OnShortcut = func(s fyne.Shortcut) bool { return p.editing && p.editor.Undone(s) }
}

// nightName names a period by its beginning. A changed one has a star.
func (p *nightsPanel) nightName(period rest.Period) string {
	name := p.day(period.From, "Mon 2")
	if period.Kind == diary.Nap {
		name += " nap"
	}
	if period.Edited() {
		name += " *"
	}
	return name
}

// showList lists the periods with what came of each, and says more of the chosen one.
func (p *nightsPanel) showList(list []rest.Period) {
	p.table.SetRows(len(list))
	if p.chosen >= 0 {
		p.table.Select(p.chosen, p.chosen)
	} else {
		p.table.Select(-1)
	}
	words := ""
	if p.chosen >= 0 && len(p.nights) == len(list) {
		night := p.nights[p.chosen]
		words = fmt.Sprintf("SOL %s min, %s awakenings, midsleep %s.", decimal(night.SOL, 0), decimal(night.Awakenings, 0), midsleepWords(night))
		if !night.Valid() {
			words = "Not valid: " + night.Reason + "."
		}
	}
	p.detail.SetText(words)
	show(p.detail, words != "")
}

func midsleepWords(n sleep.Night) string {
	if math.IsNaN(n.Midsleep) {
		return "–"
	}
	return plots.TimeOfDay(n.Midsleep)
}

func nightNumbers(n sleep.Night) []string {
	return []string{decimal(n.TIB, 0), decimal(n.TST, 0), decimal(n.WASO, 0), decimal(n.SE, 1)}
}
