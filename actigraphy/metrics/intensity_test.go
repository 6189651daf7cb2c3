package metrics_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
)

// walks returns two days and a half of minutes from 12 h: on each day a walk of 12
// minutes with 2 below, one of 9 minutes, 5 minutes of running, and 40 of light
// activity; the rest is still.
func walks() *actigraphy.Recording {
	r := repeated(naive(2020, 1, 1, 12), time.Minute, 3, func(float64) float64 { return 20 })
	r.Activity = r.Activity[:720+1440+1440]
	r.Unit = actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: actigraphy.ChannelAxis1}
	r.Site = "hip"
	for _, noon := range []int{0, 1440, 2880} {
		fill := func(from, n int, v float64) {
			for i := range n {
				r.Activity[noon+from+i] = v
			}
		}
		fill(60, 12, 2020)
		fill(65, 2, 2019)
		fill(120, 9, 3000)
		fill(200, 5, 5999)
		fill(300, 40, 100)
	}
	return r
}

func TestMinutesOfLevelsByHand(t *testing.T) {
	r := walks()
	for i := 2880; i < 2880+15; i++ {
		r.Activity[i] = math.NaN()
	}
	for _, test := range []struct {
		id         string
		parameters []string
		want       float64
	}{
		{"sedentary_min", []string{"valid", "24"}, 1440 - 12 - 9 - 5 - 40}, // the whole day alone
		{"light_min", nil, 42},
		{"moderate_min", nil, 10 + 9},
		{"vigorous_min", nil, 5},
		{"MVPA_min", nil, 24},
		{"MVPA_bout_min", nil, 12},
		{"MVPA_bouts", nil, 1},
		{"MVPA_bouts", []string{"tolerance", "1"}, 0},
		{"MVPA_bouts", []string{"bout", "9"}, 2},
		{"moderate_min", []string{"cut_points", "freedson1998-adult-hip"}, 12 + 9},
		{"vigorous_min", []string{"cut_points", "puyau2002-child-hip"}, 0},
	} {
		if got := value(t, lookup(metrics.Paper, test.id, test.parameters...), r); got != test.want {
			t.Errorf("%s %v: got %v, want %v", test.id, test.parameters, got, test.want)
		}
	}
	v := lookup(metrics.Paper, "MVPA_min").Compute(metrics.Input{Recording: r})
	if len(v.Parts) != 3 || v.Parts[0].Value != 24 || v.Parts[0].Label != "1" {
		t.Errorf("got days %v", v.Parts)
	}
	v = lookup(metrics.Paper, "MVPA_min", "valid", "13").Compute(metrics.Input{Recording: r})
	if v.Value != 24 || !strings.Contains(v.Parts[0].Reason, "12 h were recorded") {
		t.Errorf("got %v of days %v, want the first day not to count", v.Value, v.Parts)
	}
}

// The same seconds in epochs of 10 s have the levels of their minutes.
func TestLevelsOfJoinedEpochs(t *testing.T) {
	r := walks()
	short := *r
	short.Epoch, short.Activity = 10*time.Second, nil
	for _, v := range r.Activity {
		for i := range 6 {
			part := math.Floor(v / 6)
			if i == 0 {
				part = v - 5*math.Floor(v/6)
			}
			short.Activity = append(short.Activity, part)
		}
	}
	for _, id := range []string{"sedentary_min", "light_min", "moderate_min", "vigorous_min", "MVPA_bout_min"} {
		if got, want := value(t, lookup(metrics.Paper, id), &short), value(t, lookup(metrics.Paper, id), r); got != want {
			t.Errorf("%s: got %v in epochs of 10 s, want %v", id, got, want)
		}
	}
	// 60 counts in a minute, all in its first 15 s: light there by Evenson, and still in the minute.
	spike := repeated(naive(2020, 1, 1, 0), 15*time.Second, 1, func(float64) float64 { return 0 })
	spike.Unit = r.Unit
	spike.Activity[400] = 60
	if got := value(t, lookup(metrics.Paper, "light_min", "cut_points", "evenson2008-child-hip"), spike); got != 0.25 {
		t.Errorf("got %v min, want a quarter", got)
	}
}

// ENMO is a mean: a minute's level is that of its epochs' mean.
func TestBoutsOfENMO(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 0), 5*time.Second, 1, func(h float64) float64 {
		if h >= 10 && h < 10.25 {
			return 150
		}
		return 10
	})
	r.Unit = actigraphy.Unit{Quantity: "mg", Axis: actigraphy.ChannelENMO}
	for i := 10 * 720; i < 10*720+180; i += 2 { // on and off in epochs, the same by minutes
		r.Activity[i], r.Activity[i+1] = 300, 0
	}
	set := []string{"cut_points", "hildebrand-adult-wrist-actigraph"}
	for id, want := range map[string]float64{"MVPA_min": 7.5, "MVPA_bout_min": 15, "MVPA_bouts": 1, "vigorous_min": 0} {
		if got := value(t, lookup(metrics.Paper, id, set...), r); got != want {
			t.Errorf("%s: got %v, want %v", id, got, want)
		}
	}
}

// A bout over midnight is one of the day in which it begins.
func TestBoutOverMidnight(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 0), time.Minute, 2, func(float64) float64 { return 0 })
	r.Unit = actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: actigraphy.ChannelAxis1}
	for i := 1435; i < 1455; i++ {
		r.Activity[i] = 3000
	}
	v := lookup(metrics.Paper, "MVPA_bout_min").Compute(metrics.Input{Recording: r})
	if len(v.Parts) != 2 || v.Parts[0].Value != 20 || v.Parts[1].Value != 0 {
		t.Errorf("got %v, want 20 min on the first day and none on the second", v.Parts)
	}
}

// Cut-points are for one site of the body: a value says so where that is not the
// recording's, or is not known.
func TestLevelsOfAnotherSite(t *testing.T) {
	for _, test := range []struct{ site, anySite, want string }{
		{"hip", "0", ""},
		{"", "0", "the cut-points troiano2008-adult-hip are for the hip, and where the device was worn is not known"},
		{"wrist", "1", "the cut-points troiano2008-adult-hip are for the hip, and the device was worn on the wrist"},
	} {
		r := walks()
		r.Site = test.site
		got := lookup(metrics.Paper, "MVPA_min", "any_site", test.anySite).Compute(metrics.Input{Recording: r})
		if got.Reason != "" || got.Note != test.want {
			t.Errorf("worn %q: got %v (%s), note %q, want %q", test.site, got.Value, got.Reason, got.Note, test.want)
		}
	}
}

func TestLevelsWithoutCutPoints(t *testing.T) {
	wrist := walks()
	wrist.Site = "wrist"
	slow := walks()
	slow.Epoch, slow.Activity = 5*time.Minute, slow.Activity[:720]
	other := walks()
	other.Unit.Device = "Actiwatch"
	for _, test := range []struct {
		r    *actigraphy.Recording
		m    metrics.Metric
		want string
	}{
		{wrist, lookup(metrics.Paper, "MVPA_min"), "for the hip, and the device was worn on the wrist"},
		{wrist, lookup(metrics.Paper, "MVPA_min", "any_site", "1"), ""},
		{slow, lookup(metrics.Paper, "MVPA_min"), "for epochs of 1 min"},
		{slow, lookup(metrics.Paper, "MVPA_min", "any_epoch", "1"), ""},
		{slow, lookup(metrics.Paper, "MVPA_bouts", "any_epoch", "1"), "bouts are made of minutes"},
		{other, lookup(metrics.Paper, "light_min"), "the activity is of Actiwatch counts"},
		{walks(), lookup(metrics.Paper, "light_min", "cut_points", "mattocks2007-child-hip"), "do not tell sedentary from light"},
		{walks(), lookup(metrics.Paper, "MVPA_min", "cut_points", "freedson2005-child-hip"), "set age"},
		{walks(), lookup(metrics.Paper, "MVPA_min", "cut_points", "freedson2005-child-hip", "age", "10"), ""},
	} {
		if got := test.m.Compute(metrics.Input{Recording: test.r}); test.want == "" && got.Reason != "" || !strings.Contains(got.Reason, test.want) {
			t.Errorf("%s %v: got %v, %q, want %q", test.m.ID, test.m.Parameters, got.Value, got.Reason, test.want)
		}
	}
}
