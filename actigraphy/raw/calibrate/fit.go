package calibrate

import (
	"fmt"
	"math"
)

// Limits of the iteration. The publication's program stops by the same tolerance,
// but of the residual divided once more by the number of windows, which is after
// two or three steps; here the iteration goes on until it stands still.
const (
	maxIterations = 1000
	tolerance     = 1e-10 // of the weighted mean square, g²
	maxWeight     = 100   // of a window, 1/g: nearer than 1/100 g to the sphere is as good as on it
)

// Result is a correction and how it came about.
type Result struct {
	Correction
	Applied       bool    // false: Correction is None
	Refused       string  // why it is not applied, a clause
	Windows       int     // still windows
	Before, After float64 // mean distance of the windows from 1 g; NaN where there are none
	Temperature   bool    // whether the temperature was used
}

// Fit finds the correction that brings the still windows closest to the sphere of
// 1 g by iterative closest points: each window is moved to the nearest point of
// the sphere, a weighted line through these is fitted on each axis, with the
// temperature where every window has one, until nothing changes.
func Fit(windows []Window) Result {
	r := Result{Correction: None, Windows: len(windows), Before: meanError(windows, None), After: math.NaN()}
	if r.Refused = unfit(windows); r.Refused != "" {
		return r
	}
	f := newFit(windows)
	f.iterate()
	r.After = meanError(windows, f.Correction)
	r.Temperature = f.warm
	if !(r.After < r.Before && r.After < Accepted) {
		r.Refused = fmt.Sprintf("the error would be %.1f mg instead of %.1f mg, and below %.0f mg is wanted", r.After*1000, r.Before*1000, Accepted*1000)
		return r
	}
	r.Applied, r.Correction = true, f.Correction
	return r
}

// unfit says why a fit would mean nothing.
func unfit(windows []Window) string {
	if len(windows) < MinWindows {
		return fmt.Sprintf("there are %d still windows of ten seconds and at least %d are wanted", len(windows), MinWindows)
	}
	for k, axis := range []string{"x", "y", "z"} {
		least, most := math.Inf(1), math.Inf(-1)
		for i := range windows {
			least, most = min(least, windows[i].Mean[k]), max(most, windows[i].Mean[k])
		}
		if least > -Populated || most < Populated {
			return fmt.Sprintf("the device lay still in too few positions: axis %s from %.2f to %.2f g, and beyond %.1f g on both sides is wanted", axis, least, most, Populated)
		}
	}
	return ""
}

// meanError is the mean distance of corrected windows from 1 g.
func meanError(windows []Window, c Correction) float64 {
	if len(windows) == 0 {
		return math.NaN()
	}
	sum := 0.0
	for i := range windows {
		sum += math.Abs(length(c.Apply(&windows[i])) - 1)
	}
	return sum / float64(len(windows))
}

func length(v [3]float64) float64 { return math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2]) }

// fit is an iteration under way.
type fit struct {
	Correction
	windows []Window
	warm    bool // the temperature is used
	weights []float64
	now     [][3]float64 // windows as corrected so far
	nearest [][3]float64 // on the sphere
}

func newFit(windows []Window) *fit {
	f := &fit{
		Correction: None, windows: windows, weights: make([]float64, len(windows)),
		now: make([][3]float64, len(windows)), nearest: make([][3]float64, len(windows)),
	}
	for i := range f.weights {
		f.weights[i] = maxWeight
	}
	f.useTemperature()
	return f
}

// useTemperature decides whether the temperature is known everywhere and changes.
func (f *fit) useTemperature() {
	sum, least, most := 0.0, math.Inf(1), math.Inf(-1)
	for i := range f.windows {
		t := f.windows[i].Temperature
		sum, least, most = sum+t, math.Min(least, t), math.Max(most, t) // NaN stays
	}
	if f.warm = most-least > 0; f.warm {
		f.MeanTemperature = sum / float64(len(f.windows))
	}
}

func (f *fit) iterate() {
	before := math.Inf(1)
	for range maxIterations {
		f.project()
		var l [3]line
		for k := range l {
			l[k] = f.line(k)
		}
		residual := f.adjust(l)
		if math.Abs(residual-before) < tolerance {
			return
		}
		before = residual
	}
}

// project finds the point of the sphere nearest to each corrected window.
func (f *fit) project() {
	for i := range f.windows {
		f.now[i] = f.Apply(&f.windows[i])
		n := length(f.now[i])
		for k := range 3 {
			f.nearest[i][k] = f.now[i][k] / n
		}
	}
}

// adjust takes the lines into the correction, weighs the windows anew by their
// distance from the sphere, and returns the weighted mean square of it.
func (f *fit) adjust(l [3]line) float64 {
	total, residual := 0.0, 0.0
	for _, w := range f.weights {
		total += w
	}
	for i := range f.windows {
		square := 0.0
		for k := range 3 {
			d := l[k].at(f.now[i][k], f.degrees(i)) - f.nearest[i][k]
			square += d * d
		}
		residual += f.weights[i] * square / total
		f.weights[i] = math.Min(1/math.Sqrt(square), maxWeight)
	}
	for k := range 3 {
		f.Offset[k] += l[k].intercept / (f.Scale[k] * l[k].slope)
		f.Drift[k] = f.Drift[k]*l[k].slope + l[k].warmth
		f.Scale[k] *= l[k].slope
	}
	return residual
}

// degrees is the temperature of a window above the mean.
func (f *fit) degrees(i int) float64 {
	if !f.warm {
		return 0
	}
	return f.windows[i].Temperature - f.MeanTemperature
}
