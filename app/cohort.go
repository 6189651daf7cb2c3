package app

import (
	"math"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
)

// Place is where a value of a measure lies among those of other recordings.
type Place struct {
	N                   int // others that have a value
	Below, Equal, Above int // how many of them

	// Of the others: the ends, quartiles and median. A time of day may be 24 h on,
	// or before midnight, so that all of them lie on one line with Value.
	Min, Q1, Median, Q3, Max float64

	Value  float64   // of the one that is placed
	Others []float64 // sorted
}

// Percentile returns the share of others below, and half of those that are equal, 0
// to 100; NaN without others.
func (p Place) Percentile() float64 {
	return 100 * (float64(p.Below) + float64(p.Equal)/2) / float64(p.Below+p.Equal+p.Above)
}

// PlaceAmong places a value among those of others; NaN are others without one. On a
// day, as of a time of day, there is no least value: the line begins half a day
// before the middle of all.
func PlaceAmong(value float64, others []float64, onDay bool) Place {
	list := make([]float64, 0, len(others))
	for _, v := range others {
		if !math.IsNaN(v) {
			list = append(list, v)
		}
	}
	nan := math.NaN()
	p := Place{N: len(list), Min: nan, Q1: nan, Median: nan, Q3: nan, Max: nan, Value: value, Others: list}
	if p.N == 0 || math.IsNaN(value) {
		return p
	}
	if onDay {
		middle := middleOfDay(append([]float64{value}, list...))
		p.Value = near(value, middle)
		for i, v := range list {
			list[i] = near(v, middle)
		}
	}
	slices.Sort(list)
	below, _ := slices.BinarySearch(list, p.Value)
	notAbove, _ := slices.BinarySearchFunc(list, p.Value, func(v, of float64) int {
		if v <= of {
			return -1
		}
		return 1
	})
	p.Below, p.Equal, p.Above = below, notAbove-below, p.N-notAbove
	p.Min, p.Max = list[0], list[p.N-1]
	p.Q1, p.Median, p.Q3 = quantileOf(list, .25), quantileOf(list, .5), quantileOf(list, .75)
	return p
}

// middleOfDay is the direction of the mean of times on the clock's face, hours.
func middleOfDay(hours []float64) float64 {
	var x, y float64
	for _, h := range hours {
		x += math.Cos(h * math.Pi / 12)
		y += math.Sin(h * math.Pi / 12)
	}
	return math.Atan2(y, x) * 12 / math.Pi
}

// near returns a time of day as the number of hours that is within half a day of
// another.
func near(hours, middle float64) float64 {
	return middle + math.Remainder(hours-middle, 24)
}

// onOneLine puts times of day, hours, on one line of 24 h around their middle: 23:30
// and 00:30 lie an hour apart. NaN stay.
func onOneLine(hours []float64) []float64 {
	known := slices.DeleteFunc(slices.Clone(hours), math.IsNaN)
	middle := middleOfDay(known)
	line := make([]float64, len(hours))
	for i, h := range hours {
		line[i] = near(h, middle)
	}
	return line
}

// quantileOf interpolates between the sorted values on both sides.
func quantileOf(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := min(int(at), max(0, len(sorted)-2))
	j := min(i+1, len(sorted)-1)
	return sorted[i] + (at-float64(i))*(sorted[j]-sorted[i])
}

// Peers returns those recordings whose measures can be set beside those of one: of
// the same unit and length of epoch. The one itself is not among them.
func Peers(rows []Row, to actigraphy.Info) []Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r Row) bool {
		return r.ID == to.ID || r.Unit != to.Unit || r.Epoch != to.Epoch
	})
}

// Difference is a value of a measure in one definition beside that in another.
type Difference struct {
	Differs  bool    // by more than rounding
	Absolute float64 // the second less the first; NaN where the two can't be subtracted
	Percent  float64 // of the first; NaN where that is 0, or a time of day
	Reason   string  // why there is no difference; a clause
}

// rounding is up to what relative difference two numbers count as the same.
const rounding = 1e-9

// Between compares what two definitions make of one measure.
func Between(first, second metrics.Value) Difference {
	d := Difference{Differs: true, Absolute: math.NaN(), Percent: math.NaN()}
	switch a, b := first.Value, second.Value; {
	case math.IsNaN(a) && math.IsNaN(b):
		d.Differs, d.Reason = false, "neither has a value"
	case math.IsNaN(a) || math.IsNaN(b):
		d.Reason = "only one has a value"
	case first.Unit != second.Unit:
		d.Reason = "in other units"
	default:
		d.Absolute = b - a
		if first.TimeOfDay() {
			d.Absolute = math.Remainder(b-a, 24)
		} else if a != 0 {
			d.Percent = 100 * d.Absolute / math.Abs(a)
		}
		d.Differs = math.Abs(d.Absolute) > rounding*max(math.Abs(a), math.Abs(b))
	}
	return d
}

// MeasureKey names what the measures of a recording depend on, of what a library may
// change of it: its zone and its mask.
func MeasureKey(r Row) string { return r.ID + "\x00" + r.Start.String() + "\x00" + r.Mask }
