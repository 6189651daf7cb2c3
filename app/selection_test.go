package app_test

import (
	"context"
	"strings"
	"testing"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/prepare"
	"circascope/actigraphy/wear"
	"circascope/app"
	"circascope/models"
)

// A list that came out empty, as of a search that found nothing, is never the whole
// library.
func TestNothingSelectedIsNotTheWholeLibrary(t *testing.T) {
	b := newBench(t).withSample(t)
	is, _ := metrics.Find(metrics.Paper, "IS")
	list := []metrics.Metric{is}
	for name, try := range map[string]func(context.Context, app.Selection) error{
		"measures": func(ctx context.Context, of app.Selection) error {
			_, err := b.MeasuresOf(ctx, of, list, nil)
			return err
		},
		"export of measures": func(ctx context.Context, of app.Selection) error {
			_, err := b.MeasuresExport(ctx, of, []metrics.Definition{metrics.Paper}, nil)
			return err
		},
		"table of the cohort": func(ctx context.Context, of app.Selection) error {
			_, _, err := b.CohortTable(ctx, app.CohortOptions{Recordings: of, Definition: metrics.Paper}, nil)
			return err
		},
		"long table of the cohort": func(ctx context.Context, of app.Selection) error {
			_, err := b.CohortLong(ctx, app.CohortOptions{Recordings: of, Definition: metrics.Paper}, nil)
			return err
		},
		"distribution": func(ctx context.Context, of app.Selection) error {
			_, err := b.DrawDistribution(ctx, app.DistributionOptions{Recordings: of, Measure: is.ID}, nil)
			return err
		},
		"run": func(ctx context.Context, of app.Selection) error {
			_, err := b.Run(ctx, app.RunOptions{Recordings: of, Models: []models.Size{models.Small}, Prepare: prepare.DefaultOptions(), AllowDemo: true}, nil)
			return err
		},
		"non-wear": func(ctx context.Context, of app.Selection) error {
			_, err := b.DetectNonWear(ctx, app.DetectOptions{Recordings: of, Method: wear.Choi}, nil)
			return err
		},
	} {
		for kind, of := range map[string]app.Selection{"zero": {}, "only none": app.Only(), "an empty list": app.Only([]string{}...)} {
			if err := try(t.Context(), of); err == nil || !strings.Contains(err.Error(), "no recordings are chosen") {
				t.Errorf("%s of %s: got %v, want an error that nothing is chosen", name, kind, err)
			}
		}
	}
}
