package zone

import (
	"fmt"
	"strings"
	"time"

	"circascope/actigraphy"
)

// Book answers which assignment holds for a recording. It may be used by many
// goroutines.
type Book struct {
	entries map[target]entry
}

type target struct {
	scope Scope
	name  string
}

type entry struct {
	Assignment
	loc *time.Location
}

// NewBook returns the book of assignments, of which later ones replace earlier
// ones for the same target. One that is not valid is an error.
func NewBook(list []Assignment) (*Book, error) {
	b := &Book{entries: map[target]entry{}}
	for _, a := range list {
		key := target{a.Scope, a.Target}
		if a.Cleared() {
			delete(b.entries, key)
			continue
		}
		if err := a.Validate(); err != nil {
			return nil, fmt.Errorf("the zone of the %s %s: %w", a.Scope, a.Target, err)
		}
		loc, err := a.Location()
		if err != nil {
			return nil, err
		}
		b.entries[key] = entry{a, loc}
	}
	return b, nil
}

// For returns the assignment that holds for a recording: its own, else its
// device's, else the study's. A recording without a date has none. Of those whose
// file tells instants, only their own assignment moves one that names a zone or
// an offset that the device's or the study's zone does not have; UTC is an
// instant and nobody's wall clock, so every assignment holds for it.
func (b *Book) For(info actigraphy.Info) (Assignment, bool) {
	e, ok := b.find(info)
	return e.Assignment, ok
}

func (b *Book) find(info actigraphy.Info) (entry, bool) {
	if !info.Start.HasDate() {
		return entry{}, false
	}
	if e, ok := b.entries[target{Recording, info.ID}]; ok {
		return e, true
	}
	for _, key := range []target{{Device, info.Device}, {Study, ""}} {
		if e, ok := b.entries[key]; ok && holds(e.loc, info.Start) {
			return e, true
		}
	}
	return entry{}, false
}

// holds reports whether a zone that was not named for this very recording may be
// that of a start.
func holds(loc *time.Location, start actigraphy.LocalTime) bool {
	own, known := start.Zone()
	if !known || own == time.UTC || own.String() == "UTC" {
		return true
	}
	if strings.Contains(own.String(), "/") {
		return false
	}
	_, given := start.Clock().Zone()
	_, here := start.Clock().In(loc).Zone()
	return given == here
}

// Describe returns the info with the start on the wall clock that holds for it. A
// start that the zone contradicts stays as it is: reading the recording says so.
func (b *Book) Describe(info actigraphy.Info) actigraphy.Info {
	e, ok := b.find(info)
	if !ok {
		return info
	}
	if start, _, err := startIn(info.Start, e.loc); err == nil {
		info.Start = start
	}
	return info
}

// Apply returns the recording in the zone that holds for it, or r itself where
// none does. id is the recording's.
func (b *Book) Apply(id string, r *actigraphy.Recording) (Placed, error) {
	e, ok := b.find(actigraphy.Info{ID: id, Device: r.Device, Start: r.Start})
	if !ok {
		return Placed{Recording: r}, nil
	}
	return e.applyIn(e.loc, r)
}
