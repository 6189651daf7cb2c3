package rest

import (
	"fmt"
	"slices"

	"circascope/actigraphy/diary"
)

// Period is a time of rest in epochs of a recording.
type Period struct {
	Kind diary.Kind `json:"kind"` // diary.Night or diary.Nap
	From int        `json:"from"` // the first epoch in bed
	To   int        `json:"to"`   // the first epoch out of bed

	// LightsOff is how many epochs after From sleep was tried; 0 where it was at once,
	// or nobody told.
	LightsOff int `json:"lights_off,omitempty"`

	Was Was `json:"was"`
}

// Was is the period that one was made from; the zero value for one that a person
// added.
type Was struct {
	By   string     `json:"by,omitempty"` // "line 4 of the diary", "crespo (paper)"
	Kind diary.Kind `json:"kind,omitempty"`
	From int        `json:"from,omitempty"`
	To   int        `json:"to,omitempty"`
}

// Given returns a period as a source gave it.
func Given(kind diary.Kind, from, to, lightsOff int, by string) Period {
	return Period{Kind: kind, From: from, To: to, LightsOff: lightsOff, Was: Was{By: by, Kind: kind, From: from, To: to}}
}

// Len returns the number of epochs.
func (p Period) Len() int { return p.To - p.From }

// Added reports whether a person added the period.
func (p Period) Added() bool { return p.Was.To == 0 }

// Edited reports whether a person added or changed the period.
func (p Period) Edited() bool {
	return p.Added() || p.Was.Kind != p.Kind || p.Was.From != p.From || p.Was.To != p.To
}

// Edge is an end of a period.
type Edge int

// The edges.
const (
	Begin Edge = iota // to bed
	End               // up
)

// At returns the epoch of an edge.
func (p Period) At(e Edge) int {
	if e == Begin {
		return p.From
	}
	return p.To
}

// Moved returns the period with an edge at another epoch. Lights went off when they
// did, unless that is no longer within the period.
func (p Period) Moved(e Edge, to int) Period {
	if e == End {
		p.To = to
	} else {
		if p.LightsOff > 0 {
			p.LightsOff += p.From - to
		}
		p.From = to
	}
	if p.LightsOff < 0 || p.LightsOff >= p.Len() {
		p.LightsOff = 0
	}
	return p
}

// Shifted returns the period so many epochs later.
func (p Period) Shifted(by int) Period {
	p.From += by
	p.To += by
	return p
}

// Fault is why a list of periods can't be: period number Period, counted from 0.
type Fault struct {
	Period int
	Why    string // a clause
}

func (f *Fault) Error() string { return fmt.Sprintf("rest period %d %s", f.Period+1, f.Why) }

// Check returns a *Fault where a period of the list, which is in order, does not end
// after it begins, does not lie within the n epochs of the recording, or lies over the
// one before.
func Check(list []Period, n int) error {
	for i, p := range list {
		switch {
		case p.Kind != diary.Night && p.Kind != diary.Nap:
			return &Fault{i, fmt.Sprintf("is of the kind %q, and rest is a %s or a %s", p.Kind, diary.Night, diary.Nap)}
		case p.From >= p.To:
			return &Fault{i, "would end before it begins"}
		case p.From < 0:
			return &Fault{i, "would begin before the recording does"}
		case p.To > n:
			return &Fault{i, "would end after the recording does"}
		case i > 0 && p.From < list[i-1].To:
			return &Fault{i, "would overlap the one before it"}
		case p.LightsOff < 0 || p.LightsOff >= p.Len():
			return &Fault{i, "has lights off outside it"}
		}
	}
	return nil
}

// Sorted returns periods in the order they begin.
func Sorted(list []Period) []Period {
	return slices.SortedStableFunc(slices.Values(list), func(a, b Period) int { return a.From - b.From })
}
