package app

import (
	"errors"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/sleep"
)

// RestSums sums up rest periods of one recording while a person changes them. The
// recording is scored once; a night then takes microseconds.
type RestSums struct {
	worn  *actigraphy.Recording
	found metrics.Nights
}

// NewRestSums scores a recording, of which what was not worn is missing, as the measure
// TST of the study does, or that of the paper where the study's definition has none.
func NewRestSums(study Study, worn *actigraphy.Recording) (*RestSums, error) {
	m, ok := study.Find("", "TST")
	if !ok {
		m, ok = metrics.Find(metrics.Paper, "TST")
	}
	if !ok {
		return nil, errors.New("there is no measure TST of the paper")
	}
	whole := manualPeriods(worn, "", []rest.Period{{Kind: diary.Night, To: len(worn.Activity)}})
	found, err := m.Nights(metrics.Input{Recording: worn, Rest: whole})
	return &RestSums{worn, found}, err
}

// Nights sums up rest periods in epochs of the recording, one each, in their order.
func (s *RestSums) Nights(list []rest.Period) ([]sleep.Night, error) {
	return sleep.Summarise(s.worn, s.found.Scoring, manualPeriods(s.worn, "", list), s.found.Rules)
}

// RestKind returns what a rest period of so many epochs is taken for until a person says
// otherwise: as where periods are detected, shorter ones than 2 h are naps.
func RestKind(epochs int, epoch time.Duration) diary.Kind {
	if time.Duration(epochs)*epoch < sleep.ShortestNight {
		return diary.Nap
	}
	return diary.Night
}
