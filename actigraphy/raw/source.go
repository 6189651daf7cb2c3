package raw

import (
	"context"
	"iter"
	"time"

	"circascope/actigraphy"
)

// Source is a raw recording that can be gone through from its beginning as often
// as a computation needs: calibration reads it once, the measures a second time.
type Source interface {
	// Header says what the file tells of the recording as a whole.
	Header() Header
	// Blocks yields the samples in order of time. Memory does not grow with the
	// recording: a block is valid until the next one is asked for. An error is the
	// last thing yielded.
	Blocks(ctx context.Context) iter.Seq2[*Block, error]
}

// Header describes a raw recording.
type Header struct {
	Subject string               // the participant's id as the file gives it; may be empty
	Device  string               // model and serial number, as far as the file names them
	Site    string               // "wrist", "hip"; empty where the file does not say
	Start   actigraphy.LocalTime // of the first sample
	Rate    float64              // nominal samples a second
	Range   float64              // largest acceleration the device measures, g; 0 where unknown
	Notes   []string             // what the reader decided, in sentences
}

// Block is a run of samples without a gap.
type Block struct {
	Start time.Time // of the first sample, on the same clock as Header.Start.Clock()
	Rate  float64   // samples a second in this block; sample i is taken at Start + i/Rate

	X, Y, Z []float64 // acceleration, g; equally long

	// Held marks a block that the device did not measure: it slept (ActiGraph's
	// idle sleep mode) and the values are the last ones before, as the maker's
	// software fills them. Measures of such time are missing unless a computation
	// is told to take it as the maker does.
	Held bool

	Temperature float64 // degrees Celsius, mean of the block; NaN where not measured
	Light       float64 // lux or the device's own steps; NaN where not measured
	HeartRate   float64 // beats a minute, mean of the block; 0 where not measured
	Marker      bool    // the wearer pressed the device's button in this block
}

// Damage is what a reader had to leave out, for the notes of the recording.
type Damage struct {
	Blocks  int           // pieces that could not be read: bad checksums, impossible times
	Missing time.Duration // time without samples between the first and the last one
	Notes   []string      // what it was, in sentences: clocks that were set, a file cut off
}

// Damaged is what a Source may also implement: it reports, once Blocks has been
// gone through, what was left out.
type Damaged interface {
	Damage() Damage
}
