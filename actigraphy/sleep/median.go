package sleep

import (
	"math"
	"slices"
)

// window is a sorted set of values, whose median is known at every moment. Missing
// values are not in it.
type window struct{ sorted []float64 }

func newWindow(capacity int) *window { return &window{make([]float64, 0, capacity)} }

func (w *window) add(v float64) {
	if !math.IsNaN(v) {
		w.sorted = slices.Insert(w.sorted, w.place(v), v)
	}
}

func (w *window) remove(v float64) {
	if !math.IsNaN(v) {
		at := w.place(v)
		w.sorted = append(w.sorted[:at], w.sorted[at+1:]...)
	}
}

// replace takes one value out and puts another in, and moves what lies between.
func (w *window) replace(old, v float64) {
	if math.IsNaN(old) || math.IsNaN(v) {
		w.remove(old)
		w.add(v)
		return
	}
	from, to := w.place(old), w.place(v)
	if to > from { // the old value is gone from before it
		to--
		copy(w.sorted[from:to], w.sorted[from+1:to+1])
	} else {
		copy(w.sorted[to+1:from+1], w.sorted[to:from])
	}
	w.sorted[to] = v
}

// place returns where the first value stands that is not below v.
func (w *window) place(v float64) int {
	s := w.sorted
	base, n := 0, len(s)
	for n > 1 {
		half := n / 2
		if s[base+half-1] < v {
			base += half
		}
		n -= half
	}
	if n == 1 && s[base] < v {
		base++
	}
	return base
}

// median returns the middle value, the mean of two where there are two, and NaN if
// there are fewer than least.
func (w *window) median(least int) float64 {
	n := len(w.sorted)
	if n == 0 || n < least {
		return math.NaN()
	}
	return (w.sorted[(n-1)/2] + w.sorted[n/2]) / 2
}

// movingMedian returns the median around each epoch, from half before it to half
// after it, NaN where fewer than least values are there.
func movingMedian(x []float64, half, least int) []float64 {
	return shrinkingMedian(x, func(int) int { return half }, least)
}

// shrinkingMedian is movingMedian with a reach of its own for each epoch; from one
// epoch to the next it may change by one.
func shrinkingMedian(x []float64, reach func(int) int, least int) []float64 {
	out := make([]float64, len(x))
	w := newWindow(len(x))
	from, to := 0, 0 // the window holds x[from:to]
	for i := range x {
		low, high := max(0, i-reach(i)), min(len(x), i+reach(i)+1)
		if low == from+1 && high == to+1 {
			w.replace(x[from], x[to])
			from, to = low, high
		}
		for ; to < high; to++ {
			w.add(x[to])
		}
		for ; to > high; to-- {
			w.remove(x[to-1])
		}
		for ; from < low; from++ {
			w.remove(x[from])
		}
		for ; from > low; from-- {
			w.add(x[from-1])
		}
		out[i] = w.median(least)
	}
	return out
}

// quantile interpolates linearly between the sorted values that are not missing
// (type 7 of Hyndman and Fan). It is NaN if there are none.
func quantile(x []float64, q float64) float64 {
	sorted := make([]float64, 0, len(x))
	for _, v := range x {
		if !math.IsNaN(v) {
			sorted = append(sorted, v)
		}
	}
	if len(sorted) == 0 {
		return math.NaN()
	}
	slices.Sort(sorted)
	place := q * float64(len(sorted)-1)
	low := int(place)
	if low+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[low] + (place-float64(low))*(sorted[low+1]-sorted[low])
}
