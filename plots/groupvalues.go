package plots

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// groupValues are the values of a group in order.
type groupValues struct {
	sorted  []float64
	persons []int // indices into the group's values of those that are sorted
	missing int
	density []float64 // over the range, as a share of the greatest
}

func newGroupValues(g Group) groupValues {
	var r groupValues
	for i, v := range g.Values {
		if finite(v) {
			r.persons = append(r.persons, i)
		} else {
			r.missing++
		}
	}
	slices.SortStableFunc(r.persons, func(a, b int) int { return cmp.Compare(g.Values[a], g.Values[b]) })
	for _, i := range r.persons {
		r.sorted = append(r.sorted, bounded(g.Values[i]))
	}
	r.density = densityOf(r.sorted)
	return r
}

func (r groupValues) many() bool { return len(r.sorted) > maxPoints }

// words are the three lines beside a row.
func (r groupValues) words(name string, written func(float64) string) []string {
	n := "n " + thousands(fmt.Sprint(len(r.sorted)))
	if r.missing > 0 {
		n += fmt.Sprintf(", %s missing", thousands(fmt.Sprint(r.missing)))
	}
	if len(r.sorted) == 0 {
		return []string{name, n, "no median"}
	}
	return []string{name, n, "median " + written(quantile(r.sorted, 0.5))}
}

// pointShare is how much of the ink a point has: those that lie over another are seen.
const pointShare = 0.8

// points draws a point a person, spread over the height by how many are there.
func (r groupValues) points(pn panel, middle, half float64, ink color.NRGBA) {
	for i := range r.sorted {
		pn.p.fill(disc(r.spot(pn, middle, half, i), 0.2*pn.p.em), faded(ink, pointShare))
	}
}

// spot is where the i-th of the sorted values is drawn.
func (r groupValues) spot(pn panel, middle, half float64, i int) xy {
	v := r.sorted[i]
	return xy{pn.atX(v), middle + half*(2*evenly(i)-1)*r.densityAt(v)}
}

// middleHalf is the outline of the box, from one quartile to the other.
func (r groupValues) middleHalf(pn panel, middle, half float64) rect {
	return rect{pn.atX(quantile(r.sorted, 0.25)), middle - half, pn.atX(quantile(r.sorted, 0.75)), middle + half}
}

// ground fills the box.
func (r groupValues) ground(pn panel, middle, half float64, ink color.NRGBA) {
	outline := r.middleHalf(pn, middle, half).path()
	pn.p.fill(outline, faded(pn.p.paper, 0.75))
	pn.p.fill(outline, faded(ink, 0.25))
}

// box draws the lines of quartiles, median and whiskers.
func (r groupValues) box(pn panel, middle, half float64) {
	p := pn.p
	q1, q2, q3 := quantile(r.sorted, 0.25), quantile(r.sorted, 0.5), quantile(r.sorted, 0.75)
	reach := 1.5 * (q3 - q1)
	low := r.sorted[slices.IndexFunc(r.sorted, func(v float64) bool { return v >= q1-reach })]
	high := low
	for _, v := range r.sorted {
		if v <= q3+reach {
			high = v
		}
	}
	look := line{color: p.ink, width: dataLine * p.em}
	p.rule(xy{pn.atX(low), middle}, xy{pn.atX(q1), middle}, look)
	p.rule(xy{pn.atX(q3), middle}, xy{pn.atX(high), middle}, look)
	p.stroke(r.middleHalf(pn, middle, half).path(), look)
	p.rule(xy{pn.atX(q2), middle - half}, xy{pn.atX(q2), middle + half}, line{color: p.ink, width: 2.5 * dataLine * p.em})
}

// evenly returns the i-th of numbers from 0 to 1 of which any first ones lie evenly
// (van der Corput 1935), so that people with the same value do not hide each other.
func evenly(i int) float64 {
	at, share := 0.0, 0.5
	for i++; i > 0; i /= 2 {
		at += share * float64(i%2)
		share /= 2
	}
	return at
}

// violin is the outline of the density.
func (r groupValues) violin(pn panel, middle, half float64) vg.Path {
	lo, hi := r.sorted[0], r.sorted[len(r.sorted)-1]
	var upper, lower []xy
	for k, d := range r.density {
		x := pn.atX(lo + (hi-lo)*float64(k)/float64(max(len(r.density)-1, 1)))
		upper, lower = append(upper, xy{x, middle + half*d}), append(lower, xy{x, middle - half*d})
	}
	return band(upper, lower)
}

// densitySteps is at how many values the density is worked out.
const densitySteps = 160

// densityOf estimates the density of sorted values between the least and the
// greatest with a Gaussian kernel of Silverman's width (1986, equation 3.31), over
// its greatest. It is 1 everywhere where all values are the same.
func densityOf(sorted []float64) []float64 {
	density := make([]float64, densitySteps)
	_, sd := momentsOf(sorted)
	width := sd
	if iqr := (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34; iqr > 0 {
		width = min(sd, iqr)
	}
	width *= 0.9 * math.Pow(float64(len(sorted)), -0.2)
	top := 0.0
	for k := range density {
		density[k] = 1
		if width > 0 && finite(width) {
			density[k] = kernelSum(sorted, sorted[0]+(sorted[len(sorted)-1]-sorted[0])*float64(k)/(densitySteps-1), width)
		}
		top = max(top, density[k])
	}
	for k := range density {
		density[k] /= top
	}
	return density
}

// kernelSum adds the kernels of the values near a place.
func kernelSum(sorted []float64, at, width float64) float64 {
	const far = 6 // widths, where the kernel is 1e-8
	from, _ := slices.BinarySearch(sorted, at-far*width)
	sum := 0.0
	for _, v := range sorted[from:] {
		z := (v - at) / width
		if z > far {
			break
		}
		sum += math.Exp(-z * z / 2)
	}
	return sum
}

// densityAt is the density at a value.
func (r groupValues) densityAt(v float64) float64 {
	lo, hi := r.sorted[0], r.sorted[len(r.sorted)-1]
	if !(hi > lo) {
		return 1
	}
	return r.density[int((v-lo)/(hi-lo)*(densitySteps-1))]
}
