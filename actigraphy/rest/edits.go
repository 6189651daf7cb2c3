package rest

import (
	"errors"
	"slices"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/internal/undo"
)

// Edits are the changes of the rest periods of a recording that are not kept yet, with
// undo and redo. No change makes a list that Check refuses.
type Edits struct {
	history
	first  []Period
	epochs int
	moving bool // the pointer is down, and has changed something
}

type history = undo.History[Period]

// NewEdits begins with periods in order, of a recording of so many epochs.
func NewEdits(list []Period, epochs int) *Edits {
	return &Edits{history: undo.From(list), first: slices.Clone(list), epochs: epochs}
}

// Changes returns what changed since the beginning.
func (e *Edits) Changes() []Change { return Changes(e.first, e.Now()) }

// Move puts an edge of period i at an epoch.
func (e *Edits) Move(i int, edge Edge, to int) error {
	return e.Set(i, e.Now()[i].Moved(edge, to))
}

// Set puts another period in the place of period i.
func (e *Edits) Set(i int, p Period) error {
	next := e.Now()
	next[i] = p
	_, err := e.put(next)
	return err
}

// Shift moves the whole of period i by epochs.
func (e *Edits) Shift(i, by int) error { return e.Set(i, e.Now()[i].Shifted(by)) }

// Replace makes the list another one, such as that of an earlier state.
func (e *Edits) Replace(list []Period) error {
	_, err := e.put(slices.Clone(list))
	return err
}

// Add adds a period and returns its place. Other periods are in the way of one that
// lies over them.
func (e *Edits) Add(p Period) (int, error) {
	if _, err := e.put(Sorted(append(e.Now(), p))); err != nil {
		return 0, err
	}
	return slices.Index(e.Now(), p), nil
}

// Remove takes period i away.
func (e *Edits) Remove(i int) error {
	_, err := e.put(slices.Delete(e.Now(), i, i+1))
	return err
}

// SetKind makes period i a night or a nap.
func (e *Edits) SetKind(i int, kind diary.Kind) error {
	p := e.Now()[i]
	p.Kind = kind
	return e.Set(i, p)
}

// Gap returns room for a new period of at most n epochs next to epoch at: a stretch
// that no period covers.
func (e *Edits) Gap(at, n int) (from, to int, err error) {
	at = max(0, min(at, e.epochs-1))
	if from, to, err = e.around(at); err != nil {
		return 0, 0, err
	}
	end := min(at+n, to)
	return max(from, min(at, end-n)), end, nil
}

// around returns the stretch without a period that an epoch lies in.
func (e *Edits) around(at int) (from, to int, err error) {
	to = e.epochs
	for _, p := range e.Now() {
		switch {
		case p.To <= at:
			from = p.To
		case p.From > at:
			return from, p.From, nil
		default:
			return 0, 0, errors.New("there is a rest period at this time already")
		}
	}
	return from, to, nil
}

// put makes another list of the periods, unless Check refuses it.
func (e *Edits) put(next []Period) (changed bool, err error) {
	if err := Check(next, e.epochs); err != nil {
		return false, err
	}
	return undo.Put(&e.history, next), nil
}
