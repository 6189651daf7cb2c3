package format

import (
	"bytes"
	"fmt"
	"time"
)

// zoneName is the zone that the times of a table carry in brackets, as in
// 2014-05-07 13:29:50+0100 [Europe/London].
type zoneName struct {
	text  []byte
	first int // the line that names it
}

// cutZone takes a zone's name in brackets from the end of a time, nil where there
// is none.
func cutZone(b []byte) (rest, name []byte) {
	n := len(b)
	if n == 0 || b[n-1] != ']' {
		return b, nil
	}
	i := bytes.LastIndexByte(b, '[')
	if i <= 0 {
		return b, nil
	}
	return trim(b[:i]), b[i+1 : n-1]
}

// cut takes the name from a row's time. All rows must name the same, or none.
func (z *zoneName) cut(t *table, f []byte) ([]byte, error) {
	rest, name := cutZone(f)
	switch {
	case bytes.Equal(name, z.text):
	case t.rows == 0:
		z.text, z.first = bytes.Clone(name), t.lines.number
	default:
		return nil, t.lines.fault("one zone in all rows, "+quoted(z.text), quoted(name), "split the file where the zone changes")
	}
	return rest, nil
}

// settle gives the rows their zone, and says in a sentence what it is. A name that
// this computer does not know, or that the offsets of the rows contradict, leaves
// the offset of the first row.
func (z *zoneName) settle(s *series, times []int64) string {
	changed := 0 // line of the first row with another offset than the first
	for _, d := range s.stamps.dates {
		if d.offset != s.stamps.first().offset {
			changed = int(s.lines[d.from])
			break
		}
	}
	switch location, wrong := z.location(s, times); {
	case location != nil:
		s.zone = location
		return fmt.Sprintf("Times carry their offset from UTC and their zone, %s.", location)
	case wrong != "":
		return wrong
	case changed > 0:
		return fmt.Sprintf("Times carry their offset from UTC, which changes on line %d; the recording keeps the first.", changed)
	default:
		return "Times carry their offset from UTC."
	}
}

// location returns the zone, or what is wrong with its name, or neither where the
// rows name none.
func (z *zoneName) location(s *series, times []int64) (*time.Location, string) {
	name := string(z.text)
	if name == "" {
		return nil, ""
	}
	location, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, fmt.Sprintf("Times carry the zone %s, which is not known here; the recording keeps the offset of the first row.", quoted(z.text))
	}
	for k, d := range s.stamps.dates {
		for _, i := range []int{d.from, s.stamps.end(k) - 1} {
			if _, offset := time.Unix(0, times[i]).In(location).Zone(); offset != int(d.offset)*60 {
				return nil, fmt.Sprintf("The offset on line %d is not that of the zone %s; the recording keeps the offset of the first row.", s.lines[i], quoted(z.text))
			}
		}
	}
	return location, ""
}
