package grid

import (
	"fmt"
	"time"

	"circascope/actigraphy"
)

// isClockBack reports whether the step back is the end of summer time: just an hour
// at night, on whatever weekday a country chose, or the half hour of Lord Howe
// Island, from 02:00 to 01:30.
func (p *placing) isClockBack(t, last int64) bool {
	back := time.Duration(last + int64(p.g.Epoch) - t)
	at := time.Unix(0, t).UTC()
	hour := back == time.Hour && (at.Hour() < 4 || at.Hour() == 23)
	half := back == time.Hour/2 && at.Hour() == 1 && at.Minute() == 30
	return p.rows.Wall && (hour || half)
}

// secondPass keeps row i of an hour that the wall clock shows a second time. The
// wall clock has one place for both passes, so its row goes beside the first. before
// is the epoch of the row placed last.
func (p *placing) secondPass(i int, before int32) error {
	t := p.rows.Times[i]
	if p.clockBack == 0 {
		p.back = time.Duration(p.rows.Times[p.last] + int64(p.g.Epoch) - t)
		p.g.Notes = append(p.g.Notes, fmt.Sprintf(
			"The clock goes back from %s to %s, as at the end of summer time. The first of the two passes stands in its place; the second is kept as %q "+
				"and gets its place where a time zone is named for a clock that followed the wall clock.",
			p.rows.Name(p.last), p.rows.Name(i), actigraphy.SecondPass("")))
	} else if t <= p.rows.Times[i-1] {
		return p.notLater(i, i-1)
	}
	epochs := int32(p.back / p.g.Epoch)
	if p.clockBack > 0 {
		before = p.g.again[len(p.g.again)-1].slot + epochs
	}
	slot, err := p.onto(i, t+int64(p.back), before)
	if err != nil || slot < 0 {
		return err
	}
	slot -= epochs
	if n := len(p.g.again); n > 0 && slot <= p.g.again[n-1].slot {
		return goesBack(p.rows, i, p.last) // the hour was there twice already
	}
	p.clockBack++
	p.g.again = append(p.g.again, second{i, slot})
	return nil
}

// coverSecondPasses lets the recording begin earlier where its first row lies in
// the first pass of an hour and the second has earlier times.
func (p *placing) coverSecondPasses(slots []int32) {
	if len(p.g.again) == 0 || p.g.again[0].slot >= 0 {
		return
	}
	ahead := -p.g.again[0].slot
	for i := range slots {
		if slots[i] >= 0 {
			slots[i] += ahead
		}
	}
	for i := range p.g.again {
		p.g.again[i].slot += ahead
	}
	p.g.Start -= int64(ahead) * int64(p.g.Epoch)
	p.g.Len += int(ahead)
	p.g.Notes = append(p.g.Notes, fmt.Sprintf(
		"The first row, %s, lies within the hour that comes twice: the recording begins with the hour, and its %d epochs before that row are marked as not recorded.",
		p.rows.Name(0), ahead))
}
