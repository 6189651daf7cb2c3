package zone

import (
	"errors"
	"fmt"
	"math"
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
// put in as not recorded, because readers keep the first pass alone.
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
	if _, known := r.Start.Zone(); known || p.Clock != Followed {
		return Placed{Recording: &placed, Notes: notes}, nil
	}
	parts, left, err := elapsed(r, start)
	if err != nil {
		return Placed{}, fmt.Errorf("the recording of %s: %w", r.Subject, err)
	}
	if len(parts) == 1 {
		return Placed{Recording: &placed, Notes: notes}, nil
	}
	placed.Activity = lay(r.Activity, parts)
	placed.Channels = make(map[string][]float64, len(r.Channels))
	for name, values := range r.Channels {
		placed.Channels[name] = lay(values, parts)
	}
	if left > 0 {
		notes = append(notes, fmt.Sprintf("The hour that the clock showed twice stands once in the file; the second pass, %v, is not recorded.",
			time.Duration(left)*r.Epoch))
	}
	return Placed{&placed, notes, parts}, nil
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

// part is a run of epochs of elapsed time between two changes of the clock.
// Epoch i of it stands at index i+shift in the file, where repeated ones stand no
// more.
type part struct {
	from, to int
	shift    int
	repeated int // of its first epochs
}

// inFile returns the first epoch of the part that stands in the file, and the last.
func (p part) inFile() (from, to int) { return min(p.from+p.repeated, p.to), p.to }

// FromFile returns where epochs of the file, from one to before another, stand in
// the placed recording.
func (p Placed) FromFile(from, to int) [][2]int {
	return p.spans(from, to, func(part part) int { return part.shift }, 0)
}

// ToFile returns where epochs of the placed recording stand in the file. Those
// that are not in the file stand nowhere.
func (p Placed) ToFile(from, to int) [][2]int {
	return p.spans(from, to, func(part) int { return 0 }, 1)
}

// spans cuts epochs at the parts. They are counted as own says, and returned as
// the placed recording counts (times 0) or as the file does (times 1).
func (p Placed) spans(from, to int, own func(part) int, times int) [][2]int {
	if len(p.parts) == 0 {
		return [][2]int{{from, to}}
	}
	var list [][2]int
	for _, part := range p.parts {
		first, last := part.inFile()
		first, last = max(first, from-own(part)), min(last, to-own(part))
		if first < last {
			list = append(list, [2]int{first + times*part.shift, last + times*part.shift})
		}
	}
	return list
}

// elapsed finds where the epochs of elapsed time stand in a recording whose
// device followed the wall clock, and how many the file lacks. Recorded epochs in
// an hour that the clock skipped are a contradiction.
func elapsed(r *actigraphy.Recording, start actigraphy.LocalTime) (parts []part, left int, err error) {
	n, done := len(r.Activity), 0
	first := start.Clock()
	_, base := first.Zone()
	for from := 0; done < n; {
		at := first.Add(time.Duration(from) * r.Epoch)
		_, offset := at.Zone()
		change := time.Duration(offset-base) * time.Second
		if change%r.Epoch != 0 {
			return nil, 0, fmt.Errorf("epochs of %v do not fit into the change of the clock by %v before %s", r.Epoch, change, at.Format(time.DateTime))
		}
		p := part{from: from, shift: int(change / r.Epoch)}
		p.to = n - p.shift
		if ends, more := actigraphy.NextClockChange(at); more && ends.Sub(first) < time.Duration(p.to)*r.Epoch {
			p.to = int((ends.Sub(first) + r.Epoch - 1) / r.Epoch)
		}
		if err := nothingIn(r, done, min(from+p.shift, n), at); err != nil {
			return nil, 0, err
		}
		p.repeated = max(0, min(done-(p.from+p.shift), p.to-p.from))
		left += p.repeated
		if p.to > p.from {
			parts = append(parts, p)
		}
		done, from = max(done, p.to+p.shift), max(p.to, from+1)
	}
	return parts, left, nil
}

// nothingIn refuses recorded epochs that the clock had no time for.
func nothingIn(r *actigraphy.Recording, from, to int, change time.Time) error {
	recorded := 0
	for i := from; i < to; i++ {
		if !math.IsNaN(r.Activity[i]) {
			recorded++
		}
	}
	if recorded == 0 {
		return nil
	}
	return fmt.Errorf("%w: it has %d epochs between %s and %s, which the clocks of %s skipped, so its device did not follow the wall clock; "+
		"name the zone for it with the clock %q", ErrContradiction, recorded,
		r.Start.Add(time.Duration(from)*r.Epoch), r.Start.Add(time.Duration(to)*r.Epoch), change.Location(), Kept)
}

// lay puts values of the file on elapsed time.
func lay(values []float64, parts []part) []float64 {
	out := make([]float64, 0, parts[len(parts)-1].to)
	for _, p := range parts {
		for range p.repeated {
			out = append(out, math.NaN())
		}
		out = append(out, values[p.from+p.shift+p.repeated:p.to+p.shift]...)
	}
	return out
}
