package controls

import (
	"fmt"
	"image"

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
			column.Add(legendRow(plots.MarkOf(i), name))
		}
		if n := len(p.Names) - legendNames; n > 0 {
			column.Add(look.NewText(fmt.Sprintf("and %d more", n), look.Caption))
		}
	}
	if p.Other > 0 {
		column.Add(legendRow(plots.Mark{Color: plots.NoValueColor}, fmt.Sprintf("other (%d)", p.Other)))
	}
	if p.NoValue > 0 {
		column.Add(legendRow(plots.Mark{Color: plots.NoValueColor}, fmt.Sprintf("no value (%d)", p.NoValue)))
	}
	return column
}

func legendRow(m plots.Mark, name string) fyne.CanvasObject {
	mark := container.NewCenter(container.NewGridWrap(fyne.NewSize(markSize, markSize), newMark(m)))
	return container.NewBorder(nil, nil, mark, nil, look.InsetBy(0, look.XS, look.NewShortText(name, look.Body)))
}

// markSize is the room of a mark in a legend.
const markSize = 14

// newMark draws a point as the scatter draws it.
func newMark(m plots.Mark) *canvas.Raster {
	var raster plots.ScatterRaster
	return canvas.NewRaster(func(w, h int) image.Image {
		return onGround(raster.Draw([]float64{0}, []float64{0}, []plots.Mark{m}, plots.ScatterView{
			Viewport: plots.Viewport{MinX: -1, MaxX: 1, MinY: -1, MaxY: 1, W: w, H: h}, Radius: float64(w) * 0.34, Dark: look.IsDark(),
		}))
	})
}

// onGround makes the plot's paper, the colour of the first pixel, transparent: a
// legend may lie on a card.
func onGround(img *image.RGBA) *image.RGBA {
	if len(img.Pix) < 4 {
		return img
	}
	paper := [3]uint8(img.Pix[:3])
	for i := 0; i+3 < len(img.Pix); i += 4 {
		if [3]uint8(img.Pix[i:i+3]) == paper {
			img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = 0, 0, 0, 0
		}
	}
	return img
}
