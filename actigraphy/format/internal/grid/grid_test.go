package grid_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"circascope/actigraphy/format/internal/grid"
)

// rows makes rows at seconds, all with the value of their index.
func rows(seconds ...int) (grid.Rows, []float64) {
	r := grid.Rows{Same: func(i, j int) bool { return i == j }, Name: func(i int) string { return fmt.Sprint(seconds[i]) }}
	values := make([]float64, len(seconds))
	for i, s := range seconds {
		r.Times = append(r.Times, int64(s)*int64(time.Second))
		values[i] = float64(i)
	}
	return r, values
}

func TestFit(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name    string
		seconds []int
		epoch   time.Duration
		want    []float64
	}{
		{"regular", []int{0, 60, 120}, time.Minute, []float64{0, 1, 2}},
		{"a gap", []int{0, 60, 240}, time.Minute, []float64{0, 1, nan, nan, 2}},
		{"multiples of the shortest step", []int{0, 30, 120, 240, 300}, 30 * time.Second, []float64{0, 1, nan, nan, 2, nan, nan, nan, 3, nan, 4}},
		{"a second off", []int{0, 60, 120, 180, 240, 300, 360, 420, 480, 541, 601, 661}, time.Minute, []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
	}
	for _, tt := range tests {
		r, values := rows(tt.seconds...)
		g, err := grid.Fit(r, 0)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		got := g.Column(values)
		same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
		if g.Epoch != tt.epoch || !slices.EqualFunc(got, tt.want, same) {
			t.Errorf("%s: got %v of %v, want %v of %v", tt.name, got, g.Epoch, tt.want, tt.epoch)
		}
	}
}

func TestFitRefuses(t *testing.T) {
	var sparse []int
	for s := range 300 {
		sparse = append(sparse, s)
	}
	for d := range 20 {
		sparse = append(sparse, (d+1)*86400)
	}
	tests := []struct {
		name    string
		seconds []int
		epoch   time.Duration
		row     int
	}{
		{"no rows", nil, 0, 0},
		{"one row", []int{5}, 0, 0},
		{"back", []int{0, 60, 30, 120}, 0, 2},
		{"the same time", []int{0, 60, 60, 120}, 0, 2},
		{"irregular", []int{0, 60, 107, 180}, 0, 1},
		{"off the epochs", []int{0, 60, 140}, time.Minute, 2},
		{"shorter than the epoch", []int{0, 60, 62, 120}, time.Minute, 2},
		{"a long gap", []int{0, 60, 30 * 86400}, 0, 2},
		{"sparse", sparse, 0, 300},
	}
	for _, tt := range tests {
		r, _ := rows(tt.seconds...)
		_, err := grid.Fit(r, tt.epoch)
		var e *grid.Error
		if !errors.As(err, &e) || e.Row != tt.row {
			t.Errorf("%s: got %v, want an error at row %d", tt.name, err, tt.row)
		}
	}
}
