package app_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/app"
)

func TestPlaceAmong(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name       string
		value      float64
		others     []float64
		onDay      bool
		n          int
		percentile float64
		median     float64
	}{
		{"above most", 3.5, []float64{1, 2, 3, 4}, false, 4, 75, 2.5},
		{"half of the equal ones count as below", 2, []float64{1, 2, 2, 3}, false, 4, 50, 2},
		{"those without a value are not counted", 5, []float64{nan, 1, nan}, false, 1, 100, 1},
		{"a time before midnight is earlier than one after it", 23.5, []float64{0.5, 1, 1.5}, true, 3, 0, 1},
		{"a time after midnight is later than one before it", 1, []float64{22, 23, 23.5}, true, 3, 100, -1},
		{"nobody else", 1, nil, false, 0, nan, nan},
		{"without a value of its own", nan, []float64{1, 2}, false, 2, nan, nan},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := app.PlaceAmong(tt.value, tt.others, tt.onDay)
			if p.N != tt.n || !same(p.Percentile(), tt.percentile) || !same(p.Median, tt.median) {
				t.Errorf("got n %d, percentile %v, median %v; want %d, %v, %v", p.N, p.Percentile(), p.Median, tt.n, tt.percentile, tt.median)
			}
		})
	}
}

func same(a, b float64) bool {
	return math.Abs(a-b) < 1e-9 || math.IsNaN(a) && math.IsNaN(b)
}

func TestPlaceOfATimeIsWithinTheOthersRange(t *testing.T) {
	p := app.PlaceAmong(0.25, []float64{23, 23.5, 1}, true)
	if !(p.Min < p.Value && p.Value < p.Max) || p.Max-p.Min > 2.1 {
		t.Errorf("00:15 among 23:00, 23:30 and 01:00 is %v in %v to %v, want it inside of two hours", p.Value, p.Min, p.Max)
	}
}

func TestPeersShareUnitAndEpoch(t *testing.T) {
	counts := actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: "axis 1"}
	row := func(id string, u actigraphy.Unit, epoch time.Duration) app.Row {
		return app.Row{Info: actigraphy.Info{ID: id, Unit: u, Epoch: epoch}}
	}
	rows := []app.Row{
		row("self", counts, time.Minute), row("alike", counts, time.Minute),
		row("other epoch", counts, 30*time.Second), row("other unit", actigraphy.Unit{Quantity: "MIMS"}, time.Minute),
	}
	var got []string
	for _, r := range app.Peers(rows, rows[0].Info) {
		got = append(got, r.ID)
	}
	if want := []string{"alike"}; !slices.Equal(got, want) {
		t.Errorf("got peers %v, want %v", got, want)
	}
}

func TestBetween(t *testing.T) {
	of := func(v float64, unit string) metrics.Value {
		return metrics.Value{Metric: metrics.Metric{Unit: unit}, Value: v}
	}
	nan := math.NaN()
	onset, found := metrics.Find(metrics.Paper, "L5_onset")
	if !found {
		t.Fatal("there is no L5_onset")
	}
	tests := []struct {
		name              string
		first, second     metrics.Value
		differs           bool
		absolute, percent float64
	}{
		{"equal but for rounding", of(.5, ""), of(.5+1e-12, ""), false, 1e-12, 2e-10},
		{"a tenth more", of(.5, ""), of(.55, ""), true, .05, 10},
		{"of a negative number", of(-2, ""), of(-1, ""), true, 1, 50},
		{"from nothing there is no percentage", of(0, ""), of(1, ""), true, 1, nan},
		{"other units", of(1, "h"), of(1, "rad"), true, nan, nan},
		{"one has none", of(1, ""), of(nan, ""), true, nan, nan},
		{"neither has one", of(nan, ""), of(nan, ""), false, nan, nan},
		{"over midnight", of(23.5, onset.Unit), of(.5, onset.Unit), true, 1, nan},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := app.Between(tt.first, tt.second)
			if d.Differs != tt.differs || !same(d.Absolute, tt.absolute) || !same(d.Percent, tt.percent) {
				t.Errorf("got %+v; want differs %v by %v, %v %%", d, tt.differs, tt.absolute, tt.percent)
			}
		})
	}
}
