package grid_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/grid"
)

// rows makes rows at seconds, all with the value of their index.
func rows(seconds ...int) (grid.Rows, []float64) {
	r := grid.Rows{Same: func(i, j int) bool { return i == j }, Name: func(i int) string { return fmt.Sprint(seconds[i]) }}
	values := make([]float64, len(seconds))
	for i, s := range seconds {
		r.Times = append(r.Times, int64(s)*int64(time.Second))
		values[i] = float64(i)
	}
	return r, values
}

// laid returns the activity of a recording with a value a row, on the grid.
func laid(g *grid.Grid, values []float64) []float64 {
	r := &actigraphy.Recording{Activity: values}
	g.Lay(r)
	return r.Activity
}

func TestFit(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name    string
		seconds []int
		epoch   time.Duration
		want    []float64
	}{
		{"regular", []int{0, 60, 120}, time.Minute, []float64{0, 1, 2}},
		{"a gap", []int{0, 60, 240}, time.Minute, []float64{0, 1, nan, nan, 2}},
		{"multiples of the shortest step", []int{0, 30, 120, 240, 300}, 30 * time.Second, []float64{0, 1, nan, nan, 2, nan, nan, nan, 3, nan, 4}},
		{"a second off", []int{0, 60, 120, 180, 240, 300, 360, 420, 480, 541, 601, 661}, time.Minute, []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
	}
	for _, tt := range tests {
		r, values := rows(tt.seconds...)
		g, err := grid.Fit(r, 0)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		got := laid(g, values)
		same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
		if g.Epoch != tt.epoch || !slices.EqualFunc(got, tt.want, same) {
			t.Errorf("%s: got %v of %v, want %v of %v", tt.name, got, g.Epoch, tt.want, tt.epoch)
		}
	}
}

// A device's log keeps the first of two rows of one time, and a row that is
// stamped within its epoch goes onto it.
func TestFitLog(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name    string
		seconds []int
		want    []float64
		note    string
	}{
		{"a press of the button", []int{0, 60, 146, 180, 240}, []float64{0, 1, 2, 3, 4}, "1 rows are stamped up to 26 s after"},
		{"a press in the first epoch", []int{26, 60, 120, 180}, []float64{0, 1, 2, 3}, "1 rows are stamped up to 26 s after"},
		{"a pause", []int{0, 60, 339, 399, 459}, []float64{0, 1, nan, nan, nan, 2, 3, 4}, "3 rows are stamped up to 39 s after"},
		{"a time twice", []int{0, 60, 60, 120}, []float64{0, 1, 3}, "1 rows fall into the epoch of the row before"},
		{"a restart within an epoch", []int{0, 60, 90, 150, 210}, []float64{0, 1, 3, 4}, "1 rows fall into the epoch of the row before"},
	}
	for _, tt := range tests {
		r, values := rows(tt.seconds...)
		r.Log = true
		g, err := grid.Fit(r, time.Minute)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
		if got := laid(g, values); !slices.EqualFunc(got, tt.want, same) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
		if !slices.ContainsFunc(g.Notes, func(n string) bool { return strings.Contains(n, tt.note) }) {
			t.Errorf("%s: got notes %q, want %q among them", tt.name, g.Notes, tt.note)
		}
	}
}

func TestFitRefuses(t *testing.T) {
	var sparse []int
	for s := range 300 {
		sparse = append(sparse, s)
	}
	for d := range 20 {
		sparse = append(sparse, (d+1)*86400)
	}
	tests := []struct {
		name    string
		seconds []int
		epoch   time.Duration
		row     int
	}{
		{"no rows", nil, 0, 0},
		{"one row", []int{5}, 0, 0},
		{"back", []int{0, 60, 30, 120}, 0, 2},
		{"the same time", []int{0, 60, 60, 120}, 0, 2},
		{"irregular", []int{0, 60, 107, 180}, 0, 1},
		{"off the epochs", []int{0, 60, 140}, time.Minute, 2},
		{"shorter than the epoch", []int{0, 60, 62, 120}, time.Minute, 2},
		{"a long gap", []int{0, 60, 30 * 86400}, 0, 2},
		{"sparse", sparse, 0, 300},
	}
	for _, tt := range tests {
		r, _ := rows(tt.seconds...)
		_, err := grid.Fit(r, tt.epoch)
		var e *grid.Error
		if !errors.As(err, &e) || e.Row != tt.row {
			t.Errorf("%s: got %v, want an error at row %d", tt.name, err, tt.row)
		}
	}
}

// wallRows makes rows at times of a wall clock.
func wallRows(t *testing.T, times ...string) grid.Rows {
	t.Helper()
	r := grid.Rows{Wall: true, Same: func(int, int) bool { return false }, Name: func(i int) string { return times[i] }}
	for _, s := range times {
		at, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		r.Times = append(r.Times, at.UnixNano())
	}
	return r
}

// Rows of an hour that the clock shows twice: the first pass in its place, the second
// beside it. Each value is the index of its row.
func TestSecondPass(t *testing.T) {
	const n = actigraphy.ChannelLight
	for _, test := range []struct {
		name   string
		epoch  int // minutes
		times  []string
		log    bool
		start  string
		first  []float64 // -1: not recorded
		second []float64
	}{
		{
			"an hour of half hours", 30,
			[]string{"2024-10-27 01:30", "2024-10-27 02:00", "2024-10-27 02:30", "2024-10-27 02:00", "2024-10-27 02:30", "2024-10-27 03:00"},
			false, "2024-10-27 01:30",
			[]float64{0, 1, 2, 5},
			[]float64{-1, 3, 4, -1},
		},
		{
			"a gap in the second pass", 30,
			[]string{"2024-10-27 02:00", "2024-10-27 02:30", "2024-10-27 02:00", "2024-10-27 03:00"},
			false, "2024-10-27 02:00",
			[]float64{0, 1, 3},
			[]float64{2, -1, -1},
		},
		{
			"ends in the second pass", 30,
			[]string{"2024-10-27 01:30", "2024-10-27 02:00", "2024-10-27 02:30", "2024-10-27 02:00"},
			false, "2024-10-27 01:30",
			[]float64{0, 1, 2},
			[]float64{-1, 3, -1},
		},
		{
			"begins in the first pass", 30,
			[]string{"2024-10-27 02:30", "2024-10-27 02:00", "2024-10-27 02:30", "2024-10-27 03:00"},
			false, "2024-10-27 02:00",
			[]float64{-1, 0, 3},
			[]float64{1, 2, -1},
		},
		{
			"half an hour, Lord Howe Island", 15,
			[]string{"2024-04-07 01:30", "2024-04-07 01:45", "2024-04-07 01:30", "2024-04-07 01:45", "2024-04-07 02:00"},
			false, "2024-04-07 01:30",
			[]float64{0, 1, 4},
			[]float64{2, 3, -1},
		},
		{
			"a row of a log a little late", 30,
			[]string{"2024-10-27 02:00", "2024-10-27 02:30", "2024-10-27 02:00", "2024-10-27 02:41", "2024-10-27 03:00"},
			true, "2024-10-27 02:00",
			[]float64{0, 1, 4},
			[]float64{2, 3, -1},
		},
		{
			"a row of a log twice", 30,
			[]string{"2024-10-27 02:00", "2024-10-27 02:30", "2024-10-27 02:00", "2024-10-27 02:00", "2024-10-27 03:00"},
			true, "2024-10-27 02:00",
			[]float64{0, 1, 4},
			[]float64{2, -1, -1},
		},
	} {
		rows := wallRows(t, test.times...)
		rows.Log = test.log
		g, err := grid.Fit(rows, time.Duration(test.epoch)*time.Minute)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		values := make([]float64, len(test.times))
		for i := range values {
			values[i] = float64(i)
		}
		r := &actigraphy.Recording{Activity: values, Channels: map[string][]float64{n: values}}
		g.Lay(r)
		if start := time.Unix(0, g.Start).UTC().Format("2006-01-02 15:04"); start != test.start {
			t.Errorf("%s: got the start %s, want %s", test.name, start, test.start)
		}
		for _, c := range []struct {
			name      string
			got, want []float64
		}{
			{"activity", r.Activity, test.first},
			{"light", r.Channels[n], test.first},
			{"second activity", r.Channels[actigraphy.SecondPass("")], test.second},
			{"second light", r.Channels[actigraphy.SecondPass(n)], test.second},
		} {
			if !slices.EqualFunc(c.got, c.want, func(a, b float64) bool { return a == b || math.IsNaN(a) && b == -1 }) {
				t.Errorf("%s: got %s %v, want %v", test.name, c.name, c.got, c.want)
			}
		}
	}
}

// An hour has two passes at most, and each goes forward.
func TestSecondPassRefuses(t *testing.T) {
	for name, times := range map[string][]string{
		"a third pass":             {"2024-10-27 02:00", "2024-10-27 02:30", "2024-10-27 02:00", "2024-10-27 02:30", "2024-10-27 03:00", "2024-10-27 02:30"},
		"back in the second":       {"2024-10-27 02:00", "2024-10-27 02:20", "2024-10-27 02:40", "2024-10-27 02:00", "2024-10-27 02:20", "2024-10-27 02:00"},
		"twice in the second":      {"2024-10-27 02:00", "2024-10-27 02:20", "2024-10-27 02:40", "2024-10-27 02:00", "2024-10-27 02:00", "2024-10-27 03:00"},
		"off the epochs in second": {"2024-10-27 02:00", "2024-10-27 02:20", "2024-10-27 02:40", "2024-10-27 02:00", "2024-10-27 02:30", "2024-10-27 03:00"},
	} {
		rows := wallRows(t, times...)
		_, err := grid.Fit(rows, time.Duration(rows.Times[1]-rows.Times[0]))
		var e *grid.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: got %v, want a refusal", name, err)
		}
	}
}

// A clock that jumps: what looks like the change of summer time is taken for it, on
// whatever weekday; a clock that was set in mid-recording is a gap forward, and back
// it is refused, because two epochs claim one time.
func TestClocksThatJump(t *testing.T) {
	for _, test := range []struct {
		name   string
		times  []string
		epochs int    // 0: refused
		says   string // in a note or the error
	}{
		{"spring, Sunday", []string{"2003-03-30 01:58", "2003-03-30 01:59", "2003-03-30 03:00"}, 63, "summer time"},
		{"spring, Friday (Jordan)", []string{"2014-03-27 23:58", "2014-03-27 23:59", "2014-03-28 01:00"}, 63, "summer time"},
		{"autumn, Friday (Jordan)", []string{"2014-10-31 00:58", "2014-10-31 00:59", "2014-10-31 00:00", "2014-10-31 00:01", "2014-10-31 01:00"}, 61, "end of summer time"},
		{"autumn, midnight (Brazil)", []string{"2018-02-17 23:58", "2018-02-17 23:59", "2018-02-17 23:00", "2018-02-17 23:01", "2018-02-18 00:00"}, 61, "end of summer time"},
		{"set forward by 3 h 7 min", []string{"2020-01-01 10:00", "2020-01-01 10:01", "2020-01-01 13:09"}, 190, "not recorded"},
		{"set back by 3 h 7 min", []string{"2020-01-01 10:00", "2020-01-01 10:01", "2020-01-01 06:55"}, 0, "set back here"},
		{"set back by an hour at noon", []string{"2020-01-01 12:00", "2020-01-01 12:01", "2020-01-01 11:02"}, 0, "set back here"},
		{"ten years later", []string{"2010-01-01 10:00", "2010-01-01 10:01", "2020-01-01 10:02"}, 0, "gaps of at most 28 days"},
		{"1918", []string{"1918-01-01 10:00", "1918-01-01 10:01", "1918-01-01 10:02"}, 3, ""},
		{"2068", []string{"2068-02-29 23:59", "2068-03-01 00:00", "2068-03-01 00:01"}, 3, ""},
	} {
		rows := wallRows(t, test.times...)
		var g *grid.Grid
		var err error
		allocated := testing.AllocsPerRun(1, func() { g, err = grid.Fit(rows, time.Minute) })
		switch {
		case test.epochs == 0:
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%s: got %v, want an error that says %q", test.name, err, test.says)
			}
			if allocated > 100 {
				t.Errorf("%s: %v allocations before it was refused", test.name, allocated)
			}
		case err != nil:
			t.Errorf("%s: %v", test.name, err)
		case g.Len != test.epochs || !strings.Contains(strings.Join(g.Notes, " "), test.says):
			t.Errorf("%s: got %d epochs and the notes %q, want %d and %q", test.name, g.Len, g.Notes, test.epochs, test.says)
		}
	}
}
