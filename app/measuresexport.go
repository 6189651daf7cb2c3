package app

import (
	"context"
	"slices"

	"circascope/actigraphy/metrics"
)

// MeasuresExport returns the long table of measures of recordings in some sets of
// definitions, with its sources.
func (wb *Workbench) MeasuresExport(ctx context.Context, of Selection, sets []metrics.Definition, progress Progress) (Table, Sources, error) {
	var list []metrics.Metric
	for _, d := range sets {
		list = append(list, metrics.All(d)...)
	}
	all, err := wb.MeasuresOf(ctx, of, list, progress)
	if err != nil {
		return Table{}, Sources{}, err
	}
	return MeasuresTable(all), MeasureSources(all, sets), nil
}

// MeasureSources says what a table of measures was made of.
func MeasureSources(list []Measured, sets []metrics.Definition) Sources {
	var ids []string
	for _, m := range list {
		if !slices.Contains(ids, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	return Sources{What: "measures", Details: map[string]any{"recordings": ids, "definitions": sets}}
}
