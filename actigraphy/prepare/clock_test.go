package prepare_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/prepare"
	_ "circascope/actigraphy/zone" // the zones
)

// elapsedMinutes is a recording of minutes in a zone, each with its number.
func elapsedMinutes(t *testing.T, zone, start string, minutes int) *actigraphy.Recording {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation(time.DateTime, start, loc)
	if err != nil {
		t.Fatal(err)
	}
	r := &actigraphy.Recording{Subject: "P1", Start: actigraphy.Zoned(at), Epoch: time.Minute, Activity: make([]float64, minutes)}
	for i := range r.Activity {
		r.Activity[i] = float64(i)
	}
	return r
}

// The autumn week of Berlin 2024 has 10140 minutes from Monday to Sunday; clocks
// went back from 03:00 to 02:00 on 2024-10-27, minute 8820 of elapsed time.
func TestWeekOverAutumn(t *testing.T) {
	const hour, back = 60, 6*1440 + 3*60
	for _, test := range []struct {
		rule prepare.ClockRule
		want map[int]float64 // minute of the week: minute of elapsed time
	}{
		{prepare.WallFirst, map[int]float64{0: 0, back - hour: back - hour, back - 1: back - 1, back: back + hour, 10079: 10079 + hour}},
		{prepare.WallMean, map[int]float64{0: 0, back - hour: back - hour/2, back - 1: back - 1 + hour/2, back: back + hour, 10079: 10079 + hour}},
		{prepare.Elapsed, map[int]float64{0: 0, back: back, 10079: 10079}},
	} {
		r := elapsedMinutes(t, "Europe/Berlin", "2024-10-21 00:00:00", 10080+hour)
		o := prepare.DefaultOptions()
		o.Clock = test.rule
		weeks, skipped, notes, err := prepare.Weeks(r, o)
		if err != nil || len(weeks) != 1 {
			t.Fatalf("%s: got %d weeks, %v, %v", test.rule, len(weeks), skipped, err)
		}
		for minute, want := range test.want {
			if got := weeks[0].Values[minute]; got != want {
				t.Errorf("%s: minute %d is %v, want %v", test.rule, minute, got, want)
			}
		}
		if len(notes) == 0 || !strings.Contains(strings.Join(notes, " "), "clock") {
			t.Errorf("%s: the notes %q do not tell of the clock", test.rule, notes)
		}
	}
}

// In spring an hour of the wall clock's week does not exist: it is missing, and
// said so, or filled, or the minutes are counted through.
func TestWeekOverSpring(t *testing.T) {
	const gap = 6*1440 + 2*60 // Sunday 02:00
	r := elapsedMinutes(t, "Europe/Oslo", "2003-03-24 00:00:00", 14*1440-60)
	o := prepare.DefaultOptions()
	weeks, skipped, _, err := prepare.Weeks(r, o)
	if err != nil || len(weeks) != 1 || len(skipped) != 1 || !strings.Contains(skipped[0].Reason, "clock skipped") {
		t.Fatalf("refusing: got %d weeks, %v, %v; want one, and one left out for the clock", len(weeks), skipped, err)
	}
	if got := weeks[0].Values[0]; got != 10080-60 {
		t.Errorf("the second week begins with minute %v, want %d: Monday 00:00", got, 10080-60)
	}
	o.Missing = prepare.FillByMinute
	weeks, _, _, err = prepare.Weeks(r, o)
	if err != nil || len(weeks) != 2 {
		t.Fatalf("filling: got %d weeks, %v", len(weeks), err)
	}
	if got, want := weeks[0].Filled, 60.0/10080; got != want {
		t.Errorf("filled %v, want %v", got, want)
	}
	if math.IsNaN(weeks[0].Values[gap]) || weeks[0].Values[gap+60] != gap {
		t.Errorf("after the change the minute is %v, want %d", weeks[0].Values[gap+60], gap)
	}
	o = prepare.DefaultOptions()
	o.Clock = prepare.Elapsed
	weeks, _, _, err = prepare.Weeks(r, o)
	if err != nil || len(weeks) != 1 || weeks[0].Values[10079] != 10079 {
		t.Errorf("elapsed: got %d weeks, %v", len(weeks), err)
	}
}

func TestClockRuleInProvenance(t *testing.T) {
	o := prepare.DefaultOptions()
	before := o.Canonical()
	if strings.Contains(before, "clock") {
		t.Errorf("the default stands in %s: ids of earlier results would change", before)
	}
	o.Clock = prepare.Elapsed
	if got := o.Canonical(); !strings.Contains(got, `"clock":"elapsed"`) {
		t.Errorf("the rule is not in %s", got)
	}
	o.Clock = "noon"
	if err := o.Validate(); err == nil {
		t.Error("no error for a rule that is none")
	}
}

// Devices such as the ActTrust begin epochs at :25. Each counts in the minute in
// which it starts, and the note says how far it is off.
func TestEpochsAt25Seconds(t *testing.T) {
	for _, test := range []struct {
		epoch time.Duration
		start string
		want  []float64 // first minutes
		note  string
	}{
		{time.Minute, "10:00:25", []float64{1, 1, 1}, "25 s after"},
		{30 * time.Second, "10:00:25", []float64{2, 2, 2}, "25 s after"},
		{15 * time.Second, "10:00:25", []float64{4, 4, 4}, "10 s after"}, // the minute before has a missing part
	} {
		at, err := time.Parse(time.TimeOnly, test.start)
		if err != nil {
			t.Fatal(err)
		}
		r := &actigraphy.Recording{Subject: "P1", Start: actigraphy.Naive(time.Date(2020, 1, 1, at.Hour(), at.Minute(), at.Second(), 0, time.UTC)), Epoch: test.epoch, Activity: make([]float64, 20)}
		for i := range r.Activity {
			r.Activity[i] = 1
		}
		s, notes, err := prepare.OneMinute(r, prepare.WallFirst)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range test.want {
			if s.Values[i] != want {
				t.Errorf("epochs of %v from %s: minute %d is %v, want %v", test.epoch, test.start, i, s.Values[i], want)
			}
		}
		if got := strings.Join(notes, " "); !strings.Contains(got, test.note) {
			t.Errorf("epochs of %v from %s: notes %q do not say %q", test.epoch, test.start, got, test.note)
		}
	}
}
