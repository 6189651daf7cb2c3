package mims

import "gonum.org/v1/gonum/interp"

// Lengths of the stretches that splines are fitted to, in samples of the device. A
// spline forgets a neighbour by a factor of four a sample, so a stretch and margins
// on both sides give what one spline through everything would.
const (
	stretch = 1024
	margin  = 32
)

// upsample brings a signal to Rate by natural cubic splines.
type upsample struct {
	step float64   // device samples from one value to the next
	base int       // number of buf[0]
	out  int       // values given
	buf  []float64 // device samples that are still needed
	at   []float64 // 0, 1, 2 ...
}

// append appends to dst what the samples complete; at the end of a segment last is
// true and nothing is kept back.
func (u *upsample) append(dst, samples []float64, last bool) []float64 {
	if u.step == 1 {
		return append(dst, samples...)
	}
	for len(samples) > 0 {
		n := min(stretch+2*margin-len(u.buf), len(samples))
		u.buf, samples = append(u.buf, samples[:n]...), samples[n:]
		if len(u.buf) == stretch+2*margin {
			dst = u.give(dst, u.base+len(u.buf)-margin)
		}
	}
	if last {
		dst = u.give(dst, u.base+len(u.buf))
	}
	return dst
}

// give appends the values before device sample end, and drops what is over.
func (u *upsample) give(dst []float64, end int) []float64 {
	if len(u.buf) < 3 {
		return append(dst, u.buf...) // too short for a curve
	}
	for len(u.at) < len(u.buf) {
		u.at = append(u.at, float64(len(u.at)))
	}
	var spline interp.NaturalCubic
	if err := spline.Fit(u.at[:len(u.buf)], u.buf); err != nil {
		panic("mims: " + err.Error()) // the places rise by ones
	}
	for ; ; u.out++ {
		at := float64(u.out) * u.step
		if at > float64(end-1) {
			break
		}
		dst = append(dst, spline.Predict(at-float64(u.base)))
	}
	if drop := min(int(float64(u.out)*u.step)-margin-u.base, len(u.buf)); drop > 0 {
		u.buf = u.buf[:copy(u.buf, u.buf[drop:])]
		u.base += drop
	}
	return dst
}
