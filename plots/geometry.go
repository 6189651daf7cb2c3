package plots

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// rect is a part of the page in points; the origin is at the bottom left.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) width() float64  { return r.x1 - r.x0 }
func (r rect) height() float64 { return r.y1 - r.y0 }

// inset returns the rectangle without a margin on each side, never inside out.
func (r rect) inset(left, bottom, right, top float64) rect {
	r.x0, r.y0, r.x1, r.y1 = r.x0+left, r.y0+bottom, r.x1-right, r.y1-top
	if r.x1 < r.x0 {
		r.x0 = (r.x0 + r.x1) / 2
		r.x1 = r.x0
	}
	if r.y1 < r.y0 {
		r.y0 = (r.y0 + r.y1) / 2
		r.y1 = r.y0
	}
	return r
}

func (r rect) path() vg.Path {
	return polygon(xy{r.x0, r.y0}, xy{r.x1, r.y0}, xy{r.x1, r.y1}, xy{r.x0, r.y1})
}

// xy is a point of the page, in points.
type xy struct{ x, y float64 }

func (p xy) vg() vg.Point { return vg.Point{X: vg.Length(p.x), Y: vg.Length(p.y)} }

// polyline returns an open path.
func polyline(points ...xy) vg.Path {
	var path vg.Path
	for i, p := range points {
		if i == 0 {
			path.Move(p.vg())
			continue
		}
		path.Line(p.vg())
	}
	return path
}

// polygon returns a closed path.
func polygon(points ...xy) vg.Path {
	path := polyline(points...)
	path.Close()
	return path
}

// bezierCircle is the length of the control arms that make four cubic curves a
// circle to within 0.03 %.
const bezierCircle = 0.5522847498

// marker returns the outline of a point of a shape around a centre. The shapes
// have about the area of the disc of that radius.
func marker(shape Shape, c xy, radius float64) vg.Path {
	switch shape {
	case Square:
		h := radius * math.Sqrt(math.Pi) / 2
		return rect{c.x - h, c.y - h, c.x + h, c.y + h}.path()
	case Triangle:
		h := radius * 1.35
		return polygon(xy{c.x, c.y + h}, xy{c.x - h*0.866, c.y - h/2}, xy{c.x + h*0.866, c.y - h/2})
	case Diamond:
		h := radius * math.Sqrt(math.Pi/2)
		return polygon(xy{c.x, c.y + h}, xy{c.x - h, c.y}, xy{c.x, c.y - h}, xy{c.x + h, c.y})
	default:
		return disc(c, radius)
	}
}

func disc(c xy, r float64) vg.Path {
	k := r * bezierCircle
	var p vg.Path
	p.Move(xy{c.x + r, c.y}.vg())
	p.CubeTo(xy{c.x + r, c.y + k}.vg(), xy{c.x + k, c.y + r}.vg(), xy{c.x, c.y + r}.vg())
	p.CubeTo(xy{c.x - k, c.y + r}.vg(), xy{c.x - r, c.y + k}.vg(), xy{c.x - r, c.y}.vg())
	p.CubeTo(xy{c.x - r, c.y - k}.vg(), xy{c.x - k, c.y - r}.vg(), xy{c.x, c.y - r}.vg())
	p.CubeTo(xy{c.x + k, c.y - r}.vg(), xy{c.x + r, c.y - k}.vg(), xy{c.x + r, c.y}.vg())
	p.Close()
	return p
}
