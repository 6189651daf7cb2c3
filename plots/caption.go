package plots

import (
	"strings"

	"circascope/inference"
)

// shaPrefix is how many hex digits of a hash a caption shows.
const shaPrefix = 12

// Caption returns one line of provenance for the foot of a chart, for example
// "PAT-M, scaler nhanes47, weights 0123456789ab, tensorflow 2.21.0 float32".
// Empty fields are left out.
func Caption(p inference.Provenance) string {
	var parts []string
	add := func(prefix, value string) {
		if value != "" {
			parts = append(parts, prefix+value)
		}
	}
	add("PAT-", string(p.Model))
	add("scaler ", p.ScalerName)
	add("weights ", p.WeightsSHA[:min(shaPrefix, len(p.WeightsSHA))])
	add("", strings.TrimSpace(p.Engine+" "+p.EngineVersion+" "+p.Precision))
	return strings.Join(parts, ", ")
}
