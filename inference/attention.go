package inference

import (
	"context"
	"fmt"

	"circascope/models"
)

// Explainer is an Engine that also gives the attention weights of a recording.
type Explainer interface {
	Engine
	// Attend computes one recording and gives the attention of one layer, from 1
	// up: the map of one head, from 1 up, or the mean over heads for head 0. A
	// layer or head that the model lacks is an error. Only that one map is kept:
	// all of PAT-L's would take 240 MB.
	Attend(ctx context.Context, w Week, layer, head int) (Attention, error)
}

// MeanHead asks Attend for the mean over heads.
const MeanHead = 0

// Attention is what one layer attends to in one recording.
type Attention struct {
	Layer, Head int         // from 1 up; Head MeanHead is the mean over heads
	Tokens      int         // of the recording
	Map         []float32   // (query, key), row-major; each row sums to 1
	Profiles    [][]float32 // of every layer, mean over heads: see Received
	Embedding   []float32   // models.Dim values, of the same computation
}

// Profile returns the attention each token receives in the map; see Received.
func (a Attention) Profile() []float32 { return Received(a.Map, a.Tokens) }

// Received returns the attention that each token receives in a map (query, key),
// row-major: the sum over queries, divided by its total. It is PAT's authors'
// explanation (arXiv 2411.15240 and their notebooks): the sum over keys, which
// the paper's text names, is 1 for every query.
func Received(weights []float32, tokens int) []float32 {
	sums := make([]float64, tokens)
	total := 0.0
	for q := range tokens {
		for k, a := range weights[q*tokens : (q+1)*tokens] {
			sums[k] += float64(a)
			total += float64(a)
		}
	}
	out := make([]float32, tokens)
	for k, s := range sums {
		out[k] = float32(s / total)
	}
	return out
}

// Hourly returns how much of a profile falls into each hour from the first
// minute: each token's share spread evenly over its minutes, summed by Span. It
// sums to 1.
func Hourly(profile []float32, minutes int) []float64 {
	if len(profile) == 0 {
		return nil
	}
	perMinute := float64(len(profile)) / float64(minutes)
	spans := Hours(minutes)
	out := make([]float64, len(spans))
	for i, s := range spans {
		for m := s.From; m < s.To; m++ {
			out[i] += float64(profile[m*len(profile)/minutes]) * perMinute
		}
	}
	return out
}

// Daily returns a profile on the average day, one value a minute of the 24 hours
// from the first minute: each token's value repeated over its minutes, reshaped to
// (days, 1440), averaged over the whole days, as PAT's authors do. It is nil where
// there is no whole day.
func Daily(profile []float32, minutes int) []float64 {
	const day = 24 * 60
	days := minutes / day
	if len(profile) == 0 || days == 0 {
		return nil
	}
	out := make([]float64, day)
	for m := range days * day {
		out[m%day] += float64(profile[m*len(profile)/minutes]) / float64(days)
	}
	return out
}

// CheckAttention reports a layer or head that a model lacks.
func CheckAttention(spec models.Spec, layer, head int) error {
	switch {
	case layer < 1 || layer > spec.Layers:
		return fmt.Errorf("%s has no layer %d: choose 1 to %d", spec.Name(), layer, spec.Layers)
	case head < MeanHead || head > spec.Heads:
		return fmt.Errorf("%s has no head %d: choose 1 to %d, or the mean over heads", spec.Name(), head, spec.Heads)
	}
	return nil
}
