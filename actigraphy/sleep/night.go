package sleep

import (
	"math"
	"time"

	"circascope/actigraphy"
)

// Night is what came of one rest period. Times are in minutes. A number that is not
// defined is NaN: without sleep there is no onset, and without activity no movement.
// Unknown epochs are in the time in bed and nowhere else.
type Night struct {
	Period
	Convention Convention

	Onset  actigraphy.LocalTime // falling asleep, after lights off; unknown without sleep
	Offset actigraphy.LocalTime // end of the last sleep

	TIB        float64 // time in bed, from From to To
	TST        float64 // total sleep time
	SOL        float64 // sleep onset latency: from lights off, or else from From, to Onset
	WASO       float64 // wake after sleep onset
	Snooze     float64 // from Offset to To
	SE         float64 // sleep efficiency, % of the time in bed
	Awakenings float64 // runs of wake that WASO counts
	Awakening  float64 // mean length of an awakening
	Midsleep   float64 // half-way from Onset to Offset, hours since the midnight after the evening

	// ActiLife's indexes, over the whole rest period.
	MovementIndex      float64 // % of epochs with activity
	FragmentationIndex float64 // % of the runs of sleep that last a minute
	SleepFragmentation float64 // their sum

	// Actiware's, between Onset and Offset.
	Mobile           float64 // % of epochs that are mobile
	BriefImmobile    float64 // % of the immobile bouts that last at most a minute
	ActiwareFragment float64 // their sum

	Unknown float64 // share of the epochs that are not scored
	Reason  string  // why the night is not valid, a clause; empty if it is
}

// Nap reports whether the night is a nap.
func (n Night) Nap() bool { return n.Kind == nap }

// Valid reports whether the night's numbers may be used.
func (n Night) Valid() bool { return n.Reason == "" }

// Convention is a way to find the beginning and end of sleep in a rest period.
type Convention string

// The conventions.
const (
	// FirstToLast: sleep begins with the first epoch scored asleep; wake after onset
	// is counted until the end of the rest period. ActiLife and the AASM do so.
	FirstToLast Convention = "first sleep"
	// Immobility: sleep begins with the first 10 minutes of which all epochs but one
	// are immobile, and ends with the last such; sleep and wake are counted between.
	// Actiware does so by default.
	Immobility Convention = "immobility"
)

// Rules say how nights are summed up and which are valid.
type Rules struct {
	Convention Convention
	Shortest   time.Duration // shorter times in bed are not valid
	Longest    time.Duration // nor are longer ones
	MaxUnknown float64       // nor is a greater share of epochs that are not scored
}

// DefaultRules returns the paper's convention; a night is valid from 2 h to 16 h in
// bed, with at most a tenth of it unknown.
func DefaultRules() Rules {
	return Rules{Convention: FirstToLast, Shortest: 2 * time.Hour, Longest: 16 * time.Hour, MaxUnknown: .1}
}

// emptyNight returns a night of which nothing is known but its period.
func emptyNight(p Period, c Convention) Night {
	nan := math.NaN()
	return Night{
		Period: p, Convention: c, TIB: p.Length().Minutes(),
		TST: nan, SOL: nan, WASO: nan, Snooze: nan, SE: nan, Awakenings: nan, Awakening: nan, Midsleep: nan,
		MovementIndex: nan, FragmentationIndex: nan, SleepFragmentation: nan, Mobile: nan, BriefImmobile: nan, ActiwareFragment: nan,
		Unknown: nan,
	}
}
