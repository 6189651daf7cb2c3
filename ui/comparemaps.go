package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// compareMaps shows the map of each size side by side; a week under the pointer is
// marked in all.
type compareMaps struct {
	page   *compare
	color  *colorChoice
	hover  *look.Text
	panels []*controls.Scatter
}

func newCompareMaps(page *compare) *compareMaps {
	v := &compareMaps{page: page, hover: look.NewShortText("", look.Body)}
	v.color = newColorChoice(page.w, page.w.prefs.store.StringWithFallback(prefColorBy, app.ColorActivity))
	v.color.OnChanged = func(string) { page.refresh() }
	return v
}

// offer lists by what points can be coloured.
func (v *compareMaps) offer(columns []app.Field) {
	v.color.offer(columns, oneOf(columns, v.color.Selected()))
}

// column is what the points are coloured by.
func (v *compareMaps) column() string { return colorColumn(v.color.Selected()) }

func (v *compareMaps) content() fyne.CanvasObject {
	v.panels = nil
	paint := v.page.coloring.Paint(v.page.result.Weeks)
	grid := look.Grid(len(v.page.result.Sizes))
	for _, s := range v.page.result.Sizes {
		grid.Add(v.panel(s.Projection, paint))
	}
	choice := look.Row(look.S, container.NewCenter(look.NewText("Colour", look.Muted)), look.AtLeast(210, 0, v.color.button))
	line := container.NewBorder(nil, nil, nil, choice, v.hover)
	legend := container.NewVScroll(look.Column(look.M,
		controls.NewLegend(v.page.coloring, paint),
		quiet("Each size has its own axes: look at who lies beside whom, not at where. Point at a week to find it in the others; a click opens its activity.")))
	legend.SetMinSize(fyne.NewSize(0, 130))
	v.hover.SetText(v.page.w.study.markedWords())
	return container.NewBorder(line, controls.NewCard(legend), nil, nil, look.InsetBy(look.S, 0, grid))
}

func (v *compareMaps) panel(m app.Projection, paint plots.Paint) fyne.CanvasObject {
	s := controls.NewScatter()
	x, y := columnsOf(m.XY)
	s.SetPoints(controls.Points{
		X: x, Y: y, Marks: paint.Points, Selected: pointsOf(m.Set.Results, v.page.w.study), Chosen: chosenPoint(m.Set.Results, v.page.w.study),
		XTitle: shortAxis(1, m.Explained[0]), YTitle: shortAxis(2, m.Explained[1]),
	})
	s.OnHover = v.hovered
	s.OnLasso = func(ids []int) { v.page.w.study.mark(recordingsOf(m.Set.Results, ids)) }
	s.Lasso = true
	s.OnTap = func(i int) {
		v.page.w.study.choose(m.Set.Results[i].Recording)
		v.page.w.goTo(activityPlace)
	}
	v.panels = append(v.panels, s)
	return container.NewBorder(look.NewText("PAT-"+string(m.Set.Model), look.Subheading), nil, nil, nil, s)
}

func shortAxis(component int, explained float64) string {
	return fmt.Sprintf("PC%d (%.1f %%)", component, 100*explained)
}

// hovered marks the same week in every panel.
func (v *compareMaps) hovered(i int) {
	for _, s := range v.panels {
		s.SetHover(i)
	}
	if results := v.page.result.Sizes[0].Set.Results; i >= 0 && i < len(results) {
		v.hover.SetText(describePoint(results[i], v.page.coloring, i))
		return
	}
	v.hover.SetText(v.page.w.study.markedWords())
}

func (v *compareMaps) showSelected() {
	for i, s := range v.panels {
		if i >= len(v.page.result.Sizes) {
			return // other results are being read
		}
		results := v.page.result.Sizes[i].Set.Results
		s.Select(pointsOf(results, v.page.w.study), chosenPoint(results, v.page.w.study))
	}
	v.hover.SetText(v.page.w.study.markedWords())
}
