// Package undo keeps the states of a list that is edited, to go back and forth
// between them.
package undo

import "slices"

// History is a list as it is now, and as it was before and after changes that were
// taken back. The zero value is an empty list without changes.
type History[T comparable] struct {
	now          []T
	past, future [][]T
}

// From begins with a list.
func From[T comparable](list []T) History[T] { return History[T]{now: slices.Clone(list)} }

// Now returns the list with all changes.
func (h *History[T]) Now() []T { return slices.Clone(h.now) }

// Changed reports whether the list is another than at the beginning.
func (h *History[T]) Changed() bool { return len(h.past) > 0 && !slices.Equal(h.now, h.past[0]) }

// Put makes another list of it, as one change, and reports whether that changed
// anything. Like Retract it is no method: what holds a history says itself how its list
// may change.
func Put[T comparable](h *History[T], next []T) bool {
	if slices.Equal(next, h.now) {
		return false
	}
	h.past, h.future = append(h.past, h.now), nil
	h.now = next
	return true
}

// Retract takes the last change back as if it had never been made: there is nothing to
// redo then.
func Retract[T comparable](h *History[T]) {
	if n := len(h.past); n > 0 {
		h.now, h.past = h.past[n-1], h.past[:n-1]
	}
}

// Undo takes the last change back, and reports whether there was one.
func (h *History[T]) Undo() bool { return h.step(&h.past, &h.future) }

// Redo makes the change that was taken back last again, and reports whether there
// was one.
func (h *History[T]) Redo() bool { return h.step(&h.future, &h.past) }

func (h *History[T]) step(from, to *[][]T) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	*to = append(*to, h.now)
	h.now = (*from)[n-1]
	*from = (*from)[:n-1]
	return true
}

// CanUndo reports whether there is a change to take back.
func (h *History[T]) CanUndo() bool { return len(h.past) > 0 }

// CanRedo reports whether there is a change to make again.
func (h *History[T]) CanRedo() bool { return len(h.future) > 0 }
