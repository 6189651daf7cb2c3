package inference_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"circascope/inference"
	"circascope/models"
)

func TestReceivedIsTheSumOverQueries(t *testing.T) {
	// Two queries: the first looks at key 0 alone, the second at both alike.
	if got, want := inference.Received([]float32{1, 0, 0.5, 0.5}, 2), []float32{0.75, 0.25}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Tokens of 18 minutes do not end where hours do: of 126 minutes in 7 tokens the
// first hour has three whole tokens and 6 minutes of the fourth.
func TestHourlySplitsTokensAtTheHour(t *testing.T) {
	profile := []float32{0.25, 0, 0.125, 0.375, 0, 0, 0.25}
	want := []float64{0.375 + 0.375*6/18, 0.375*12/18 + 0.25*12/18, 0.25 * 6 / 18}
	got := inference.Hourly(profile, 126)
	if len(got) != len(want) {
		t.Fatalf("got %d hours, want %d", len(got), len(want))
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-12 {
			t.Errorf("hour %d: got %v, want %v", i+1, got[i], want[i])
		}
	}
}

// Two days and a half of tokens of 720 minutes: the half day does not count.
func TestDailyAveragesWholeDays(t *testing.T) {
	got := inference.Daily([]float32{0.1, 0.2, 0.3, 0.4, 0.9}, 5*720)
	if len(got) != 1440 {
		t.Fatalf("got %d minutes, want 1440", len(got))
	}
	for minute, want := range map[int]float64{0: 0.2, 719: 0.2, 720: 0.3, 1439: 0.3} {
		if math.Abs(got[minute]-want) > 1e-7 {
			t.Errorf("minute %d: got %v, want %v", minute, got[minute], want)
		}
	}
	if got := inference.Daily([]float32{1}, 720); got != nil {
		t.Errorf("half a day: got %d minutes, want none", len(got))
	}
}

func TestCheckAttention(t *testing.T) {
	spec, err := models.SpecOf(models.Medium)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		layer, head int
		ok          bool
	}{{1, 0, true}, {2, 12, true}, {0, 0, false}, {3, 0, false}, {1, 13, false}, {1, -1, false}} {
		if err := inference.CheckAttention(spec, tc.layer, tc.head); (err == nil) != tc.ok {
			t.Errorf("layer %d, head %d: got %v, want ok %v", tc.layer, tc.head, err, tc.ok)
		}
	}
}

// attending is an engine with known maps, one a layer, that wants the mean head.
type attending struct {
	answering
	maps   [][]float32
	tokens int
	fail   error
}

func (a attending) Spec() models.Spec { return models.Spec{Layers: len(a.maps)} }

func (a attending) Attend(_ context.Context, _ inference.Week, layer, head int) (inference.Attention, error) {
	if head != inference.MeanHead {
		return inference.Attention{}, errors.New("a head was asked for")
	}
	return inference.Attention{Layer: layer, Tokens: a.tokens, Map: a.maps[layer-1]}, a.fail
}

// TestRolloutByDefinition holds the rollout against the sum over all paths through
// the layers, each weight of a path being (A + I) / 2.
func TestRolloutByDefinition(t *testing.T) {
	const n = 5
	rng := rand.New(rand.NewPCG(7, 8))
	maps := make([][]float32, 3)
	for l := range maps {
		maps[l] = make([]float32, n*n)
		for q := range n {
			row, sum := maps[l][q*n:(q+1)*n], float32(0)
			for k := range row {
				row[k] = rng.Float32()
				sum += row[k]
			}
			for k := range row {
				row[k] /= sum
			}
		}
	}
	step := func(layer, q, k int) float64 {
		v := float64(maps[layer][q*n+k])
		if q == k {
			v++
		}
		return v / 2
	}
	var layers []int
	got, err := inference.Rollout(t.Context(), attending{maps: maps, tokens: n}, inference.Week{}, func(done, _ int) { layers = append(layers, done) })
	if err != nil {
		t.Fatal(err)
	}
	reach := make([]float64, n) // of each key, over queries
	for q := range n {
		for k := range n {
			want := 0.0
			for i := range n {
				for j := range n {
					want += step(2, q, j) * step(1, j, i) * step(0, i, k)
				}
			}
			reach[k] += want / n
			if d := math.Abs(float64(got.Map[q*n+k]) - want); d > 1e-6 {
				t.Errorf("query %d, key %d: got %v, want %v", q, k, got.Map[q*n+k], want)
			}
		}
	}
	for k, v := range got.Profile() {
		if math.Abs(float64(v)-reach[k]) > 1e-6 {
			t.Errorf("profile of key %d: got %v, want the mean over queries %v", k, v, reach[k])
		}
	}
	if want := []int{1, 2, 3}; !slices.Equal(layers, want) {
		t.Errorf("progress: got %v, want %v", layers, want)
	}
}

func TestRolloutOfOneLayerIsHalfTheMapAndHalfItself(t *testing.T) {
	got, err := inference.Rollout(t.Context(), attending{maps: [][]float32{{0.25, 0.75, 1, 0}}, tokens: 2}, inference.Week{}, nil)
	if want := []float32{0.625, 0.375, 0.5, 0.5}; err != nil || !slices.Equal(got.Map, want) {
		t.Errorf("got %v, %v; want %v", got.Map, err, want)
	}
	if _, err := inference.Rollout(t.Context(), attending{maps: [][]float32{{1}}, tokens: 1, fail: errClosed}, inference.Week{}, nil); !errors.Is(err, errClosed) {
		t.Errorf("a layer that fails: got %v, want %v", err, errClosed)
	}
}

var errClosed = errors.New("closed")
