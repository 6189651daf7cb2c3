package app

import (
	"context"
	"slices"

	"circascope/actigraphy/metrics"
)

// MeasuresExport returns the long table of measures of recordings in some sets of
// definitions, with its sources; no set takes the measures that the study's protocol names,
// or all of the usual definition.
func (wb *Workbench) MeasuresExport(ctx context.Context, of Selection, sets []metrics.Definition, progress Progress) (Table, Sources, error) {
	study, err := wb.Study(ctx)
	if err != nil {
		return Table{}, Sources{}, err
	}
	list, err := study.inSets(sets)
	if err != nil {
		return Table{}, Sources{}, err
	}
	all, err := wb.MeasuresOf(ctx, of, list, progress)
	if err != nil {
		return Table{}, Sources{}, err
	}
	return MeasuresTable(all), MeasureSources(study, all, list), nil
}

// inSets lists the measures of sets of definitions.
func (s Study) inSets(sets []metrics.Definition) ([]metrics.Metric, error) {
	if len(sets) == 0 {
		return s.Named()
	}
	var list []metrics.Metric
	for _, d := range sets {
		list = append(list, s.Metrics(d)...)
	}
	return list, nil
}

// MeasureSources says what a table of measures was made of.
func MeasureSources(study Study, list []Measured, measures []metrics.Metric) Sources {
	var ids []string
	for _, m := range list {
		if !slices.Contains(ids, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	var sets []metrics.Definition
	for _, m := range measures {
		if !slices.Contains(sets, m.Definition) {
			sets = append(sets, m.Definition)
		}
	}
	src := Sources{What: "measures", Details: map[string]any{"recordings": ids, "definitions": sets}}
	return src.Of(study, measures)
}
