package sleep

import (
	"fmt"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
)

// DetectedPeriods returns the runs of rest or sleep, of at least shortest, of an
// algorithm that looks for consolidated ones: crespo, roenneberg or hdcza. They are
// nights; MainAndNaps tells naps apart. A period says so where it is not known when it
// begins or ends, at an end of the recording and beside epochs that are not scored, and
// where the algorithm is not sure of an hour or more of its day from noon to noon.
func DetectedPeriods(s Scoring, shortest time.Duration) []Period {
	var periods []Period
	for i := 0; i < len(s.States); {
		run := runAt(s.States, i)
		i = run.to
		if state := s.States[run.from]; state != Rest && state != Asleep || time.Duration(run.length())*s.Epoch < shortest {
			continue
		}
		p := Period{
			Kind: diary.Night, From: s.At(run.from), To: s.At(run.to), Origin: FromDetection,
			By:      fmt.Sprintf("%s (%s)", s.Algorithm.ID, s.Algorithm.Definition),
			NoBegin: s.noEdge("begins", run.from-1), NoEnd: s.noEdge("ends", run.to),
		}
		p.Doubt = s.doubt(p, run.from)
		periods = append(periods, p)
	}
	return periods
}

// noEdge says why it is not known when a period begins or ends next to an epoch; ""
// where it is known.
func (s Scoring) noEdge(does string, beyond int) string {
	switch {
	case beyond < 0 || beyond >= len(s.States):
		return fmt.Sprintf("when it %s is not known: the recording %s within it", does, does)
	case s.States[beyond] == Unknown:
		return fmt.Sprintf("when it %s is not known: it is next to epochs that are not scored", does)
	}
	return ""
}

// mostUnsure is how long an algorithm may be unsure of a day whose rest it finds.
const mostUnsure = time.Hour

// doubt says why a period that begins at an epoch is in doubt; "" where it is not.
func (s Scoring) doubt(p Period, first int) string {
	if s.Unsure == nil {
		return ""
	}
	noon := first - int(p.From.Sub(p.Noon())/s.Epoch)
	unsure := time.Duration(0)
	for i := max(0, noon); i < min(len(s.Unsure), noon+int(day/s.Epoch)); i++ {
		if s.Unsure[i] {
			unsure += s.Epoch
		}
	}
	if unsure < mostUnsure {
		return ""
	}
	return fmt.Sprintf("%s can't tell rest for %s of this day from noon to noon: it takes long zeros for not worn", s.Algorithm.ID, actigraphy.InWords(unsure))
}
