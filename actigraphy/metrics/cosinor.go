package metrics

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

const cornelissen = "Cornelissen 2014, doi:10.1186/1742-4682-11-16"

// cosinors returns the measures of one cosine, of a fixed period and of one that
// is fitted too.
func cosinors(d Definition) []Metric {
	list := []Metric{}
	for _, part := range []struct {
		id, name, unit string
		of             func(fit cosine, confidence float64) float64
	}{
		{"mesor", "mesor", levelUnit(raw), func(c cosine, _ float64) float64 { return c.mesor }},
		{"mesor_se", "standard error of the mesor", levelUnit(raw), func(c cosine, _ float64) float64 { return c.mesorSE }},
		{"mesor_ci", "half width of the mesor's confidence interval", levelUnit(raw), func(c cosine, level float64) float64 { return c.mesorSE * c.student(level) }},
		{"amplitude", "amplitude", levelUnit(raw), func(c cosine, _ float64) float64 { return c.amplitude }},
		{"amplitude_se", "standard error of the amplitude", levelUnit(raw), func(c cosine, _ float64) float64 { return c.amplitudeSE }},
		{"amplitude_ci", "half width of the amplitude's confidence interval", levelUnit(raw), func(c cosine, level float64) float64 { return c.amplitudeSE * c.student(level) }},
		{"acrophase", "acrophase: time of the peak", unitClock, func(c cosine, _ float64) float64 { return c.peak() }},
		{"acrophase_se", "standard error of the acrophase", "h", func(c cosine, _ float64) float64 { return c.hours(c.phaseSE) }},
		{"acrophase_ci", "half width of the acrophase's confidence interval", "h", func(c cosine, level float64) float64 { return c.hours(c.phaseSE * c.student(level)) }},
		{"R2", "share of the variance that the cosine explains", "", func(c cosine, _ float64) float64 { return c.r2() }},
		{"p", "probability of such a fit to noise without a rhythm", "", func(c cosine, _ float64) float64 { return c.p }},
	} {
		list = append(list, cosinorMeasure(d, part.id, part.name, part.unit, part.of))
	}
	return list
}

func cosinorMeasure(d Definition, id, name, unit string, of func(cosine, float64) float64) Metric {
	m := Metric{
		ID: "cosinor_" + id, Name: "cosinor: " + name, Group: groupCosinor, Definition: d, Unit: unit,
		Formula: "M + A·cos(2π(t−t_peak)/period) by least squares on every epoch, t from midnight before the recording; standard errors by the delta method, p by an F test that A is 0",
		Parameters: []Parameter{
			quantity("period", "h", 24, 1, 240, "period of the cosine"),
			quantity("confidence", "%", 95, 50, 99.9, "of the intervals"),
		},
		Reference: citing(d, cornelissen),
		Needs:     "at least a period, activity that varies, and for the acrophase the time of day",
		Missing:   "missing epochs are left out",
		compute: func(x *analysis, s settings) (float64, error) {
			if unit == unitClock && x.r.Start.IsZero() {
				return 0, errNoClock
			}
			fit, err := x.cosine(d, s["period"])
			if err != nil {
				return 0, err
			}
			return of(fit, s["confidence"]/100), nil
		},
	}
	if d == PyActigraphy {
		m.Needs = "4 epochs, and activity that varies"
		m.Formula = "the least-squares optimum of that program's model with its period fixed, which its own bounded search misses on some recordings: " + m.Formula
		if id == "acrophase" {
			m.Name, m.Unit = "cosinor: phase φ of the model M + A·cos(2πt/period + φ), t from the first epoch", "rad"
			m.compute = func(x *analysis, s settings) (float64, error) {
				fit, err := x.cosine(d, s["period"])
				return fit.phi(), err
			}
		}
	}
	return m
}

// cosine is M + b·cos(ωt) + c·sin(ωt) as fitted, t from the first epoch.
type cosine struct {
	n                             int
	period                        float64 // h
	start                         float64 // h since midnight of the first epoch
	mesor, b, c                   float64
	amplitude                     float64
	mesorSE, amplitudeSE, phaseSE float64 // the phase's in radians
	residual, total               float64 // sums of squares
	p                             float64 // of the F test that the amplitude is 0
}

// phi returns the phase of M + A·cos(ωt + φ), from 0 to 2π.
func (f cosine) phi() float64 { return turnOf(math.Atan2(-f.c, f.b)) }

// peak returns when the cosine is greatest, in hours since midnight, before one
// period has gone by.
func (f cosine) peak() float64 {
	at := f.start + f.hours(turnOf(math.Atan2(f.c, f.b)))
	return at - f.period*math.Floor(at/f.period)
}

// turnOf returns an angle from 0 to before 2π.
func turnOf(angle float64) float64 {
	if angle < 0 {
		angle += 2 * math.Pi
	}
	return angle
}

func (f cosine) hours(radians float64) float64 { return radians / (2 * math.Pi) * f.period }

func (f cosine) r2() float64 { return 1 - f.residual/f.total }

// student returns the quantile of Student's t for a two-sided interval.
func (f cosine) student(level float64) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(f.n - 3)}.Quantile((1 + level) / 2)
}

// cosine fits one cosine to the activity as recorded.
func (x *analysis) cosine(d Definition, period float64) (cosine, error) {
	type key struct {
		d      Definition
		period float64
	}
	return remembered(x, key{d, period}, func() (cosine, error) {
		activity := x.at(d, raw)
		if have := float64(len(activity)) * x.r.Epoch.Hours(); d == Paper && have < period {
			return cosine{}, fmt.Errorf("%.3g h were recorded, less than a period of %v h", have, period)
		}
		fit, err := fitCosine(activity, 2*math.Pi*x.r.Epoch.Hours()/period)
		fit.period, fit.start = period, x.r.Start.SinceMidnight().Hours()
		return fit, err
	})
}

// fitCosine fits mesor, cosine and sine; step is the angle of an epoch.
func fitCosine(values []float64, step float64) (cosine, error) {
	r, err := regress(values, step, 1)
	if err != nil {
		return cosine{}, err
	}
	fit := cosine{n: r.n, mesor: r.solution[0], b: r.solution[1], c: r.solution[2], residual: r.residual, total: r.total, p: r.p()}
	fit.amplitude = math.Hypot(fit.b, fit.c)
	fit.errors(r.inverse)
	return fit, nil
}

// errors works out the standard errors by the delta method from the inverse of
// the normal equations.
func (f *cosine) errors(inverse mat.Symmetric) {
	variance := f.residual / float64(f.n-3)
	f.mesorSE = math.Sqrt(variance * inverse.At(0, 0))
	bb, bc, cc := inverse.At(1, 1), inverse.At(1, 2), inverse.At(2, 2)
	a2 := f.amplitude * f.amplitude
	f.amplitudeSE = math.Sqrt(variance * (f.b*f.b*bb + 2*f.b*f.c*bc + f.c*f.c*cc) / a2)
	f.phaseSE = math.Sqrt(variance*(f.c*f.c*bb-2*f.b*f.c*bc+f.b*f.b*cc)) / a2
}
