package app

import (
	"context"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
)

// MeasuresExport is the long table of measures of recordings in some sets of
// definitions, which are measured when the rows are taken; no set takes the measures that
// the study's protocol names, or all of the usual definition.
func (wb *Workbench) MeasuresExport(ctx context.Context, of Selection, sets []metrics.Definition, progress Progress) (RowSource, error) {
	study, err := wb.Study(ctx)
	if err != nil {
		return RowSource{}, err
	}
	list, err := study.inSets(sets)
	if err != nil {
		return RowSource{}, err
	}
	return wb.measureRows(ctx, study, of, list, progress)
}

// measureRows is the long table of measures of recordings.
func (wb *Workbench) measureRows(ctx context.Context, study Study, of Selection, list []metrics.Metric, progress Progress) (RowSource, error) {
	infos, err := wb.Chosen(ctx, of)
	if err != nil {
		return RowSource{}, err
	}
	source := measureSource(sourcesOfMeasures(study, infos, list), func(ctx context.Context, emit func(Measured) error) error {
		return wb.Measure(ctx, MeasureOptions{Recordings: of, Measures: list}, progress, emit)
	})
	source.few = func(n int) (func(context.Context, func([]string) error) error, bool) {
		some := infos[:min(len(infos), n/max(1, len(list))+1)] // a measure has a row or more
		return rowsOfMeasures(func(ctx context.Context, emit func(Measured) error) error {
			x, err := wb.newMeasuring(ctx, MeasureOptions{Recordings: Only(namesOf(some)...), Measures: list})
			if err != nil {
				return err
			}
			return x.all(ctx, both(), emit)
		}), len(some) == len(infos)
	}
	return source, nil
}

func namesOf(infos []actigraphy.Info) []string {
	ids := make([]string, len(infos))
	for i, info := range infos {
		ids[i] = info.ID
	}
	return ids
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
	infos := make([]actigraphy.Info, len(list))
	for i, m := range list {
		infos[i] = m.Info
	}
	return sourcesOfMeasures(study, infos, measures)
}

// sourcesOfMeasures names each recording once, in order.
func sourcesOfMeasures(study Study, infos []actigraphy.Info, measures []metrics.Metric) Sources {
	var ids []string
	seen := make(map[string]bool, len(infos))
	for _, info := range infos {
		if !seen[info.ID] {
			ids = append(ids, info.ID)
		}
		seen[info.ID] = true
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
