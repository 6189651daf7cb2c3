package plots

import "math"

// stamp is how much of each pixel around a point its shape covers.
type stamp struct {
	half     int // pixels from the point's pixel to the edge
	side     int // 2*half + 1
	coverage []uint8
}

type stampKey struct {
	shape  Shape
	radius float64
}

// maxRadius bounds a stamp: a larger point would hide the chart.
const maxRadius = 64

// stamp returns the coverage of a shape, made once for each radius.
func (sr *ScatterRaster) stamp(shape Shape, radius float64) *stamp {
	key := stampKey{shape, min(max(radius, 0.5), maxRadius)}
	if s, ok := sr.stamps[key]; ok {
		return s
	}
	if sr.stamps == nil || len(sr.stamps) > 4*shapes {
		sr.stamps = make(map[stampKey]*stamp) // radii change only with the zoom of the screen
	}
	s := newStamp(key.shape, key.radius)
	sr.stamps[key] = s
	return s
}

// newStamp samples a shape in 8 by 8 places a pixel.
func newStamp(shape Shape, radius float64) *stamp {
	half := int(math.Ceil(radius*1.5)) + 1
	s := &stamp{half: half, side: 2*half + 1}
	s.coverage = make([]uint8, s.side*s.side)
	const sub = 8
	for i := range s.coverage {
		hits := 0
		for k := range sub * sub {
			x := float64(i%s.side-half) + (float64(k%sub)+0.5)/sub - 0.5
			y := float64(i/s.side-half) + (float64(k/sub)+0.5)/sub - 0.5
			if covers(shape, x, -y, radius) {
				hits++
			}
		}
		s.coverage[i] = uint8(hits * 255 / (sub * sub))
	}
	return s
}

// covers reports whether a shape around the origin holds a point, y upwards. The
// sizes are those of marker.
func covers(shape Shape, x, y, radius float64) bool {
	switch shape {
	case Square:
		h := radius * math.Sqrt(math.Pi) / 2
		return math.Abs(x) <= h && math.Abs(y) <= h
	case Triangle:
		h := radius * 1.35
		return y >= -h/2 && y <= h-math.Abs(x)*math.Sqrt(3)
	case Diamond:
		return math.Abs(x)+math.Abs(y) <= radius*math.Sqrt(math.Pi/2)
	default:
		return x*x+y*y <= radius*radius
	}
}
