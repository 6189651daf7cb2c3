package actigraphy_test

import (
	"math"
	"testing"
	"time"

	"circascope/actigraphy"
)

// Clocks in London went forward on 2014-03-30 at 01:00 and back on 2014-10-26 at
// 02:00. Each value is the number of its epoch, so it shows where it went.
func TestOnWallClock(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("no time zone database:", err)
	}
	at := func(month time.Month, day, hour, minute int) actigraphy.LocalTime {
		return actigraphy.Zoned(time.Date(2014, month, day, hour, minute, 0, 0, london))
	}
	const missing = -1
	for _, test := range []struct {
		name              string
		start             actigraphy.LocalTime
		epoch             time.Duration
		epochs            int
		want              map[int]int // index on the clock: epoch
		length            int
		skipped, repeated int
	}{
		{"no zone", actigraphy.Naive(time.Date(2014, 3, 30, 0, 0, 0, 0, london)), time.Minute, 180, map[int]int{120: 120}, 180, 0, 0},
		{"no change", at(6, 1, 0, 0), time.Minute, 180, map[int]int{120: 120}, 180, 0, 0},
		{"forward", at(3, 30, 0, 0), time.Minute, 180, map[int]int{59: 59, 60: missing, 119: missing, 120: 60}, 240, 60, 0},
		{"forward, half minutes", at(3, 30, 0, 0), 30 * time.Second, 360, map[int]int{119: 119, 120: missing, 240: 120}, 480, 120, 0},
		{"back", at(10, 26, 0, 0), time.Minute, 240, map[int]int{60: 60, 119: 119, 120: 180}, 180, 0, 60},
		{"begins in the hour that comes twice", actigraphy.Zoned(time.Date(2014, 10, 26, 0, 30, 0, 0, time.UTC).In(london)), time.Minute, 120, map[int]int{0: 0, 29: 29, 30: 90}, 60, 0, 60},
		{"both, and ends just after", at(3, 30, 0, 0), time.Hour, 210*24 + 3, map[int]int{0: 0, 1: missing, 2: 1, 210*24 + 1: 210 * 24, 210*24 + 2: 210*24 + 2}, 210*24 + 3, 1, 1},
	} {
		r := &actigraphy.Recording{Start: test.start, Epoch: test.epoch, Activity: make([]float64, test.epochs)}
		for i := range r.Activity {
			r.Activity[i] = float64(i)
		}
		got, skipped, repeated := r.OnWallClock(actigraphy.KeepFirst)
		if len(got) != test.length || skipped != test.skipped || repeated != test.repeated {
			t.Errorf("%s: got %d epochs, %d skipped, %d repeated; want %d, %d, %d", test.name, len(got), skipped, repeated, test.length, test.skipped, test.repeated)
			continue
		}
		for i, want := range test.want {
			if want == missing && !math.IsNaN(got[i]) || want != missing && got[i] != float64(want) {
				t.Errorf("%s: epoch %d on the clock is %v, want %v", test.name, i, got[i], want)
			}
		}
	}
}

// Berlin's clocks change twice a year, past the end of the table of a zone too:
// counted by hand for the years in which they did. In 1945 to 1949 there were more.
func TestNextClockChange(t *testing.T) {
	for _, test := range []struct {
		zone     string
		from, to int
		want     int
	}{
		{"Europe/Berlin", 1981, 2100, 2 * 119},
		{"Europe/Berlin", 1920, 1940, 0},
		{"Asia/Kolkata", 1950, 2100, 0},
		{"America/New_York", 2007, 2300, 2 * 293},
	} {
		loc, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Skip("no time zone database:", err)
		}
		got := 0
		end := time.Date(test.to, 1, 1, 0, 0, 0, 0, loc)
		for at, more := actigraphy.NextClockChange(time.Date(test.from, 1, 1, 0, 0, 0, 0, loc)); more && at.Before(end); at, more = actigraphy.NextClockChange(at) {
			got++
		}
		if got != test.want {
			t.Errorf("%s from %d to %d: got %d changes, want %d", test.zone, test.from, test.to, got, test.want)
		}
	}
}

// A day is complete with 23 or 25 hours, and begins at 01:00 where midnight is
// skipped (Sao Paulo, 2017-10-15).
func TestCompleteDaysOverAChange(t *testing.T) {
	for _, test := range []struct {
		zone, start string
		hours, want int
	}{
		{"Europe/London", "2014-03-29 00:00:00", 24 + 23 + 24, 3},
		{"Europe/London", "2014-03-29 00:00:00", 24 + 23 + 23, 2},
		{"Europe/London", "2014-10-25 12:00:00", 12 + 25 + 24, 2},
		{"Europe/London", "2014-10-25 12:00:00", 12 + 25 + 23, 1},
		{"America/Sao_Paulo", "2017-10-14 00:00:00", 24 + 23 + 24, 3},
	} {
		loc, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Skip("no time zone database:", err)
		}
		start, err := time.ParseInLocation(time.DateTime, test.start, loc)
		if err != nil {
			t.Fatal(err)
		}
		r := &actigraphy.Recording{Start: actigraphy.Zoned(start), Epoch: time.Hour, Activity: make([]float64, test.hours)}
		if got := actigraphy.Describe(r).Days; got != test.want {
			t.Errorf("%s from %s, %d hours: got %d days, want %d", test.zone, test.start, test.hours, got, test.want)
		}
	}
}

// Of the hour that comes twice the mean is taken of what was recorded.
func TestOnWallClockMean(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("no time zone database:", err)
	}
	r := &actigraphy.Recording{Start: actigraphy.Zoned(time.Date(2014, 10, 26, 0, 0, 0, 0, london)), Epoch: 30 * time.Minute, Activity: []float64{0, 1, 2, math.NaN(), 4, 5, 6}}
	got, _, repeated := r.OnWallClock(actigraphy.TakeMean)
	want := []float64{0, 1, 3, 5, 6}
	if len(got) != len(want) || repeated != 2 {
		t.Fatalf("got %v with %d repeated, want %v with 2", got, repeated, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("value %d is %v, want %v", i, got[i], want[i])
		}
	}
}
