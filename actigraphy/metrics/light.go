package metrics

import (
	"errors"
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

const reid = "Reid et al. 2014, doi:10.1371/journal.pone.0092251"

// lights returns the measures of light, of recordings with a light channel.
func lights(d Definition) []Metric {
	if d != Paper {
		return nil
	}
	return []Metric{
		timeAboveThreshold(), meanLightTiming(),
		lightExtreme(5, lowest, false), lightExtreme(5, lowest, true),
		lightExtreme(10, highest, false), lightExtreme(10, highest, true),
	}
}

var errNoLight = errors.New("the recording has no channel of light")

func lightMeasure(id, name, unit, formula, reference string) Metric {
	return Metric{
		ID: id, Name: name, Group: groupLight, Definition: Paper, Unit: unit, Formula: formula, Reference: reference,
		Needs:   "a channel of light, in lux where the device is calibrated, and the time of day",
		Missing: "epochs without light or without activity, as those not worn, are left out",
	}
}

// light returns the analysis of the channel of light where activity was recorded.
func (x *analysis) light() (*analysis, error) {
	type key struct{}
	return remembered(x, key{}, func() (*analysis, error) {
		channel := x.r.Channels[actigraphy.ChannelLight]
		switch {
		case len(channel) != len(x.r.Activity):
			return nil, errNoLight
		case x.r.Start.IsZero():
			return nil, errNoClock
		}
		r := *x.r
		r.Activity = make([]float64, len(channel))
		for i, v := range channel {
			r.Activity[i] = v
			if math.IsNaN(x.r.Activity[i]) {
				r.Activity[i] = math.NaN()
			}
		}
		return analysisOf(&r), nil
	})
}

// luxThreshold is the parameter of the measures of bright light.
func luxThreshold() Parameter {
	return quantity("lux", "lux", 100, 0, 1e6, "light above it is bright")
}

// timeAboveThreshold is TAT.
func timeAboveThreshold() Metric {
	m := lightMeasure("TAT", "time above the light threshold", "min a day",
		"share of the recorded epochs with light above the threshold, times 1440 min", reid)
	m.Parameters = []Parameter{luxThreshold()}
	m.compute = func(x *analysis, s settings) (float64, error) {
		light, err := x.light()
		if err != nil {
			return 0, err
		}
		n, share, _ := moments(light.at(Paper, above(s["lux"])))
		if n == 0 {
			return 0, errNothing
		}
		return share * day.Minutes(), nil
	}
	return m
}

// meanLightTiming is MLiT, the mean time of day of bright light.
func meanLightTiming() Metric {
	m := lightMeasure("MLiT", "mean timing of light above the threshold", unitClock,
		"mean time of day at which epochs with light above the threshold begin, over all of them", reid)
	m.Parameters = []Parameter{luxThreshold()}
	m.compute = func(x *analysis, s settings) (float64, error) {
		light, err := x.light()
		if err != nil {
			return 0, err
		}
		total, n := 0.0, 0
		start := light.r.Start.SinceMidnight()
		for i, v := range light.at(Paper, above(s["lux"])) {
			if v == 1 {
				total += ((start + time.Duration(i)*light.r.Epoch) % day).Hours()
				n++
			}
		}
		if n == 0 {
			return 0, fmt.Errorf("no epoch has light above %v lux", s["lux"])
		}
		return total / float64(n), nil
	}
	return m
}

// lightExtreme is L5 or M10 of light, or its onset.
func lightExtreme(hours float64, dir direction, ofOnset bool) Metric {
	base := extremeMeasure(Paper, hours, dir)
	m := lightMeasure("light_"+base.ID, "light: "+base.Name, "lux", base.Formula+", of light in place of activity", vanSomeren)
	m.Needs += "; " + base.Needs
	window := func(x *analysis) (window, error) {
		light, err := x.light()
		if err != nil {
			return window{}, err
		}
		return extreme(light, Paper, length(hours), raw, dir)
	}
	if !ofOnset {
		m.compute = func(x *analysis, _ settings) (float64, error) {
			w, err := window(x)
			return w.mean, err
		}
		return m
	}
	m.ID, m.Name, m.Unit = m.ID+"_onset", "onset of "+m.Name, unitClock
	m.Formula += "; its first epoch, " + amongEquals[Paper]
	m.compute = func(x *analysis, _ settings) (float64, error) { return onsetOf(window(x)) }
	m.note = func(x *analysis, _ settings) string {
		w, _ := window(x)
		return w.tie.words(Paper, hours)
	}
	return m
}
