package controls

import (
	"image"
	"math"

	"fyne.io/fyne/v2/canvas"

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
