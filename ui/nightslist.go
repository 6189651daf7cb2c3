package ui

import (
	"fmt"
	"math"
	"strconv"

	"fyne.io/fyne/v2"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/sleep"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// makeTable makes the list of nights.
func (p *nightsPanel) makeTable() {
	columns := []controls.Column{{Title: "Night", Width: 82, Stretch: 1}}
	for _, title := range []string{"TIB", "TST", "SOL", "WASO", "SE"} {
		columns = append(columns, controls.Column{Title: title, Width: 46, Align: fyne.TextAlignTrailing})
	}
	p.table = controls.NewTable(columns)
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
	name := p.at(period.From).Clock().Format("Mon 2")
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
	if p.chosen >= 0 && len(p.nights) == len(list) && !p.nights[p.chosen].Valid() {
		words = "Not valid: " + p.nights[p.chosen].Reason + "."
	}
	p.detail.SetText(words)
	show(p.detail, words != "")
}

func nightNumbers(n sleep.Night) []string {
	whole := func(v float64) string {
		if math.IsNaN(v) {
			return "–"
		}
		return fmt.Sprintf("%.0f", v)
	}
	se := "–"
	if !math.IsNaN(n.SE) {
		se = strconv.FormatFloat(n.SE, 'f', 1, 64)
	}
	return []string{whole(n.TIB), whole(n.TST), whole(n.SOL), whole(n.WASO), se}
}
