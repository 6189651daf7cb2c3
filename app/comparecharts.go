package app

import (
	"fmt"
	"strings"

	"circascope/plots"
)

// CompareChart returns the projections of a comparison side by side.
func CompareChart(c Comparison, color plots.Coloring) (plots.Compare, Sources) {
	chart := plots.Compare{Labels: c.labels(c.Summary()), Color: color}
	for _, s := range c.Sizes {
		chart.Panels = append(chart.Panels, s.plot())
		chart.Notes = append(chart.Notes, fmt.Sprintf("%s a week", duration(s.Seconds.Median)))
	}
	return chart, CompareSources("comparison of model sizes", c)
}

// OverlayChart returns the projections of a comparison laid over each other, with
// the participants named that are placed most differently.
func OverlayChart(c Comparison) (plots.Overlay, Sources) {
	chart := plots.Overlay{Labels: c.labels("The sizes laid over each other"), Marked: c.mostDifferent(namedPeople)}
	for _, s := range c.Sizes {
		layer := s.plot()
		layer.X, layer.Y = columns(s.Aligned)
		chart.Layers = append(chart.Layers, layer)
	}
	if len(c.Sizes) > 0 {
		chart.Names = subjects(c.Sizes[0].Set.Results)
	}
	return chart, CompareSources("overlay of model sizes", c)
}

// namedPeople is how many participants an overlay names.
const namedPeople = 5

// mostDifferent returns the weeks of the participants placed most differently.
func (c Comparison) mostDifferent(n int) []int {
	var weeks []int
	for _, d := range c.Agreed.People[:min(n, len(c.Agreed.People))] {
		if d.Neighbours.or(0)+d.Shift.or(0) > 0 {
			weeks = append(weeks, d.Weeks...)
		}
	}
	return weeks
}

func (c Comparison) labels(heading string) plots.Labels {
	return plots.Labels{Heading: heading, Demo: c.Demo(), Caption: compareCaption(c.Sets())}
}

// compareCaption names the weights of every size and what they have in common.
func compareCaption(sets []EmbeddingSet) string {
	var parts []string
	for _, s := range sets {
		parts = append(parts, fmt.Sprintf("PAT-%s weights %s", s.Model, shortHash(s.WeightsSHA)))
	}
	if len(sets) > 0 {
		s := sets[0]
		parts = append(parts, "scaler "+s.ScalerName, fmt.Sprintf("%s %s %s", s.Engine, s.EngineVersion, s.Precision))
	}
	return strings.Join(parts, ", ")
}

// CompareSources lists what a comparison was made of, and how.
func CompareSources(what string, c Comparison) Sources {
	src := SetSources(what, c.Sets()...)
	src.Details["comparison"] = c
	return src
}

func columns(xy [][2]float64) (x, y []float64) {
	x, y = make([]float64, len(xy)), make([]float64, len(xy))
	for i, p := range xy {
		x[i], y[i] = p[0], p[1]
	}
	return x, y
}
