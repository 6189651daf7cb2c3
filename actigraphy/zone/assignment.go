package zone

import (
	"errors"
	"fmt"
	"time"
)

// Scope says what an assignment is for. The most specific one wins: a
// recording's, then its device's, then the study's.
type Scope string

// The scopes.
const (
	Study     Scope = "study"
	Device    Scope = "device"
	Recording Scope = "recording"
)

// Clock says what the clock of the device did when the wall clock changed.
type Clock string

// The two ways of a device's clock.
const (
	// Kept is a clock that ran on as it was set at the start: elapsed time. Most
	// devices that are set up by a computer and have no screen do so.
	Kept Clock = "kept"
	// Followed is a clock that was put forward and back with the wall clock, by
	// itself or by the program that wrote the file. The times in the file jump: an
	// hour is absent in spring and comes twice in autumn. Phones and the watches
	// that follow them do so.
	Followed Clock = "followed"
)

// Validate reports a clock that is none.
func (c Clock) Validate() error {
	if c == Kept || c == Followed {
		return nil
	}
	return fmt.Errorf("%q is nothing that a device's clock does: choose %s (it ran on as it was set at the start: usual for research devices) "+
		"or %s (it changed with the wall clock, so the times in the file jump: usual for phones and consumer watches)", c, Kept, Followed)
}

// Place is where the wearer was: a zone, the places travelled to, and what the
// device's clock did about it.
type Place struct {
	Zone  string `json:"zone"` // IANA, at the start
	Clock Clock  `json:"clock"`
	Moves []Move `json:"moves,omitempty"` // in the order of time
}

// Assignment is a zone named by a person.
type Assignment struct {
	Scope  Scope  `json:"scope"`
	Target string `json:"target,omitempty"` // the device as recordings name it, or a recording's id; empty for the study
	Place
	By     string `json:"by"` // who
	At     string `json:"at"` // when: RFC 3339, UTC
	Reason string `json:"reason"`
}

// Cleared reports whether the assignment takes the zone of its target away.
func (a Assignment) Cleared() bool { return a.Zone == "" }

// Validate reports what makes an assignment unfit: an unknown scope, a target
// that is missing or too much, or a Place that is not valid. One that is cleared
// needs no place.
func (a Assignment) Validate() error {
	switch a.Scope {
	case Study:
		if a.Target != "" {
			return fmt.Errorf("a zone for the whole study is for no %s", a.Target)
		}
	case Device, Recording:
		if a.Target == "" {
			return fmt.Errorf("name the %s that the zone is for", a.Scope)
		}
	default:
		return fmt.Errorf("%q is nothing a zone can be for: choose %s, %s or %s", a.Scope, Study, Device, Recording)
	}
	if a.Cleared() {
		return nil
	}
	if len(a.Moves) > 0 && a.Scope != Recording {
		return errors.New("a table of travel is for one recording")
	}
	if err := a.Clock.Validate(); err != nil {
		return err
	}
	_, err := a.Location()
	return err
}

// Location returns the wall clock of the place: the zone, or one that changes
// with the moves.
func (p Place) Location() (*time.Location, error) {
	home, err := Load(p.Zone)
	if err != nil || len(p.Moves) == 0 {
		return home, err
	}
	return travelled(home, p.Moves)
}
