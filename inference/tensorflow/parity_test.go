package tensorflow

import (
	"context"
	"fmt"
	"testing"

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

// embeddings lists the inputs with reference embeddings, two or eight recordings
// each.
var embeddings = []struct{ item, input, want string }{
	{"7 days", "weeks8", "emb"},
	{"7 days, own mean and SD", "weeks8_perweek", "emb_perweek"},
	{"1 day", "day1", "emb_day1"},
	{"3 days", "days3", "emb_days3"},
	{"10 days", "days10", "emb_days10"},
	{"14 days", "days14", "emb_days14"},
}

// eachGraph runs a subtest for each of some sizes and every graph.
func eachGraph(t *testing.T, sizes []models.Size, test func(t *testing.T, size models.Size, w *models.Weights, graph string)) {
	for _, size := range sizes {
		t.Run(string(size), func(t *testing.T) {
			w := loadWeights(t, size)[size]
			for _, graph := range graphs {
				t.Run(graph, func(t *testing.T) { test(t, size, w, graph) })
			}
		})
	}
}

func TestParityOfEmbeddings(t *testing.T) {
	seen := newDifferences(t)
	eachGraph(t, models.Sizes(), func(t *testing.T, size models.Size, w *models.Weights, graph string) {
		e := openGraph(t, w, graph, inference.Options{})
		column := "PAT-" + string(size) + " " + graph
		for _, c := range embeddings {
			if testing.Short() && c.input != "weeks8" {
				continue // the other lengths take time
			}
			t.Run(c.input, func(t *testing.T) {
				got := vectors(embedAll(t, e, load(t, "inputs/"+c.input)))
				seen.within(t, column, c.item, got, load(t, "ref/"+c.want+"_"+string(size)).values, embeddingTolerance)
				if c.input == "weeks8" {
					seen.within(t, column, c.item+", NumPy float64", got, load(t, "ref/emb64_"+string(size)).values, embeddingTolerance)
				}
			})
		}
	})
}

func TestParityOfIntermediates(t *testing.T) {
	week := load(t, "inputs/weeks8").row(0)
	seen := newDifferences(t)
	eachGraph(t, models.Sizes(), func(t *testing.T, size models.Size, w *models.Weights, graph string) {
		taps := tap(t, w, graph, len(week)/w.Spec.Patch)(week)
		check := func(kind, file string, tolerance float64) {
			t.Helper()
			seen.within(t, "PAT-"+string(size)+" "+graph, kind, taps[kind], load(t, "ref/"+file+"_"+string(size)).values, tolerance)
		}
		check("patches", "s0_patch", layerTolerance)
		check("embedded", "s0_embed", layerTolerance)
		for i := 1; i <= w.Spec.Layers; i++ {
			check(fmt.Sprintf("layer %d", i), fmt.Sprintf("s0_layer%d", i), layerTolerance)
			check(fmt.Sprintf("profile %d", i), fmt.Sprintf("s0_attprofile_layer%d", i), profileTolerance)
			if size != models.Large { // no reference: it is too large
				check(fmt.Sprintf("map %d", i), fmt.Sprintf("s0_attmean_layer%d", i), mapTolerance)
			}
		}
	})
}

func TestProfileComesWithTheEmbedding(t *testing.T) {
	weeks := load(t, "inputs/weeks8")
	weeks.shape, weeks.values = []int{1, models.WeekMinutes}, weeks.row(0)
	seen := newDifferences(t)
	eachGraph(t, models.Sizes(), func(t *testing.T, size models.Size, w *models.Weights, graph string) {
		got := embedAll(t, openGraph(t, w, graph, inference.Options{Profiles: true}), weeks)[0].Profile
		column := "PAT-" + string(size) + " " + graph
		seen.within(t, column, "profile", got, load(t, fmt.Sprintf("ref/s0_attprofile_layer%d_%s", w.Spec.Layers, size)).values, profileTolerance)
		seen.within(t, column, "daily profile", daily(got, w.Spec.Patch), load(t, "ref/s0_daily_profile_"+string(size)).values, profileTolerance)
		sum := 0.0
		for _, v := range got {
			sum += float64(v)
		}
		atMost(t, "the sum of the profile from 1", max(sum-1, 1-sum), 1e-5)
	})
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

// vectors returns the embeddings one after the other.
func vectors(embeddings []inference.Embedding) []float32 {
	var out []float32
	for _, e := range embeddings {
		out = append(out, e.Vector...)
	}
	return out
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
