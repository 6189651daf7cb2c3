package plots_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/zone"
	"circascope/plots"
)

func recording(start actigraphy.LocalTime, epoch time.Duration, values ...float64) *actigraphy.Recording {
	return &actigraphy.Recording{
		Subject: "A1", Start: start, Epoch: epoch, Activity: values,
		Unit: actigraphy.Unit{Quantity: "counts"},
	}
}

func days(t *testing.T, r *actigraphy.Recording) plots.DayMatrix {
	t.Helper()
	m, err := plots.Days(r, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Validate(); err != nil {
		t.Fatal(err)
	}
	return m
}

var nan = math.NaN()

func same(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) })
}

func TestDaysPlacesEpochs(t *testing.T) {
	start := actigraphy.Naive(time.Date(2024, 12, 30, 23, 58, 0, 0, time.UTC))
	m := days(t, recording(start, time.Minute, 1, nan, 3, 4))
	if got, want := m.Labels, []string{"Mon 30 Dec 2024", "Tue 31 Dec"}; !slices.Equal(got, want) {
		t.Errorf("labels: got %q, want %q", got, want)
	}
	if got, want := m.Values[m.From:m.To], []float64{1, nan, 3, 4}; !same(got, want) {
		t.Errorf("values: got %v, want %v", got, want)
	}
	if m.From != 1438 || m.To != 1442 {
		t.Errorf("covers %d to %d, want 1438 to 1442", m.From, m.To)
	}
}

func TestDayLabels(t *testing.T) {
	tests := []struct {
		start actigraphy.LocalTime
		want  []string
		hours string
	}{
		{actigraphy.Undated(time.Saturday, 12*time.Hour), []string{"Sat", "Sun"}, "Clock time (h)"},
		{actigraphy.LocalTime{}, []string{"Day 1", "Day 2"}, "Time since start (h)"},
		{actigraphy.Naive(time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC)), []string{"Sun 31 Dec 2023", "Mon 1 Jan 2024"}, "Clock time (h)"},
	}
	for _, test := range tests {
		m := days(t, recording(test.start, time.Minute, make([]float64, 1500)...))
		if !slices.Equal(m.Labels, test.want) {
			t.Errorf("%v: got %q, want %q", test.start, m.Labels, test.want)
		}
		if m.Hours != test.hours {
			t.Errorf("%v: got %q, want %q", test.start, m.Hours, test.hours)
		}
	}
}

func TestDaysBins(t *testing.T) {
	midnight := actigraphy.Naive(time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC))
	tests := []struct {
		name   string
		epoch  time.Duration
		unit   string
		values []float64
		want   []float64
		label  string
	}{
		{"30 s counts are summed", 30 * time.Second, "counts", []float64{1, 2, 3, 4}, []float64{3, 7}, "counts, sum per min"},
		{"30 s mg are averaged", 30 * time.Second, "mg", []float64{1, 2, 3, 4}, []float64{1.5, 3.5}, "mg, mean per min"},
		{"half a minute recorded counts for both", 30 * time.Second, "counts", []float64{1, nan, nan, nan}, []float64{2, nan}, "counts, sum per min"},
		{"minutes stay", time.Minute, "counts", []float64{1, nan, 3}, []float64{1, nan, 3}, "counts, per min"},
		{"2 min epochs stay", 2 * time.Minute, "counts", []float64{1, 2}, []float64{1, 2}, "counts, per 2 min"},
		{"7 min epochs go into cells of 8", 7 * time.Minute, "mg", []float64{4, 6}, []float64{5}, "mg, mean per 8 min"},
	}
	for _, test := range tests {
		r := recording(midnight, test.epoch, test.values...)
		r.Unit.Quantity = test.unit
		m := days(t, r)
		if got := m.Values[m.From:m.To]; !same(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
		if m.Unit != test.label {
			t.Errorf("%s: got unit %q, want %q", test.name, m.Unit, test.label)
		}
	}
}

// TestDaysOfClockChange: in a known zone the rows follow the wall clock: the
// hour that is skipped in spring stays empty, the one repeated in autumn is
// averaged.
func TestDaysOfClockChange(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("this machine has no time zone database: ", err)
	}
	values := func(hours int) []float64 {
		out := make([]float64, hours)
		for i := range out {
			out[i] = float64(i)
		}
		return out
	}
	spring := days(t, recording(actigraphy.Zoned(time.Date(2024, 3, 31, 0, 0, 0, 0, berlin)), time.Hour, values(24)...))
	if got, want := spring.Row(0)[:5], []float64{0, 1, nan, 2, 3}; !same(got, want) {
		t.Errorf("spring: got %v, want %v", got, want)
	}
	if spring.Rows() != 2 {
		t.Errorf("24 hours from midnight of a 23-hour day: got %d rows, want 2", spring.Rows())
	}
	autumn := days(t, recording(actigraphy.Zoned(time.Date(2024, 10, 27, 0, 0, 0, 0, berlin)), time.Hour, values(25)...))
	if got, want := autumn.Row(0)[:5], []float64{0, 1, 2.5, 4, 5}; !same(got, want) {
		t.Errorf("autumn: got %v, want %v", got, want)
	}
	if autumn.Rows() != 1 {
		t.Errorf("a 25-hour day: got %d rows, want 1", autumn.Rows())
	}
}

func TestDaysErrors(t *testing.T) {
	r := recording(actigraphy.LocalTime{}, time.Minute, 1)
	if _, err := plots.Days(r, "light"); err == nil || !strings.Contains(err.Error(), "light") {
		t.Errorf("a missing channel: got %v", err)
	}
	for _, epoch := range []time.Duration{0, -time.Minute, 25 * time.Hour} {
		r.Epoch = epoch
		if _, err := plots.Days(r, ""); err == nil || !strings.Contains(err.Error(), "epochs of") {
			t.Errorf("an epoch of %v: got %v", epoch, err)
		}
	}
}

func TestAverageDay(t *testing.T) {
	m := plots.DayMatrix{Labels: []string{"Mon", "Tue", "Wed"}, Columns: 4, Values: []float64{
		1, 3, 10, nan,
		3, 5, 20, nan,
		nan, nan, 60, nan,
	}, To: 12}
	// Bins of 12 hours: (2, 4) and (10, 20, 60), whose sample SD is 26.457513.
	c := plots.AverageDay(m, 720, plots.BandSD)
	if got, want := c.Mean, []float64{3, 30}; !same(got, want) {
		t.Errorf("mean: got %v, want %v", got, want)
	}
	if got, want := c.Upper[1]-c.Mean[1], 26.457513; math.Abs(got-want) > 1e-6 {
		t.Errorf("SD: got %v, want %v", got, want)
	}
	if got, want := c.Band, "mean and SD over 2 to 3 days"; got != want {
		t.Errorf("band: got %q, want %q", got, want)
	}
	q := plots.AverageDay(m, 720, plots.BandQuartiles)
	if got, want := []float64{q.Lower[1], q.Mean[1], q.Upper[1]}, []float64{15, 20, 40}; !same(got, want) {
		t.Errorf("quartiles: got %v, want %v", got, want)
	}
}

func TestAverageCohort(t *testing.T) {
	person := func(v float64, n int) plots.DayMatrix {
		m := plots.DayMatrix{Columns: 2, To: 2 * n}
		for range n {
			m.Labels = append(m.Labels, "Mon")
			m.Values = append(m.Values, v, nan)
		}
		return m
	}
	c, err := plots.AverageCohort([]plots.DayMatrix{person(1, 9), person(3, 1)}, 720, plots.BandSD)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Mean, []float64{2, nan}; !same(got, want) {
		t.Errorf("everyone counts once: got %v, want %v", got, want)
	}
	odd := plots.DayMatrix{Labels: []string{"Mon"}, Columns: 3, Values: []float64{1, 2, 3}, To: 3}
	if _, err := plots.AverageCohort([]plots.DayMatrix{person(1, 1), odd}, 720, plots.BandSD); err == nil {
		t.Error("cells that do not fit: got no error")
	}
	if _, err := plots.AverageCohort(nil, 15, plots.BandSD); err != nil {
		t.Errorf("nobody: got %v", err)
	}
}

// Clocks of Oslo: forward on 2003-03-30 at 02:00, back on 2003-10-26 at 03:00. In
// the days there are minutes of the clock, and the changes are marked.
func TestDaysOverAChangeOfTheClock(t *testing.T) {
	for _, test := range []struct {
		name, zone, start string
		hours             int
		label             string // of the day of the change
		row               int
		mark              plots.ClockMark
		cell              int
		want              float64 // hour of elapsed time there
		rows              int
	}{
		{"spring", "Europe/Oslo", "2003-03-29 00:00", 24 + 23 + 24, "Sun 30 Mar, 23 h", 1, plots.ClockMark{Kind: plots.Skipped, From: 26, To: 27}, 27, 26, 3},
		{"autumn", "Europe/Oslo", "2003-10-25 00:00", 24 + 25 + 24, "Sun 26 Oct, 25 h", 1, plots.ClockMark{Kind: plots.Twice, From: 26, To: 27}, 26, 26.5, 3},
		{"autumn, after", "Europe/Oslo", "2003-10-25 00:00", 24 + 25 + 24, "Sun 26 Oct, 25 h", 1, plots.ClockMark{Kind: plots.Twice, From: 26, To: 27}, 27, 28, 3},
		{"a repeated hour before the first midnight", "America/Havana", "2024-11-03 00:30", 2, "Sun 3 Nov 2024, 25 h", 0, plots.ClockMark{Kind: plots.Twice, From: 0, To: 1}, 0, 0.5, 1},
	} {
		loc, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Skip("no time zone database:", err)
		}
		start, err := time.ParseInLocation("2006-01-02 15:04", test.start, loc)
		if err != nil {
			t.Fatal(err)
		}
		r := &actigraphy.Recording{Subject: "P1", Start: actigraphy.Zoned(start), Epoch: time.Hour, Unit: actigraphy.Unit{Quantity: "mg"}, Activity: make([]float64, test.hours)}
		for i := range r.Activity {
			r.Activity[i] = float64(i)
		}
		m, err := plots.Days(r, "")
		if err != nil {
			t.Fatal(err)
		}
		if m.Rows() != test.rows || m.Labels[test.row] != test.label {
			t.Errorf("%s: got the days %q, want %d with %q", test.name, m.Labels, test.rows, test.label)
		}
		if !slices.Equal(m.Marks, []plots.ClockMark{test.mark}) {
			t.Errorf("%s: got the marks %v, want %v", test.name, m.Marks, test.mark)
		}
		if got := m.Values[test.cell]; got != test.want {
			t.Errorf("%s: cell %d is %v, want %v", test.name, test.cell, got, test.want)
		}
	}
}

// A traveller to the west soon after midnight sees the evening before once more:
// it has a day of its own, and nothing is lost.
func TestDaysOverTravelWest(t *testing.T) {
	place := zone.Place{Zone: "Europe/London", Clock: zone.Kept, Moves: []zone.Move{{From: "2024-01-31T21:00:00", Zone: "America/New_York"}}}
	r := &actigraphy.Recording{Subject: "P1", Start: actigraphy.Naive(time.Date(2024, 2, 1, 1, 0, 0, 0, time.UTC)), Epoch: time.Hour, Unit: actigraphy.Unit{Quantity: "mg"}, Activity: make([]float64, 10)}
	p, err := place.Apply(r)
	if err != nil {
		t.Fatal(err)
	}
	m, err := plots.Days(p.Recording, "")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Wed 31 Jan 2024, 29 h", "Thu 1 Feb"}
	if !slices.Equal(m.Labels, want) {
		t.Errorf("got the days %q, want %q", m.Labels, want)
	}
	recorded := 0
	for _, v := range m.Values {
		if v == v {
			recorded++
		}
	}
	// 01:00 London, then 21:00 to 05:00 New York: 01:00 comes twice.
	if recorded != 9 {
		t.Errorf("%d cells were recorded, want 9", recorded)
	}
}
