package measure

import (
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/calibrate"
)

// Names of axes in arrays of three.
const (
	X = iota
	Y
	Z
)

// Complete is the share of an epoch that must have been measured; with less of it
// the epoch is missing. What was measured is not scaled up.
const Complete = 0.9

// Series are the measures of a recording, one value an epoch; NaN is missing. The
// first epoch is the first that lies wholly within the recording, and the last one
// the last.
type Series struct {
	Start actigraphy.LocalTime
	Epoch time.Duration

	NotMeasured []float64    // share of the epoch, 0 to 1
	Counts      [3][]float64 // ActiGraph counts of x, y and z
	ENMO        []float64    // mg, mean
	AngleZ      []float64    // degrees, -90 to 90, mean
	MIMS        []float64    // MIMS units; nil where not asked for
	Wear        []float64    // 1 worn, 0 not worn
	Temperature []float64    // degrees Celsius, mean; nil where never measured
	Light       []float64    // mean; nil where never measured
	HeartRate   []float64    // beats a minute, mean; nil where never measured
	Marker      []float64    // 1 where the button was pressed, else 0; nil where it never was

	Calibration calibrate.Result
	CountsRate  float64       // that the counts were computed at, Hz
	Restored    int           // stretches cut off at the device's range that MIMS restored
	CutOff      int           // those that it could not
	Held        time.Duration // that the device slept
	Clipped     raw.Clipped
}
