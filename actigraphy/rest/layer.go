package rest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Layer is the rest periods of a recording as a person changed them.
type Layer struct {
	ID        int64    `json:"id"` // in its library; 0 for one that is not stored yet
	Recording string   `json:"recording"`
	Source    string   `json:"source"`   // where they were from: "diary", "crespo"; "" where it began empty
	Original  []Period `json:"original"` // what the source gave when they were first changed
	Revision
}

// Revision is one state of a layer, who made it and why. Revisions are only ever
// added.
type Revision struct {
	Number  int      `json:"revision"` // from 1 on
	At      string   `json:"at"`       // RFC 3339, UTC
	Author  string   `json:"author"`
	Reason  string   `json:"reason"`
	Act     Act      `json:"act"`
	Periods []Period `json:"periods"` // in order
}

// Act says what a person did to make a revision.
type Act string

// The acts. After Removed a layer no longer counts and is no longer listed; its
// revisions stay.
const (
	Created Act = "created"
	Edited  Act = "edited"
	Removed Act = "removed"
)

// Hash returns 32 hex digits from the SHA-256 of the periods and their source: the
// same for layers that give the same measures.
func (l Layer) Hash() string {
	b, err := json.Marshal(struct {
		Source  string
		Periods []Period
	}{l.Source, l.Periods})
	if err != nil {
		panic(fmt.Sprintf("rest: plain periods did not marshal: %v", err))
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}
