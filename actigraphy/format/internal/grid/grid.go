// Package grid lays rows with times onto epochs of equal length. Gaps become
// NaN; times that go back, repeat or do not fit are refused with their row.
package grid

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"circascope/actigraphy"
)

// Limits of one recording.
const (
	MaxEpochs = 1 << 24             // 194 days of one second, 31 years of one minute
	MaxGap    = 28 * 24 * time.Hour // a longer one is two recordings, or dates read in the wrong order
)

// A recording of more than sparseFrom epochs must hold at least one row for every
// sparsest of them: a few rows with long gaps are no recording, and would take
// memory without measure.
const (
	sparseFrom = 50_000
	sparsest   = 50
)

// Error says which row does not fit.
type Error struct {
	Row             int // counted from 0
	Expected, Found string
	Advice          string
}

func (e *Error) Error() string {
	return fmt.Sprintf("row %d: expected %s, found %s; %s", e.Row+1, e.Expected, e.Found, e.Advice)
}

// Rows are the rows of a file in its order.
type Rows struct {
	Times []int64             // Unix nanoseconds of the wall clock, or of the instant
	Same  func(i, j int) bool // whether two rows hold the same values
	Wall  bool                // times are of a wall clock, which may be put back or forward
	Log   bool                // a device's own log, which may stamp a row within its epoch and repeat a time
	Name  func(row int) string
}

// Grid is where rows go.
type Grid struct {
	Start int64 // Unix nanoseconds
	Epoch time.Duration
	Len   int      // epochs
	Notes []string // what was decided, in sentences
	slots []int32  // of each row, -1 where it is left out or of a second pass; nil where row i is epoch i
	again []second // rows of hours that the clock showed a second time
}

// second is a row of the second pass of an hour, and the epoch of the first pass
// that has its time.
type second struct {
	row  int
	slot int32
}

// Fit finds the epochs of the rows. An epoch of 0 is found from the times.
func Fit(rows Rows, epoch time.Duration) (*Grid, error) {
	if len(rows.Times) == 0 {
		return nil, &Error{Expected: "rows of data", Found: "none", Advice: "export the file again"}
	}
	g := &Grid{Start: rows.Times[0], Epoch: epoch}
	if epoch == 0 {
		found, err := findEpoch(rows)
		if err != nil {
			return nil, err
		}
		g.Epoch = found
	}
	if err := g.place(rows); err != nil {
		return nil, err
	}
	return g, nil
}

// Lay puts the activity and the channels of r, which hold a value a row, onto the
// grid, NaN where there is no row. Rows of an hour that the wall clock showed a
// second time go into channels of their own (actigraphy.SecondPass).
func (g *Grid) Lay(r *actigraphy.Recording) {
	if g.slots == nil {
		return
	}
	names := slices.Collect(maps.Keys(r.Channels))
	if len(g.again) > 0 {
		if r.Channels == nil {
			r.Channels = make(map[string][]float64)
		}
		r.Channels[actigraphy.SecondPass("")] = g.second(r.Activity)
		for _, name := range names {
			r.Channels[actigraphy.SecondPass(name)] = g.second(r.Channels[name])
		}
	}
	r.Activity = g.column(r.Activity)
	for _, name := range names {
		r.Channels[name] = g.column(r.Channels[name])
	}
}

// column returns the values of rows on the grid.
func (g *Grid) column(values []float64) []float64 {
	out := g.empty()
	for i, slot := range g.slots {
		if slot >= 0 {
			out[slot] = values[i]
		}
	}
	return out
}

// second returns the values of rows of second passes on the grid.
func (g *Grid) second(values []float64) []float64 {
	out := g.empty()
	for _, s := range g.again {
		out[s.slot] = values[s.row]
	}
	return out
}

func (g *Grid) empty() []float64 {
	out := make([]float64, g.Len)
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}
