package sleep

import (
	"fmt"
	"time"

	"circascope/actigraphy/diary"
)

// DetectedPeriods returns the runs of rest or sleep, of at least shortest, of an
// algorithm that looks for consolidated ones: crespo, roenneberg or hdcza. They are
// nights; MainAndNaps tells naps apart.
func DetectedPeriods(s Scoring, shortest time.Duration) []Period {
	var periods []Period
	for i := 0; i < len(s.States); {
		run := runAt(s.States, i)
		i = run.to
		if state := s.States[run.from]; state != Rest && state != Asleep || time.Duration(run.length())*s.Epoch < shortest {
			continue
		}
		periods = append(periods, Period{
			Kind: diary.Night, From: s.At(run.from), To: s.At(run.to), Origin: FromDetection,
			By: fmt.Sprintf("%s (%s)", s.Algorithm.ID, s.Algorithm.Definition),
		})
	}
	return periods
}
