package rawvalues

import (
	"math"
	"testing"
)

// Tally counts how many of the known values are met.
type Tally struct {
	T       testing.TB
	Met, Of int
}

// Within checks a number; tolerance 0 wants it exactly.
func (c *Tally) Within(name string, got, want, tolerance float64) {
	c.T.Helper()
	c.count(name, math.Abs(got-want) <= tolerance, got, want)
}

// Is checks a value for equality.
func (c *Tally) Is(name string, got, want any) {
	c.T.Helper()
	c.count(name, got == want, got, want)
}

// Triples checks samples for equality.
func (c *Tally) Triples(name string, got, want [][3]float64, tolerance float64) {
	c.T.Helper()
	ok := len(got) == len(want)
	for i := range min(len(got), len(want)) {
		for k := range 3 {
			ok = ok && math.Abs(got[i][k]-want[i][k]) <= tolerance
		}
	}
	c.count(name, ok, got, want)
}

func (c *Tally) count(name string, ok bool, got, want any) {
	c.T.Helper()
	c.Of++
	if ok {
		c.Met++
	} else {
		c.T.Errorf("%s: got %v, want %v", name, got, want)
	}
}
