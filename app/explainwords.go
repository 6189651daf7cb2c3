package app

import (
	"errors"
	"fmt"

	"circascope/explore"
	"circascope/inference"
)

// NotCausation stands wherever attention is shown.
const NotCausation = "Attention is not causation: it says where the model looked, not what its answer depends on. Compare it with occlusion."

// What names the explanation in a word, for axes.
func (e Explanation) What() string {
	if e.Rollout {
		return "Rollout"
	}
	return "Attention"
}

// Describe names the explanation in full, for example "attention of layer 2 of 4,
// head 3".
func (e Explanation) Describe() string {
	switch {
	case e.Rollout && e.Layers == 1:
		return "attention rolled out through its one layer"
	case e.Rollout:
		return fmt.Sprintf("attention rolled out through %d layers", e.Layers)
	case e.Attention.Head == inference.MeanHead:
		return fmt.Sprintf("attention of layer %d of %d, mean over heads", e.Attention.Layer, e.Layers)
	}
	return fmt.Sprintf("attention of layer %d of %d, head %d", e.Attention.Layer, e.Layers, e.Attention.Head)
}

// Name names the explanation for a file, for example "attention-layer2-head3".
func (e Explanation) Name() string {
	switch {
	case e.Rollout:
		return "rollout"
	case e.Attention.Head == inference.MeanHead:
		return fmt.Sprintf("attention-layer%d-mean", e.Attention.Layer)
	}
	return fmt.Sprintf("attention-layer%d-head%d", e.Attention.Layer, e.Attention.Head)
}

// Agreement is how alike an explanation by attention and one by occlusion rank
// the hours of a week: Spearman's correlations with both distances.
type Agreement struct {
	Hours     int     `json:"hours"`
	Last      int     `json:"last_hour_minutes"` // 60 but where the minutes are no whole hours
	Cosine    float64 `json:"spearman_cosine"`
	Euclidean float64 `json:"spearman_euclidean"`
}

// Agree correlates how much attention each hour receives with how far the
// embedding moves without it. The two must be of one result.
func Agree(e Explanation, o Occlusion) (Agreement, error) {
	if e.Result.ID != o.Result.ID {
		return Agreement{}, errors.New("the attention and the occlusion are of different results")
	}
	hourly := inference.Hourly(e.Profile, e.Result.Minutes)
	if len(hourly) == 0 || len(o.Hours) != len(hourly) {
		return Agreement{}, fmt.Errorf("the attention is of %d hours and the occlusion of %d", len(hourly), len(o.Hours))
	}
	last := o.Hours[len(o.Hours)-1]
	a := Agreement{Hours: len(hourly), Last: last.To - last.From}
	var err error
	if a.Cosine, err = explore.Spearman(hourly, o.cosines()); err != nil {
		return a, fmt.Errorf("correlating attention and occlusion: %w", err)
	}
	if a.Euclidean, err = explore.Spearman(hourly, o.euclideans()); err != nil {
		return a, fmt.Errorf("correlating attention and occlusion: %w", err)
	}
	return a, nil
}

// Sentence says how far attention and occlusion agree.
func (a Agreement) Sentence(what string) string {
	partial := ""
	if a.Last < 60 {
		partial = fmt.Sprintf(" (the last of %d minutes)", a.Last)
	}
	return fmt.Sprintf("Spearman's rank correlation of %s and occlusion over %d hours%s: %.2f with the cosine distance, %.2f with the Euclidean (1: they rank the hours alike, 0: not at all).",
		what, a.Hours, partial, a.Cosine, a.Euclidean)
}

func (o Occlusion) cosines() []float64 {
	out := make([]float64, len(o.Hours))
	for i, h := range o.Hours {
		out[i] = h.Cosine
	}
	return out
}

func (o Occlusion) euclideans() []float64 {
	out := make([]float64, len(o.Hours))
	for i, h := range o.Hours {
		out[i] = h.Euclidean
	}
	return out
}
