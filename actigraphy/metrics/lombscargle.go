package metrics

import (
	"fmt"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/dsp/fourier"

	"circascope/actigraphy"
)

const lomb = "Lomb 1976, doi:10.1007/BF00648343; Scargle 1982, doi:10.1086/160554; p: Baluev 2008, doi:10.1111/j.1365-2966.2008.12689.x"

// lombScargles returns the measures of the Lomb-Scargle periodogram.
func lombScargles() []Metric {
	var list []Metric
	for _, part := range []struct {
		id, name, unit string
		of             func(lombScargle) float64
	}{
		{"period", "period with the strongest rhythm", "h", func(l lombScargle) float64 { return 1 / l.frequency }},
		{"power", "power of that period, the share of the variance that its cosine explains", "", func(l lombScargle) float64 { return l.power }},
		{"p", "probability of such a power in noise, for the range of periods tried", "", func(l lombScargle) float64 { return l.falseAlarm(l.power) }},
	} {
		list = append(list, Metric{
			ID: "lomb_" + part.id, Name: "Lomb-Scargle periodogram: " + part.name, Group: groupPeriodicity, Definition: Paper, Unit: part.unit,
			Formula:    "P(ω) = [(Σy·cos ω(t−τ))²/Σcos² ω(t−τ) + (Σy·sin ω(t−τ))²/Σsin² ω(t−τ)] / Σy², y the bins less their mean, tan 2ωτ = Σsin 2ωt/Σcos 2ωt (standard normalisation: 0 to 1); frequencies at most 1/4 of the recording's inverse length apart, then the highest peak between them; p by Baluev's bound for the range of frequencies, for white noise",
			Parameters: trialBounds(),
			Reference:  lomb,
			Needs:      "at least two of the longest periods, and activity that varies",
			Missing:    missingClockBins,
			compute: func(x *analysis, s settings) (float64, error) {
				l, err := x.lombScargle(s)
				if err != nil {
					return 0, err
				}
				return part.of(l), nil
			},
			spectrum: lombSpectrum,
		})
	}
	return list
}

// lombScargle is a Lomb-Scargle periodogram between two frequencies, per hour.
type lombScargle struct {
	*oscillations         // of the bins less their mean
	bin           float64 // h
	low, high     float64 // frequencies
	frequency     float64 // of the highest peak
	power         float64 // of it
}

func (x *analysis) lombScargle(s settings) (lombScargle, error) {
	type key struct{ bin, shortest, longest time.Duration }
	k := key{s.minutes("bin"), s.hours("shortest"), s.hours("longest")}
	return remembered(x, k, func() (lombScargle, error) {
		if k.shortest >= k.longest {
			return lombScargle{}, fmt.Errorf("the shortest period, %v, is not less than the longest, %v", actigraphy.InWords(k.shortest), actigraphy.InWords(k.longest))
		}
		b, err := x.bins(binning{d: Paper, l: raw, width: k.bin})
		if err != nil {
			return lombScargle{}, err
		}
		if have := time.Duration(len(b.values)) * k.bin; have < 2*k.longest {
			return lombScargle{}, fmt.Errorf("%d bins were recorded, less than two of the longest period of %v", len(b.values), actigraphy.InWords(k.longest))
		}
		all, err := spreadOf(b.values)
		if err != nil {
			return lombScargle{}, err
		}
		l := lombScargle{
			oscillations: newOscillations(b.values, all.mean), bin: k.bin.Hours(),
			low: 1 / k.longest.Hours(), high: 1 / k.shortest.Hours(),
		}
		l.findPeak()
		return l, nil
	})
}

// findPeak looks for the strongest frequency on a grid, and then between the
// neighbours of the one found, by golden sections.
func (l *lombScargle) findPeak() {
	frequencies, powers := l.grid(0)
	best := 0
	for i, p := range powers {
		if p > powers[best]*(1+1e-12) {
			best = i
		}
	}
	from, to := frequencies[max(best-1, 0)], frequencies[min(best+1, len(frequencies)-1)]
	l.frequency = highestBetween(l.at, max(from, l.low), min(to, l.high))
	l.power = l.at(l.frequency)
	if l.power < powers[best] { // at an end of the range
		l.frequency, l.power = frequencies[best], powers[best]
	}
}

// powerOf is P(ω). In τ's terms the sums are turned by the angle ωτ.
func (l *lombScargle) powerOf(s sums) float64 {
	length := math.Hypot(s.c2, s.s2)
	sin, cos := math.Sincos(math.Atan2(s.s2, s.c2) / 2)
	yc, ys := s.yc*cos+s.ys*sin, s.ys*cos-s.yc*sin
	cc, ss := (l.n+length)/2, (l.n-length)/2
	power := yc * yc / cc
	if ss > 1e-9*l.n { // else every bin lies where the sine is 0
		power += ys * ys / ss
	}
	return power / l.squares
}

// at returns the power of a frequency by its sums.
func (l *lombScargle) at(frequency float64) float64 {
	return l.powerOf(l.oscillations.at(2 * math.Pi * frequency * l.bin))
}

// grid returns frequencies from low to high with their powers, at least as many
// as asked for and a quarter of the recording's inverse length apart. Bins are
// evenly apart, so that the sums are lines of two Fourier transforms, that of the
// bins and that of where they have values.
func (l *lombScargle) grid(least int) (frequencies, powers []float64) {
	const oversampling = 4
	padded := 1
	for padded < oversampling*len(l.y) || float64(padded)*l.bin*(l.high-l.low) < float64(least) {
		padded *= 2
	}
	transform, series := fourier.NewFFT(padded), make([]float64, padded)
	copy(series, l.y)
	ofSeries := transform.Coefficients(nil, series)
	copy(series, l.there)
	ofThere := transform.Coefficients(nil, series)
	step := 1 / (float64(padded) * l.bin)
	for k := int(math.Ceil(l.low/step - 1e-9)); float64(k)*step <= l.high*(1+1e-9) && 2*k < len(ofThere); k++ {
		one, two := ofSeries[k], ofThere[2*k]
		frequencies = append(frequencies, float64(k)*step)
		powers = append(powers, l.powerOf(sums{yc: real(one), ys: -imag(one), c2: real(two), s2: -imag(two)}))
	}
	return frequencies, powers
}

// falseAlarm bounds the probability that white noise has such a power anywhere
// in the range of frequencies.
func (l *lombScargle) falseAlarm(power float64) float64 {
	n := l.n
	a, _ := math.Lgamma((n - 1) / 2)
	b, _ := math.Lgamma((n - 2) / 2)
	gamma := math.Sqrt(2/(n-1)) * math.Exp(a-b)
	one := math.Pow(1-power, (n-3)/2)
	width := (l.high - l.low) * math.Sqrt(4*math.Pi*l.timeVariance())
	tau := gamma * width * math.Pow(1-power, (n-4)/2) * math.Sqrt((n-1)*power/2)
	return one*math.Exp(-tau) - math.Expm1(-tau)
}

// timeVariance is that of the times of the bins with a value, in h².
func (l *lombScargle) timeVariance() float64 {
	var t, tt float64
	for i, w := range l.there {
		at := float64(i) * l.bin
		t += w * at
		tt += w * at * at
	}
	return tt/l.n - (t/l.n)*(t/l.n)
}

// level returns the power with a probability of false alarm.
func (l *lombScargle) level(alpha float64) float64 {
	low, high := 1/l.n, 1.0 // below the first, the bound does not fall
	for range 60 {
		middle := (low + high) / 2
		if l.falseAlarm(middle) > alpha {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// lombSpectrum is the curve of the periodogram.
func lombSpectrum(x *analysis, s settings, alpha float64) (Spectrum, error) {
	const points = 240
	l, err := x.lombScargle(s)
	if err != nil {
		return Spectrum{}, err
	}
	frequencies, powers := l.grid(points)
	out := Spectrum{Name: "Lomb-Scargle", Axis: "power", Power: powers, Period: 1 / l.frequency}
	for _, f := range frequencies {
		out.Hours = append(out.Hours, 1/f)
	}
	slices.Reverse(out.Hours)
	slices.Reverse(out.Power)
	out.Level = slices.Repeat([]float64{l.level(alpha)}, len(powers))
	return out, nil
}
