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
		got, skipped, repeated := r.OnWallClock()
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
