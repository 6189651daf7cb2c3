package plots

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// imageSurface draws on pixels through gonum's vgimg. Text goes as outlines, so
// that rotated text is as sharp as the rest and nothing depends on hinting.
type imageSurface struct {
	canvas *vgimg.Canvas
	pixels draw.Image
	dpi    float64
}

// newImageSurface returns a surface of w by h pixels.
func newImageSurface(w, h int, dpi float64) *imageSurface {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	// vgimg takes whole dots per inch; at 72 its pixel is a point, and this type
	// scales.
	c := vgimg.NewWith(vgimg.UseImage(img), vgimg.UseDPI(ptPerInch))
	return &imageSurface{canvas: c, pixels: c.Image(), dpi: dpi}
}

func (s *imageSurface) image() *image.RGBA {
	if img, ok := s.pixels.(*image.RGBA); ok {
		return img
	}
	b := s.pixels.Bounds()
	img := image.NewRGBA(b)
	draw.Draw(img, b, s.pixels, b.Min, draw.Src)
	return img
}

func (s *imageSurface) pixel() float64 { return ptPerInch / s.dpi }

func (s *imageSurface) fill(path vg.Path, c color.NRGBA) {
	s.canvas.SetColor(c)
	s.canvas.Fill(s.scaled(path))
}

func (s *imageSurface) stroke(path vg.Path, l line) {
	k := s.dpi / ptPerInch
	dash := make([]vg.Length, len(l.dash))
	for i, d := range l.dash {
		dash[i] = vg.Length(d * k)
	}
	s.canvas.SetLineDash(dash, 0)
	s.canvas.SetLineWidth(vg.Length(l.width * k))
	s.canvas.SetColor(l.color)
	s.canvas.Stroke(s.scaled(path))
}

func (s *imageSurface) text(t text) { s.fill(t.outline(), t.color) }

func (s *imageSurface) raster(r rect, paint func(w, h int) *image.RGBA) {
	k := s.dpi / ptPerInch
	height := float64(s.pixels.Bounds().Dy())
	to := image.Rect(round(r.x0*k), round(height-r.y1*k), round(r.x1*k), round(height-r.y0*k))
	if to.Empty() {
		return
	}
	draw.Draw(s.pixels, to, paint(to.Dx(), to.Dy()), image.Point{}, draw.Over)
}

// scaled returns the path in pixels.
func (s *imageSurface) scaled(path vg.Path) vg.Path {
	k := vg.Length(s.dpi / ptPerInch)
	out := make(vg.Path, len(path))
	for i, c := range path {
		c.Pos = c.Pos.Scale(k)
		for j, p := range c.Control {
			if j == 0 {
				c.Control = append([]vg.Point(nil), c.Control...)
			}
			c.Control[j] = p.Scale(k)
		}
		out[i] = c
	}
	return out
}

func round(v float64) int { return int(math.Round(v)) }
