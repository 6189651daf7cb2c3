package prepare_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/prepare"
)

var nan = math.NaN()

func naive(clock string) actigraphy.LocalTime {
	t, err := time.Parse("2006-01-02 15:04:05.999", clock)
	if err != nil {
		panic(err)
	}
	return actigraphy.Naive(t)
}

// equal compares with NaN equal to NaN.
func equal(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) })
}

func TestOneMinute(t *testing.T) {
	for _, test := range []struct {
		name   string
		start  string
		epoch  time.Duration
		unit   string
		values []float64

		wantStart string
		want      []float64
		wantNotes []string // a part of each
	}{
		{
			name: "one minute stays", start: "2020-01-01 10:00:00", epoch: time.Minute, values: []float64{1, nan, 3},
			wantStart: "2020-01-01 10:00:00", want: []float64{1, nan, 3},
		},
		{
			name: "30 s are summed", start: "2020-01-01 10:00:00", epoch: 30 * time.Second, values: []float64{1, 2, 3, 4},
			wantStart: "2020-01-01 10:00:00", want: []float64{3, 7}, wantNotes: []string{"summed"},
		},
		{
			name: "a missing part makes the minute missing", start: "2020-01-01 10:00:00", epoch: 15 * time.Second,
			values:    []float64{1, 2, nan, 4, 0, 0, 0, 5},
			wantStart: "2020-01-01 10:00:00", want: []float64{nan, 5}, wantNotes: []string{"missing part"},
		},
		{
			name: "averages are averaged", start: "2020-01-01 10:00:00", epoch: 30 * time.Second, unit: "mg", values: []float64{1, 2, 3, 4},
			wantStart: "2020-01-01 10:00:00", want: []float64{1.5, 3.5}, wantNotes: []string{"averaged"},
		},
		{
			name: "parts of minutes at the ends are left out", start: "2020-01-01 09:05:30", epoch: 30 * time.Second,
			values:    []float64{100, 1, 2, 3, 4, 100},
			wantStart: "2020-01-01 09:06:00", want: []float64{3, 7}, wantNotes: []string{"summed", "1 epochs before the first whole minute and 1 after"},
		},
		{
			name: "minute epochs that start at :25", start: "2020-01-01 10:00:25", epoch: time.Minute, values: []float64{1, 2},
			wantStart: "2020-01-01 10:00:25", want: []float64{1, 2}, wantNotes: []string{"25 s after the clock's minute"},
		},
		{
			name: "half-minute epochs off the grid", start: "2020-01-01 13:29:50.439", epoch: 30 * time.Second,
			values: []float64{100, 100, 1, 2, 3, 4}, // 13:29:50, 13:30:20, 13:30:50, 13:31:20 ...
			// The epochs that start in 13:30 are the second and third.
			wantStart: "2020-01-01 13:30:20.439", want: []float64{101, 5},
			wantNotes: []string{"summed", "1 epochs before the first whole minute and 1 after", "20.439 s after"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &actigraphy.Recording{Start: naive(test.start), Epoch: test.epoch, Activity: test.values, Unit: actigraphy.Unit{Quantity: test.unit}}
			got, notes, err := prepare.OneMinute(r, prepare.WallFirst)
			if err != nil {
				t.Fatal(err)
			}
			if !equal(got.Values, test.want) {
				t.Errorf("got %v, want %v", got.Values, test.want)
			}
			if want := naive(test.wantStart); !got.Start.Equal(want) {
				t.Errorf("got start %v, want %v", got.Start, want)
			}
			checkTexts(t, notes, test.wantNotes)
		})
	}
}

func checkTexts(t *testing.T, got, parts []string) {
	t.Helper()
	if len(got) != len(parts) {
		t.Fatalf("got %q, want texts with %q", got, parts)
	}
	for i := range got {
		if !strings.Contains(got[i], parts[i]) {
			t.Errorf("got %q, want a text with %q", got[i], parts[i])
		}
	}
}

func TestOneMinuteRefusesEpochs(t *testing.T) {
	for _, test := range []struct {
		epoch time.Duration
		want  string
	}{
		{0, "not positive"},
		{2 * time.Minute, "longer than the model's one minute"},
		{61 * time.Second, "longer"},
		{45 * time.Second, "do not divide a minute"},
	} {
		_, _, err := prepare.OneMinute(&actigraphy.Recording{Start: naive("2020-01-01 00:00:00"), Epoch: test.epoch, Activity: make([]float64, 100)}, prepare.WallFirst)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("epoch %v: got error %v, want one with %q", test.epoch, err, test.want)
		}
	}
}

// Clocks in London went forward on 2014-03-30 at 01:00 and back on 2014-10-26 at
// 02:00. Each value is the number of minutes since the start, so it shows where
// it went.
func TestOneMinuteKeepsTheWallClock(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("no time zone database:", err)
	}
	elapsed := make([]float64, 6*60)
	for i := range elapsed {
		elapsed[i] = float64(i)
	}
	for _, test := range []struct {
		name      string
		start     time.Time
		minute    int // on the clock since the start
		want      float64
		wantCount int
		wantNote  string
	}{
		{"before spring", time.Date(2014, 3, 30, 0, 0, 0, 0, london), 59, 59, 7 * 60, "the 1 h that it skipped"},
		{"skipped", time.Date(2014, 3, 30, 0, 0, 0, 0, london), 60, nan, 7 * 60, "the 1 h that it skipped"},
		{"after spring", time.Date(2014, 3, 30, 0, 0, 0, 0, london), 120, 60, 7 * 60, "the 1 h that it skipped"},
		{"first 01:30", time.Date(2014, 10, 26, 0, 0, 0, 0, london), 90, 90, 5 * 60, "the 1 h that it showed twice"},
		{"after autumn", time.Date(2014, 10, 26, 0, 0, 0, 0, london), 120, 180, 5 * 60, "the 1 h that it showed twice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, notes, err := prepare.OneMinute(&actigraphy.Recording{Start: actigraphy.Zoned(test.start), Epoch: time.Minute, Activity: elapsed}, prepare.WallFirst)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Values) != test.wantCount {
				t.Fatalf("got %d minutes, want %d", len(got.Values), test.wantCount)
			}
			if !equal(got.Values[test.minute:test.minute+1], []float64{test.want}) {
				t.Errorf("minute %d: got %v, want %v", test.minute, got.Values[test.minute], test.want)
			}
			checkTexts(t, notes, []string{test.wantNote})
		})
	}
}
