package inference_test

import (
	"context"
	"iter"
	"math"
	"strings"
	"testing"

	"circascope/inference"
	"circascope/models"
)

// answering is an engine that answers every week with the same vector.
type answering struct{ vector []float32 }

func (a answering) Spec() models.Spec { return models.Spec{} }
func (a answering) Runtime() inference.Runtime {
	return inference.Runtime{Engine: "test", Precision: "float32"}
}
func (a answering) Close() error { return nil }

func (a answering) Embed(_ context.Context, weeks iter.Seq2[inference.Week, error], emit func(inference.Embedding) error) error {
	for w, err := range weeks {
		if err != nil {
			return err
		}
		if err := emit(inference.Embedding{Key: w.Key, Vector: a.vector}); err != nil {
			return err
		}
	}
	return nil
}

type memory map[string][]float32

func (m memory) Fingerprint(key string) ([]float32, bool, error) { v, ok := m[key]; return v, ok, nil }
func (m memory) SaveFingerprint(key string, v []float32) error   { m[key] = v; return nil }

func vector(change func([]float32)) []float32 {
	v := make([]float32, models.Dim)
	for i := range v {
		v[i] = float32(i) / 10
	}
	change(v)
	return v
}

func TestHealthCheck(t *testing.T) {
	same := func([]float32) {}
	keep := memory{}
	check := func(v []float32, sha string) (inference.Health, error) {
		return inference.HealthCheck(context.Background(), answering{v}, sha, keep)
	}
	if h, err := check(vector(same), "a"); err != nil || h.Fingerprint != inference.FingerprintRecorded || h.FeatureCount != 96 {
		t.Fatalf("first run: %+v, %v", h, err)
	}
	if h, err := check(vector(same), "a"); err != nil || h.Fingerprint != inference.FingerprintMatched || h.Difference != 0 {
		t.Errorf("second run: %+v, %v", h, err)
	}
	if h, err := check(vector(func(v []float32) { v[7] += 1e-5 }), "a"); err != nil || h.Fingerprint != inference.FingerprintMatched {
		t.Errorf("within the tolerance: %+v, %v", h, err)
	}
	if h, err := check(vector(same), "b"); err != nil || h.Fingerprint != inference.FingerprintRecorded {
		t.Errorf("other weights have a fingerprint of their own: %+v, %v", h, err)
	}
	if h, err := inference.HealthCheck(context.Background(), answering{vector(same)}, "a", nil); err != nil || h.Fingerprint != inference.FingerprintNone {
		t.Errorf("nobody keeps fingerprints: %+v, %v", h, err)
	}
}

func TestHealthCheckFindsFaults(t *testing.T) {
	for _, tc := range []struct {
		name   string
		vector []float32
		want   string
	}{
		{"another answer", vector(func(v []float32) { v[40] += 1e-3 }), "differs from its fingerprint"},
		{"NaN", vector(func(v []float32) { v[3] = float32(math.NaN()) }), "feature 4"},
		{"infinite", vector(func(v []float32) { v[0] = float32(math.Inf(1)) }), "feature 1"},
		{"too few", make([]float32, 95), "95 features"},
		{"none", nil, "0 features"},
	} {
		keep := memory{}
		if _, err := inference.HealthCheck(context.Background(), answering{vector(func([]float32) {})}, "a", keep); err != nil {
			t.Fatal(err)
		}
		_, err := inference.HealthCheck(context.Background(), answering{tc.vector}, "a", keep)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want it to say %q", tc.name, err, tc.want)
		}
	}
}
