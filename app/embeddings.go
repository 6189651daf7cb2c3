package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"circascope/explore"
	"circascope/inference"
	"circascope/models"
)

// Group names results that may be looked at together: one model, one weights
// file, one scaler, one preparation, one way of computing. Results of different
// groups are never mixed.
type Group struct {
	Model         models.Size  `json:"model"`
	WeightsSHA    string       `json:"weights_sha256"`
	WeightsState  models.State `json:"weights_state"`
	ScalerID      string       `json:"scaler_id"`
	Preparation   string       `json:"preparation"`
	Minutes       int          `json:"minutes"`
	Engine        string       `json:"engine"`
	EngineVersion string       `json:"engine_version"`
	Precision     string       `json:"precision"`
	DeviceKind    string       `json:"device_kind"`
}

// EmbeddingSet is the results of one group, by subject and week start.
type EmbeddingSet struct {
	Group
	ScalerName string
	Results    []inference.Result
}

// Demo reports whether the set was made with the demo weights.
func (s EmbeddingSet) Demo() bool { return s.WeightsState == models.Demo }

// Label describes the set in a line, for example
// "PAT-L, demo weights, scaler nhanes47, 47 weeks".
func (s EmbeddingSet) Label() string {
	weights := "weights " + shortHash(s.WeightsSHA)
	if s.Demo() {
		weights = "demo weights"
	}
	count := "1 week"
	if n := len(s.Results); n != 1 {
		count = fmt.Sprintf("%d weeks", n)
	}
	return fmt.Sprintf("PAT-%s, %s, scaler %s, %s", s.Model, weights, s.ScalerName, count)
}

func shortHash(sha string) string { return sha[:min(len(sha), 12)] }

func groupOf(r inference.Result) Group {
	return Group{
		r.Model, r.WeightsSHA, r.WeightsState, r.ScalerID, r.Preparation, r.Minutes,
		r.Engine, r.EngineVersion, r.Precision, r.DeviceKind,
	}
}

// EmbeddingSets returns the stored results of a model in groups, the one
// computed last first. An empty model selects all.
func (wb *Workbench) EmbeddingSets(ctx context.Context, model models.Size) ([]EmbeddingSet, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	results, err := lib.Results(ctx, inference.Query{Model: model})
	if err != nil {
		return nil, err
	}
	var sets []EmbeddingSet
	index := map[Group]int{}
	latest := map[Group]string{}
	for _, r := range results {
		g := groupOf(r)
		i, ok := index[g]
		if !ok {
			i = len(sets)
			index[g] = i
			sets = append(sets, EmbeddingSet{Group: g, ScalerName: r.ScalerName})
		}
		sets[i].Results = append(sets[i].Results, r)
		latest[g] = max(latest[g], r.ComputedAt)
	}
	slices.SortStableFunc(sets, func(a, b EmbeddingSet) int {
		return cmp.Or(cmp.Compare(latest[b.Group], latest[a.Group]), cmp.Compare(len(b.Results), len(a.Results)))
	})
	return sets, nil
}

// Projection is an embedding set in the plane of its first two principal
// components.
type Projection struct {
	Set       EmbeddingSet
	XY        [][2]float64 // one a result
	Explained [2]float64   // share of the variance, 0 to 1
}

// Project computes the principal components of a set. A set of fewer than two
// weeks gives points at the origin and explains nothing.
func Project(set EmbeddingSet) (Projection, error) {
	p := Projection{Set: set, XY: make([][2]float64, len(set.Results))}
	if len(set.Results) < 2 {
		return p, nil
	}
	pca, err := explore.PCA(vectors(set), 2)
	if err != nil {
		return p, fmt.Errorf("projecting %s: %w", set.Label(), err)
	}
	for i, xy := range pca.Scores {
		copy(p.XY[i][:], xy)
	}
	copy(p.Explained[:], pca.Explained)
	return p, nil
}

func vectors(set EmbeddingSet) [][]float32 {
	rows := make([][]float32, len(set.Results))
	for i, r := range set.Results {
		rows[i] = r.Vector
	}
	return rows
}
