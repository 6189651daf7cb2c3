package controls

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// FigureSize is the picture that a Figure wants: pixels, how many of them a unit
// of the window has, and the palette.
type FigureSize struct {
	Width, Height int
	Scale         float64
	Dark          bool
}

// Figure shows a chart at the size it has in the window. It takes tens of
// milliseconds to draw one, so the figure asks for its picture and shows it when
// it comes.
type Figure struct {
	widget.BaseWidget
	OnDraw  func(FigureSize) // asks for a picture; ShowPicture brings it
	OnTap   func(x, y int)   // a click, in pixels of the picture
	OnPoint func(x, y int)   // the pointer; -1, -1 where it left

	raster *canvas.Raster
	blank  *image.RGBA
	img    *image.RGBA
	asked  FigureSize
}

// NewFigure returns an empty figure.
func NewFigure() *Figure {
	f := &Figure{blank: image.NewRGBA(image.Rect(0, 0, 1, 1))}
	f.blank.Set(0, 0, color.Transparent)
	f.raster = canvas.NewRaster(f.generate)
	f.ExtendBaseWidget(f)
	return f
}

// Renew drops the picture and asks for another one: the chart has changed.
func (f *Figure) Renew() {
	f.img, f.asked = nil, FigureSize{}
	f.raster.Refresh()
}

// ShowPicture takes the picture that was asked for last.
func (f *Figure) ShowPicture(img *image.RGBA) {
	f.img = img
	f.raster.Refresh()
}

// generate returns the picture there is, and asks for one where it is of another
// size.
func (f *Figure) generate(w, h int) image.Image {
	size := FigureSize{Width: w, Height: h, Scale: 1, Dark: look.IsDark()}
	if width := f.raster.Size().Width; width > 0 {
		size.Scale = float64(w) / float64(width)
	}
	if size != f.asked && w > 1 && h > 1 && f.OnDraw != nil {
		f.asked = size
		f.OnDraw(size)
	}
	if f.img == nil {
		return f.blank
	}
	return f.img
}

// Tapped tells where the picture was clicked.
func (f *Figure) Tapped(e *fyne.PointEvent) {
	if f.OnTap != nil {
		f.OnTap(f.pixel(e.Position))
	}
}

// MouseIn tells where the pointer is.
func (f *Figure) MouseIn(e *desktop.MouseEvent) { f.MouseMoved(e) }

// MouseMoved tells where the pointer is.
func (f *Figure) MouseMoved(e *desktop.MouseEvent) {
	if f.OnPoint != nil {
		f.OnPoint(f.pixel(e.Position))
	}
}

// MouseOut tells that it left.
func (f *Figure) MouseOut() {
	if f.OnPoint != nil {
		f.OnPoint(-1, -1)
	}
}

func (f *Figure) pixel(p fyne.Position) (x, y int) {
	return int(float64(p.X) * f.asked.Scale), int(float64(p.Y) * f.asked.Scale)
}

// CreateRenderer is for Fyne.
func (f *Figure) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.raster) }
