package grid_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
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

// A device's log keeps the first of two rows of one time, and a row that is
// stamped within its epoch goes onto it.
func TestFitLog(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name    string
		seconds []int
		want    []float64
		note    string
	}{
		{"a press of the button", []int{0, 60, 146, 180, 240}, []float64{0, 1, 2, 3, 4}, "1 rows are stamped up to 26s after"},
		{"a press in the first epoch", []int{26, 60, 120, 180}, []float64{0, 1, 2, 3}, "1 rows are stamped up to 26s after"},
		{"a pause", []int{0, 60, 339, 399, 459}, []float64{0, 1, nan, nan, nan, 2, 3, 4}, "3 rows are stamped up to 39s after"},
		{"a time twice", []int{0, 60, 60, 120}, []float64{0, 1, 3}, "1 rows fall into the epoch of the row before"},
		{"a restart within an epoch", []int{0, 60, 90, 150, 210}, []float64{0, 1, 3, 4}, "1 rows fall into the epoch of the row before"},
	}
	for _, tt := range tests {
		r, values := rows(tt.seconds...)
		r.Log = true
		g, err := grid.Fit(r, time.Minute)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
		if got := g.Column(values); !slices.EqualFunc(got, tt.want, same) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
		if !slices.ContainsFunc(g.Notes, func(n string) bool { return strings.Contains(n, tt.note) }) {
			t.Errorf("%s: got notes %q, want %q among them", tt.name, g.Notes, tt.note)
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
