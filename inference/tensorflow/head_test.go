package tensorflow

import (
	"context"
	"path/filepath"
	"testing"

	"circascope/inference"
	"circascope/internal/reference"
	"circascope/models"
)

// scoreTolerance is how far a probability may be from Keras 2, absolute.
const scoreTolerance = 1e-5

func TestParityOfScores(t *testing.T) {
	seen := newDifferences(t)
	for _, size := range []models.Size{models.Small, models.Medium} {
		file := "PAT-" + string(size) + "_finetuned_full"
		path := filepath.Join(reference.Dir(t), "pat", "weights", file+".h5")
		w, _, err := models.Load(context.Background(), path, models.Reader{Program: reference.PatH5(t)})
		if err != nil {
			t.Fatal(err)
		}
		for _, graph := range graphs {
			for _, profiles := range []bool{false, true} {
				var got []float32
				for _, emb := range embedAll(t, openGraph(t, w, graph, inference.Options{Profiles: profiles}), load(t, "inputs/weeks8")) {
					if emb.Score == nil || emb.Score.Name != file || (emb.Profile != nil) != profiles {
						t.Fatalf("PAT-%s %s: got score %+v and a profile of %d tokens", size, graph, emb.Score, len(emb.Profile))
					}
					got = append(got, emb.Score.Value)
				}
				seen.within(t, "PAT-"+string(size)+" "+graph, "score", got, load(t, "ref/finetuned_prob_"+string(size)).values, scoreTolerance)
			}
		}
	}
}

func TestWeightsWithoutHeadGiveNoScore(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	for _, emb := range embedAll(t, openGraph(t, w, "folded", inference.Options{Profiles: true}), load(t, "inputs/day1")) {
		if emb.Score != nil {
			t.Errorf("got the score %+v", *emb.Score)
		}
	}
}
