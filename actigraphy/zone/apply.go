package zone

import (
	"errors"
	"fmt"
	"maps"
	"time"

	"circascope/actigraphy"
)

// ErrContradiction is the error of a place that a recording's own samples or
// start speak against.
var ErrContradiction = errors.New("the recording contradicts the zone")

// Placed is a recording in a zone.
type Placed struct {
	Recording *actigraphy.Recording
	Notes     []string // what was decided, in sentences

	parts []part // where its epochs stand in the file; none where all stand where they did
}

// Apply returns the recording as it was recorded in the place: Start in the zone,
// samples elapsed from it. r is not changed. A recording without a date cannot be
// in a zone. One whose file gives instants (an offset or a zone) keeps them, and
// only its wall clock is another. The notes say what was decided.
//
// For a naive recording whose device followed the wall clock, the hour that the
// zone skipped is taken out, and the second pass of an hour that it repeated is
// put in: as the file has it (actigraphy.SecondPass), else as not recorded. A file
// with a second pass contradicts a clock that was kept, and a zone whose clocks did
// not show that hour twice.
func (p Place) Apply(r *actigraphy.Recording) (Placed, error) {
	loc, err := p.Location()
	if err != nil {
		return Placed{}, err
	}
	return p.applyIn(loc, r)
}

func (p Place) applyIn(loc *time.Location, r *actigraphy.Recording) (Placed, error) {
	start, notes, err := startIn(r.Start, loc)
	if err != nil {
		return Placed{}, fmt.Errorf("the recording of %s: %w", r.Subject, err)
	}
	placed := *r
	placed.Start = start
	if _, known := r.Start.Zone(); known {
		return Placed{Recording: &placed, Notes: notes}, nil
	}
	twice := r.PassedTwice()
	if p.Clock != Followed {
		if err := ranOn(r, twice); err != nil {
			return Placed{}, err
		}
		return Placed{Recording: &placed, Notes: notes}, nil
	}
	parts, err := elapsed(r, start, twice)
	if err != nil {
		return Placed{}, fmt.Errorf("the recording of %s: %w", r.Subject, err)
	}
	if len(parts) == 1 {
		return Placed{Recording: &placed, Notes: notes}, nil
	}
	passes := r.SecondPasses()
	placed.Activity = lay(r.Activity, passes[""], parts)
	placed.Channels = maps.Clone(r.Channels)
	for of := range passes {
		delete(placed.Channels, actigraphy.SecondPass(of))
	}
	for name, values := range placed.Channels {
		placed.Channels[name] = lay(values, passes[name], parts)
	}
	return Placed{&placed, append(notes, noteTwice(r, parts)...), parts}, nil
}

// startIn returns a start on the clock of loc.
func startIn(start actigraphy.LocalTime, loc *time.Location) (actigraphy.LocalTime, []string, error) {
	if !start.HasDate() {
		return start, nil, errors.New("it has no date, so no zone can be named for it")
	}
	if _, known := start.Zone(); known {
		return actigraphy.Zoned(start.Clock().In(loc)), nil, nil
	}
	at := instants(start.Clock(), loc)
	switch len(at) {
	case 0:
		return start, nil, fmt.Errorf("%w: it starts at %s, which the clocks of %s skipped; name another zone", ErrContradiction, start, loc)
	case 1:
		return actigraphy.Zoned(at[0]), nil, nil
	}
	return actigraphy.Zoned(at[0]), []string{fmt.Sprintf("The clocks of %s showed %s twice; the first time is taken as the start.", loc, start)}, nil
}
