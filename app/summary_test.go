package app_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/app"
)

// Four days of rest from 23 to 7 h: the four numbers are those of their measures,
// and every measure is a feature.
func TestSummarise(t *testing.T) {
	r := &actigraphy.Recording{Subject: "made", Epoch: time.Minute, Start: actigraphy.Naive(time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC))}
	for i := range 4 * 1440 {
		v := 2000.0
		if hour := (12 + i/60) % 24; hour >= 23 || hour < 7 {
			v = 3
		}
		r.Activity = append(r.Activity, v)
	}
	values := metrics.Compute(metrics.Input{Recording: r}, metrics.Paper)
	s := app.Summarise(app.Measured{Info: actigraphy.Describe(r), Values: values})
	for _, n := range s.Numbers() {
		m, _ := metrics.Find(metrics.Paper, n.Measure)
		want := m.Compute(metrics.Input{Recording: r})
		if float64(n.Value) != want.Value || n.Reason != "" || n.Definition != metrics.Paper || n.Reference == "" {
			t.Errorf("%s: got %+v, want %v of %s", n.Name, n.SummaryNumber, want.Value, want.ID)
		}
	}
	if got := float64(s.RestActivityRatio.Value); math.Abs(got-3.0/2000) > 1e-12 {
		t.Errorf("got L5/M10 %v, want %v", got, 3.0/2000)
	}
	if s.FeatureDim != len(values) || s.FeatureDim != len(s.RawFeatures) {
		t.Errorf("got %d features, %d named, want %d", s.FeatureDim, len(s.RawFeatures), len(values))
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"sleep_efficiency":{"measure":"SE"`, `"circadian_rhythm_strength":{"measure":"cosinor_R2"`, `"activity_fragmentation":{"measure":"IV"`, `"rest_activity_ratio":{"measure":"L5_M10"`, `"raw_features":{`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("JSON lacks %s", want)
		}
	}
}

// A definition without a measure says so.
func TestSummariseWithout(t *testing.T) {
	s := app.Summarise(app.Measured{})
	if n := s.SleepEfficiency; !math.IsNaN(float64(n.Value)) || n.Reason != "SE is not among the measures" {
		t.Errorf("got %+v", n)
	}
	if text, err := json.Marshal(s); err != nil || !strings.Contains(string(text), `"value":null`) {
		t.Errorf("got %.200s, %v, want a value of null", text, err)
	}
}
