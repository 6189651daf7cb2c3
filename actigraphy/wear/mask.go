package wear

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"

	"circascope/actigraphy"
)

// Mask is what the layers of a recording that are on say together, and the rule
// of the valid day that goes with it.
type Mask struct {
	ID      string     // 32 hex digits of the SHA-256 of rule and intervals; "" where no layer is on
	NotWorn []Interval // in order, without overlap
	Day     ValidDay
}

// Combine joins layers. Not worn is what any layer that is on calls so, except
// what one that is on declares worn: a person has the last word. Where no layer
// is on, nobody judged wear, and the mask is that of a recording without layers.
func Combine(layers []Layer, day ValidDay) Mask {
	m := Mask{Day: day}
	judged := false
	var off, worn []Interval
	for _, l := range layers {
		if !l.On || l.Act == Removed {
			continue
		}
		judged = true
		for _, i := range l.Intervals {
			if i.Worn {
				worn = append(worn, i)
			} else {
				off = append(off, i)
			}
		}
	}
	if !judged {
		return m
	}
	m.NotWorn = without(union(off), union(worn))
	m.ID = m.hash()
	return m
}

func (m Mask) hash() string {
	h := sha256.New()
	fmt.Fprintf(h, "wear mask\x00valid day %g h\x00", m.Day.Hours)
	for _, i := range m.NotWorn {
		fmt.Fprintf(h, "%d-%d\x00", i.From, i.To)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Judged reports whether any layer was on.
func (m Mask) Judged() bool { return m.ID != "" }

// Apply returns the recording with its activity missing where the device was not
// worn and on the days that are not valid. The recording itself is not changed;
// where there is nothing to hide it is returned as it is. The other channels are
// left as they were measured.
func (m Mask) Apply(r *actigraphy.Recording) *actigraphy.Recording {
	if !m.Judged() {
		return r
	}
	worn := *r
	worn.Activity = slices.Clone(r.Activity)
	for _, i := range m.NotWorn {
		for k := i.From; k < min(i.To, len(worn.Activity)); k++ {
			worn.Activity[k] = math.NaN()
		}
	}
	for _, d := range days(&worn) {
		if d.Valid(m.Day) {
			continue
		}
		for k := d.from; k < d.to; k++ {
			worn.Activity[k] = math.NaN()
		}
	}
	return &worn
}
