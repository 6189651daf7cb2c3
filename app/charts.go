package app

import (
	"context"
	"fmt"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/wear"
	"circascope/inference"
	"circascope/plots"
)

// ActogramChart returns the actogram of a recording and the sources that stand in
// the side file of its export. info is the recording as the library lists it; its
// layers that are on, and what diaries tell of the person, are drawn over the activity
// as it was measured.
func ActogramChart(info actigraphy.Info, r *actigraphy.Recording, layers []wear.Layer, told []diary.Entry) (plots.Actogram, Sources, error) {
	a, err := LayOut(r)
	if err != nil {
		return plots.Actogram{}, Sources{}, err
	}
	chart, src := a.Chart(info, layers, told)
	return chart, src, nil
}

// Actogram is a recording laid out by day, ready to be drawn again and again as
// its masks change. Laying out reads every epoch; drawing does not.
type Actogram struct {
	chart plots.Actogram
	cells plots.EpochCells
	start actigraphy.LocalTime
}

// LayOut lays a recording out by day.
func LayOut(r *actigraphy.Recording) (Actogram, error) {
	chart, err := plots.NewActogram(r)
	if err != nil {
		return Actogram{}, fmt.Errorf("drawing the actogram of %s: %w", r.Subject, err)
	}
	return Actogram{chart, plots.NewEpochCells(r), r.Start}, nil
}

// Chart returns the actogram under layers, with what diaries tell of the person,
// and its sources.
func (a Actogram) Chart(info actigraphy.Info, layers []wear.Layer, told []diary.Entry) (plots.Actogram, Sources) {
	chart := a.chart
	chart.Caption = fmt.Sprintf("%s, %s, SHA-256 %s", info.Unit, info.Source.Name, shortHash(info.Source.SHA256))
	src := Sources{What: "actogram", Details: map[string]any{"recordings": []actigraphy.Info{info}}}
	if len(layers) > 0 {
		chart.Masks = plots.MaskPaints(a.cells, len(chart.Activity.Values), layers)
		src.Details["layers"] = layers
	}
	if bars := plots.DiaryPaints(a.start, chart.Activity, told); len(bars) > 0 {
		chart.Masks = append(chart.Masks, bars...)
		src.Details["diary"] = told
	}
	return chart, src
}

// Epochs returns the epochs in the cells from one to before another.
func (a Actogram) Epochs(from, to int) []wear.Interval { return a.cells.Epochs(from, to) }

// Cells returns the cells that epochs from one to before another lie in.
func (a Actogram) Cells(from, to int) (first, last int) {
	if n := len(a.cells); n > 0 {
		first = a.cells[max(0, min(from, n-1))]
		last = a.cells[max(0, min(to, n)-1)] + 1
	}
	return first, last
}

// EmbeddingChart returns the projection of a set as a chart, coloured as asked
// for, with its sources.
func EmbeddingChart(p Projection, color plots.Coloring) (plots.Embedding, Sources) {
	chart := plots.Embedding{
		Labels:     labels(p.Set, fmt.Sprintf("PAT-%s embeddings", p.Set.Model)),
		Projection: p.plot(),
		Color:      color,
		Names:      subjects(p.Set.Results),
	}
	return chart, SetSources("embedding projection", p.Set)
}

// AttentionChart returns the attention that the last layer gives to each minute
// of a week, above the week's activity.
func AttentionChart(r inference.Result, activity []float64, unit string, start actigraphy.LocalTime) (plots.Attention, Sources) {
	set := EmbeddingSet{Group: groupOf(r), ScalerName: r.ScalerName, Results: []inference.Result{r}}
	chart := plots.Attention{
		Labels: labels(set, fmt.Sprintf("%s, attention of PAT-%s", r.Subject, r.Model)),
		Start:  start, Activity: activity, Unit: unit, Profile: r.Profile,
	}
	return chart, SetSources("attention profile", set)
}

// LatencyChart returns the histogram of the seconds a week that the results of a
// set took.
func LatencyChart(set EmbeddingSet) (plots.Latency, Sources) {
	chart := plots.Latency{Labels: labels(set, fmt.Sprintf("PAT-%s, time a week", set.Model))}
	for _, r := range set.Results {
		chart.Seconds = append(chart.Seconds, r.Seconds)
	}
	return chart, SetSources("latency", set)
}

func (p Projection) plot() plots.Projection {
	out := plots.Projection{Name: "PAT-" + string(p.Set.Model), Explained: p.Explained}
	for _, xy := range p.XY {
		out.X, out.Y = append(out.X, xy[0]), append(out.Y, xy[1])
	}
	return out
}

func labels(set EmbeddingSet, heading string) plots.Labels {
	l := plots.Labels{Heading: heading, Demo: set.Demo()}
	if len(set.Results) > 0 {
		l.Caption = plots.Caption(set.Results[0].Provenance)
	}
	return l
}

func subjects(results []inference.Result) []string {
	names := make([]string, len(results))
	for i, r := range results {
		names[i] = r.Subject
	}
	return names
}

// SetSources lists what the results of sets were made of.
func SetSources(what string, sets ...EmbeddingSet) Sources {
	src := Sources{What: what, Details: map[string]any{}}
	var groups []any
	for _, s := range sets {
		src.Demo = src.Demo || s.Demo()
		group := struct {
			Group
			ScalerName string   `json:"scaler_name"`
			Results    []string `json:"result_ids"`
		}{Group: s.Group, ScalerName: s.ScalerName}
		for _, r := range s.Results {
			group.Results = append(group.Results, r.ID)
		}
		groups = append(groups, group)
	}
	src.Details["groups"] = groups
	return src
}

// duration writes seconds with three digits, as a chart's note.
func duration(seconds float64) string {
	if seconds < 1 {
		return fmt.Sprintf("%.3g ms", 1000*seconds)
	}
	return fmt.Sprintf("%.3g s", seconds)
}

// AverageDayChart returns the average day of a recording over that of the cohort:
// median and quartiles over people, in bins of averageBin minutes, of what was
// worn.
func (wb *Workbench) AverageDayChart(ctx context.Context, rows []Row, of *actigraphy.Recording) (plots.DailyProfile, Sources, error) {
	lib, err := wb.Library()
	if err != nil {
		return plots.DailyProfile{}, Sources{}, err
	}
	var people []plots.DayMatrix
	infos := make([]actigraphy.Info, len(rows))
	for i, row := range rows {
		infos[i] = row.Info
		r, _, err := worn(ctx, lib, row.ID)
		if err != nil {
			return plots.DailyProfile{}, Sources{}, fmt.Errorf("reading the recording of %s: %w", row.Subject, err)
		}
		m, err := plots.Days(r, "")
		if err != nil {
			return plots.DailyProfile{}, Sources{}, err
		}
		people = append(people, m)
	}
	cohort, err := plots.AverageCohort(people, averageBin, plots.BandQuartiles)
	if err != nil {
		return plots.DailyProfile{}, Sources{}, err
	}
	masked, _, err := worn(ctx, lib, of.ID())
	if err != nil {
		return plots.DailyProfile{}, Sources{}, err
	}
	own, err := plots.Days(masked, "")
	if err != nil {
		return plots.DailyProfile{}, Sources{}, err
	}
	curve := plots.AverageDay(own, averageBin, plots.BandSD)
	curve.Name, curve.Lower, curve.Upper, curve.Band = of.Subject, nil, nil, ""
	chart := plots.DailyProfile{
		Labels: plots.Labels{Heading: "Average day", Caption: fmt.Sprintf("%d people, bins of %d minutes", len(rows), averageBin)},
		Curves: []plots.DayCurve{cohort, curve}, Unit: own.Unit, Hours: own.Hours,
	}
	return chart, Sources{What: "average day", Details: map[string]any{"recordings": infos, "bin_minutes": averageBin}}, nil
}

// averageBin is the bin of the average day, in minutes.
const averageBin = 10
