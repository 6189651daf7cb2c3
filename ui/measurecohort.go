package ui

import (
	"context"
	"math"
	"slices"

	"circascope/actigraphy/metrics"
	"circascope/app"
)

// cohort holds the measures of recordings in one set of definitions, so that each
// is computed once while nothing changes. Only numbers are kept: a study may have
// thousands of recordings.
type cohort struct {
	measures []metrics.Metric
	known    map[string][]float64 // by app.MeasureKey, in the order of measures
}

func newCohort(d metrics.Definition) *cohort {
	return &cohort{measures: metrics.All(d), known: map[string][]float64{}}
}

// unknown returns those rows whose measures have yet to be computed.
func (c *cohort) unknown(rows []app.Row) []app.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r app.Row) bool { return c.known[app.MeasureKey(r)] != nil })
}

// cohortBatch is how many recordings are measured between two returns to the
// window: memory holds their values in full.
const cohortBatch = 16

// measuring computes the measures of rows, a batch at a time; got hears of each
// batch, and of progress, off the window's goroutine.
func (c *cohort) measuring(ctx context.Context, wb *app.Workbench, rows []app.Row, got func(done int, values map[string][]float64)) error {
	for from := 0; from < len(rows); from += cohortBatch {
		batch := rows[from:min(from+cohortBatch, len(rows))]
		list, err := wb.MeasuresOf(ctx, idsOf(batch), c.measures, func(done, _ int64, _ string) { got(from+int(done), nil) })
		if err != nil {
			return err
		}
		values := make(map[string][]float64, len(batch))
		for _, m := range list {
			i := slices.IndexFunc(batch, func(r app.Row) bool { return r.ID == m.ID })
			if i >= 0 {
				values[app.MeasureKey(batch[i])] = numbersOf(m.Values)
			}
		}
		got(from+len(batch), values)
	}
	return nil
}

func numbersOf(values []metrics.Value) []float64 {
	numbers := make([]float64, len(values))
	for i, v := range values {
		numbers[i] = v.Value
	}
	return numbers
}

// rowsOf returns the numbers that are known of rows, one row a recording.
func (c *cohort) rowsOf(rows []app.Row) [][]float64 {
	var list [][]float64
	for _, r := range rows {
		if known := c.known[app.MeasureKey(r)]; known != nil {
			list = append(list, known)
		}
	}
	return list
}

// places works out where the values of one recording lie among those of others, by
// the ids of measures.
func places(own []metrics.Value, others [][]float64) map[string]app.Place {
	list := make(map[string]app.Place, len(own))
	for i, v := range own {
		column := make([]float64, 0, len(others))
		for _, of := range others {
			if i < len(of) {
				column = append(column, of[i])
			}
		}
		if !math.IsNaN(v.Value) {
			list[v.ID] = app.PlaceAmong(v.Value, column, v.TimeOfDay())
		}
	}
	return list
}
