package inference

import "circascope/models"

// Query selects stored results; an empty field selects all.
type Query struct {
	Recording  string      // recording id
	Model      models.Size //
	ScalerID   string
	WeightsSHA string
	Profiles   bool // also return attention profiles
}
