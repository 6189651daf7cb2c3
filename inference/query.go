package inference

import "circascope/models"

// Scored is the score of one stored result, and which one it is.
type Scored struct {
	Recording string      `json:"-"` // recording id
	Model     models.Size `json:"model"`
	WeekStart string      `json:"week_start"`
	Scaler    string      `json:"scaler"` // its name
	Clock     string      `json:"-"`      // as in Provenance
	Score
}

// Query selects stored results; an empty field selects all.
type Query struct {
	Recording  string      // recording id
	Model      models.Size //
	ScalerID   string
	WeightsSHA string
	Profiles   bool // also return attention profiles
}
