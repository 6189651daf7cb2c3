package metrics

import (
	"fmt"

	"circascope/actigraphy/sleep"
)

// Scores reports whether the measure is computed from epochs scored as sleep and wake.
func (m Metric) Scores() bool { return m.has(scoringName) }

// Scoring returns the recording scored as the measure has it with its parameters. It is
// an error where it can't be scored so, and of a measure that scores nothing.
func (m Metric) Scoring(in Input) (sleep.Scoring, error) {
	if !m.Scores() {
		return sleep.Scoring{}, fmt.Errorf("%s is not computed from scored epochs: TST, SE or SRI are", m.ID)
	}
	if err := m.check(in.Recording); err != nil {
		return sleep.Scoring{}, err
	}
	return newAnalysis(in).scoring(m.Definition, m.settings())
}
