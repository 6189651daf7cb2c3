package format

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/grid"
)

// recordings lays the records of a source onto minutes. of is the number of the
// sources. A gap of more than grid.MaxGap parts two recordings, so that a record
// with a wrong date does not make years of nothing.
func (s *appleSource) recordings(a *apple, of int) ([]*actigraphy.Recording, error) {
	repeats := s.sort()
	stretches := s.stretches()
	var out []*actigraphy.Recording
	for _, records := range stretches {
		r, err := s.recording(a, records)
		if err != nil {
			return nil, err
		}
		note := func(format string, args ...any) {
			r.Source.Notes = append(r.Source.Notes, fmt.Sprintf(format, args...))
		}
		if of > 1 {
			note("%d sources counted %s; this recording is what %s counted. Sources count the same, so they were not added up.", of, a.choice.channel, s.name)
		}
		if len(stretches) > 1 {
			record(&r.Source, "part", r.Start.String())
			note("%s left gaps of more than %d days; this is one of %d recordings between them.", s.name, grid.MaxGap/(24*time.Hour), len(stretches))
		}
		if repeats > 0 {
			note("%d records of %s stand twice; they were counted once.", repeats, s.name)
		}
		if s.totals > 0 {
			note("WARNING: %d records of %s are longer than an hour (%v in all): they are totals, not epochs, and were left out.", s.totals, s.name, s.total)
		}
		out = append(out, r)
	}
	return out, nil
}

// sort sorts the records by time, and takes out those that stand twice.
func (s *appleSource) sort() (repeats int) {
	slices.SortFunc(s.records, func(x, y appleRecord) int {
		return cmp.Or(cmp.Compare(x.start, y.start), cmp.Compare(x.length, y.length), cmp.Compare(x.value, y.value))
	})
	n := len(s.records)
	s.records = slices.CompactFunc(s.records, func(x, y appleRecord) bool {
		return x.start == y.start && x.length == y.length && x.value == y.value
	})
	return n - len(s.records)
}

// stretches parts the records at long gaps.
func (s *appleSource) stretches() (out [][]appleRecord) {
	first := 0
	for i := range s.records {
		if i > first && s.records[i].start-s.records[i-1].start > int64(grid.MaxGap/time.Second) {
			out = append(out, s.records[first:i])
			first = i
		}
	}
	if first < len(s.records) {
		out = append(out, s.records[first:])
	}
	return out
}

func (s *appleSource) recording(a *apple, records []appleRecord) (*actigraphy.Recording, error) {
	begin := records[0].start - mod(records[0].start, 60)
	end, changed, overlaps := int64(0), false, 0
	for _, r := range records {
		if r.start < end {
			overlaps++
		}
		end = max(end, r.start+int64(r.length))
		changed = changed || r.offset != records[0].offset
	}
	minutes := (max(end, records[len(records)-1].start+1) - begin + 59) / 60
	if minutes > maxEpochs {
		return nil, a.in.fault(fmt.Sprintf("more than %d minutes of %s", maxEpochs, s.name), "export a shorter time")
	}
	activity := nanFilled(int(minutes))
	for _, r := range records {
		r.share(func(minute int64, v float64) {
			if i := minute - begin/60; math.IsNaN(activity[i]) {
				activity[i] = v
			} else {
				activity[i] += v
			}
		})
	}
	r := &actigraphy.Recording{
		Subject: stem(a.in.Name), Device: cmp.Or(s.device, s.name), Epoch: time.Minute, Activity: activity,
		Start: actigraphy.Zoned(time.Unix(begin, 0).In(records[0].zoneOf())),
		Unit:  actigraphy.Unit{Quantity: quantityOf(a.choice.channel, s.unit), Device: "Apple Health"},
	}
	r.Source.Subject = r.Subject
	r.Source.Channel = fmt.Sprintf("%s (%s)", a.choice, s.name)
	r.Source.Notes = []string{
		"The participant's name is taken from the file's name.",
		fmt.Sprintf("%d records were spread over the minutes that they overlap, in proportion to the time in each.", len(records)),
		a.betweenNote(r),
	}
	if overlaps > 0 {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("%d records begin before the one before them ends; they were added up.", overlaps))
	}
	if changed {
		r.Source.Notes = append(r.Source.Notes, "Times carry their offset from UTC, which changes; the recording keeps the first.")
	}
	return r, nil
}

// betweenNote fills the minutes without a record where that was chosen, and says
// what they are.
func (a *apple) betweenNote(r *actigraphy.Recording) string {
	missing := r.Missing()
	if !a.choice.zeros {
		return fmt.Sprintf("%d minutes have no record: nothing was counted, or the device was not carried; they are marked as not recorded. "+
			"The channel %q takes them as zeros.", missing, a.choice.channel+zeroBetween)
	}
	for i, v := range r.Activity {
		if math.IsNaN(v) {
			r.Activity[i] = 0
		}
	}
	return fmt.Sprintf("%d minutes have no record: nothing was counted, or the device was not carried; they are zeros, as chosen by hand.", missing)
}

// quantityOf is the unit of a quantity: steps for a count of steps.
func quantityOf(channel, unit string) string {
	if unit == "count" || unit == "" {
		return channel
	}
	return unit
}
