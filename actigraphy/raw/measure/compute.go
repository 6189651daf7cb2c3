package measure

import (
	"context"
	"errors"
	"fmt"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/calibrate"
)

// ErrShort is the error of a recording without one whole epoch.
var ErrShort = errors.New("the recording is shorter than one epoch")

// ErrLong is the error of more epochs than Options allow.
var ErrLong = errors.New("too many epochs")

// ErrGap is the error of a longer gap than Options allow.
var ErrGap = errors.New("too long a gap")

// Compute goes through a recording and returns its measures. Decoding runs on
// another core. A recording that can be calibrated is gone through twice: the
// correction is known at the end of the first pass. The second computes what depends
// on it, and nothing else.
func Compute(ctx context.Context, src raw.Source, o Options) (*Series, error) {
	if err := CheckEpoch(o.Epoch); err != nil {
		return nil, err
	}
	if o.Epoch == 0 {
		o.Epoch = DefaultEpoch
	}
	first := newPass(src.Header(), o)
	if err := first.run(ctx, src, first.everything); err != nil {
		return nil, err
	}
	fit := calibrate.Fit(first.still.finish())
	motion := first.motion
	if fit.Applied {
		o.MIMS = false // it is not calibrated
		second := newPass(src.Header(), o)
		second.correction = fit.Correction
		if err := second.run(ctx, src, second.corrected); err != nil {
			return nil, err
		}
		motion = second.motion
	}
	return first.series(src.Header(), motion, fit)
}

// pass is one way through a recording.
type pass struct {
	g          grid
	o          Options
	rate       float64
	correction calibrate.Correction

	begun    bool
	from, to time.Time // first sample, end of the last one
	first    int64     // number of the first epoch on the grid
	motion
	measured    tally // seconds
	held        float64
	temperature tally
	light       tally
	heartRate   tally
	markers     tally // pieces with the marker
	counts      *axes
	mims        *movement // nil where not asked for
	still       *stillWindows
	wear        *wear
	clipped     raw.Clipped
}

// motion is what depends on the correction.
type motion struct {
	excess tally // g, weighted by samples
	angle  angle
}

func newPass(h raw.Header, o Options) *pass {
	g := newGrid(h, o.Epoch)
	p := &pass{
		g: g, o: o, rate: h.Rate, correction: calibrate.None,
		counts: newAxes(g, h.Rate), still: newStillWindows(h.Rate), wear: newWear(h.Rate),
	}
	if o.MIMS {
		p.mims = newMovement(g, h.Range)
	}
	return p
}

func (p *pass) run(ctx context.Context, src raw.Source, take func(*raw.Chunk)) error {
	p.angle.correction = &p.correction
	for c, err := range raw.Ahead(raw.Uniform(ctx, src, &p.clipped)) {
		if err != nil {
			return err
		}
		if err := p.place(c); err != nil {
			return err
		}
		take(c)
	}
	p.angle.close()
	if p.mims != nil {
		p.mims.close()
	}
	return nil
}

// place keeps where the recording begins and ends.
func (p *pass) place(c *raw.Chunk) error {
	if !p.begun {
		p.begun, p.from = true, c.Start
		p.first = p.g.second(c.Start) / p.g.epoch
		p.counts.first = p.first
		if p.mims != nil {
			p.mims.first = p.first
		}
	} else if gap := c.Start.Sub(p.to); p.o.MaxGap > 0 && gap > p.o.MaxGap {
		return fmt.Errorf("%w: %v behind %v", ErrGap, actigraphy.InWords(gap.Round(time.Second)), p.to.Format(time.DateTime))
	}
	p.to = c.Start.Add(time.Duration(float64(len(c.X)) / c.Rate * 1e9))
	if n := p.epoch(p.g.second(p.to)); p.o.MaxEpochs > 0 && n >= p.o.MaxEpochs {
		return fmt.Errorf("%w: more than %d of %v, from %v to %v", ErrLong, p.o.MaxEpochs, actigraphy.InWords(p.o.Epoch), p.from, p.to)
	}
	return nil
}

// epoch counts the epoch of a second from the first of the recording.
func (p *pass) epoch(second int64) int { return int(second/p.g.epoch - p.first) }

// everything is the first pass.
func (p *pass) everything(c *raw.Chunk) {
	p.counts.add(c)
	if p.mims != nil {
		p.mims.add(c)
	}
	p.g.pieces(c, &p.correction, everything, func(q *piece) {
		p.still.add(q)
		p.wear.add(q)
		p.surroundings(q)
		p.move(q)
	})
}

// corrected is the second pass.
func (p *pass) corrected(c *raw.Chunk) {
	if !c.Held || p.o.HeldStill {
		p.g.pieces(c, &p.correction, onlyMotion, p.move)
	}
}

func (p *pass) move(q *piece) {
	epoch, n := p.epoch(q.second), float64(q.n)
	if q.held && !p.o.HeldStill {
		p.held += n / p.rate
		return
	}
	p.measured.add(epoch, n/p.rate, 1)
	p.excess.add(epoch, q.excess, n)
	p.angle.add(epoch, q)
}

func (p *pass) surroundings(q *piece) {
	epoch, n := p.epoch(q.second), float64(q.n)
	p.temperature.addKnown(epoch, q.temperature, n)
	p.light.addKnown(epoch, q.light, n)
	p.heartRate.addKnown(epoch, q.heartRate, n)
	if q.marker {
		p.markers.add(epoch, 1, 1)
	}
}
