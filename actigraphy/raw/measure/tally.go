package measure

import "math"

// tally sums values with weights by epoch, counted from the first of the recording.
type tally struct {
	sum, weight []float64
}

func (t *tally) add(i int, v, weight float64) {
	for len(t.sum) <= i {
		t.sum, t.weight = append(t.sum, 0), append(t.weight, 0)
	}
	t.sum[i] += v
	t.weight[i] += weight
}

// addKnown adds a mean over a weight, nothing where it is NaN.
func (t *tally) addKnown(i int, v, weight float64) {
	if !math.IsNaN(v) {
		t.add(i, v*weight, weight)
	}
}

// total returns the sum of epoch i, 0 where nothing came.
func (t *tally) total(i int) float64 {
	if i >= len(t.sum) {
		return 0
	}
	return t.sum[i]
}

// mean returns the weighted mean of epoch i, NaN where nothing came.
func (t *tally) mean(i int) float64 {
	if i >= len(t.sum) || t.weight[i] == 0 {
		return math.NaN()
	}
	return t.sum[i] / t.weight[i]
}
