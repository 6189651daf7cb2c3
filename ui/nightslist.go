package ui

import (
	"fmt"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/sleep"
	"circascope/ui/look"
)

// nightHead names the columns of the list of nights.
func nightHead() fyne.CanvasObject {
	return look.Column(look.XS,
		quiet("As the paper's measures of nights: minutes, SE in %."),
		nightCells(look.Caption, "", "TIB", "TST", "SOL", "WASO", "SE"))
}

func nightCells(role look.Role, cells ...string) fyne.CanvasObject {
	row := container.NewGridWithColumns(len(cells) - 1)
	for _, c := range cells[1:] {
		row.Add(look.NewText(c, role))
	}
	return container.NewBorder(nil, nil, look.AtLeast(76, 0, look.NewShortText(cells[0], role)), nil, row)
}

// showList lists the periods with what came of each. The chosen one is strong; a
// changed one has a star.
func (p *nightsPanel) showList(list []rest.Period) {
	p.list.RemoveAll()
	for i, period := range list {
		role := look.Caption
		if i == p.chosen {
			role = look.Strong
		}
		name := "?"
		if p.recording != nil {
			name = p.at(period.From).Clock().Format("Mon 2")
		}
		if period.Kind == diary.Nap {
			name += " nap"
		}
		if period.Edited() {
			name += " *"
		}
		cells := []string{name, "", "", "", "", ""}
		if len(p.nights) == len(list) {
			copy(cells[1:], nightNumbers(p.nights[i]))
		}
		p.list.Add(newTapRow(nightCells(role, cells...), func() { p.choose(i, p.edge); p.editor.Reveal() }))
		if len(p.nights) == len(list) && p.nights[i].Reason != "" {
			p.list.Add(look.NewShortText("  not valid: "+p.nights[i].Reason, look.Caption))
		}
	}
	p.list.Refresh()
}

func nightNumbers(n sleep.Night) []string {
	whole := func(v float64) string {
		if math.IsNaN(v) {
			return "-"
		}
		return fmt.Sprintf("%.0f", v)
	}
	se := "-"
	if !math.IsNaN(n.SE) {
		se = strconv.FormatFloat(n.SE, 'f', 1, 64)
	}
	return []string{whole(n.TIB), whole(n.TST), whole(n.SOL), whole(n.WASO), se}
}

// tapRow is a row of the list that can be clicked.
type tapRow struct {
	widget.BaseWidget
	content fyne.CanvasObject
	tapped  func()
}

func newTapRow(content fyne.CanvasObject, tapped func()) *tapRow {
	r := &tapRow{content: content, tapped: tapped}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped chooses the row.
func (r *tapRow) Tapped(*fyne.PointEvent) { r.tapped() }

// CreateRenderer is for Fyne.
func (r *tapRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }
