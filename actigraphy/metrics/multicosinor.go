package metrics

import (
	"fmt"
	"math"
	"strconv"

	"gonum.org/v1/gonum/floats"
)

// wave is a regression on harmonics as a curve over its period.
type wave struct {
	regression
	curve []float64 // from the first epoch on, at equal steps over a period
	start float64   // h since midnight
}

// waveSteps is how finely the curve is drawn: a minute where the period is a day.
const waveSteps = 1440

// multiCosinors returns the measures of a cosinor with several harmonics.
func multiCosinors(d Definition) []Metric {
	if d != Paper {
		return nil
	}
	list := []Metric{harmonicAmplitudes()}
	for _, part := range []struct {
		id, name, unit string
		of             func(wave, settings) float64
	}{
		{"mesor", "mesor", levelUnit(raw), func(w wave, _ settings) float64 { return w.solution[0] }},
		{"magnitude", "half of the distance from trough to peak", levelUnit(raw), func(w wave, _ settings) float64 {
			return (floats.Max(w.curve) - floats.Min(w.curve)) / 2
		}},
		{"orthophase", "time of the curve's peak", unitClock, func(w wave, s settings) float64 { return w.clock(floats.MaxIdx(w.curve), s) }},
		{"bathyphase", "time of the curve's trough", unitClock, func(w wave, s settings) float64 { return w.clock(floats.MinIdx(w.curve), s) }},
		{"R2", "share of the variance that the curve explains", "", func(w wave, _ settings) float64 { return 1 - w.residual/w.total }},
		{"p", "probability of such a fit to noise without a rhythm", "", func(w wave, _ settings) float64 { return w.p() }},
	} {
		m := multiMeasure(part.id, part.name, part.unit)
		m.compute = func(x *analysis, s settings) (float64, error) {
			w, err := x.wave(s)
			if err != nil {
				return 0, err
			}
			return part.of(w, s), nil
		}
		list = append(list, m)
	}
	return list
}

// harmonicAmplitudes is the amplitude of each harmonic.
func harmonicAmplitudes() Metric {
	m := multiMeasure("amplitude", "amplitude", levelUnit(raw))
	m.PartName = "harmonic"
	m.each = func(x *analysis, s settings) ([]Part, error) {
		w, err := x.wave(s)
		if err != nil {
			return nil, err
		}
		var parts []Part
		for j := 1; j < len(w.solution); j += 2 {
			parts = append(parts, Part{Label: strconv.Itoa(j/2 + 1), Value: math.Hypot(w.solution[j], w.solution[j+1])})
		}
		return parts, nil
	}
	return m
}

func multiMeasure(id, name, unit string) Metric {
	return Metric{
		ID: "cosinor_multi_" + id, Name: "cosinor with harmonics: " + name, Group: groupCosinor, Definition: Paper, Unit: unit,
		Formula: "M + Σ_k A_k·cos(2πk(t−t_k)/period) by least squares on every epoch; peak and trough of the curve to a 1440th of the period; p by an F test that all A_k are 0",
		Parameters: []Parameter{
			quantity("period", "h", 24, 1, 240, "period of the first harmonic"),
			count("harmonics", "", 2, 1, 24, "how many harmonics"),
		},
		Reference: cornelissen,
		Needs:     "at least a period, activity that varies, and the time of day",
		Missing:   "missing epochs are left out",
	}
}

func (x *analysis) wave(s settings) (wave, error) {
	type key struct{ period, harmonics float64 }
	return remembered(x, key{s["period"], s["harmonics"]}, func() (wave, error) {
		activity := x.at(Paper, raw)
		if have := float64(len(activity)) * x.r.Epoch.Hours(); have < s["period"] {
			return wave{}, fmt.Errorf("%.3g h were recorded, less than a period of %v h", have, s["period"])
		}
		if x.r.Start.IsZero() {
			return wave{}, errNoClock
		}
		fit, err := regress(activity, 2*math.Pi*x.r.Epoch.Hours()/s["period"], int(s["harmonics"]))
		if err != nil {
			return wave{}, err
		}
		return wave{fit, fit.curve(), x.r.Start.SinceMidnight().Hours()}, nil
	})
}

// curve draws the fit over one period.
func (f regression) curve() []float64 {
	row, curve := make([]float64, len(f.solution)), make([]float64, waveSteps)
	for i := range curve {
		harmonicsAt(2*math.Pi*float64(i)/waveSteps, row)
		curve[i] = floats.Dot(row, f.solution)
	}
	return curve
}

// clock returns the time of a step of the curve, before one period has gone by
// since midnight.
func (w wave) clock(step int, s settings) float64 {
	return math.Mod(w.start+float64(step)*s["period"]/waveSteps, s["period"])
}
