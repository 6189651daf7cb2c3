package plots

import (
	"math"
	"slices"
)

// times are ascending values, of which each was seen some number of times.
type times struct {
	values []float64
	upTo   []int // how many were seen of a value and all before it
}

// sortedTimes sorts values that are finite and not negative; nil counts are one
// each.
func sortedTimes(values []float64, counts []int64) times {
	seen := map[float64]int{}
	for i, v := range values {
		switch {
		case !(v >= 0) || !finite(v):
		case counts == nil:
			seen[bounded(v)]++
		case i < len(counts) && counts[i] > 0:
			seen[bounded(v)] += int(counts[i])
		}
	}
	var t times
	for v := range seen {
		t.values = append(t.values, v)
	}
	slices.Sort(t.values)
	n := 0
	for _, v := range t.values {
		n += seen[v]
		t.upTo = append(t.upTo, n)
	}
	return t
}

// n is how many were seen in all.
func (t times) n() int {
	if len(t.upTo) == 0 {
		return 0
	}
	return t.upTo[len(t.upTo)-1]
}

// count is how many were seen of the i-th value.
func (t times) count(i int) int {
	if i == 0 {
		return t.upTo[0]
	}
	return t.upTo[i] - t.upTo[i-1]
}

// quantile is that of NumPy's default, by linear interpolation.
func (t times) quantile(q float64) float64 {
	h := q * float64(t.n()-1)
	lower, upper := t.at(int(h)), t.at(min(int(h)+1, t.n()-1))
	return lower + (h-float64(int(h)))*(upper-lower)
}

// nearestRank is the least value that a share q of all did not exceed, as the
// record of latencies gives it.
func (t times) nearestRank(q float64) float64 {
	return t.at(max(0, int(math.Ceil(q*float64(t.n())))-1))
}

// at is the i-th of all that were seen, from 0.
func (t times) at(i int) float64 {
	k, _ := slices.BinarySearch(t.upTo, i+1)
	return t.values[k]
}

func (t times) mean() float64 {
	mean := 0.0
	for i, v := range t.values {
		mean += v * float64(t.count(i)) / float64(t.n())
	}
	return mean
}
