package mims

// Area integrates the absolute values of one axis over an epoch by trapezoids,
// within the epoch alone.
type Area struct {
	begun bool
	last  float64
	sum   float64
}

// Add adds values that follow one another.
func (a *Area) Add(values []float64) {
	for _, v := range values {
		if a.begun {
			a.sum += (a.last + v) / 2 / Rate
		}
		a.begun, a.last = true, v
	}
}

// Break says that the next value does not follow the last one: nothing is integrated
// between them.
func (a *Area) Break() { a.begun = false }

// Take returns the area in MIMS units and begins anew. An area of no more than
// 1e-4 for each sample of an epoch of so many seconds is noise, and 0.
func (a *Area) Take(seconds int64) float64 {
	sum := a.sum
	*a = Area{}
	if sum <= 1e-4*Rate*float64(seconds) {
		return 0
	}
	return sum
}
