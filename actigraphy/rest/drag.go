package rest

import (
	"circascope/actigraphy/diary"
	"circascope/actigraphy/internal/undo"
)

// Drag is Move while the pointer is down: all until Drop are one change. The edge goes
// as near to an epoch as the other edge, the periods beside it and the recording let it.
func (e *Edits) Drag(i int, edge Edge, to int) {
	e.lift()
	p := e.Now()[i]
	from, until := e.room(i)
	if edge == Begin {
		until = p.To - 1
	} else {
		from = p.From + 1
	}
	e.dragged(i, p.Moved(edge, max(from, min(to, until))))
}

// DragWhole is Shift while the pointer is down: all until Drop are one change. The
// period begins as near to an epoch as there is room for the whole of it.
func (e *Edits) DragWhole(i, from int) {
	e.lift()
	p := e.Now()[i]
	first, last := e.room(i)
	e.dragged(i, p.Shifted(max(first, min(from, last-p.Len()))-p.From))
}

// Draw adds a period from one epoch to before another while the pointer is down, and
// makes it another one with each call until Drop: all of it is one change. It reaches as
// far as the periods beside epoch at, where drawing began, and the recording let it. It
// returns the place of the period, and false where there is nothing to draw: another
// period lies at that epoch, or the stretch has no epoch.
func (e *Edits) Draw(at, from, to int, kind func(epochs int) diary.Kind) (place int, drawn bool) {
	e.lift()
	first, last, err := e.around(at)
	if err != nil {
		return 0, false
	}
	from, to = max(first, from), min(last, to)
	if from >= to {
		return 0, false
	}
	place, err = e.Add(Period{Kind: kind(to - from), From: from, To: to})
	e.moving = err == nil
	return place, e.moving
}

// Drop ends what Drag, DragWhole or Draw began.
func (e *Edits) Drop() { e.moving = false }

// lift takes back what the drag did until now: each step of it begins with what was
// before, and so loses nothing on its way.
func (e *Edits) lift() {
	if e.moving {
		undo.Retract(&e.history)
		e.moving = false
	}
}

// dragged puts period i where it was dragged; where there is no room for it at all, it
// stays.
func (e *Edits) dragged(i int, p Period) {
	next := e.Now()
	next[i] = p
	changed, err := e.put(next)
	e.moving = changed && err == nil
}

// room returns from where to where there is no other period than i.
func (e *Edits) room(i int) (from, to int) {
	list, to := e.Now(), e.epochs
	if i > 0 {
		from = list[i-1].To
	}
	if i+1 < len(list) {
		to = list[i+1].From
	}
	return from, to
}
