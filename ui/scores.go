package ui

import (
	"fmt"

	"circascope/inference"
	"circascope/ui/controls"
)

// scoreCaution stands wherever scores are shown.
const scoreCaution = "A score is the probability of what the author of the weights file trained it to tell, in the people it was trained on. It is not a diagnosis."

// scoreFacts lists scores, week by week.
func scoreFacts(scores []inference.Scored) []controls.Fact {
	facts := make([]controls.Fact, len(scores))
	for i, s := range scores {
		facts[i] = controls.Fact{Name: s.WeekStart, Value: fmt.Sprintf("%.3f  %s (PAT-%s, scaler %s)", s.Value, s.Name, s.Model, s.Scaler)}
	}
	return facts
}
