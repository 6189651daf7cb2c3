package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"circascope/actigraphy/prepare"
	"circascope/inference"
	"circascope/models"
	"circascope/plots"
)

// Attention returns the chart of what a model attended to in the first week of a
// recording, in the group of results computed last.
func (wb *Workbench) Attention(ctx context.Context, recording string, size models.Size) (plots.Attention, Sources, error) {
	fail := func(err error) (plots.Attention, Sources, error) { return plots.Attention{}, Sources{}, err }
	lib, err := wb.Library()
	if err != nil {
		return fail(err)
	}
	results, err := lib.Results(ctx, inference.Query{Recording: recording, Model: size, Profiles: true})
	if err != nil {
		return fail(err)
	}
	if len(results) == 0 {
		return fail(fmt.Errorf("PAT-%s was not run on this recording; run it first", size))
	}
	r := firstOfNewest(results)
	week, unit, err := wb.weekOf(ctx, lib, r)
	if err != nil {
		return fail(err)
	}
	chart, src := AttentionChart(r, week.Values, unit, week.Start)
	return chart, src, nil
}

// firstOfNewest returns the first week of the group that was computed last. The
// results are of one recording, by week start.
func firstOfNewest(results []inference.Result) inference.Result {
	newest := slices.MaxFunc(results, func(a, b inference.Result) int { return cmp.Compare(a.ComputedAt, b.ComputedAt) })
	first := slices.IndexFunc(results, func(r inference.Result) bool { return groupOf(r) == groupOf(newest) })
	return results[first]
}

// weekOf prepares again the stretch of a recording that a result was made of.
func (wb *Workbench) weekOf(ctx context.Context, lib Library, r inference.Result) (prepare.Week, string, error) {
	var o prepare.Options
	if err := json.Unmarshal([]byte(r.Preparation), &o); err != nil {
		return prepare.Week{}, "", fmt.Errorf("reading the preparation of result %s: %w", r.ID, err)
	}
	rec, mask, err := wornIn(ctx, lib, r.Recording, asResult(r.Clock))
	if err != nil {
		return prepare.Week{}, "", fmt.Errorf("reading the recording of %s: %w", r.Subject, err)
	}
	if mask != r.Mask {
		return prepare.Week{}, "", fmt.Errorf("the masks of %s were changed since this result was made; run PAT again", r.Subject)
	}
	weeks, _, _, err := prepare.Weeks(rec.Recording, o)
	if err != nil {
		return prepare.Week{}, "", err
	}
	for _, w := range weeks {
		if w.Start.String() == r.WeekStart {
			return w, rec.Recording.Unit.String() + " a minute", nil
		}
	}
	return prepare.Week{}, "", fmt.Errorf("the recording of %s has no week from %s any more", r.Subject, r.WeekStart)
}
