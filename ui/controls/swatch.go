package controls

import (
	"image"
	"math"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"circascope/plots"
	"circascope/ui/look"
)

// NewMissingSwatch shows the pattern that stands for minutes not recorded.
func NewMissingSwatch() *canvas.Raster {
	return newSwatch(plots.DayMatrix{Labels: []string{""}, Columns: 1, Values: []float64{math.NaN()}, To: 1})
}

// NewClockSwatch shows the mark of time that the clock skipped or showed twice.
func NewClockSwatch(kind plots.ClockMarkKind) *canvas.Raster {
	return newSwatch(plots.DayMatrix{Labels: []string{""}, Columns: 1, Values: []float64{0}, To: 1, Marks: []plots.ClockMark{{Kind: kind, To: 1}}})
}

func newSwatch(cell plots.DayMatrix) *canvas.Raster {
	var raster plots.HeatmapRaster
	return canvas.NewRaster(func(w, h int) image.Image {
		return raster.Draw(cell, w, h, plots.HeatmapView{Days: 1, Scale: plots.Scale{Max: 1}, Dark: look.IsDark()})
	})
}

// NewWindowSwatch shows the colour of the i-th window of the day.
func NewWindowSwatch(i int) *canvas.Raster {
	return canvas.NewRaster(func(w, h int) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		fill(img, blend(plots.WindowColor(i), rgbaOf(theme.Color(theme.ColorNameBackground)), windowShare))
		return img
	})
}

// NewFitSwatch shows the line of a curve over the average day.
func NewFitSwatch() *canvas.Raster {
	return canvas.NewRaster(func(w, h int) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		fill(img, theme.Color(theme.ColorNameBackground))
		ink := rgbaOf(theme.Color(theme.ColorNameForeground))
		for x := range w {
			img.SetRGBA(x, h/2, ink)
			img.SetRGBA(x, h/2+1, ink)
		}
		return img
	})
}

// NewOffSwatch shows a day that does not count.
func NewOffSwatch() *canvas.Raster {
	return canvas.NewRaster(func(w, h int) image.Image { return plots.OffSwatch(w, h, 1, nil, look.IsDark()) })
}
