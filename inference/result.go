package inference

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"circascope/models"
)

// Provenance says what made a result. Its fields hash to the result's ID, so the
// same inputs are recognised wherever they are computed again.
type Provenance struct {
	Recording     string       `json:"recording"`        // recording id
	RecordingSHA  string       `json:"recording_sha256"` // of the source file
	Subject       string       `json:"subject"`
	WeekStart     string       `json:"week_start"` // actigraphy.LocalTime of the first minute
	Minutes       int          `json:"minutes"`
	Preparation   string       `json:"preparation"`     // canonical JSON of the options
	Clock         string       `json:"clock,omitempty"` // canonical JSON of the wall clock, where it changed during the recording
	ScalerID      string       `json:"scaler_id"`
	ScalerName    string       `json:"scaler_name"`
	Model         models.Size  `json:"model"`
	WeightsSHA    string       `json:"weights_sha256"`
	WeightsState  models.State `json:"weights_state"`
	Engine        string       `json:"engine"`
	EngineVersion string       `json:"engine_version"`
	Precision     string       `json:"precision"`
	DeviceKind    string       `json:"device_kind"`
	Mask          string       `json:"mask,omitempty"` // id of the mask of what was not worn; "" where none was on
}

// ID returns 32 hex digits from the SHA-256 of the provenance. The scaler's name
// and the subject are labels that a user may change; they do not count.
func (p Provenance) ID() string {
	p.ScalerName, p.Subject = "", ""
	b, err := json.Marshal(p)
	if err != nil {
		panic(fmt.Sprintf("inference: provenance of plain strings did not marshal: %v", err))
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// Result is one stored embedding.
type Result struct {
	ID string `json:"id"`
	Provenance
	Filled  float64   `json:"filled"` // share of the minutes that were filled in
	Vector  []float32 `json:"vector"`
	Profile []float32 `json:"profile,omitempty"`
	Score   *Score    `json:"score,omitempty"` // of the head of a fine-tuned file; nil where the weights have none

	// Beside the id, not in it.
	Seconds        float64 `json:"seconds"`
	ProgramVersion string  `json:"program_version"`
	DeviceName     string  `json:"device_name"`
	ComputedAt     string  `json:"computed_at"` // RFC 3339, UTC
}

// Demo reports whether the result was made with the demo weights.
func (r Result) Demo() bool { return r.WeightsState == models.Demo }

// Ran says that weeks of a recording were embedded by a model, with weights in a
// state.
type Ran struct {
	Recording string
	Model     models.Size
	State     models.State
	Clock     string // as in Provenance
	Weeks     int
}
