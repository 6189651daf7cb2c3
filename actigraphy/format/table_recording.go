package format

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/grid"
)

// recordings lays the rows onto epochs once the order of dates is decided.
func (t *table) recordings() ([]*actigraphy.Recording, error) {
	if t.rows == 0 {
		return nil, t.lines.truncated("rows of data")
	}
	if err := t.thousands(); err != nil {
		return nil, err
	}
	choice, err := t.dateOrder()
	if err != nil {
		return nil, err
	}
	choice.keep(&t.source)
	if t.blank > 0 {
		t.source.Notes = append(t.source.Notes, fmt.Sprintf("%d empty lines were passed over.", t.blank))
	}
	var out []*actigraphy.Recording
	for i, s := range t.series {
		r, err := t.recording(s, choice.order)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
		t.series[i] = nil // its memory is needed for the next
	}
	return out, nil
}

// dateOrder decides on the order of dates. What the file and the user leave open
// is as the tool writes it.
func (t *table) dateOrder() (dateChoice, error) {
	chosen := t.chosenOrder()
	if alone, _ := t.dates.alone(); t.usual != "" && chosen == OrderFromFile && t.dates.free && alone == OrderFromFile && t.dates.dayFirst == 0 {
		return dateChoice{
			order: t.usual,
			note:  fmt.Sprintf("Dates are in the order %s, as %s writes them.%s", t.usual.words(), t.tool, t.dates.shortYear()),
		}, nil
	}
	return t.dates.decide(t.in, chosen)
}

func (t *table) recording(s *series, order DateOrder) (*actigraphy.Recording, error) {
	r := &actigraphy.Recording{Subject: s.subject, Source: t.source}
	r.Source.Subject = s.subject
	r.Source.Notes = slices.Clone(t.source.Notes)
	r.Source.Options = maps.Clone(t.source.Options)
	if t.m.Subject == 0 && t.name == "" {
		r.Source.Notes = append(r.Source.Notes, "The participant's name is taken from the file's name.")
	}
	g, err := t.fit(s, order, r)
	if err != nil {
		return nil, err
	}
	r.Epoch = g.Epoch
	r.Activity = s.activity
	r.Unit = unitOf(t.m.Channel, isWhole(s.activity))
	if t.m.Unit != (actigraphy.Unit{}) {
		r.Unit, r.Device = t.m.Unit, t.m.Unit.Device
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("The unit, %v, was chosen by hand.", r.Unit))
	}
	for i, name := range t.names {
		if r.Channels == nil {
			r.Channels = make(map[string][]float64)
		}
		r.Channels[name] = s.channels[i]
	}
	g.Lay(r)
	r.Source.Notes = append(r.Source.Notes, g.Notes...)
	return r, nil
}

func isWhole(values []float64) bool {
	for _, v := range values {
		if v != math.Trunc(v) && !math.IsNaN(v) {
			return false
		}
	}
	return true
}

// same reports whether two rows hold the same values.
func (s *series) same(i, j int) bool {
	equal := func(v []float64) bool { return v[i] == v[j] || math.IsNaN(v[i]) && math.IsNaN(v[j]) }
	if !equal(s.activity) {
		return false
	}
	for _, c := range s.channels {
		if !equal(c) {
			return false
		}
	}
	return true
}

// fit finds the start and the epochs of a series.
func (t *table) fit(s *series, order DateOrder, r *actigraphy.Recording) (*grid.Grid, error) {
	if t.m.Timestamp == 0 && t.m.Date == 0 {
		r.Start = t.m.Start
		return &grid.Grid{Epoch: t.m.Epoch}, nil
	}
	times, err := t.times(s, order)
	if err != nil {
		return nil, err
	}
	if n := s.countMidnights(times); n > 0 {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf(
			"All rows carry the date %s while the clock passes midnight %d times; the days were counted on.", s.start(times[0]).Date(), n))
	}
	if s.stamps.first().zoned {
		r.Source.Notes = append(r.Source.Notes, t.zone.settle(s, times))
	}
	rows := grid.Rows{
		Times: times, Same: s.same, Wall: !s.stamps.first().zoned,
		Name: func(i int) string { return s.start(times[i]).String() },
	}
	g, err := grid.Fit(rows, t.m.Epoch)
	if err != nil {
		return nil, gridError(t.in, err, func(row int) int { return int(s.lines[row]) })
	}
	r.Start = s.start(g.Start)
	return g, nil
}
