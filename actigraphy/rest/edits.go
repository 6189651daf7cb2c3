package rest

import (
	"errors"
	"slices"

	"circascope/actigraphy/diary"
)

// Edits are the changes of the rest periods of a recording that are not kept yet, with
// undo and redo. No change makes a list that Check refuses.
type Edits struct {
	epochs       int
	now          []Period
	past, future [][]Period
	moving       bool
}

// NewEdits begins with periods in order, of a recording of so many epochs.
func NewEdits(list []Period, epochs int) *Edits {
	return &Edits{now: slices.Clone(list), epochs: epochs}
}

// Now returns the periods with all changes, in order.
func (e *Edits) Now() []Period { return slices.Clone(e.now) }

// Changed reports whether there is a change.
func (e *Edits) Changed() bool { return len(e.past) > 0 && !slices.Equal(e.now, e.past[0]) }

// Move puts an edge of period i at an epoch.
func (e *Edits) Move(i int, edge Edge, to int) error {
	return e.Set(i, e.now[i].Moved(edge, to))
}

// Set puts another period in the place of period i.
func (e *Edits) Set(i int, p Period) error {
	next := e.Now()
	next[i] = p
	return e.put(next)
}

// Drag is Move while the pointer is down: all until Drop are one change. An epoch to
// which the edge can't go is an error, and the edge stays where it was.
func (e *Edits) Drag(i int, edge Edge, to int) error {
	past, future := e.past, e.future
	err := e.Move(i, edge, to)
	if err == nil && e.moving {
		e.past, e.future = past, future // the first of them holds what was before
	}
	e.moving = e.moving || err == nil && len(e.past) > len(past)
	return err
}

// Drop ends what Drag began.
func (e *Edits) Drop() { e.moving = false }

// Add adds a period and returns its place. Other periods are in the way of one that
// lies over them.
func (e *Edits) Add(p Period) (int, error) {
	if err := e.put(Sorted(append(e.Now(), p))); err != nil {
		return 0, err
	}
	return slices.Index(e.now, p), nil
}

// Remove takes period i away.
func (e *Edits) Remove(i int) error { return e.put(slices.Delete(e.Now(), i, i+1)) }

// SetKind makes period i a night or a nap.
func (e *Edits) SetKind(i int, kind diary.Kind) error {
	p := e.now[i]
	p.Kind = kind
	return e.Set(i, p)
}

// Gap returns room for a new period of at most n epochs next to epoch at: a stretch
// that no period covers.
func (e *Edits) Gap(at, n int) (from, to int, err error) {
	at = max(0, min(at, e.epochs-1))
	from, to = 0, e.epochs
	for _, p := range e.now {
		switch {
		case p.To <= at:
			from = p.To
		case p.From > at:
			return clip(at, n, from, min(to, p.From))
		default:
			return 0, 0, errors.New("there is a rest period at this time already")
		}
	}
	return clip(at, n, from, to)
}

// clip returns n epochs from at, or fewer, between from and to.
func clip(at, n, from, to int) (int, int, error) {
	end := min(at+n, to)
	return max(from, min(at, end-n)), end, nil
}

func (e *Edits) put(next []Period) error {
	if err := Check(next, e.epochs); err != nil {
		return err
	}
	if slices.Equal(next, e.now) {
		return nil
	}
	e.past, e.future = append(slices.Clip(e.past), e.now), nil
	e.now = next
	return nil
}

// Undo takes the last change back, and reports whether there was one.
func (e *Edits) Undo() bool { return e.step(&e.past, &e.future) }

// Redo makes the change that was taken back last again, and reports whether there was
// one.
func (e *Edits) Redo() bool { return e.step(&e.future, &e.past) }

func (e *Edits) step(from, to *[][]Period) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	*to = append(*to, e.now)
	e.now = (*from)[n-1]
	*from = (*from)[:n-1]
	return true
}

// CanUndo reports whether there is a change to take back.
func (e *Edits) CanUndo() bool { return len(e.past) > 0 }

// CanRedo reports whether there is a change to make again.
func (e *Edits) CanRedo() bool { return len(e.future) > 0 }
