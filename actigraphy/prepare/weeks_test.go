package prepare_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/prepare"
)

// ramp returns a one-minute recording whose values count the minutes from its
// start.
func ramp(start actigraphy.LocalTime, minutes int) *actigraphy.Recording {
	values := make([]float64, minutes)
	for i := range values {
		values[i] = float64(i)
	}
	return &actigraphy.Recording{Subject: "P01", Start: start, Epoch: time.Minute, Activity: values}
}

// 2020-01-01 was a Wednesday.
func TestWeeksStart(t *testing.T) {
	const day = prepare.MinutesPerDay
	for _, test := range []struct {
		name        string
		start       actigraphy.LocalTime
		days        int
		weekStart   prepare.WeekStart
		minutes     int
		want        []int // minutes of the recording at which the weeks begin
		wantFirst   string
		wantSkipped int
		wantNotes   int
	}{
		{name: "midnight at the start", start: naive("2020-01-01 00:00:00"), days: 7, weekStart: prepare.FirstMidnight, want: []int{0}, wantFirst: "2020-01-01T00:00:00"},
		{name: "first midnight", start: naive("2020-01-01 10:00:00"), days: 8, weekStart: prepare.FirstMidnight, want: []int{14 * 60}, wantFirst: "2020-01-02T00:00:00", wantNotes: 2},
		{name: "two weeks", start: naive("2020-01-01 00:00:00"), days: 15, weekStart: prepare.FirstMidnight, want: []int{0, 7 * day}, wantFirst: "2020-01-01T00:00:00", wantNotes: 1},
		{name: "first sample", start: naive("2020-01-01 10:00:00"), days: 7, weekStart: prepare.FirstSample, want: []int{0}, wantFirst: "2020-01-01T10:00:00"},
		{name: "monday", start: naive("2020-01-01 10:00:00"), days: 13, weekStart: "monday", want: []int{14*60 + 4*day}, wantFirst: "2020-01-06T00:00:00", wantNotes: 2},
		{name: "wednesday begins at the start", start: naive("2020-01-01 00:00:00"), days: 7, weekStart: "wednesday", want: []int{0}, wantFirst: "2020-01-01T00:00:00"},
		{name: "wednesday is over", start: naive("2020-01-01 00:01:00"), days: 14, weekStart: "wednesday", want: []int{7*day - 1}, wantFirst: "2020-01-08T00:00:00", wantNotes: 1 + 1},
		{name: "saturday evening to sunday", start: naive("2020-01-04 23:00:00"), days: 8, weekStart: "sunday", want: []int{60}, wantFirst: "2020-01-05T00:00:00", wantNotes: 2},
		{name: "too short", start: naive("2020-01-01 10:00:00"), days: 7, weekStart: prepare.FirstMidnight, wantSkipped: 1},
		{name: "shorter than a day", start: naive("2020-01-01 10:00:00"), days: 0, weekStart: "sunday", wantSkipped: 1},
		{name: "days", start: naive("2020-01-01 00:00:00"), days: 3, minutes: day, weekStart: prepare.FirstMidnight, want: []int{0, day, 2 * day}, wantFirst: "2020-01-01T00:00:00"},
		{name: "half days at midnight", start: naive("2020-01-01 00:00:00"), days: 2, minutes: day / 2, weekStart: prepare.FirstMidnight, want: []int{0, day}, wantFirst: "2020-01-01T00:00:00"},
		{name: "three days each monday", start: naive("2020-01-01 00:00:00"), days: 15, minutes: 3 * day, weekStart: "monday", want: []int{5 * day, 12 * day}, wantFirst: "2020-01-06T00:00:00", wantNotes: 1},
		{name: "undated", start: actigraphy.Undated(time.Saturday, 0), days: 9, weekStart: "monday", want: []int{2 * day}, wantFirst: "Mon 00:00:00", wantNotes: 1},
		{name: "unknown start, first sample", days: 7, weekStart: prepare.FirstSample, want: []int{0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := prepare.DefaultOptions()
			o.WeekStart = test.weekStart
			if test.minutes > 0 {
				o.Minutes = test.minutes
			}
			weeks, skipped, notes, err := prepare.Weeks(ramp(test.start, max(100, test.days*day)), o)
			if err != nil {
				t.Fatal(err)
			}
			if len(weeks) != len(test.want) || len(skipped) != test.wantSkipped || len(notes) != test.wantNotes {
				t.Fatalf("got %d weeks, skipped %v, notes %q; want %d, %d, %d", len(weeks), skipped, notes, len(test.want), test.wantSkipped, test.wantNotes)
			}
			for i, w := range weeks {
				if got, want := int(w.Values[0]), test.want[i]; got != want {
					t.Errorf("week %d begins at minute %d, want %d", i, got, want)
				}
				if len(w.Values) != o.Minutes || w.WeekStart != test.weekStart || w.Filled != 0 {
					t.Errorf("week %d: %d minutes, start %q, filled %v", i, len(w.Values), w.WeekStart, w.Filled)
				}
			}
			if len(weeks) > 0 && weeks[0].Start.String() != test.wantFirst {
				t.Errorf("got first start %v, want %v", weeks[0].Start, test.wantFirst)
			}
		})
	}
}

func TestWeeksAcrossAClockChangeStartAtMidnight(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("no time zone database:", err)
	}
	r := ramp(actigraphy.Zoned(time.Date(2014, 10, 24, 0, 0, 0, 0, london)), 15*prepare.MinutesPerDay)
	weeks, _, _, err := prepare.Weeks(r, prepare.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range weeks {
		got = append(got, w.Start.String())
	}
	want := []string{"2014-10-24T00:00:00+01:00", "2014-10-31T00:00:00Z"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWeeksMissing(t *testing.T) {
	// Minute m of the day is m on every day, so its mean is m; the gap is on the
	// second day, from 03:00.
	gap := func(minutes int) *actigraphy.Recording {
		r := ramp(naive("2020-01-01 00:00:00"), prepare.MinutesPerWeek)
		for i := range r.Activity {
			r.Activity[i] = float64(i % prepare.MinutesPerDay)
		}
		for i := range minutes {
			r.Activity[prepare.MinutesPerDay+180+i] = nan
		}
		return r
	}
	never := gap(1)
	for d := range 7 {
		never.Activity[d*prepare.MinutesPerDay+180] = nan
	}
	for _, test := range []struct {
		name       string
		recording  *actigraphy.Recording
		missing    prepare.Missing
		maxFilled  float64
		wantFilled float64
		wantReason string
	}{
		{"refused", gap(1), prepare.RefuseMissing, 1, 0, "1 of 10080 minutes were not recorded or not worn"},
		{"filled", gap(100), prepare.FillByMinute, 0.1, 100.0 / 10080, ""},
		{"just allowed", gap(1008), prepare.FillByMinute, 0.1, 0.1, ""},
		{"too many", gap(1009), prepare.FillByMinute, 0.1, 0, "more than the 10 % allowed"},
		{"never recorded", never, prepare.FillByMinute, 0.1, 0, "7 of its missing minutes were recorded on no other day"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := prepare.DefaultOptions()
			o.Missing, o.MaxFilled = test.missing, test.maxFilled
			weeks, skipped, _, err := prepare.Weeks(test.recording, o)
			if err != nil {
				t.Fatal(err)
			}
			if test.wantReason != "" {
				if len(weeks) != 0 || len(skipped) != 1 || !strings.Contains(skipped[0].Reason, test.wantReason) {
					t.Fatalf("got %d weeks and %v, want none and a reason with %q", len(weeks), skipped, test.wantReason)
				}
				return
			}
			if len(weeks) != 1 || weeks[0].Filled != test.wantFilled {
				t.Fatalf("got %d weeks, skipped %v, want one with %v filled", len(weeks), skipped, test.wantFilled)
			}
			for i, v := range weeks[0].Values {
				if v != float64(i%prepare.MinutesPerDay) {
					t.Fatalf("minute %d: got %v, want %v", i, v, i%prepare.MinutesPerDay)
				}
			}
		})
	}
}

// The mean is the person's own over the whole recording, at the same clock
// minute, whatever the time at which the recording began.
func TestWeeksFillUsesDaysOutsideTheWeek(t *testing.T) {
	r := ramp(naive("2020-01-01 12:00:00"), prepare.MinutesPerWeek+12*60)
	for i := range r.Activity {
		r.Activity[i] = 1
	}
	at := 12*60 + 13*60 // 13:00 on the first whole day
	r.Activity[at] = nan
	r.Activity[60] = 8 // 13:00 on the day before the week
	o := prepare.DefaultOptions()
	o.Missing = prepare.FillByMinute
	weeks, _, _, err := prepare.Weeks(r, o)
	if err != nil || len(weeks) != 1 {
		t.Fatalf("got %d weeks, %v", len(weeks), err)
	}
	if got, want := weeks[0].Values[13*60], 2.0; got != want { // (8 + 6 x 1) / 7
		t.Errorf("got %v, want %v", got, want)
	}
	if !math.IsNaN(r.Activity[at]) {
		t.Error("filling changed the recording")
	}
}

func TestWeeksRefuses(t *testing.T) {
	for _, test := range []struct {
		name   string
		start  actigraphy.LocalTime
		change func(*prepare.Options)
		want   string
	}{
		{"week start", naive("2020-01-01 00:00:00"), func(o *prepare.Options) { o.WeekStart = "Monday" }, `"Monday" is no week start`},
		{"missing", naive("2020-01-01 00:00:00"), func(o *prepare.Options) { o.Missing = "zero" }, "choose refuse or fill-mean"},
		{"share", naive("2020-01-01 00:00:00"), func(o *prepare.Options) { o.MaxFilled = 10 }, "from 0 to 1"},
		{"minutes", naive("2020-01-01 00:00:00"), func(o *prepare.Options) { o.Minutes = 0 }, "at least 1"},
		{"unknown start", actigraphy.LocalTime{}, func(*prepare.Options) {}, "choose first-sample"},
	} {
		o := prepare.DefaultOptions()
		test.change(&o)
		_, _, _, err := prepare.Weeks(ramp(test.start, prepare.MinutesPerWeek), o)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "P01") {
			t.Errorf("%s: got error %v, want one with P01 and %q", test.name, err, test.want)
		}
	}
}

func ExampleOptions_Canonical() {
	fmt.Println(prepare.DefaultOptions().Canonical())
	// Output: {"week_start":"first-midnight","missing":"refuse","max_filled":0,"minutes":10080}
}
