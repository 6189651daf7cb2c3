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
	var raster plots.HeatmapRaster
	missing := plots.DayMatrix{Labels: []string{""}, Columns: 1, Values: []float64{math.NaN()}, To: 1}
	return canvas.NewRaster(func(w, h int) image.Image {
		return raster.Draw(missing, w, h, plots.HeatmapView{Days: 1, Scale: plots.Scale{Max: 1}, Dark: look.IsDark()})
	})
}
