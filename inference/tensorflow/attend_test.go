package tensorflow

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"circascope/inference"
	"circascope/models"
)

var _ inference.Explainer = (*engine)(nil)

// TestParityOfAttend holds what Attend gives against Keras: every layer's mean
// map (S, M; L's are too large for a reference), every layer's profile, the
// embedding. The mean of the heads' maps must be the mean map.
func TestParityOfAttend(t *testing.T) {
	weights := loadWeights(t, models.Sizes()...)
	week := inference.Week{Key: "0", Values: load(t, "inputs/weeks8").row(0)}
	seen := newDifferences(t)
	for _, size := range models.Sizes() {
		w := weights[size]
		e := openGraph(t, w, "folded", inference.Options{Workers: 1})
		for layer := 1; layer <= w.Spec.Layers; layer++ {
			a := attendTo(t, e, week, layer, inference.MeanHead)
			item := fmt.Sprintf("layer %d", layer)
			if size != models.Large {
				seen.within(t, "PAT-"+string(size), item+" map", a.Map, load(t, fmt.Sprintf("ref/s0_attmean_layer%d_%s", layer, size)).values, mapTolerance)
			}
			want := load(t, fmt.Sprintf("ref/s0_attprofile_layer%d_%s", layer, size)).values
			seen.within(t, "PAT-"+string(size), item+" profile", a.Profiles[layer-1], want, profileTolerance)
			seen.within(t, "PAT-"+string(size), item+" profile of the map", a.Profile(), want, profileTolerance)
			seen.within(t, "PAT-"+string(size), item+" embedding", a.Embedding, load(t, "ref/emb_"+string(size)).row(0), embeddingTolerance)
			if layer == w.Spec.Layers {
				seen.within(t, "PAT-"+string(size), item+" daily profile", singles(inference.Daily(a.Profile(), len(week.Values))), load(t, "ref/s0_daily_profile_"+string(size)).values, profileTolerance)
				if size != models.Large { // twelve more runs of the largest model would show the same
					seen.within(t, "PAT-"+string(size), item+" mean of the heads", meanOfHeads(t, e, week, layer), a.Map, 1e-6)
				}
			}
		}
	}
}

func singles(values []float64) []float32 {
	out := make([]float32, len(values))
	for i, v := range values {
		out[i] = float32(v)
	}
	return out
}

// TestOccludeIsTheEmbeddingOfAMaskedDay holds one hour's shift against the
// embedding of the day with that hour set to 0, by the engine itself.
func TestOccludeIsTheEmbeddingOfAMaskedDay(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	e := openGraph(t, w, "folded", inference.Options{})
	values := load(t, "inputs/day1").row(0)
	shifts, whole, err := inference.Occlude(t.Context(), e, inference.Week{Key: "0", Values: values}, nil)
	if err != nil || len(shifts) != 24 {
		t.Fatalf("got %d hours, %v; want 24", len(shifts), err)
	}
	newDifferences(t).within(t, "PAT-S", "unmasked", whole.Vector, load(t, "ref/emb_day1_S").row(0), embeddingTolerance)
	const hour = 11
	masked := slices.Clone(values)
	clear(masked[hour*60 : (hour+1)*60])
	without := embedAll(t, e, array{shape: []int{1, len(masked)}, values: masked})[0].Vector
	sum := 0.0
	for i, v := range without {
		d := float64(v) - float64(whole.Vector[i])
		sum += d * d
	}
	if got, want := shifts[hour].Euclidean, math.Sqrt(sum); got != want || got == 0 {
		t.Errorf("hour %d: moved by %v, want %v and more than 0", hour, got, want)
	}
}

// meanOfHeads asks for one head after the other and averages the maps.
func meanOfHeads(t *testing.T, e *engine, week inference.Week, layer int) []float32 {
	t.Helper()
	heads := e.Spec().Heads
	var sums []float64
	for head := 1; head <= heads; head++ {
		a := attendTo(t, e, week, layer, head)
		if a.Layer != layer || a.Head != head {
			t.Errorf("got layer %d, head %d; want %d, %d", a.Layer, a.Head, layer, head)
		}
		if sums == nil {
			sums = make([]float64, len(a.Map))
		}
		for i, v := range a.Map {
			sums[i] += float64(v)
		}
	}
	out := make([]float32, len(sums))
	for i, s := range sums {
		out[i] = float32(s / float64(heads))
	}
	return out
}

// TestAttendGivesTheHeadAskedFor computes two rows of one head's map from the
// weights and Keras's input of the first layer, in float64.
func TestAttendGivesTheHeadAskedFor(t *testing.T) {
	const head = 2
	w := loadWeights(t, models.Small)[models.Small]
	e := openGraph(t, w, "folded", inference.Options{Workers: 1})
	a := attendTo(t, e, inference.Week{Key: "0", Values: load(t, "inputs/weeks8").row(0)}, 1, head)
	x := load(t, "ref/s0_embed_S")
	x.shape = []int{a.Tokens, models.Dim}
	block := &w.Blocks[0]
	project := func(token int, kernel, bias []float32) []float64 {
		out := make([]float64, models.KeyDim)
		for d := range out {
			at := (head-1)*models.KeyDim + d
			out[d] = float64(bias[at])
			for i, v := range x.row(token) {
				out[d] += float64(v) * float64(kernel[i*w.Spec.Heads*models.KeyDim+at])
			}
		}
		return out
	}
	seen := newDifferences(t)
	for _, query := range []int{0, 333} {
		q := project(query, block.QueryKernel, block.QueryBias)
		want := make([]float64, a.Tokens)
		sum := 0.0
		for k := range want {
			score := 0.0
			for d, v := range project(k, block.KeyKernel, block.KeyBias) {
				score += v * q[d]
			}
			want[k] = math.Exp(score / math.Sqrt(models.KeyDim))
			sum += want[k]
		}
		row := make([]float32, len(want))
		for k, v := range want {
			row[k] = float32(v / sum)
		}
		seen.within(t, "PAT-S", fmt.Sprintf("head %d, query %d", head, query), a.Map[query*a.Tokens:(query+1)*a.Tokens], row, mapTolerance)
	}
}

func attendTo(t *testing.T, e *engine, week inference.Week, layer, head int) inference.Attention {
	t.Helper()
	a, err := e.Attend(t.Context(), week, layer, head)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAttendRefuses(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	e := openGraph(t, w, "folded", inference.Options{Workers: 1})
	day := load(t, "inputs/day1").row(0)
	good := inference.Week{Key: "anna", Values: day}
	for _, tc := range []struct {
		week        inference.Week
		layer, head int
		want        string
	}{
		{good, 2, 0, "PAT-S has no layer 2"},
		{good, 1, 7, "PAT-S has no head 7"},
		{inference.Week{Key: "anna", Values: day[:100]}, 1, 0, "anna"},
	} {
		if _, err := e.Attend(t.Context(), tc.week, tc.layer, tc.head); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("got %v, want it to say %q", err, tc.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Attend(ctx, good, 1, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}
