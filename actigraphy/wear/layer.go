package wear

import (
	"encoding/json"
	"fmt"
)

// Kind says how a layer came to be.
type Kind string

// The kinds of layers.
const (
	ByMethod Kind = "algorithm" // found by a method with parameters
	ByHand   Kind = "manual"    // drawn by a person
	FromFile Kind = "file"      // read from a mask file
)

// Layer is one mask over a recording, as it is now. Layers lie beside the data
// and never change it; what became of a layer is kept as its revisions.
type Layer struct {
	ID         int64  `json:"id"` // in its library; 0 for one that is not stored yet
	Recording  string `json:"recording"`
	Kind       Kind   `json:"kind"`
	Name       string `json:"name"`             // "Choi 2011", "By hand", or the file's name
	Method     string `json:"method,omitempty"` // of ByMethod
	Parameters Values `json:"parameters,omitempty"`
	Source     string `json:"source_sha256,omitempty"` // of FromFile
	Revision
}

// Revision is one state of a layer, who made it and why. Revisions are only ever
// added.
type Revision struct {
	Number    int        `json:"revision"` // from 1 on
	At        string     `json:"at"`       // RFC 3339, UTC
	Author    string     `json:"author"`
	Reason    string     `json:"reason"`
	Act       Act        `json:"act"`
	On        bool       `json:"on"`
	Intervals []Interval `json:"intervals"`
}

// Change is what is done to the layers of one recording.
type Change struct {
	Recording string
	Seen      []Layer // those it had when the change was made
	Layers    []Layer // added (with ID 0), or the next revisions of those it has
	Days      []int   // Summary.Days after it
}

// Act says what a person did to make a revision.
type Act string

// The acts. After Removed a layer no longer counts and is no longer listed; its
// revisions stay.
const (
	Created  Act = "created"
	Drawn    Act = "drawn"
	Erased   Act = "erased"
	Undone   Act = "undone"
	Redone   Act = "redone"
	Switched Act = "switched"
	Removed  Act = "removed"
)

// MarshalJSON writes an interval as [from, to], and as [from, to, "worn"] where a
// person declared it worn.
func (i Interval) MarshalJSON() ([]byte, error) {
	if i.Worn {
		return fmt.Appendf(nil, `[%d,%d,"worn"]`, i.From, i.To), nil
	}
	return fmt.Appendf(nil, `[%d,%d]`, i.From, i.To), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (i *Interval) UnmarshalJSON(b []byte) error {
	var word string
	parts := []any{&i.From, &i.To, &word}
	if err := json.Unmarshal(b, &parts); err != nil {
		return fmt.Errorf("an interval of a mask: %w", err)
	}
	if i.From < 0 || i.To <= i.From || word != "" && word != "worn" {
		return fmt.Errorf("%s is no interval of a mask", b)
	}
	i.Worn = word == "worn"
	return nil
}

// Title names the layer with its parameters, for a legend.
func (l Layer) Title() string {
	if len(l.Parameters) == 0 {
		return l.Name
	}
	return l.Name + " (" + l.Parameters.String() + ")"
}
