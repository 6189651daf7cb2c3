package zone

import (
	"fmt"
	"slices"
	"time"

	"circascope/actigraphy"
)

// ranOn refuses a file with a second pass as that of a device whose clock ran on.
func ranOn(r *actigraphy.Recording, twice []bool) error {
	first := slices.Index(twice, true)
	if first < 0 {
		return nil
	}
	return fmt.Errorf("%w: the recording of %s has the time from %s on twice, so its device's clock was put back; name the zone for it with the clock %q",
		ErrContradiction, r.Subject, at(r, first), Followed)
}

// neverTwice refuses a second pass that is none of the parts'.
func neverTwice(r *actigraphy.Recording, twice []bool, parts []part, start actigraphy.LocalTime) error {
	i := 0
	for i = range twice {
		in := func(p part) bool { return i >= p.from+p.shift && i < p.from+p.shift+p.repeated }
		if twice[i] && !slices.ContainsFunc(parts, in) {
			break
		}
	}
	loc, _ := start.Zone()
	return fmt.Errorf("%w: its file has the time from %s on twice, which the clocks of %s showed once; name the zone where the device was",
		ErrContradiction, at(r, i), loc)
}

// noteTwice says what became of hours that the clock showed twice.
func noteTwice(r *actigraphy.Recording, parts []part) []string {
	var notes []string
	var absent int
	for _, p := range parts {
		if p.twice {
			notes = append(notes, fmt.Sprintf("The clock showed the time from %s on twice, and so does the file: its second pass, %v, is in its place.",
				at(r, p.from+p.shift), actigraphy.InWords(time.Duration(p.repeated)*r.Epoch)))
		} else {
			absent += p.repeated
		}
	}
	if absent > 0 {
		notes = append(notes, fmt.Sprintf("The hour that the clock showed twice stands once in the file; the second pass, %v, is not recorded.",
			actigraphy.InWords(time.Duration(absent)*r.Epoch)))
	}
	return notes
}

// at is the time of an epoch as the file has it.
func at(r *actigraphy.Recording, epoch int) actigraphy.LocalTime {
	return r.Start.Add(time.Duration(epoch) * r.Epoch)
}

// count returns how many of the epochs from one to before another have a second
// pass.
func count(twice []bool, from, to int) int {
	n := 0
	for i := max(from, 0); i < min(to, len(twice)); i++ {
		if twice[i] {
			n++
		}
	}
	return n
}

// lastOf returns the last epoch that has a second pass, -1 where none has.
func lastOf(twice []bool) int {
	i := len(twice) - 1
	for i >= 0 && !twice[i] {
		i--
	}
	return i
}
