package metrics

import (
	"errors"
	"fmt"
	"time"

	"circascope/actigraphy"
)

// meanWidths are the bin widths in minutes over which ISm and IVm are averaged:
// those of at most an hour that divide a day.
var meanWidths = []int{1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 30, 32, 36, 40, 45, 48, 60}

// MeanInterdailyStability is the mean of IS over the bin widths from 1 to 60 min
// that divide a day.
func MeanInterdailyStability(d Definition, l Levels) Metric {
	return overWidths(d, l, InterdailyStability)
}

// MeanIntradailyVariability is the mean of IV over the bin widths from 1 to
// 60 min that divide a day.
func MeanIntradailyVariability(d Definition, l Levels) Metric {
	return overWidths(d, l, IntradailyVariability)
}

// overWidths turns a measure of one bin width into its mean over all of them.
func overWidths(d Definition, l Levels, measure func(Definition, time.Duration, Levels) Metric) Metric {
	m := measure(d, time.Hour, l)
	m.Formula = "mean of " + m.ID + " over the bin widths: " + m.Formula
	m.ID += "m"
	m.Name = "mean " + m.Name
	m.Parameters = []Parameter{{"bins", fmt.Sprintf("the %d widths from 1 to 60 min that divide a day", len(meanWidths))}, l.parameter()}
	m.Reference = citing(d, goncalves)
	if d == Paper {
		m.Formula += "; widths that are no whole number of epochs are left out"
	}
	m.compute = func(r *actigraphy.Recording) (float64, error) {
		return meanOverWidths(r, d, l, measure)
	}
	return m
}

func meanOverWidths(r *actigraphy.Recording, d Definition, l Levels, measure func(Definition, time.Duration, Levels) Metric) (float64, error) {
	var total sum
	n := 0
	for _, minutes := range meanWidths {
		width := time.Duration(minutes) * time.Minute
		if d == Paper && width%r.Epoch != 0 {
			continue
		}
		v, err := measure(d, width, l).compute(r)
		if err != nil {
			return 0, fmt.Errorf("with bins of %d min: %w", minutes, err)
		}
		total.add(v)
		n++
	}
	if n == 0 {
		return 0, errors.New("no bin of an hour or less is a whole number of epochs")
	}
	return total.total / float64(n), nil
}
