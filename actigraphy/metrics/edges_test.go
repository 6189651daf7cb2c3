package metrics_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
)

// constant activity is one value.
func constant(float64) float64 { return 250 }

// Recordings at the edge of what there is: every measure of every definition gives
// a finite number or a reason, and so does every part.
func TestEdgesHaveReasons(t *testing.T) {
	day := func(h float64) float64 { return math.Floor(1000 + 900*math.Cos(2*math.Pi*(h-15)/24)) }
	monday := actigraphy.Undated(time.Monday, 22*time.Hour)
	edges := map[string]*actigraphy.Recording{
		"one day":        repeated(naive(2024, 5, 1, 0), time.Minute, 1, day),
		"all zero":       repeated(naive(2024, 5, 1, 12), time.Minute, 4, func(float64) float64 { return 0 }),
		"one value":      repeated(naive(2024, 5, 1, 12), time.Minute, 4, constant),
		"all missing":    repeated(naive(2024, 5, 1, 12), time.Minute, 4, func(float64) float64 { return math.NaN() }),
		"one epoch":      {Start: naive(2024, 5, 1, 12), Epoch: time.Minute, Activity: []float64{7}},
		"no epochs":      {Start: naive(2024, 5, 1, 12), Epoch: time.Minute},
		"epochs of 1 s":  repeated(naive(2024, 5, 1, 22), time.Second, 1, day),
		"epochs of 5 s":  repeated(naive(2024, 5, 1, 12), 5*time.Second, 2, day),
		"epochs of 15 m": repeated(naive(2024, 5, 1, 12), 15*time.Minute, 9, day),
		"undated":        repeated(monday, time.Minute, 9, day),
		"without clock":  repeated(actigraphy.LocalTime{}, time.Minute, 3, day),
		"mg":             repeated(naive(2024, 5, 1, 12), time.Minute, 3, day),
		"clocks forward": repeated(berlin(t, 2024, 3, 29), time.Minute, 4, day),
		"clocks back":    repeated(berlin(t, 2024, 10, 25), time.Minute, 4, day),
	}
	edges["epochs of 1 s"].Activity = edges["epochs of 1 s"].Activity[:6*3600] // a day of them takes ten seconds
	edges["mg"].Unit = actigraphy.Unit{Quantity: "mg"}
	for name, r := range edges {
		for _, d := range metrics.Definitions() {
			for _, v := range metrics.Compute(metrics.Input{Recording: r}, d) {
				for _, one := range v.Flat() {
					if problem := unreasonable(one); problem != "" {
						t.Errorf("%s: %s %s: %s", name, d, one.ID, problem)
					}
				}
			}
		}
	}
}

// unreasonable says what is wrong with a value: neither a finite number nor a reason.
func unreasonable(v metrics.Value) string {
	finite := !math.IsNaN(v.Value) && !math.IsInf(v.Value, 0)
	switch {
	case finite && v.Reason != "":
		return fmt.Sprintf("%v has the reason %q", v.Value, v.Reason)
	case !finite && v.Reason == "":
		return fmt.Sprintf("%v has no reason", v.Value)
	}
	return ""
}

func berlin(t *testing.T, year int, month time.Month, day int) actigraphy.LocalTime {
	t.Helper()
	place, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zone database:", err)
	}
	return actigraphy.Zoned(time.Date(year, month, day, 12, 0, 0, 0, place))
}
