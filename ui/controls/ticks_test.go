package controls

import (
	"slices"
	"testing"

	"circascope/plots"
)

func labels(ticks []Tick) []string {
	var list []string
	for _, t := range ticks {
		list = append(list, t.Label)
	}
	return list
}

func TestNiceTicks(t *testing.T) {
	tests := []struct {
		lo, hi float64
		n      int
		want   []string
	}{
		{0, 10, 5, []string{"0", "2", "4", "6", "8", "10"}},
		{-1.3, 1.1, 4, []string{"-1", "0", "1"}},
		{0, 0.05, 5, []string{"0", "0.01", "0.02", "0.03", "0.04", "0.05"}},
		{-9.2, 5.4, 3, []string{"-5", "0", "5"}},
		{3, 3, 4, nil},
	}
	for _, tt := range tests {
		got := labels(niceTicks(tt.lo, tt.hi, tt.n))
		if !slices.Equal(got, tt.want) {
			t.Errorf("from %v to %v: got %v, want %v", tt.lo, tt.hi, got, tt.want)
		}
	}
}

func TestNiceTicksLieOnTheAxis(t *testing.T) {
	for _, tick := range niceTicks(-3.7, 12.9, 6) {
		if tick.At < 0 || tick.At > 1 {
			t.Errorf("%s lies at %v, want within 0 and 1", tick.Label, tick.At)
		}
	}
}

func TestScaleTicks(t *testing.T) {
	log := scaleTicks(plots.Scale{Log: true, Max: 2500})
	if got, want := labels(log), []string{"0", "1", "10", "100", "1000"}; !slices.Equal(got, want) {
		t.Errorf("log scale: got %v, want %v", got, want)
	}
	if first, last := log[0].At, log[4].At; first != 0 || last <= 0.8 || last >= 1 {
		t.Errorf("log scale: ends at %v and %v, want 0 and close under 1", first, last)
	}
	even := scaleTicks(plots.Scale{Max: 400})
	if got, want := labels(even), []string{"0", "100", "200", "300", "400"}; !slices.Equal(got, want) {
		t.Errorf("even scale: got %v, want %v", got, want)
	}
}
