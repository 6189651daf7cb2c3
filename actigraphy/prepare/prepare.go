// Package prepare turns recordings into the weeks a model takes: one-minute
// epochs, week starts, filling of missing minutes and scaling. Its functions are
// pure.
package prepare

import "circascope/actigraphy"

// WeekStart names where the weeks of a recording begin.
type WeekStart string

// The week starts. A weekday is written in English lower case: "monday".
const (
	FirstMidnight WeekStart = "first-midnight"
	FirstSample   WeekStart = "first-sample"
)

// Missing names what happens to minutes that were not recorded.
type Missing string

// The ways with missing minutes.
const (
	RefuseMissing Missing = "refuse"    // a week with a missing minute is left out, with the reason
	FillByMinute  Missing = "fill-mean" // that person's mean at the same minute of the day
)

// ClockRule names what 7 x 1440 minutes are where the wall clock changes within a
// recording whose zone is known. Without a change all rules give the same.
type ClockRule string

// The clock rules. The empty one is WallFirst, as in results from before there was
// a choice.
const (
	// WallFirst counts minutes of the wall clock, so that a minute of the week is
	// the same time of a person's day in every week. An hour that the clock skips
	// is missing; of one that it shows twice the first pass is kept.
	WallFirst ClockRule = "wall-first"
	// WallMean is WallFirst with the mean of both passes.
	WallMean ClockRule = "wall-mean"
	// Elapsed counts minutes through. Nothing is missing or left out; after a
	// change every minute is off the wall clock by the change.
	Elapsed ClockRule = "elapsed"
)

// ScalerKind names how activity is standardised.
type ScalerKind string

// The kinds of scaler.
const (
	PerCohort    ScalerKind = "cohort"    // each minute of the week by the mean and SD across a cohort
	PerRecording ScalerKind = "recording" // each week by its own mean and SD
)

// Options are the choices of a preparation. Their JSON stands in the provenance.
type Options struct {
	WeekStart WeekStart `json:"week_start"`
	Missing   Missing   `json:"missing"`
	MaxFilled float64   `json:"max_filled"` // weeks with a larger share of missing minutes are left out
	Minutes   int       `json:"minutes"`    // length of an input; 10080 for a week
	Clock     ClockRule `json:"clock,omitempty"`
}

// Week is one stretch of raw one-minute activity.
type Week struct {
	Start     actigraphy.LocalTime
	WeekStart WeekStart // the rule that placed Start; a cohort scaler checks it
	Values    []float64 // counts a minute, no NaN
	Filled    float64   // share of the minutes that were filled in
}

// Skipped says which stretch gave no week, and why. The reason is a clause
// without a full stop.
type Skipped struct {
	Start  actigraphy.LocalTime
	Reason string
}

// Scaler standardises weeks. A cohort scaler is frozen when it is fitted: it has
// a name and an id, and fitting again is an explicit act that makes another one.
type Scaler struct {
	ID        string     `json:"id"` // 32 hex digits of the SHA-256 of kind, start and numbers
	Name      string     `json:"name"`
	Kind      ScalerKind `json:"kind"`
	WeekStart WeekStart  `json:"week_start"` // where its weeks began; others do not fit its columns
	Weeks     int        `json:"weeks"`      // how many it was fitted on
	Unit      string     `json:"unit"`       // of the activity it was fitted on
	Mean      []float64  `json:"mean"`       // one a minute; empty for PerRecording
	Scale     []float64  `json:"scale"`      // population SD, 1 where that is 0
	FittedAt  string     `json:"fitted_at"`  // RFC 3339, UTC; beside the id, not in it
}
