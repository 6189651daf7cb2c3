package zone

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"circascope/actigraphy"
)

// horizon is how long before the first move and after the last the clock is
// known: longer than any recording.
const horizon = 100 * 365 * 24 * time.Hour

// shift is a change of the wall clock.
type shift struct {
	at     time.Time
	offset int // seconds east of UTC from then on
	abbr   string
	summer bool
}

// travelled returns the location whose clock is home's until the first move, then
// that of each place from the arrival there. Its name lists them.
func travelled(home *time.Location, moves []Move) (*time.Location, error) {
	name := home.String()
	var shifts []shift
	from := time.Time{}
	here := home
	for i, m := range moves {
		loc, err := Load(m.Zone)
		if err != nil {
			return nil, err
		}
		at, err := m.instant(loc)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			from = at.Add(-horizon)
		} else if !at.After(from) {
			return nil, fmt.Errorf("the arrival in %s at %s is not after the one before it; put the moves in the order of time", m.Zone, m.From)
		}
		shifts = append(shifts, shiftsOf(here, from, at)...)
		name += ", " + loc.String() + " from " + m.From
		from, here = at, loc
	}
	shifts = append(shifts, shiftsOf(here, from, from.Add(horizon))...)
	return time.LoadLocationFromTZData(name, tzif(shifts))
}

// shiftsOf returns the clock of loc at from, and its changes until before to.
func shiftsOf(loc *time.Location, from, to time.Time) []shift {
	var list []shift
	for t, more := from.In(loc), true; more && t.Before(to); t, more = actigraphy.NextClockChange(t) {
		abbr, offset := t.Zone()
		list = append(list, shift{t, offset, abbr, t.IsDST()})
	}
	return list
}

// tzif writes shifts as a file of the format TZif, version 2 (RFC 8536). The
// first block, for readers of 32 bits, is empty.
func tzif(shifts []shift) []byte {
	types, chars := map[shift]byte{}, ""
	var transitions, kinds, typeData []byte
	for _, s := range shifts {
		kind := shift{offset: s.offset, abbr: s.abbr, summer: s.summer}
		index, ok := types[kind]
		if !ok {
			index = byte(len(types))
			types[kind] = index
			at := strings.Index(chars, s.abbr+"\x00")
			if at < 0 {
				at = len(chars)
				chars += s.abbr + "\x00"
			}
			typeData = binary.BigEndian.AppendUint32(typeData, uint32(int32(s.offset)))
			typeData = append(typeData, btoi(s.summer), byte(at))
		}
		transitions = binary.BigEndian.AppendUint64(transitions, uint64(s.at.Unix()))
		kinds = append(kinds, index)
	}
	b := header(0, 0, 0)
	b = append(b, header(len(shifts), len(types), len(chars))...)
	b = append(b, transitions...)
	b = append(b, kinds...)
	b = append(b, typeData...)
	b = append(b, chars...)
	return append(b, "\n\n"...)
}

// header is the head of a block of TZif: its counts.
func header(times, types, chars int) []byte {
	b := append([]byte("TZif2"), make([]byte, 15)...)
	for _, n := range []int{0, 0, 0, times, types, chars} {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return b
}

func btoi(b bool) byte {
	if b {
		return 1
	}
	return 0
}
