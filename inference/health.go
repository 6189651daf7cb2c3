package inference

import (
	"context"
	"fmt"
	"math"
	"time"

	"circascope/models"
)

// Fingerprints keeps embeddings of the fixed week of HealthCheck.
// *models.Catalogue satisfies it.
type Fingerprints interface {
	// Fingerprint returns what is kept under key, and whether anything is.
	Fingerprint(key string) ([]float32, bool, error)
	// SaveFingerprint keeps values under key.
	SaveFingerprint(key string, values []float32) error
}

// FingerprintTolerance is the largest difference of one feature from its
// fingerprint that is no fault. The same engine on the same kind of device gives
// the same bits; another processor's vector width moves a feature by some 1e-6.
const FingerprintTolerance = 5e-5

// Health is the outcome of a HealthCheck.
type Health struct {
	FeatureCount int
	Elapsed      time.Duration
	Fingerprint  FingerprintState
	Difference   float64 // largest absolute difference from the fingerprint
}

// FingerprintState says what the comparison with the fingerprint was.
type FingerprintState string

// The states of a fingerprint.
const (
	FingerprintRecorded FingerprintState = "recorded" // there was none: this run's is kept from now on
	FingerprintMatched  FingerprintState = "matched"
	FingerprintNone     FingerprintState = "none" // nobody keeps fingerprints here
)

// HealthCheck embeds a fixed week with e, checks the answer and compares it with
// the fingerprint kept for these weights on this engine and device. The first
// run records the fingerprint. With keep nil nothing is compared. An answer that
// is wrong in any way is an error that says how.
func HealthCheck(ctx context.Context, e Engine, weightsSHA string, keep Fingerprints) (Health, error) {
	var h Health
	emb, err := embedOne(ctx, e, Week{Key: "health check", Values: FixedWeek()})
	if err != nil {
		return h, fmt.Errorf("embedding the fixed week: %w", err)
	}
	h.FeatureCount, h.Elapsed = len(emb.Vector), emb.Elapsed
	if len(emb.Vector) != models.Dim {
		return h, fmt.Errorf("the embedding of the fixed week has %d features, want %d", len(emb.Vector), models.Dim)
	}
	for i, v := range emb.Vector {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return h, fmt.Errorf("feature %d of the fixed week's embedding is %v: the engine or the device is broken", i+1, v)
		}
	}
	if keep == nil {
		h.Fingerprint = FingerprintNone
		return h, nil
	}
	return h, h.compare(emb.Vector, fingerprintKey(e, weightsSHA), keep)
}

func (h *Health) compare(vector []float32, key string, keep Fingerprints) error {
	want, ok, err := keep.Fingerprint(key)
	if err != nil {
		return err
	}
	if !ok {
		h.Fingerprint = FingerprintRecorded
		return keep.SaveFingerprint(key, vector)
	}
	if len(want) != len(vector) {
		return fmt.Errorf("the fingerprint has %d features, the embedding %d", len(want), len(vector))
	}
	for i := range want {
		h.Difference = max(h.Difference, math.Abs(float64(want[i])-float64(vector[i])))
	}
	if !(h.Difference <= FingerprintTolerance) {
		return fmt.Errorf("the fixed week's embedding differs from its fingerprint by %.3g (at most %g may be): the same weights on the same engine gave another answer before, so the engine, the device or the memory is at fault",
			h.Difference, FingerprintTolerance)
	}
	h.Fingerprint = FingerprintMatched
	return nil
}

// fingerprintKey names what a fingerprint depends on. The engine's version is
// not in it: a new version that answers differently is to be noticed.
func fingerprintKey(e Engine, weightsSHA string) string {
	rt := e.Runtime()
	return fmt.Sprintf("%s %s %s %s", weightsSHA, rt.Engine, rt.Precision, rt.Device.Kind)
}

func embedOne(ctx context.Context, e Engine, w Week) (Embedding, error) {
	var out Embedding
	n := 0
	err := e.Embed(ctx, func(yield func(Week, error) bool) { yield(w, nil) }, func(emb Embedding) error {
		out = emb
		n++
		return nil
	})
	if err == nil && n != 1 {
		err = fmt.Errorf("one week gave %d embeddings", n)
	}
	return out, err
}

// FixedWeek returns the standardised week that HealthCheck and benchmarks embed:
// models.WeekMinutes of a daily rhythm with noise from a fixed generator, about
// zero mean and unit variance, the same on every machine.
func FixedWeek() []float32 {
	const day = models.WeekMinutes / 7
	values := make([]float32, models.WeekMinutes)
	// The conversions below keep the compiler from fusing a product and a sum,
	// which would round differently from one machine to the next.
	state := uint32(20151124)
	for i := range values {
		state = state*1664525 + 1013904223 // Numerical Recipes' quick generator
		noise := float32(float32(state>>8)/(1<<23)) - 1
		phase := float32(i%day) / day
		rhythm := float32(16*phase*(1-phase)*(1-phase)) - 1 // one smooth rise and fall a day
		values[i] = rhythm + noise
	}
	return values
}
