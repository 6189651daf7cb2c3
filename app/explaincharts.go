package app

import (
	"fmt"
	"strings"

	"circascope/inference"
	"circascope/plots"
)

// WeekChart returns the profile above the week's activity.
func (e Explanation) WeekChart() (plots.Attention, Sources) {
	return plots.Attention{
		Labels: e.labels(e.Describe(), NotCausation), Start: e.Week.Start, Activity: e.Week.Values, Unit: e.Unit,
		Profile: e.Profile, What: e.What(),
	}, e.Sources("attention profile")
}

// DaysChart returns the profile over the activity, a day a row, or both averaged
// over the days.
func (e Explanation) DaysChart(average bool) (plots.AttentionDays, Sources) {
	week, src := e.WeekChart()
	return plots.AttentionDays{Attention: week, Average: average}, src
}

// MapChart returns the query x key map.
func (e Explanation) MapChart() (plots.AttentionMap, Sources) {
	chart := plots.AttentionMap{
		Labels: e.labels(e.Describe(), NotCausation), Start: e.Week.Start, Minutes: e.Result.Minutes,
		Tokens: e.Attention.Tokens, Map: e.Attention.Map, What: e.What(),
	}
	chart.Max = chart.Scale().Max // of a million values: once
	return chart, e.Sources("attention map")
}

// OcclusionChart returns the hours of an occlusion, with those of an explanation
// by attention below and how far the two agree.
func OcclusionChart(o Occlusion, e Explanation) (plots.Hours, Sources, error) {
	agreement, err := Agree(e, o)
	if err != nil {
		return plots.Hours{}, Sources{}, err
	}
	shares := inference.Hourly(e.Profile, e.Result.Minutes)
	for i := range shares {
		shares[i] *= 100
	}
	chart := plots.Hours{
		Labels: e.labels("occlusion beside "+e.Describe(), agreement.Sentence(strings.ToLower(e.What()))+" "+NotCausation),
		Start:  o.Week.Start,
		Panels: []plots.HourPanel{
			{Name: "Occlusion: cosine distance that the embedding moves without the hour", Values: o.cosines()},
			{Name: e.What() + " received in the hour, % of all", Values: shares},
		},
	}
	src := e.Sources("occlusion")
	src.Details["occlusion"] = o.provenance()
	src.Details["agreement"] = agreement
	return chart, src, nil
}

// labels heads a chart with the participant, the model and what it shows.
func (s stretch) labels(what, note string) plots.Labels {
	l := labels(s.set(), fmt.Sprintf("%s, PAT-%s: %s", s.Result.Subject, s.Result.Model, what))
	l.Caption = note + " " + l.Caption
	return l
}

func (s stretch) set() EmbeddingSet {
	return EmbeddingSet{Group: groupOf(s.Result), ScalerName: s.Result.ScalerName, Results: []inference.Result{s.Result}}
}

// explainedBy is how an explanation by attention was made, for side files.
type explainedBy struct {
	Method     string            `json:"method"`
	Definition string            `json:"definition"`
	Layer      int               `json:"layer,omitempty"`
	Head       string            `json:"head,omitempty"`
	Tokens     int               `json:"tokens"`
	Graph      string            `json:"graph"`
	Computed   computed          `json:"computed"`
	Result     inferenceSource   `json:"result"`
	Difference float64           `json:"embedding_difference"` // from the stored one
	References map[string]string `json:"references"`
}

// computed says what computed an explanation, which may be another machine than
// that of the result.
type computed struct {
	Engine        string `json:"engine"`
	EngineVersion string `json:"engine_version"`
	Precision     string `json:"precision"`
	DeviceKind    string `json:"device_kind"`
	DeviceName    string `json:"device_name"`
}

func computedBy(rt inference.Runtime) computed {
	return computed{rt.Engine, rt.Version, rt.Precision, rt.Device.Kind, rt.Device.Name}
}

// inferenceSource is the result that was explained, by its id and provenance.
type inferenceSource struct {
	ID string `json:"id"`
	inference.Provenance
}

// Sources says what the explanation was made of and how.
func (e Explanation) Sources(what string) Sources {
	by := explainedBy{
		Method: "attention", Definition: "attention received: sum over queries of the map, divided by its total",
		Layer: e.Attention.Layer, Head: "mean", Tokens: e.Attention.Tokens, Graph: "as published, not folded",
		Computed: computedBy(e.Runtime), Result: inferenceSource{e.Result.ID, e.Result.Provenance}, Difference: e.Difference,
		References: map[string]string{"attention": "arXiv 2411.15240"},
	}
	if e.Attention.Head != inference.MeanHead {
		by.Head = fmt.Sprint(e.Attention.Head)
	}
	if e.Rollout {
		by.Method, by.Layer = "rollout", 0
		by.Definition = "product over layers of 0.5 A + 0.5 I with rows divided by their sums, A the mean over heads; mean over queries"
		by.References["rollout"] = "Abnar and Zuidema 2020, arXiv 2005.00928"
	}
	src := SetSources(what, e.set())
	src.Details["explanation"] = by
	return src
}

func (o Occlusion) provenance() any {
	return struct {
		Method     string   `json:"method"`
		Mask       string   `json:"mask"`
		Hours      int      `json:"hours"`
		Computed   computed `json:"computed"`
		Difference float64  `json:"embedding_difference"`
		Reference  string   `json:"reference"`
	}{
		"occlusion", "one hour's minutes set to 0 after standardising: the mean that the scaler took away", len(o.Hours),
		computedBy(o.Runtime), o.Difference, "Zeiler and Fergus 2014, arXiv 1311.2901",
	}
}
