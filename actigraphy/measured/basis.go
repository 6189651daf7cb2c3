package measured

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Basis is the data that was measured: a recording, and what people have said of it.
// Its fields hash to its ID, so that another mask, zone or rest period is another
// basis, whose values are not there yet.
type Basis struct {
	Recording    string `json:"recording"`        // recording id
	RecordingSHA string `json:"recording_sha256"` // of the source file
	Mask         string `json:"mask,omitempty"`   // id of the mask of what was not worn; "" where none is on
	Zone         string `json:"zone,omitempty"`   // canonical JSON of the place that was named for it; "" where none was
	Rest         string `json:"rest,omitempty"`   // id of the diary and the rest periods that it was measured with; "" without
}

// ID returns 32 hex digits from the SHA-256 of the basis.
func (b Basis) ID() string { return hashed(b) }

// Formula is a measure as a program computed it. Its fields hash to its ID.
type Formula struct {
	Measure    string `json:"measure"`
	Definition string `json:"definition"`
	Parameters string `json:"parameters"` // canonical JSON: [[name, value], ...], all of them in the measure's order
	Version    int    `json:"version"`    // of the code: another one may give another number

	Unit string `json:"-"` // follows from the others, so it does not count
}

// ID returns 32 hex digits from the SHA-256 of the formula.
func (f Formula) ID() string { return hashed(f) }

func hashed(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("measured: plain strings did not marshal: %v", err))
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}
