package tensorflow

import (
	"context"
	"fmt"
	"testing"

	tf "github.com/galeone/tensorflow/tensorflow/go"

	"circascope/inference"
	"circascope/models"
)

// Tolerances of PAT's numbers against Keras 2, float32, absolute.
const (
	embeddingTolerance = 5e-5
	layerTolerance     = 2e-4
	mapTolerance       = 2e-5
	profileTolerance   = 2e-6
)

// attentions are the two graphs that must agree with Keras.
func attentions(w *models.Weights) map[string]attention {
	return map[string]attention{"plain": plain{w}, "folded": fold(w)}
}

// within reports one line of the parity table and fails above the tolerance.
func within(t *testing.T, item string, got, want []float32, tolerance float64) {
	t.Helper()
	d := furthest(got, want)
	t.Logf("%-44s %.1e of %.0e", item, d, tolerance)
	if !(d <= tolerance) {
		t.Errorf("%s differs by %g, at most %g may be", item, d, tolerance)
	}
}

func TestParityOfEmbeddings(t *testing.T) {
	sizes := models.Sizes()
	weights := loadWeights(t, sizes...)
	for _, size := range sizes {
		for _, name := range []string{"plain", "folded"} {
			e := openWith(t, weights[size], attentions(weights[size])[name], inference.Options{})
			for _, c := range []struct{ input, want string }{
				{"weeks8", "emb"},
				{"weeks8_perweek", "emb_perweek"},
				{"day1", "emb_day1"},
				{"days3", "emb_days3"},
				{"days10", "emb_days10"},
				{"days14", "emb_days14"},
			} {
				if testing.Short() && c.input != "weeks8" {
					continue
				}
				item := fmt.Sprintf("PAT-%s %s %s", size, name, c.want)
				got := embedAll(t, e, load(t, "inputs/"+c.input))
				want := load(t, "ref/"+c.want+"_"+string(size))
				var flat []float32
				for _, emb := range got {
					flat = append(flat, emb.Vector...)
				}
				within(t, item, flat, want.values, embeddingTolerance)
			}
		}
	}
}

func TestParityOfIntermediates(t *testing.T) {
	sizes := models.Sizes()
	weights := loadWeights(t, sizes...)
	week := load(t, "inputs/weeks8").row(0)
	for _, size := range sizes {
		for _, name := range []string{"plain", "folded"} {
			taps := tap(t, weights[size], attentions(weights[size])[name], week)
			check := func(kind, file string, tolerance float64) {
				t.Helper()
				within(t, fmt.Sprintf("PAT-%s %s %s", size, name, kind), taps[kind], load(t, "ref/"+file+"_"+string(size)).values, tolerance)
			}
			check("patches", "s0_patch", layerTolerance)
			check("embedded", "s0_embed", layerTolerance)
			for i := 1; i <= weights[size].Spec.Layers; i++ {
				check(fmt.Sprintf("layer %d", i), fmt.Sprintf("s0_layer%d", i), layerTolerance)
				check(fmt.Sprintf("profile %d", i), fmt.Sprintf("s0_attprofile_layer%d", i), profileTolerance)
				if size != models.Large { // no reference: it is too large
					check(fmt.Sprintf("map %d", i), fmt.Sprintf("s0_attmean_layer%d", i), mapTolerance)
				}
			}
		}
	}
}

func TestProfileComesWithTheEmbedding(t *testing.T) {
	weights := loadWeights(t, models.Sizes()...)
	weeks := load(t, "inputs/weeks8")
	weeks.shape, weeks.values = []int{1, models.WeekMinutes}, weeks.row(0)
	for size, w := range weights {
		got := embedAll(t, openWith(t, w, fold(w), inference.Options{Profiles: true}), weeks)[0]
		want := load(t, fmt.Sprintf("ref/s0_attprofile_layer%d_%s", w.Spec.Layers, size))
		within(t, "PAT-"+string(size)+" profile of Embed", got.Profile, want.values, profileTolerance)
		within(t, "PAT-"+string(size)+" daily profile", daily(got.Profile, w.Spec.Patch), load(t, "ref/s0_daily_profile_"+string(size)).values, profileTolerance)
		sum := 0.0
		for _, v := range got.Profile {
			sum += float64(v)
		}
		if sum < 1-1e-5 || sum > 1+1e-5 {
			t.Errorf("PAT-%s: the profile sums to %v, want 1", size, sum)
		}
	}
}

// daily repeats a profile to minutes and averages it over days.
func daily(profile []float32, patch int) []float32 {
	sums := make([]float64, 1440)
	for token, v := range profile {
		for m := range patch {
			sums[(token*patch+m)%1440] += float64(v)
		}
	}
	out := make([]float32, 1440)
	for i, s := range sums {
		out[i] = float32(s * 1440 / float64(len(profile)*patch))
	}
	return out
}

// tap runs one week through a graph that also gives up its intermediates.
func tap(t *testing.T, w *models.Weights, a attention, week []float32) map[string][]float32 {
	t.Helper()
	if _, err := start(); err != nil {
		t.Fatal(err)
	}
	tokens := len(week) / w.Spec.Patch
	table, err := positions(tokens)
	if err != nil {
		t.Fatal(err)
	}
	b := newBuilder()
	enc := addEncoder(b, w, a, table, tokens)
	names := []string{"patches", "embedded"}
	fetches := []tf.Output{enc.patches, enc.embedded}
	for i := range enc.layers {
		names = append(names, fmt.Sprintf("layer %d", i+1), fmt.Sprintf("map %d", i+1), fmt.Sprintf("profile %d", i+1))
		fetches = append(fetches, enc.layers[i], enc.attended[i].average(), enc.profile(b, i))
	}
	r, err := newRunnable(b, enc.input, fetches, config(false))
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	in, err := tf.NewTensor(week)
	if err != nil {
		t.Fatal(err)
	}
	out, err := r.run(in)
	if err != nil {
		t.Fatal(err)
	}
	taps := make(map[string][]float32)
	for i, name := range names {
		taps[name] = out[i]
	}
	return taps
}

// openWith opens an engine with an attention of the test's choice.
func openWith(t testing.TB, w *models.Weights, a attention, o inference.Options) *engine {
	t.Helper()
	e, err := open(context.Background(), w, o)
	if err != nil {
		t.Fatal(err)
	}
	e.attention = a
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// embedAll embeds every row of weeks.
func embedAll(t testing.TB, e inference.Engine, weeks array) []inference.Embedding {
	t.Helper()
	var out []inference.Embedding
	err := e.Embed(context.Background(), rows(weeks), func(emb inference.Embedding) error {
		out = append(out, emb)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// rows yields the rows of an array as weeks called "0", "1" and so on.
func rows(a array) func(func(inference.Week, error) bool) {
	return func(yield func(inference.Week, error) bool) {
		for i := range a.shape[0] {
			if !yield(inference.Week{Key: fmt.Sprint(i), Values: a.row(i)}, nil) {
				return
			}
		}
	}
}
