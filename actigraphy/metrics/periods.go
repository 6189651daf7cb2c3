package metrics

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// byPeriod returns the measures that are computed for each period of whole days
// on its own.
func byPeriod(d Definition) []Metric {
	return []Metric{
		eachPeriod(interdailyStability(d), func(x *analysis, s settings) (float64, error) {
			return stability(x, s.binning(d, s.minutes("bin")))
		}),
		eachPeriod(intradailyVariability(d), func(x *analysis, s settings) (float64, error) {
			return variability(x, s.binning(d, s.minutes("bin")))
		}),
		eachPeriod(extremeLevel(d, 5, lowest), func(x *analysis, s settings) (float64, error) {
			w, err := extreme(x, d, 5*time.Hour, s.levels(), lowest)
			return w.mean, err
		}),
		eachPeriod(extremeLevel(d, 10, highest), func(x *analysis, s settings) (float64, error) {
			w, err := extreme(x, d, 10*time.Hour, s.levels(), highest)
			return w.mean, err
		}),
		eachPeriod(relativeAmplitude(d), func(x *analysis, s settings) (float64, error) {
			return amplitude(x, d, s.levels())
		}),
		eachPeriod(dailyTotal(d), func(x *analysis, s settings) (float64, error) {
			return meanTotal(x, d, s)
		}),
	}
}

// eachPeriod turns a measure into one of each whole period.
func eachPeriod(m Metric, of func(*analysis, settings) (float64, error)) Metric {
	d := m.Definition
	m.ID += "p"
	m.Group = groupPeriods
	m.Name += " by period"
	m.Formula = strings.TrimSuffix("for each period of whole days from the first epoch on, what is left at the end aside: "+m.Formula, ".")
	if d == PyActigraphy {
		m.Formula += "; a period also has the first bin or epoch of the next"
	}
	m.Parameters = append([]Parameter{count("period", "days", 7, 1, 366, "length of a period")}, m.Parameters...)
	m.Needs = "in each period: " + m.Needs
	m.PartName = "period"
	m.compute = nil
	m.each = func(x *analysis, s settings) ([]Part, error) {
		spans, err := periods(x, d, s)
		if err != nil {
			return nil, err
		}
		parts := make([]Part, len(spans))
		for i, span := range spans {
			v, reason := finite(of(x.part(d, span.from, span.to), s))
			parts[i] = Part{Label: strconv.Itoa(i + 1), Value: v, Reason: reason}
		}
		return parts, nil
	}
	return m
}

// span is a range of epochs, from one to before another.
type span struct{ from, to int }

// periods returns the whole periods of a recording. PyActigraphy's have their end
// in them, too: one more bin, or epoch where the measure has no bins.
func periods(x *analysis, d Definition, s settings) ([]span, error) {
	epoch, length := x.r.Epoch, s.days("period")
	n := len(x.at(d, raw))
	whole, beyond := int(time.Duration(n)*epoch/length), time.Duration(0)
	if d == PyActigraphy {
		beyond = epoch
		if _, binned := s["bin"]; binned {
			beyond = max(epoch, s.minutes("bin"))
		}
		last := time.Duration(n-1) * epoch
		whole = int((last - last%beyond) / length) // until the last bin begins
	}
	if whole == 0 {
		return nil, fmt.Errorf("the recording is shorter than a period of %v days", s["period"])
	}
	spans := make([]span, whole)
	for i := range spans {
		end := time.Duration(i+1)*length + beyond
		spans[i] = span{int(time.Duration(i) * length / epoch), min(n, int((end+epoch-1)/epoch))}
	}
	return spans, nil
}
