package metrics

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// averageDays returns the average day and its onset and offset.
func averageDays(d Definition) []Metric {
	return []Metric{averageDay(d), dayTurn(d, onset), dayTurn(d, offset)}
}

// averageDay is the mean of each bin of the day.
func averageDay(d Definition) Metric {
	m := Metric{
		ID: "average_day", Name: "average daily profile", Group: groupDay, Definition: d, Unit: levelUnit(byDefault(d)),
		Formula:    "mean over the days of each bin of the day, bins at clock times",
		Parameters: binParameters(d),
		Reference:  citing(d, vanSomeren),
		Needs:      "each bin of the day recorded on at least one day, and the time of day",
		Missing:    missingClockBins,
		PartName:   "bin",
		each: func(x *analysis, s settings) ([]Part, error) {
			b, profile, err := dayProfile(x, s.binning(d, s.minutes("bin")))
			if err != nil {
				return nil, err
			}
			return b.labelled(profile), nil
		},
	}
	if d == PyActigraphy {
		m.Unit = "sum of a bin"
		m.Formula = "mean over the days of each bin of the day; sums in bins counted from the first epoch, those of the last one as it is"
		m.Missing = missingStartBins
	}
	return m
}

// dayProfile returns the mean of each bin of the day, from the first bin that
// begins at midnight or after.
func dayProfile(x *analysis, how binning) (bins, []float64, error) {
	if x.r.Start.IsZero() {
		return bins{}, nil, errNoClock
	}
	b, err := x.bins(how)
	if err != nil {
		return bins{}, nil, err
	}
	if how.d == PyActigraphy { // bins of the clock's day, whatever their phase
		wide := day / time.Duration(b.perDay)
		b.first = int(x.r.Start.SinceMidnight() / wide)
	}
	profile, counts := b.averageDay()
	for slot, n := range counts {
		if n == 0 {
			return bins{}, nil, fmt.Errorf("bin %d of the day's %d was recorded on no day", slot+1, b.perDay)
		}
	}
	return b, profile, nil
}

// labelled returns the values of the bins of the day with the time at which each
// begins.
func (b bins) labelled(profile []float64) []Part {
	parts := make([]Part, len(profile))
	for i, v := range profile {
		at := day * time.Duration(i) / time.Duration(b.perDay)
		parts[i].Label = fmt.Sprintf("%02d:%02d", int(at.Hours()), int(at.Minutes())%60)
		parts[i].Value, parts[i].Reason = finite(v, nil)
	}
	return parts
}

// turn is where the day's activity begins or ends.
type turn int

const (
	onset turn = iota
	offset
)

// dayTurn is AonT or AoffT: when the average day rises or falls most steeply.
func dayTurn(d Definition, which turn) Metric {
	m := Metric{
		ID: "AonT", Name: "activity onset of the average day", Group: groupDay, Definition: d, Unit: unitClock,
		Formula: "start of the bin b of the average day for which (after−before) / (after+before) is greatest, after the mean from b on and before that up to it; the day goes round midnight",
		Parameters: append([]Parameter{
			binWidth(5, 1, 120),
			count("half_window", "bins", 12, 1, 144, "bins before and after that are compared"),
			threshold(byDefault(d)),
		}, missingParameters(d)...),
		Reference: citing(d, hammad),
		Needs:     "each bin of the day recorded on at least one day, and the time of day",
		Missing:   missingClockBins,
		compute: func(x *analysis, s settings) (float64, error) {
			return turningPoint(x, d, s, which)
		},
	}
	if d == PyActigraphy {
		m.Formula = "start of the bin b of the average day for which after/before−1 is greatest, after the mean from b on and before that up to it; windows end at midnight; times as if the recording began on a whole bin"
		m.Reference = "as in pyActigraphy, " + hammad
		m.Missing = missingStartBins
	}
	if which == offset {
		m.ID, m.Name = "AoffT", "activity offset of the average day"
		m.Formula = "as AonT, with before and after changed for each other: " + m.Formula
	}
	return m
}

func turningPoint(x *analysis, d Definition, s settings, which turn) (float64, error) {
	b, profile, err := dayProfile(x, s.binning(d, s.minutes("bin")))
	if err != nil {
		return 0, err
	}
	half := int(s["half_window"])
	if 2*half > b.perDay {
		return 0, fmt.Errorf("two half windows of %d bins are more than a day's %d", half, b.perDay)
	}
	best, at := math.Inf(-1), -1
	for i := range profile {
		if d == PyActigraphy && (i < half || i+half > len(profile)) {
			continue
		}
		before, after := circularMean(profile, i-half, half), circularMean(profile, i, half)
		if which == offset {
			before, after = after, before
		}
		rise := after/before - 1
		if d == Paper {
			rise = (after - before) / (after + before)
		}
		if rise > best { // never where it is no number
			best, at = rise, i
		}
	}
	if at < 0 || d == Paper && best <= 0 {
		return 0, errors.New("the average day does not rise")
	}
	return day.Hours() * float64(at) / float64(b.perDay), nil
}

// circularMean returns the mean of n bins from one on, round the day.
func circularMean(profile []float64, from, n int) float64 {
	total := 0.0
	for i := from; i < from+n; i++ {
		total += profile[(i+len(profile))%len(profile)]
	}
	return total / float64(n)
}
