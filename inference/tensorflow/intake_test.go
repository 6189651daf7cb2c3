package tensorflow

import (
	"context"
	"fmt"
	"testing"

	"circascope/inference"
	"circascope/models"
)

// TestTheCallerMayReuseItsValues writes every recording into one slice, which is
// overwritten while those before it are computed.
func TestTheCallerMayReuseItsValues(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	e := openGraph(t, w, "folded", inference.Options{Workers: 2})
	days := load(t, "inputs/day1")
	var want []inference.Embedding
	for range 8 {
		want = append(want, embedAll(t, e, days)...)
	}
	buffer := make([]float32, 1440)
	reusing := func(yield func(inference.Week, error) bool) {
		for i := range want {
			copy(buffer, days.row(i%days.shape[0]))
			if !yield(inference.Week{Key: fmt.Sprint(i), Values: buffer}, nil) {
				return
			}
		}
	}
	n := 0
	err := e.Embed(context.Background(), reusing, func(emb inference.Embedding) error {
		atMost(t, "the embedding of "+emb.Key, furthest(emb.Vector, want[n].Vector), 0)
		n++
		return nil
	})
	if err != nil || n != len(want) {
		t.Errorf("%d embeddings and %v, want %d", n, err, len(want))
	}
}

// TestEmbedTakesFewWeeksAhead wants memory not to grow with the number of weeks:
// at most twice as many as there are workers are taken and not yet given back.
func TestEmbedTakesFewWeeksAhead(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	const workers = 2
	e := openGraph(t, w, "folded", inference.Options{Workers: workers})
	taken, given, most := 0, 0, 0
	day := make([]float32, 1440)
	err := e.Embed(context.Background(), func(yield func(inference.Week, error) bool) {
		for taken < 40 {
			taken++
			most = max(most, taken-given)
			if !yield(inference.Week{Key: fmt.Sprint(taken), Values: day}, nil) {
				return
			}
		}
	}, func(inference.Embedding) error { given++; return nil })
	if err != nil || given != 40 {
		t.Errorf("%d embeddings and %v, want 40", given, err)
	}
	if want := 2*workers + 1; most > want { // one is in emit's hands
		t.Errorf("%d weeks were taken and not given back, want at most %d", most, want)
	}
}

// TestUnsoundResultsAreRefused hands on what a broken device may give.
func TestUnsoundResultsAreRefused(t *testing.T) {
	vector := func(v float32) []float32 {
		out := make([]float32, models.Dim)
		out[models.Dim-1] = v
		return out
	}
	inf := 1 / vector(0)[0]
	for _, tc := range []struct {
		name string
		emb  inference.Embedding
		good bool
	}{
		{"good", inference.Embedding{Vector: vector(1), Profile: make([]float32, 80), Score: &inference.Score{Value: 0.5}}, true},
		{"no profile", inference.Embedding{Vector: vector(1)}, true},
		{"short", inference.Embedding{Vector: vector(1)[1:]}, false},
		{"short profile", inference.Embedding{Vector: vector(1), Profile: make([]float32, 79)}, false},
		{"infinite", inference.Embedding{Vector: vector(inf)}, false},
		{"NaN", inference.Embedding{Vector: vector(inf - inf)}, false},
		{"NaN in the profile", inference.Embedding{Vector: vector(1), Profile: append(make([]float32, 79), inf-inf)}, false},
		{"NaN for a score", inference.Embedding{Vector: vector(1), Score: &inference.Score{Value: inf - inf}}, false},
	} {
		if err := sound(tc.emb, 80); (err == nil) != tc.good {
			t.Errorf("%s: got %v, want it good: %v", tc.name, err, tc.good)
		}
	}
}

// TestUnsoundMapsAreRefused does the same for attention.
func TestUnsoundMapsAreRefused(t *testing.T) {
	even := inference.Attention{
		Layer: 1, Tokens: 2, Embedding: make([]float32, models.Dim), Map: []float32{0.5, 0.5, 0.25, 0.75}, Profiles: [][]float32{{0.5, 0.5}},
	}
	if err := soundMap(even); err != nil {
		t.Errorf("a good map: %v", err)
	}
	for name, bad := range map[string][]float32{
		"short": {0.5, 0.5, 1}, "row above 1": {0.5, 0.5, 0.5, 0.75}, "row below 1": {0.5, 0.25, 0.5, 0.5}, "over the other axis": {0.5, 0.25, 0.5, 0.75},
	} {
		a := even
		a.Map = bad
		if err := soundMap(a); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
