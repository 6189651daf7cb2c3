package gt3x

import (
	"time"

	"circascope/actigraphy"
)

// local returns a time of the device's clock, which packets and ticks give in
// seconds as if it were UTC.
func (d *about) local(second int64) actigraphy.LocalTime {
	if d.zone == nil {
		return actigraphy.Naive(time.Unix(second, 0).UTC())
	}
	return actigraphy.Zoned(d.instant(second))
}

// instant is Clock of local.
func (d *about) instant(second int64) time.Time {
	if d.zone == nil {
		return time.Unix(second, 0).UTC()
	}
	wall := time.Unix(second, 0).In(d.zone)
	_, offset := wall.Zone()
	return wall.Add(-time.Duration(offset) * time.Second)
}

// period is when packets can have been written.
type period struct{ from, to int64 }

// Devices record for weeks; the slack is for clocks that were a little off.
const (
	slack   = 24 * 60 * 60
	longest = 2 * 366 * 24 * 60 * 60
)

// possible returns the period that info.txt allows. A damaged packet can name any
// second of a century, and no gap as long as that may come of it.
func (d *about) possible() period {
	p := period{from: 0, to: 1<<32 - 1}
	if d.start > 0 {
		p = period{d.start - slack, d.start + longest}
	}
	if end := max(d.last, d.download, d.stop); d.start > 0 && end > d.start {
		p.to = min(p.to, end+slack)
	}
	return p
}

func (p period) holds(second int64) bool { return p.from <= second && second <= p.to }
