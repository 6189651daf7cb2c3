package metrics_test

import (
	"fmt"
	"time"

	"circascope/actigraphy/metrics"
)

const raw = "raw"

// lookup returns a measure with parameters: name, value, name, value.
func lookup(d metrics.Definition, id string, parameters ...string) metrics.Metric {
	m, ok := metrics.Find(d, id)
	if !ok {
		panic("there is no measure " + id)
	}
	for i := 0; i < len(parameters); i += 2 {
		var err error
		if m, err = m.With(parameters[i], parameters[i+1]); err != nil {
			panic(err)
		}
	}
	return m
}

func binned(d metrics.Definition, id string, width time.Duration, threshold string) metrics.Metric {
	return lookup(d, id, "bin", fmt.Sprint(width.Minutes()), "threshold", threshold)
}

// unknownDefinition returns a measure in a definition that does not exist.
func unknownDefinition(id string) metrics.Metric {
	m := lookup(metrics.Paper, id)
	m.Definition = "house"
	return m
}
