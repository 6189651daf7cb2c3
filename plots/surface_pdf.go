package plots

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"strings"
	"unicode/utf16"

	"gonum.org/v1/plot/vg"
)

// pdfSurface writes a page of PDF 1.4 by hand: the format needs four kinds of
// object for what a chart draws, and the general libraries write the time of day
// and the order of a map into the file. Text goes as outlines, so no name is
// garbled by a font's encoding.
type pdfSurface struct {
	w, h   float64
	dpi    float64
	body   bytes.Buffer
	images []pdfImage
	alphas []uint8 // each a graphics state, named G0, G1 ...
}

type pdfImage struct {
	w, h int
	rgb  []byte // deflated
}

func (s *pdfSurface) pixel() float64 { return ptPerInch / s.dpi }

func (s *pdfSurface) fill(path vg.Path, c color.NRGBA) {
	s.alpha(c.A)
	fmt.Fprintf(&s.body, "%s rg\n", components(c))
	s.path(path)
	s.body.WriteString("f\n")
}

func (s *pdfSurface) stroke(path vg.Path, l line) {
	s.alpha(l.color.A)
	dash := make([]string, len(l.dash))
	for i, d := range l.dash {
		dash[i] = decimal(d)
	}
	fmt.Fprintf(&s.body, "%s RG %s w [%s] 0 d\n", components(l.color), decimal(l.width), strings.Join(dash, " "))
	s.path(path)
	s.body.WriteString("S\n")
}

func (s *pdfSurface) text(t text) { s.fill(t.outline(), t.color) }

func (s *pdfSurface) raster(r rect, paint func(w, h int) *image.RGBA) {
	k := s.dpi / ptPerInch
	w, h := int(math.Ceil(r.width()*k)), int(math.Ceil(r.height()*k))
	if w <= 0 || h <= 0 {
		return
	}
	s.alpha(255)
	fmt.Fprintf(&s.body, "q %s 0 0 %s %s %s cm /I%d Do Q\n",
		decimal(r.width()), decimal(r.height()), decimal(r.x0), decimal(r.y0), len(s.images))
	s.images = append(s.images, pdfImage{w, h, deflate(rgbOf(paint(w, h)))})
}

// rgbOf drops the alpha of an opaque image.
func rgbOf(img *image.RGBA) []byte {
	b := img.Bounds()
	rgb := make([]byte, 0, 3*b.Dx()*b.Dy())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := img.Pix[img.PixOffset(b.Min.X, y):]
		for x := range b.Dx() {
			rgb = append(rgb, row[4*x], row[4*x+1], row[4*x+2])
		}
	}
	return rgb
}

// alpha chooses the graphics state of an opacity.
func (s *pdfSurface) alpha(a uint8) {
	for i, known := range s.alphas {
		if known == a {
			fmt.Fprintf(&s.body, "/G%d gs\n", i)
			return
		}
	}
	fmt.Fprintf(&s.body, "/G%d gs\n", len(s.alphas))
	s.alphas = append(s.alphas, a)
}

func (s *pdfSurface) path(path vg.Path) {
	point := func(p vg.Point) {
		fmt.Fprintf(&s.body, "%s %s ", decimal(float64(p.X)), decimal(float64(p.Y)))
	}
	for _, c := range path {
		switch c.Type {
		case vg.MoveComp:
			point(c.Pos)
			s.body.WriteString("m\n")
		case vg.LineComp:
			point(c.Pos)
			s.body.WriteString("l\n")
		case vg.CurveComp:
			for _, control := range c.Control {
				point(control)
			}
			point(c.Pos)
			s.body.WriteString("c\n")
		case vg.CloseComp:
			s.body.WriteString("h\n")
		}
	}
}

// Object numbers of the file; images follow.
const (
	pdfCatalog = 1 + iota
	pdfPages
	pdfPage
	pdfContent
	pdfInfo
	pdfFirstImage
)

func (s *pdfSurface) writeTo(w io.Writer, title, description string) error {
	var states, images strings.Builder
	for i, a := range s.alphas {
		v := decimal(float64(a) / 255)
		fmt.Fprintf(&states, "/G%d<</ca %s/CA %s>>", i, v, v)
	}
	for i := range s.images {
		fmt.Fprintf(&images, "/I%d %d 0 R", i, pdfFirstImage+i)
	}
	f := &pdfFile{}
	f.buf.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	f.object("<</Type/Catalog/Pages %d 0 R>>", pdfPages)
	f.object("<</Type/Pages/Kids[%d 0 R]/Count 1>>", pdfPage)
	f.object("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Contents %d 0 R/Resources<</ExtGState<<%s>>/XObject<<%s>>>>>>",
		pdfPages, decimal(s.w), decimal(s.h), pdfContent, states.String(), images.String())
	f.stream("/Filter/FlateDecode", deflate(s.body.Bytes()))
	f.object("<</Title %s/Subject %s/Creator %s>>", pdfString(title), pdfString(description), pdfString("Circascope"))
	for _, img := range s.images {
		f.stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode",
			img.w, img.h), img.rgb)
	}
	_, err := w.Write(f.finish())
	return err
}

// pdfFile numbers the objects of a file in the order they are written.
type pdfFile struct {
	buf     bytes.Buffer
	offsets []int
}

func (f *pdfFile) object(format string, args ...any) {
	f.begin()
	fmt.Fprintf(&f.buf, format+"\nendobj\n", args...)
}

func (f *pdfFile) stream(entries string, data []byte) {
	f.begin()
	fmt.Fprintf(&f.buf, "<<%s/Length %d>>\nstream\n", entries, len(data))
	f.buf.Write(data)
	f.buf.WriteString("\nendstream\nendobj\n")
}

func (f *pdfFile) begin() {
	f.offsets = append(f.offsets, f.buf.Len())
	fmt.Fprintf(&f.buf, "%d 0 obj\n", len(f.offsets))
}

func (f *pdfFile) finish() []byte {
	start := f.buf.Len()
	fmt.Fprintf(&f.buf, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, offset := range f.offsets {
		fmt.Fprintf(&f.buf, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&f.buf, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.offsets)+1, pdfCatalog, pdfInfo, start)
	return f.buf.Bytes()
}

// pdfString writes a text string as UTF-16 in hex, which needs no escapes.
func pdfString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteByte('>')
	return b.String()
}

func components(c color.NRGBA) string {
	return decimal(float64(c.R)/255) + " " + decimal(float64(c.G)/255) + " " + decimal(float64(c.B)/255)
}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	// A bytes.Buffer does not fail.
	_, _ = z.Write(data)
	_ = z.Close()
	return b.Bytes()
}
