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

func newCohort(measures []metrics.Metric) *cohort {
	return &cohort{measures: measures, known: map[string][]float64{}}
}

// unknown returns those rows whose measures have yet to be computed.
func (c *cohort) unknown(rows []app.Row) []app.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r app.Row) bool { return c.known[app.MeasureKey(r)] != nil })
}

// cohortBatch is after how many recordings what is measured goes to the window.
const cohortBatch = 16

// measuring computes the measures of rows, as one job; got hears, off the window's
// goroutine, of some recordings at a time and of how many are done.
func (c *cohort) measuring(ctx context.Context, wb *app.Workbench, rows []app.Row, got func(done int, values map[string][]float64)) error {
	if len(rows) == 0 {
		return nil
	}
	keys := make(map[string]string, len(rows))
	for _, r := range rows {
		keys[r.ID] = app.MeasureKey(r)
	}
	done, values := 0, map[string][]float64{}
	hand := func() {
		got(done, values)
		values = map[string][]float64{}
	}
	err := wb.Measure(ctx, app.MeasureOptions{Recordings: app.Only(idsOf(rows)...), Measures: c.measures}, nil, func(m app.Measured) error {
		values[keys[m.ID]] = numbersOf(m.Values)
		if done++; len(values) == cohortBatch {
			hand()
		}
		return nil
	})
	hand()
	return err
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
