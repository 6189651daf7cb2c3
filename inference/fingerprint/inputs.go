package fingerprint

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"

	"circascope/inference"
	"circascope/models"
)

// Input is a fixed input of a model.
type Input struct {
	Name   string
	Values []float32 // standardised
}

// Inputs lists what a fingerprint is taken of; the first is the cheap one that
// every start checks. Each uses every weight. They differ in what they show best:
// a day, the graph and position table of another length; a week of daily rhythm,
// what users embed; a flat week, the biases and positions alone, without the patch
// kernel; a week of noise, attention that is spread over tokens which have nothing
// in common.
func Inputs() []Input {
	week := inference.FixedWeek()
	return []Input{
		{"one day", week[:models.WeekMinutes/7]},
		{"a week of daily rhythm", week},
		{"a flat week", make([]float32, models.WeekMinutes)},
		{"a week of noise", noise()},
	}
}

// noise returns a week of independent values, uniform in (-√3, √3): mean 0 and
// variance 1, from a fixed generator, the same on every machine.
func noise() []float32 {
	values := make([]float32, models.WeekMinutes)
	state := uint32(241115240)
	for i := range values {
		state = state*1664525 + 1013904223 // Numerical Recipes' quick generator
		values[i] = float32(float32(int32(state)>>8)/(1<<23)) * 1.7320508
	}
	return values
}

// digest names an input by its values: one that a later version changes is none
// that was answered before.
func (in Input) digest() string {
	h := sha256.New()
	b := make([]byte, 0, 4*len(in.Values))
	for _, v := range in.Values {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	h.Write(b)
	return hex.EncodeToString(h.Sum(nil))
}
