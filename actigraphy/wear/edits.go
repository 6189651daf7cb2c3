package wear

import "circascope/actigraphy/internal/undo"

// Edits are the edits of a mask drawn by hand, with undo and redo. The zero value
// is an empty mask without edits.
type Edits struct{ history }

type history = undo.History[Interval]

// NewEdits begins with a mask as it is stored.
func NewEdits(list []Interval) *Edits { return &Edits{undo.From(list)} }

// Paint lays intervals over the mask, as one edit. It reports whether that changed
// anything.
func (e *Edits) Paint(over ...Interval) bool {
	next := e.Now()
	for _, i := range over {
		next = Paint(next, i)
	}
	return undo.Put(&e.history, next)
}
