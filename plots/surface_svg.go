package plots

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"
)

// svgSurface writes SVG 1.1. Text stays text, so that it can be searched and
// edited, and a reader's own fonts fill in where Liberation has no glyph; its
// family falls back on fonts of the same widths. Heatmaps are embedded PNGs.
type svgSurface struct {
	w, h float64
	dpi  float64
	body bytes.Buffer
	err  error
}

const svgFamily = "'Liberation Sans', Arial, Helvetica, sans-serif"

func (s *svgSurface) pixel() float64 { return ptPerInch / s.dpi }

func (s *svgSurface) fill(path vg.Path, c color.NRGBA) {
	fmt.Fprintf(&s.body, `<path d="%s"%s/>`+"\n", s.data(path), paintAttribute("fill", c))
}

func (s *svgSurface) stroke(path vg.Path, l line) {
	dash := ""
	if len(l.dash) > 0 {
		parts := make([]string, len(l.dash))
		for i, d := range l.dash {
			parts[i] = decimal(d)
		}
		dash = fmt.Sprintf(` stroke-dasharray="%s"`, strings.Join(parts, " "))
	}
	fmt.Fprintf(&s.body, `<path d="%s" fill="none"%s stroke-width="%s"%s/>`+"\n",
		s.data(path), paintAttribute("stroke", l.color), decimal(l.width), dash)
}

func (s *svgSurface) text(t text) {
	turn := ""
	x, y := decimal(t.at.x), decimal(s.h-t.at.y)
	if t.angle != 0 {
		turn = fmt.Sprintf(` transform="rotate(%s %s %s)"`, decimal(-t.angle*180/math.Pi), x, y)
	}
	weight := ""
	if t.bold {
		weight = ` font-weight="bold"`
	}
	fmt.Fprintf(&s.body, `<text x="%s" y="%s" font-size="%s"%s%s%s>%s</text>`+"\n",
		x, y, decimal(t.size), weight, turn, paintAttribute("fill", t.color), escape(t.s))
}

func (s *svgSurface) raster(r rect, paint func(w, h int) *image.RGBA) {
	k := s.dpi / ptPerInch
	w, h := int(math.Ceil(r.width()*k)), int(math.Ceil(r.height()*k))
	if w <= 0 || h <= 0 {
		return
	}
	var b bytes.Buffer
	if err := png.Encode(&b, paint(w, h)); err != nil && s.err == nil {
		s.err = err
	}
	fmt.Fprintf(&s.body, `<image x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="none" xlink:href="data:image/png;base64,%s"/>`+"\n",
		decimal(r.x0), decimal(s.h-r.y1), decimal(r.width()), decimal(r.height()),
		base64.StdEncoding.EncodeToString(b.Bytes()))
}

// writeTo writes the document. The title and description are what a screen
// reader says, and travel with the file.
func (s *svgSurface) writeTo(w io.Writer, title, description string) error {
	if s.err != nil {
		return s.err
	}
	var head bytes.Buffer
	fmt.Fprintf(&head, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" `+
		`width="%spt" height="%spt" viewBox="0 0 %s %s" font-family="%s">`+"\n",
		decimal(s.w), decimal(s.h), decimal(s.w), decimal(s.h), svgFamily)
	if title != "" {
		fmt.Fprintf(&head, "<title>%s</title>\n", escape(title))
	}
	if description != "" {
		fmt.Fprintf(&head, "<desc>%s</desc>\n", escape(description))
	}
	for _, part := range [][]byte{head.Bytes(), s.body.Bytes(), []byte("</svg>\n")} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// data returns the path as SVG path data, y downwards.
func (s *svgSurface) data(path vg.Path) string {
	var b strings.Builder
	point := func(p vg.Point) {
		b.WriteString(decimal(float64(p.X)))
		b.WriteByte(' ')
		b.WriteString(decimal(s.h - float64(p.Y)))
	}
	for _, c := range path {
		switch c.Type {
		case vg.MoveComp:
			b.WriteByte('M')
			point(c.Pos)
		case vg.LineComp:
			b.WriteByte('L')
			point(c.Pos)
		case vg.CurveComp:
			b.WriteByte('C')
			for _, control := range c.Control {
				point(control)
				b.WriteByte(' ')
			}
			point(c.Pos)
		case vg.CloseComp:
			b.WriteByte('Z')
		}
	}
	return b.String()
}

func paintAttribute(name string, c color.NRGBA) string {
	attribute := fmt.Sprintf(` %s="#%02x%02x%02x"`, name, c.R, c.G, c.B)
	if c.A != 255 {
		attribute += fmt.Sprintf(` %s-opacity="%s"`, name, decimal(float64(c.A)/255))
	}
	return attribute
}

// decimal writes a length with at most three decimals.
func decimal(v float64) string {
	s := strconv.FormatFloat(v, 'f', 3, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

func escape(s string) string {
	var b bytes.Buffer
	// A bytes.Buffer does not fail, and clean left no rune that XML refuses.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}
