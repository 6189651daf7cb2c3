package wear

import "slices"

// Edits are the edits of a mask drawn by hand, with undo and redo. The zero value
// is an empty mask without edits.
type Edits struct {
	now          []Interval
	past, future [][]Interval
}

// NewEdits begins with a mask as it is stored.
func NewEdits(list []Interval) *Edits { return &Edits{now: slices.Clone(list)} }

// Now returns the mask with all edits.
func (e *Edits) Now() []Interval { return slices.Clone(e.now) }

// Paint lays intervals over the mask, as one edit. It reports whether that changed
// anything.
func (e *Edits) Paint(over ...Interval) bool {
	next := slices.Clone(e.now)
	for _, i := range over {
		next = Paint(next, i)
	}
	if slices.Equal(next, e.now) {
		return false
	}
	e.past, e.future = append(e.past, e.now), nil
	e.now = next
	return true
}

// Undo takes the last edit back, and reports whether there was one.
func (e *Edits) Undo() bool { return e.step(&e.past, &e.future) }

// Redo makes the edit that was taken back last again, and reports whether there
// was one.
func (e *Edits) Redo() bool { return e.step(&e.future, &e.past) }

func (e *Edits) step(from, to *[][]Interval) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	*to = append(*to, e.now)
	e.now = (*from)[n-1]
	*from = (*from)[:n-1]
	return true
}

// CanUndo reports whether there is an edit to take back.
func (e *Edits) CanUndo() bool { return len(e.past) > 0 }

// CanRedo reports whether there is an edit to make again.
func (e *Edits) CanRedo() bool { return len(e.future) > 0 }
