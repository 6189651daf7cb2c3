package ui

import (
	"fmt"
	"slices"
	"strings"

	"circascope/app"
	"circascope/inference"
	"circascope/plots"
	"circascope/ui/controls"
)

// describePoint names a week and its value.
func describePoint(r inference.Result, c plots.Coloring, i int) string {
	text := r.Subject + "   week from " + weekFrom(r.WeekStart)
	switch {
	case c.Numbers != nil && i < len(c.Numbers):
		text += fmt.Sprintf("   %s %.4g", c.Name, c.Numbers[i])
	case c.Categories != nil && i < len(c.Categories):
		text += "   " + c.Name + " " + c.Categories[i]
	}
	if r.Score != nil && !strings.HasSuffix(c.Name, r.Score.Name) {
		text += fmt.Sprintf("   score %s %.3f", r.Score.Name, r.Score.Value)
	}
	if r.Filled > 0 {
		text += fmt.Sprintf("   %.2g %% filled in", 100*r.Filled)
	}
	return text
}

// pointsOf returns the points of marked recordings. One mark is only the table's
// cursor and selects nothing.
func pointsOf(results []inference.Result, s *study) []int {
	if len(s.marked) < 2 {
		return nil
	}
	var points []int
	for i, r := range results {
		if s.marked[r.Recording] {
			points = append(points, i)
		}
	}
	return points
}

// chosenPoint returns the first point of the chosen recording, or -1.
func chosenPoint(results []inference.Result, s *study) int {
	return slices.IndexFunc(results, func(r inference.Result) bool { return r.Recording == s.chosen })
}

// recordingsOf returns the recordings of some points, each once.
func recordingsOf(results []inference.Result, points []int) []string {
	var ids []string
	for _, i := range points {
		if id := results[i].Recording; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func columnsOf(xy [][2]float64) (x, y []float64) {
	x, y = make([]float64, len(xy)), make([]float64, len(xy))
	for i, p := range xy {
		x[i], y[i] = p[0], p[1]
	}
	return x, y
}

// axisTitle names a component, with its share of the variance where there is any.
func axisTitle(component int, explained float64) string {
	if explained == 0 {
		return fmt.Sprintf("PC%d (no variance to explain)", component)
	}
	return fmt.Sprintf("PC%d (%.1f %% of the variance)", component, 100*explained)
}

// madeWith lists the provenance of a set.
func madeWith(s app.EmbeddingSet) []controls.Fact {
	return []controls.Fact{
		{Name: "Weights", Value: fmt.Sprintf("%s, SHA-256 %s", s.WeightsState, s.WeightsSHA[:min(12, len(s.WeightsSHA))])},
		{Name: "Scaler", Value: s.ScalerName},
		{Name: "Weeks", Value: number(len(s.Results))},
		{Name: "Engine", Value: s.Engine + " " + s.EngineVersion},
		{Name: "Precision", Value: s.Precision + ", " + s.DeviceKind},
	}
}
