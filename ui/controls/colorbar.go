package controls

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"circascope/plots"
	"circascope/ui/look"
)

// The size of a colour bar.
const (
	barWidth  float32 = 260
	barHeight float32 = 10
	barMargin float32 = 14 // room for half a label at the ends
)

// ColorBar shows which colour stands for which value.
type ColorBar struct {
	widget.BaseWidget
	colors *plots.ColorMap
	ticks  []Tick
	raster *canvas.Raster
	labels []*look.Text
}

// NewColorBar returns an empty bar.
func NewColorBar() *ColorBar {
	b := &ColorBar{colors: plots.Cividis}
	b.raster = canvas.NewRaster(b.draw)
	b.ExtendBaseWidget(b)
	return b
}

// ShowScale shows the scale of an actogram.
func (b *ColorBar) ShowScale(colors *plots.ColorMap, s plots.Scale) { b.show(colors, scaleTicks(s)) }

// ShowRange shows an even scale from lo to hi.
func (b *ColorBar) ShowRange(colors *plots.ColorMap, lo, hi float64) {
	b.show(colors, niceTicks(lo, hi, 4))
}

func (b *ColorBar) show(colors *plots.ColorMap, ticks []Tick) {
	b.colors, b.ticks = colors, ticks
	b.labels = nil
	for _, t := range ticks {
		b.labels = append(b.labels, look.NewText(t.Label, look.Caption).Align(fyne.TextAlignCenter))
	}
	b.Refresh()
}

func (b *ColorBar) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		c := b.colors.At((float64(x) + 0.5) / float64(w))
		for y := range h {
			img.SetRGBA(x, y, color.RGBA{c.R, c.G, c.B, 255})
		}
	}
	return img
}

// CreateRenderer is for Fyne.
func (b *ColorBar) CreateRenderer() fyne.WidgetRenderer { return &colorBarRenderer{b} }

type colorBarRenderer struct{ bar *ColorBar }

func (r *colorBarRenderer) Layout(size fyne.Size) {
	width := size.Width - 2*barMargin
	r.bar.raster.Move(fyne.NewPos(barMargin, 0))
	r.bar.raster.Resize(fyne.NewSize(width, barHeight))
	for i, l := range r.bar.labels {
		s := l.MinSize()
		l.Resize(s)
		l.Move(fyne.NewPos(barMargin+float32(r.bar.ticks[i].At)*width-s.Width/2, barHeight+2))
	}
}

func (r *colorBarRenderer) MinSize() fyne.Size {
	return fyne.NewSize(barWidth, barHeight+2+look.NewText("0", look.Caption).MinSize().Height)
}

func (r *colorBarRenderer) Refresh() {
	r.Layout(r.bar.Size())
	r.bar.raster.Refresh()
	for _, l := range r.bar.labels {
		l.Refresh()
	}
}

func (r *colorBarRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.bar.raster}
	for _, l := range r.bar.labels {
		objects = append(objects, l)
	}
	return objects
}

func (r *colorBarRenderer) Destroy() {}
