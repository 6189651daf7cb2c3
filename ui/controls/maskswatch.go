package controls

import (
	"image"

	"fyne.io/fyne/v2/canvas"

	"circascope/plots"
	"circascope/ui/look"
)

// NewMaskSwatch shows the pattern of a mask.
func NewMaskSwatch(pattern int) *canvas.Raster {
	return canvas.NewRaster(func(w, h int) image.Image { return plots.MaskSwatch(pattern, w, h, 1, look.IsDark()) })
}
