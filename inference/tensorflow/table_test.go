package tensorflow

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// differences are the largest differences that a test of parity saw, an item a
// row, a size and graph a column.
type differences struct {
	columns, items []string
	tolerances     map[string]float64 // by item
	seen           map[[2]string]float64
}

// newDifferences returns an empty table, which is printed with -v in Markdown
// when the test ends.
func newDifferences(t *testing.T) *differences {
	d := &differences{tolerances: make(map[string]float64), seen: make(map[[2]string]float64)}
	t.Cleanup(func() { d.print(t) })
	return d
}

// within enters the difference between two arrays and fails above the tolerance.
func (d *differences) within(t *testing.T, column, item string, got, want []float32, tolerance float64) {
	t.Helper()
	d.enter(t, column, item, furthest(got, want), tolerance)
}

// enter enters a difference, of which the table keeps the largest, and fails
// above the tolerance.
func (d *differences) enter(t *testing.T, column, item string, difference, tolerance float64) {
	t.Helper()
	d.note(column, item, difference, tolerance)
	atMost(t, column+", "+item, difference, tolerance)
}

// note enters a difference without a judgement.
func (d *differences) note(column, item string, difference, tolerance float64) {
	if !slices.Contains(d.columns, column) {
		d.columns = append(d.columns, column)
	}
	if !slices.Contains(d.items, item) {
		d.items = append(d.items, item)
	}
	d.tolerances[item] = tolerance
	cell := [2]string{column, item}
	d.seen[cell] = max(d.seen[cell], difference)
}

// atMost fails where a difference is above the tolerance. The runner of mutants
// reads these words.
func atMost(t *testing.T, what string, difference, tolerance float64) {
	t.Helper()
	if !(difference <= tolerance) { // NaN is none
		t.Errorf("%s differs by %g, at most %g may be", what, difference, tolerance)
	}
}

func (d *differences) print(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n| | tolerance | %s |\n|---|---|%s\n", strings.Join(d.columns, " | "), strings.Repeat("---|", len(d.columns)))
	for _, item := range d.items {
		fmt.Fprintf(&b, "| %s | %.0e |", item, d.tolerances[item])
		for _, column := range d.columns {
			if v, ok := d.seen[[2]string{column, item}]; ok {
				fmt.Fprintf(&b, " %.1e |", v)
			} else {
				b.WriteString(" |")
			}
		}
		b.WriteString("\n")
	}
	fmt.Fprint(t.Output(), b.String())
}

// furthest returns the largest absolute difference; NaN where the lengths differ
// or a value is NaN.
func furthest(got, want []float32) float64 {
	if len(got) != len(want) {
		return math.NaN()
	}
	most := 0.0
	for i := range got {
		d := math.Abs(float64(got[i]) - float64(want[i]))
		if math.IsNaN(d) {
			return d
		}
		most = max(most, d)
	}
	return most
}
