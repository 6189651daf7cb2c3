package explore_test

import (
	"math"
	"strings"
	"testing"

	"circascope/explore"
)

// The expected values are scipy 1.17.1's scipy.stats.spearmanr.
func TestSpearman(t *testing.T) {
	for _, tc := range []struct {
		name string
		x, y []float64
		want float64
	}{
		{"no ties", []float64{3, 1, 4, 1.5, 9, 2.6, 5}, []float64{2, 7, 1, 8, 2.8, 1.9, 4}, -0.39285714285714296},
		{"ties in both", []float64{1, 2, 2, 3, 3, 3, 4, 10}, []float64{5, 5, 1, 2, 2, 8, 8, 0}, -0.11875927843108029},
		{"ties in one", []float64{0, 0, 0, 1, 2}, []float64{10, 20, 30, 40, 25}, 0.4472135954999579},
		{"monotone", []float64{1, 2, 3, 4}, []float64{1, 8, 27, 1e9}, 1.0},
		{"reversed", []float64{1, 2, 3, 4}, []float64{9, 7, 3, -5}, -1.0},
	} {
		got, err := explore.Spearman(tc.x, tc.y)
		if err != nil || math.Abs(got-tc.want) > 1e-14 {
			t.Errorf("%s: got %v, %v; want %v", tc.name, got, err, tc.want)
		}
	}
}

func TestSpearmanRefuses(t *testing.T) {
	nan := math.NaN()
	for _, tc := range []struct {
		x, y []float64
		want string
	}{
		{[]float64{1, 2, 3}, []float64{1, 2}, "3 values against 2"},
		{[]float64{1, 2}, []float64{1, 2}, "at least 3"},
		{nil, nil, "at least 3"},
		{[]float64{1, 2, 3}, []float64{1, nan, 3}, "value 2 of series 2 is not a number"},
		{[]float64{4, 4, 4}, []float64{1, 2, 3}, "all values of series 1 are equal"},
	} {
		if _, err := explore.Spearman(tc.x, tc.y); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%v, %v: got %v, want it to say %q", tc.x, tc.y, err, tc.want)
		}
	}
}
