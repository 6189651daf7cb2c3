package controls

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"circascope/plots"
	"circascope/ui/look"
)

// legendNames is how many categories a legend lists.
const legendNames = 18

// NewLegend explains the colours of points.
func NewLegend(c plots.Coloring, p plots.Paint) fyne.CanvasObject {
	column := look.Column(look.XS)
	if c.Name != "" {
		column.Add(look.NewShortText(c.Name, look.Strong))
	}
	switch {
	case c.Numbers != nil:
		colors := c.Colors
		if colors == nil {
			colors = plots.Viridis
		}
		bar := NewColorBar()
		bar.ShowRange(colors, p.Min, p.Max)
		column.Add(bar)
	case c.Categories != nil:
		for i, name := range p.Names[:min(len(p.Names), legendNames)] {
			column.Add(legendRow(plots.MarkOf(i).Color, name))
		}
		if n := len(p.Names) - legendNames; n > 0 {
			column.Add(look.NewText(fmt.Sprintf("and %d more", n), look.Caption))
		}
	}
	if p.Other > 0 {
		column.Add(legendRow(plots.NoValueColor, fmt.Sprintf("other (%d)", p.Other)))
	}
	if p.NoValue > 0 {
		column.Add(legendRow(plots.NoValueColor, fmt.Sprintf("no value (%d)", p.NoValue)))
	}
	return column
}

func legendRow(ink color.RGBA, name string) fyne.CanvasObject {
	dot := canvas.NewCircle(ink)
	return container.NewBorder(nil, nil, container.NewCenter(container.NewGridWrap(fyne.NewSize(10, 10), dot)), nil, look.InsetBy(0, look.XS, look.NewShortText(name, look.Body)))
}
