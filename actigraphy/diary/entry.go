package diary

import (
	"cmp"
	"slices"
	"time"

	"circascope/actigraphy"
)

// Kind says what an entry is of.
type Kind string

// The kinds of entries.
const (
	Night    Kind = "night"    // from going to bed to getting up
	Nap      Kind = "nap"      // a sleep by day
	NotWorn  Kind = "not worn" // the device was off
	Active   Kind = "active"   // awake and on the feet, as pyActigraphy's ACTIVE
	Analysis Kind = "analysis" // what is to be analysed: start and stop of a study
)

// Kinds lists the kinds.
func Kinds() []Kind { return []Kind{Night, Nap, NotWorn, Active, Analysis} }

// Entry is one line of a diary. Times are those of the clock on the wall, without a
// zone.
type Entry struct {
	Subject string               `json:"participant"` // as the diary names the participant
	Kind    Kind                 `json:"kind"`
	From    actigraphy.LocalTime `json:"start"` // bed time of a night
	To      actigraphy.LocalTime `json:"end"`   // rise time of a night

	// What some diaries tell of a night; unknown where they do not.
	Asleep actigraphy.LocalTime `json:"lights_off,omitzero"` // tried to sleep, or lights off
	Awake  actigraphy.LocalTime `json:"wake,omitzero"`       // woke for good

	Note string `json:"note,omitempty"`
	Line int    `json:"line"` // in the file
}

// Evening returns the date by which a night is named, 2006-01-02: that of the
// evening on which it began. A night that begins before noon, as after a late
// shift, belongs to the evening before.
func (e Entry) Evening() string { return e.From.Add(-12 * time.Hour).Date() }

// Hours returns the length of the entry in hours.
func (e Entry) Hours() float64 { return e.To.Sub(e.From).Hours() }

// Sort orders entries by participant, start and kind.
func Sort(list []Entry) {
	slices.SortStableFunc(list, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), a.From.Clock().Compare(b.From.Clock()), cmp.Compare(a.Kind, b.Kind))
	})
}
