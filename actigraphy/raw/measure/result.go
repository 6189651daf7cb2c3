package measure

import (
	"math"
	"time"

	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/calibrate"
)

// series makes the result of the first pass, and of the motion as corrected.
func (p *pass) series(h raw.Header, m motion, fit calibrate.Result) (*Series, error) {
	from, to := p.whole()
	if from >= to {
		return nil, ErrShort
	}
	s := &Series{
		Epoch:       p.o.Epoch,
		Start:       h.Start.Add(p.g.start((p.first + int64(from)) * p.g.epoch).Sub(h.Start.Clock())),
		Calibration: fit, CountsRate: p.counts.to, Clipped: p.clipped,
		Held: time.Duration(p.held * 1e9),
	}
	flags := p.wear.flags()
	for i := from; i < to; i++ {
		measured := math.Min(p.measured.total(i)/float64(p.g.epoch), 1)
		s.NotMeasured = append(s.NotMeasured, 1-measured)
		there := func(v float64) float64 {
			if measured < Complete {
				return math.NaN()
			}
			return v
		}
		for k := range s.Counts {
			s.Counts[k] = append(s.Counts[k], there(p.counts.out[k].total(i)))
		}
		if p.mims != nil {
			s.MIMS = append(s.MIMS, there(p.mims.out.total(i)))
		}
		s.ENMO = append(s.ENMO, there(1000*m.excess.mean(i)))
		s.AngleZ = append(s.AngleZ, there(m.angle.out.mean(i)))
		s.Temperature = append(s.Temperature, p.temperature.mean(i))
		s.Light = append(s.Light, p.light.mean(i))
		s.HeartRate = append(s.HeartRate, p.heartRate.mean(i))
		s.Marker = append(s.Marker, min(p.markers.total(i), 1))
		s.Wear = append(s.Wear, p.worn(i, flags))
	}
	s.Temperature, s.Light, s.HeartRate = ifAny(s.Temperature), ifAny(s.Light), ifAny(s.HeartRate)
	if p.mims != nil {
		s.Restored, s.CutOff = p.mims.cut, p.mims.left
	}
	if len(p.markers.sum) == 0 {
		s.Marker = nil
	}
	return s, nil
}

// whole returns the epochs that lie wholly within the recording, to a tenth of a
// second: an epoch that it only begins or ends in is left out.
func (p *pass) whole() (from, to int) {
	if !p.begun {
		return 0, 0
	}
	to = p.epoch(p.g.second(p.to.Add(tenth)))
	if p.g.start(p.first * p.g.epoch).Add(tenth).Before(p.from) {
		from = 1
	}
	return from, to
}

// worn is the flag of the quarter of an hour that an epoch begins in.
func (p *pass) worn(i int, flags []float64) float64 {
	step := (p.first+int64(i))*p.g.epoch/wearStep - p.wear.first
	if step < 0 || step >= int64(len(flags)) {
		return math.NaN()
	}
	return flags[step]
}

// ifAny returns nil where nothing was ever measured.
func ifAny(values []float64) []float64 {
	for _, v := range values {
		if !math.IsNaN(v) {
			return values
		}
	}
	return nil
}
