package sleep

import (
	"errors"
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

const day = 24 * time.Hour

// Regularity returns the sleep regularity index of a scoring: -100 + 200 times the
// share of pairs of epochs 24 hours apart that are both sleep or both not. 100 is
// the same sleep every day, 0 is chance. Pairs with an unknown epoch are dropped
// (Paper). pyActigraphy takes the mean over the times of day of each one's share,
// and has no number where an epoch is unknown or a time of day comes once. It is an
// error if there is no number.
//
// Phillips AJK et al. (2017), doi:10.1038/s41598-017-03171-4.
func Regularity(s Scoring, d Definition) (float64, error) {
	if s.Epoch <= 0 || day%s.Epoch != 0 {
		return math.NaN(), fmt.Errorf("epochs of %v do not divide a day", actigraphy.InWords(s.Epoch))
	}
	period := int(day / s.Epoch)
	switch d {
	case Paper:
		return pairRegularity(s.States, period)
	case PyActigraphy:
		return profileRegularity(s.States, period)
	}
	return math.NaN(), fmt.Errorf("there is no %q regularity index: choose %s or %s", d, Paper, PyActigraphy)
}

func pairRegularity(states []State, period int) (float64, error) {
	pairs, same := 0, 0
	for i := 0; i+period < len(states); i++ {
		a, b := states[i], states[i+period]
		if a == Unknown || b == Unknown {
			continue
		}
		pairs++
		same += one((a == Asleep) == (b == Asleep))
	}
	if pairs == 0 {
		return math.NaN(), errors.New("no two known epochs are 24 h apart")
	}
	return 200*float64(same)/float64(pairs) - 100, nil
}

func profileRegularity(states []State, period int) (float64, error) {
	if len(states) < 2*period {
		return math.NaN(), errors.New("it takes two days, so that each time of day comes twice")
	}
	if count(states, Unknown) > 0 {
		return math.NaN(), errors.New("some epochs are not scored")
	}
	sum := 0.0
	for t := range period {
		pairs, same := 0, 0
		for i := t; i+period < len(states); i += period {
			pairs++
			same += one((states[i] == Asleep) == (states[i+period] == Asleep))
		}
		sum += float64(same) / float64(pairs)
	}
	return 200*sum/float64(period) - 100, nil
}

// Midpoint returns the time of day around which the epochs scored asleep lie, the
// circular mean, in hours since midnight from -12 to 12. It is an error if there is
// no sleep, or no time of day.
//
// Lunsford-Avery JR et al. (2018), doi:10.1038/s41598-018-32402-5.
func Midpoint(s Scoring) (float64, error) {
	if s.Start.IsZero() {
		return math.NaN(), errors.New("the time of day is not known")
	}
	sines, cosines, asleep := 0.0, 0.0, 0
	step := 2 * math.Pi * s.Epoch.Hours() / 24
	first := 2 * math.Pi * s.Start.SinceMidnight().Hours() / 24
	for i, state := range s.States {
		if state == Asleep {
			sin, cos := math.Sincos(first + float64(i)*step)
			sines, cosines, asleep = sines+sin, cosines+cos, asleep+1
		}
	}
	if asleep == 0 {
		return math.NaN(), errors.New("no epoch is scored asleep")
	}
	return 12 / math.Pi * math.Atan2(sines, cosines), nil
}
