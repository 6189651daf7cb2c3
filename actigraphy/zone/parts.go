package zone

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// part is a run of epochs of elapsed time between two changes of the clock.
// Epoch i of it stands at index i+shift in the file. Its first ones may repeat what
// the clock showed before: they stand beside the first pass, or nowhere.
type part struct {
	from, to int
	shift    int
	repeated int  // of its first epochs
	twice    bool // the file has the repeated ones as a second pass
}

// inFile returns the first epoch of the part that stands in the file, and the last.
func (p part) inFile() (from, to int) {
	if p.twice {
		return p.from, p.to
	}
	return min(p.from+p.repeated, p.to), p.to
}

// FromFile returns where epochs of the file, from one to before another, stand in
// the placed recording: those of an hour that the file has twice stand in both
// passes.
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
// device followed the wall clock. Recorded epochs in an hour that the clock skipped
// are a contradiction, and so is a second pass of a time that it showed once. twice
// says which epochs have a second pass.
func elapsed(r *actigraphy.Recording, start actigraphy.LocalTime, twice []bool) ([]part, error) {
	var parts []part
	n, done, left := len(r.Activity), 0, count(twice, 0, len(twice))
	first := start.Clock()
	_, base := first.Zone()
	for from := 0; done < n || left > 0; {
		begins := first.Add(time.Duration(from) * r.Epoch)
		_, offset := begins.Zone()
		change := time.Duration(offset-base) * time.Second
		if change%r.Epoch != 0 {
			return nil, fmt.Errorf("epochs of %v do not fit into the change of the clock by %v before %s", actigraphy.InWords(r.Epoch), actigraphy.InWords(change), begins.Format(time.DateTime))
		}
		p := part{from: from, shift: int(change / r.Epoch)}
		p.to = n - p.shift
		if done == n { // only a second pass is left
			if p.to = lastOf(twice) + 1 - p.shift; p.to <= from {
				break
			}
		}
		if ends, more := actigraphy.NextClockChange(begins); more && ends.Sub(first) < time.Duration(p.to)*r.Epoch {
			p.to = int((ends.Sub(first) + r.Epoch - 1) / r.Epoch)
		}
		if err := nothingIn(r, done, min(from+p.shift, n), begins); err != nil {
			return nil, err
		}
		p.repeated = max(0, min(done-(p.from+p.shift), p.to-p.from))
		second := count(twice, p.from+p.shift, p.from+p.shift+p.repeated)
		p.twice = second > 0
		left -= second
		if p.to > p.from {
			parts = append(parts, p)
		}
		done, from = max(done, p.to+p.shift), max(p.to, from+1)
	}
	if left > 0 {
		return nil, neverTwice(r, twice, parts, start)
	}
	return parts, nil
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

// lay puts values of the file, and those of its second passes, on elapsed time.
func lay(values, second []float64, parts []part) []float64 {
	out := make([]float64, 0, parts[len(parts)-1].to)
	for _, p := range parts {
		from, to := p.from+p.shift, p.to+p.shift
		for i := from; i < from+p.repeated; i++ {
			v := math.NaN()
			if second != nil {
				v = second[i]
			}
			out = append(out, v)
		}
		out = append(out, values[from+p.repeated:to]...)
	}
	return out
}
