package metrics

import (
	"errors"
	"fmt"
	"time"
)

// meanWidths are the bin widths in minutes over which ISm and IVm are averaged:
// those of at most an hour that divide a day.
var meanWidths = []int{1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 30, 32, 36, 40, 45, 48, 60}

// overWidths turns IS or IV into its mean over the bin widths from 1 to 60 min
// that divide a day.
func overWidths(m Metric, of binnedMeasure) Metric {
	d := m.Definition
	m.Formula = "mean of " + m.ID + " over the bin widths from 1 to 60 min that divide a day: " + m.Formula
	m.ID += "m"
	m.Name = "mean " + m.Name
	m.Parameters = m.Parameters[1:] // all but the bin
	m.Reference = citing(d, goncalves)
	if d == Paper {
		m.Formula += "; widths that are no whole number of epochs are left out"
	}
	m.compute = func(x *analysis, s settings) (float64, error) {
		return meanOverWidths(x, s.binning(d, 0), of)
	}
	return m
}

func meanOverWidths(x *analysis, how binning, of binnedMeasure) (float64, error) {
	total := 0.0
	n := 0
	for _, minutes := range meanWidths {
		width := time.Duration(minutes) * time.Minute
		if how.d == Paper && width%x.r.Epoch != 0 {
			continue
		}
		v, err := of(x, how.of(width))
		if err != nil {
			return 0, fmt.Errorf("with bins of %d min: %w", minutes, err)
		}
		total += v
		n++
	}
	if n == 0 {
		return 0, errors.New("no bin of an hour or less is a whole number of epochs")
	}
	return total / float64(n), nil
}
