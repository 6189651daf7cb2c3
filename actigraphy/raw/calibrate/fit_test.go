package calibrate_test

import (
	"math"
	"strings"
	"testing"

	"circascope/actigraphy/raw/calibrate"
)

// around are windows of a device with an error, in positions spread over the
// sphere by the golden angle.
func around(n int, offset, scale float64, temperature func(i int) float64) []calibrate.Window {
	windows := make([]calibrate.Window, n)
	for i := range windows {
		z := 1 - 2*(float64(i)+0.5)/float64(n)
		sin, cos := math.Sincos(float64(i) * math.Pi * (3 - math.Sqrt(5)))
		flat := math.Sqrt(1 - z*z)
		for k, v := range [3]float64{flat * cos, flat * sin, z} {
			windows[i].Mean[k] = v/scale - offset
		}
		windows[i].Temperature = temperature(i)
	}
	return windows
}

func none(int) float64 { return math.NaN() }

func TestFit(t *testing.T) {
	for name, temperature := range map[string]func(int) float64{
		"no temperature":       none,
		"a constant one":       func(int) float64 { return 25 },
		"missing in one":       func(i int) float64 { return [2]float64{25, math.NaN()}[min(i, 1)] },
		"one that has no part": func(i int) float64 { return 20 + float64(i*7%11) },
	} {
		got := calibrate.Fit(around(500, 0.04, 1.03, temperature))
		if !got.Applied || got.Refused != "" || got.After > 1e-4 || got.Before < 0.02 {
			t.Errorf("%s: got %+v", name, got)
		}
		if want := name == "one that has no part"; got.Temperature != want {
			t.Errorf("%s: temperature used: got %v, want %v", name, got.Temperature, want)
		}
		for k := range 3 {
			if math.Abs(got.Offset[k]-0.04) > 1e-4 || math.Abs(got.Scale[k]-1.03) > 1e-4 || math.Abs(got.Drift[k]) > 1e-5 {
				t.Errorf("%s, axis %d: got offset %v, scale %v, drift %v", name, k, got.Offset[k], got.Scale[k], got.Drift[k])
			}
		}
	}
}

func TestFitRefuses(t *testing.T) {
	half := around(500, 0.02, 1, none)
	for i := range half {
		half[i].Mean[2] = math.Abs(half[i].Mean[2])
	}
	wild := around(500, 0, 1, none)
	for i := range wild {
		for k := range 3 {
			wild[i].Mean[k] *= 1 + 0.2*float64(i%2)
		}
	}
	tests := []struct {
		name    string
		windows []calibrate.Window
		want    string
	}{
		{"nothing", nil, "0 still windows"},
		{"too few", around(59, 0.02, 1, none), "59 still windows"},
		{"never upside down", half, "too few positions: axis z"},
		{"an error that is none of the device", wild, "the error would be"},
	}
	for _, tt := range tests {
		got := calibrate.Fit(tt.windows)
		if got.Applied || got.Correction != calibrate.None || !strings.Contains(got.Refused, tt.want) {
			t.Errorf("%s: got %+v, want a refusal with %q", tt.name, got, tt.want)
		}
	}
}

func TestStill(t *testing.T) {
	tests := []struct {
		mean, sd [3]float64
		want     bool
	}{
		{[3]float64{0, 0, 1}, [3]float64{0.01, 0.01, 0.01}, true},
		{[3]float64{0, 0, 1}, [3]float64{0.01, 0.013, 0.01}, false},
		{[3]float64{0, 0, -2.5}, [3]float64{0, 0, 0}, false},
		{[3]float64{math.NaN(), 0, 1}, [3]float64{0, 0, 0}, false},
	}
	for _, tt := range tests {
		if got := calibrate.Still(tt.mean, tt.sd); got != tt.want {
			t.Errorf("Still(%v, %v): got %v, want %v", tt.mean, tt.sd, got, tt.want)
		}
	}
}

// TestUnknownTemperature leaves the temperature's part out.
func TestUnknownTemperature(t *testing.T) {
	c := calibrate.Correction{Offset: [3]float64{0.1}, Scale: [3]float64{2, 1, 1}, Drift: [3]float64{0.5}, MeanTemperature: 20}
	for _, tt := range []struct{ degrees, term float64 }{{22, 1.2}, {math.NaN(), 0.2}} {
		factor, term := c.Line(0, tt.degrees)
		if factor != 2 || math.Abs(term-tt.term) > 1e-12 {
			t.Errorf("at %v: got %v and %v, want 2 and %v", tt.degrees, factor, term, tt.term)
		}
	}
}
