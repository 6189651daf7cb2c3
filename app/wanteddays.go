package app

import (
	"context"
	"fmt"
	"math"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/wear"
)

// wantedDays is how many valid days a recording must have for its measures to count.
type wantedDays struct {
	days int
	rule wear.ValidDay
}

// validDays counts the valid days of a recording: under a mask by the rule, otherwise
// the days recorded from end to end.
func (w wantedDays) validDays(info actigraphy.Info) int {
	if info.Mask == "" {
		return info.Days
	}
	return wear.Summary{Mask: info.Mask, Days: info.WornDays}.Valid(w.rule)
}

// tooFew says why the days of a recording do not count, "" where they do.
func (w wantedDays) tooFew(info actigraphy.Info) string {
	have := w.validDays(info)
	if have >= w.days {
		return ""
	}
	return fmt.Sprintf("%d valid days, and the study's protocol wants %d", have, w.days)
}

// of returns measures as they count: of a recording with too few valid days none has a
// value.
func (w wantedDays) of(m Measured) Measured {
	reason := w.tooFew(m.Info)
	if reason == "" {
		return m
	}
	m.Values = slices.Clone(m.Values)
	for i, v := range m.Values {
		m.Values[i] = metrics.Value{Metric: v.Metric, Value: math.NaN(), Reason: reason}
	}
	return m
}

// infoOf lists one recording as it is now.
func infoOf(ctx context.Context, lib Library, id string) (actigraphy.Info, error) {
	list, err := chosen(ctx, lib, Only(id))
	if err != nil {
		return actigraphy.Info{}, err
	}
	return list[0], nil
}
