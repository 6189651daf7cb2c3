package counts

import (
	"fmt"
	"math"
)

// order is the number of states of the band-pass.
const order = 7

// Coefficients of the band-pass, 0.29 to 1.63 Hz at 30 samples a second, from the
// publication, in which one more of each is zero.
const (
	zero0, zero1, zero2, zero3 = -0.009341062898525, -0.025470289659360, -0.004235264826105, 0.044152415456420
	zero4, zero5, zero6, zero7 = 0.036493718347760, -0.011893961934740, -0.022917390623150, -0.006788163862310
	pole1, pole2, pole3, pole4 = -3.63367395910957, 5.03689812757486, -3.09612247819666, 0.50620507633883
	pole5, pole6, pole7        = 0.32421701566682, -0.15685485875559, 0.01949130205890
)

var (
	// steady is the state that a constant input of 1 leads to, as SciPy's linear
	// algebra gives it (lfilter_zi).
	steady = [order]float64{
		0.00934106283625817, 0.034811352721875514, 0.03904661723434884, -0.005105798029285434,
		-0.041599516408565226, -0.02970555449401319, -0.00678816386109634,
	}
	gain = scale(3.0/4096, 2.6/256, 237.5)
)

// Thresholds of the scaled signal.
const (
	least   = 4   // below it is nothing
	largest = 128 // beyond it is this
)

// Filter computes the counts of one axis as its samples come. It begins as if the
// first sample had stood for ever. Its size is that of
// the longest piece.
type Filter struct {
	ratio
	input, pole float64 // factors of the smoothing
	smoothed    float64
	phase       int // upsampled samples until the next one is kept
	begun       bool
	signal      []float64 // at 30 Hz, of the samples being appended
	state       [order]float64
	sum, terms  int // of the values that make the next tenth of a second
}

// NewFilter returns a filter for a rate that is Defined; another one panics.
func NewFilter(rate float64) *Filter {
	r, ok := ratios[int(rate)]
	if !ok || !Defined(rate) {
		panic(fmt.Sprintf("counts: no algorithm for %v Hz", rate))
	}
	f := &Filter{ratio: r}
	pi, up := math.Pi, float64(r.up)
	f.input = pi / (pi + 2*up) * up
	f.pole = -((pi - 2*up) / (pi + 2*up))
	return f
}

// Append filters samples in g and appends one value, 0 to 128, for every tenth of
// a second that they complete. Sample 0 begins the first of them.
func (f *Filter) Append(tenths []uint8, samples []float64) []uint8 {
	f.resample(samples)
	f.bandPass()
	sum, terms := f.sum, f.terms
	for _, y := range f.signal {
		y = math.Abs(gain * y)
		if y > largest {
			y = largest
		}
		if y >= least {
			sum += int(y)
		}
		if terms++; terms == 3 {
			tenths = append(tenths, uint8(sum/3))
			sum, terms = 0, 0
		}
	}
	f.sum, f.terms = sum, terms
	return tenths
}

// resample sets the signal to the samples at 30 Hz, rounded.
func (f *Filter) resample(samples []float64) {
	f.signal = f.signal[:0]
	if f.smooth {
		f.smoothing(samples)
		return
	}
	at := f.phase
	for ; at < len(samples); at += f.down {
		f.signal = append(f.signal, rounded(samples[at]))
	}
	f.phase = at - len(samples)
}

// smoothing takes each sample and the two zeros stuffed behind it through a pole
// that adds a value to the one before. At most one of the three is kept: down is
// over 3.
func (f *Filter) smoothing(samples []float64) {
	phase, last := f.phase, f.smoothed
	for _, x := range samples {
		in := f.input * x
		a := in + float64(f.pole*last)
		b := in + float64(f.pole*a)
		last = f.pole * b
		switch phase {
		case 0:
			f.signal = append(f.signal, rounded(a))
			phase += f.down
		case 1:
			f.signal = append(f.signal, rounded(b))
			phase += f.down
		case 2:
			f.signal = append(f.signal, rounded(last))
			phase += f.down
		}
		phase -= 3
	}
	f.phase, f.smoothed = phase, last
}

func rounded(x float64) float64 { return math.RoundToEven(x*1000) / 1000 }

// bandPass replaces the signal by the filtered one, in the transposed direct form
// II. The conversions keep a compiler from fusing a product and a sum, which would
// round once where the reference rounds twice.
func (f *Filter) bandPass() {
	if !f.begun && len(f.signal) > 0 {
		f.begun = true
		for i := range f.state {
			f.state[i] = steady[i] * f.signal[0]
		}
	}
	s0, s1, s2, s3, s4, s5, s6 := f.state[0], f.state[1], f.state[2], f.state[3], f.state[4], f.state[5], f.state[6]
	for i, x := range f.signal {
		y := s0 + float64(zero0*x)
		s0 = s1 + float64(zero1*x) - float64(pole1*y)
		s1 = s2 + float64(zero2*x) - float64(pole2*y)
		s2 = s3 + float64(zero3*x) - float64(pole3*y)
		s3 = s4 + float64(zero4*x) - float64(pole4*y)
		s4 = s5 + float64(zero5*x) - float64(pole5*y)
		s5 = s6 + float64(zero6*x) - float64(pole6*y)
		s6 = float64(zero7*x) - float64(pole7*y)
		f.signal[i] = y
	}
	f.state = [order]float64{s0, s1, s2, s3, s4, s5, s6}
}

// scale multiplies in the order of the reference; constants would be exact.
func scale(full, step, factor float64) float64 { return full / step * factor }
