package calibrate

// line is a weighted least-squares plane: nearest = intercept + slope*now +
// warmth*degrees.
type line struct{ intercept, slope, warmth float64 }

func (l line) at(v, degrees float64) float64 { return l.intercept + l.slope*v + l.warmth*degrees }

// line fits axis k, from weighted means and centred products.
func (f *fit) line(k int) line {
	var total, v, t, y float64
	for i, w := range f.weights {
		total += w
		v += w * f.now[i][k]
		t += w * f.degrees(i)
		y += w * f.nearest[i][k]
	}
	v, t, y = v/total, t/total, y/total
	var vv, vt, tt, vy, ty float64
	for i, w := range f.weights {
		dv, dt, dy := f.now[i][k]-v, f.degrees(i)-t, f.nearest[i][k]-y
		vv += w * dv * dv
		vt += w * dv * dt
		tt += w * dt * dt
		vy += w * dv * dy
		ty += w * dt * dy
	}
	l := line{slope: vy / vv}
	if det := vv*tt - vt*vt; f.warm && det > 1e-12*vv*tt {
		l.slope = (vy*tt - ty*vt) / det
		l.warmth = (ty*vv - vy*vt) / det
	}
	l.intercept = y - l.slope*v - l.warmth*t
	return l
}
