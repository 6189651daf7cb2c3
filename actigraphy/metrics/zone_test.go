package metrics_test

import (
	"math"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	_ "circascope/actigraphy/zone" // the zones
)

// A person who does the same at the same time by the wall clock every day is as
// regular as can be: IS is 1 over a change of the clock in a named zone, but for the
// hour of the day that has one value more or less than the others. Where the hours
// are counted through, a week is an hour off the other: for a cosine IS is then about
// the square of the cosine of half an hour, 0.983.
func TestMeasuresOverAChangeOfTheClock(t *testing.T) {
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	for _, start := range []time.Time{time.Date(2003, 3, 24, 0, 0, 0, 0, oslo), time.Date(2003, 10, 20, 0, 0, 0, 0, oslo)} {
		r := &actigraphy.Recording{Subject: "P1", Start: actigraphy.Zoned(start), Epoch: time.Minute, Activity: make([]float64, 14*1440)}
		for i := range r.Activity {
			at := start.Add(time.Duration(i) * time.Minute)
			minute := at.Hour()*60 + at.Minute()
			r.Activity[i] = math.Round(1000 * (1 + math.Cos(2*math.Pi*float64(minute-14*60)/1440)))
		}
		naive := *r
		naive.Start = actigraphy.Naive(start)
		if got := value(t, lookup(metrics.Paper, "IS_raw"), r); math.Abs(got-1) > 2e-3 {
			t.Errorf("from %v: IS is %v, want 1 within 2e-3", start, got)
		}
		if got := value(t, lookup(metrics.Paper, "IS_raw"), &naive); got > 0.99 {
			t.Errorf("from %v without a zone: IS is %v, want less than 0.99", start, got)
		}
	}
}
