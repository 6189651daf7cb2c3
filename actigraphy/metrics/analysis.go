package metrics

import (
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/sleep"
)

// analysis is a recording and what measures have worked out of it so far.
type analysis struct {
	r    *actigraphy.Recording
	rest []sleep.Period // as in Input
	memo map[any]any
}

func newAnalysis(in Input) *analysis {
	return &analysis{r: in.Recording, rest: in.Rest, memo: map[any]any{}}
}

// analysisOf returns the analysis of a recording made out of another one, without
// rest periods.
func analysisOf(r *actigraphy.Recording) *analysis { return newAnalysis(Input{Recording: r}) }

// outcome is what is remembered of a calculation.
type outcome[T any] struct {
	value T
	err   error
}

// remembered returns what f gave for the key, which it is called for once.
func remembered[T any](x *analysis, key any, f func() (T, error)) (T, error) {
	if known, ok := x.memo[key].(outcome[T]); ok {
		return known.value, known.err
	}
	value, err := f()
	x.memo[key] = outcome[T]{value, err}
	return value, err
}

// onClock returns the activity as the wall clock counted it: an hour that the
// clock skips is missing; of one that it repeats the first pass counts.
func (x *analysis) onClock() []float64 {
	type key struct{}
	activity, _ := remembered(x, key{}, func() ([]float64, error) {
		activity, _, _ := x.r.OnWallClock(actigraphy.KeepFirst)
		return activity, nil
	})
	return activity
}

// at returns the activity at levels, on the wall clock for Paper and as it was
// recorded for PyActigraphy.
func (x *analysis) at(d Definition, l levels) []float64 {
	type key struct {
		d Definition
		l levels
	}
	activity, _ := remembered(x, key{d, l}, func() ([]float64, error) {
		if d == Paper {
			return l.apply(x.onClock()), nil
		}
		return l.apply(x.r.Activity), nil
	})
	return activity
}

// part returns the analysis of the epochs from one to before another, counted on
// the wall clock for Paper and as recorded for PyActigraphy. A part is no longer
// in a zone: changes of the clock have been dealt with.
func (x *analysis) part(d Definition, from, to int) *analysis {
	type key struct {
		d        Definition
		from, to int
	}
	part, _ := remembered(x, key{d, from, to}, func() (*analysis, error) {
		r := *x.r
		r.Activity = x.at(d, raw)[from:to]
		r.Channels = nil
		if r.Start.HasDate() {
			r.Start = actigraphy.Naive(r.Start.Clock())
		}
		r.Start = r.Start.Add(time.Duration(from) * r.Epoch)
		return analysisOf(&r), nil
	})
	return part
}
