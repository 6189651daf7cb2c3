package metrics

import (
	"fmt"
	"math"
	"time"

	"gonum.org/v1/gonum/floats"

	"circascope/actigraphy"
)

// window is the extreme window of an average day.
type window struct {
	mean  float64
	onset time.Duration // since midnight
	tie   tie
}

// extreme finds the extreme window of a recording's average day.
func extreme(x *analysis, d Definition, length time.Duration, l levels, dir direction) (window, error) {
	r := x.r
	if length%r.Epoch != 0 {
		return window{}, fmt.Errorf("a window of %v is not made of epochs of %v", actigraphy.InWords(length), actigraphy.InWords(r.Epoch))
	}
	n := int(length / r.Epoch)
	profile, err := x.epochProfile(d, l)
	if err != nil {
		return window{}, err
	}
	sums := circularSums(profile, n)
	best := firstExtreme(sums, dir)
	equal := equals(sums[:len(profile)], sums[best], margin(profile, d))
	if d == PyActigraphy {
		return window{sums[best] / float64(n), time.Duration(best) * r.Epoch % day, equal.tie(r.Epoch, 0)}, nil
	}
	begins := r.Start.SinceMidnight() % r.Epoch
	onset := time.Duration(equal.middle())*r.Epoch + begins
	return window{sums[best] / float64(n), onset, equal.tie(r.Epoch, begins)}, nil
}

// margin returns by how much window sums must differ to count as different: Paper
// ignores rounding, PyActigraphy compares the sums as they come.
func margin(profile []float64, d Definition) float64 {
	if d == PyActigraphy {
		return 0
	}
	return 1e-12 * floats.Sum(profile)
}

// firstExtreme returns the index of the first of the most extreme sums; those that
// are NaN are passed over.
func firstExtreme(sums []float64, dir direction) int {
	sign := 1.0
	if dir == lowest {
		sign = -1
	}
	at := 0
	for i, s := range sums {
		if math.IsNaN(sums[at]) || sign*(s-sums[at]) > 0 {
			at = i
		}
	}
	return at
}
