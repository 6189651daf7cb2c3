package actigraphy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// ClockSetting is what a wall clock shows from an instant on.
type ClockSetting struct {
	From   time.Time
	Offset int    // seconds east of UTC
	Abbr   string // "CET"
	Summer bool
}

// String returns the instant in RFC 3339, the seconds east of UTC and the name.
// Whether it is summer time is left out: no computation asks for it.
func (s ClockSetting) String() string {
	return fmt.Sprintf("%s %d %s", s.From.UTC().Format(time.RFC3339), s.Offset, s.Abbr)
}

// MarshalText writes the setting as String does.
func (s ClockSetting) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *ClockSetting) UnmarshalText(b []byte) error {
	const day = 24 * 60 * 60
	from, rest, _ := strings.Cut(string(b), " ")
	seconds, abbr, ok := strings.Cut(rest, " ")
	at, err := time.ParseInLocation(time.RFC3339, from, time.UTC)
	offset, wrong := strconv.Atoi(seconds)
	if !ok || err != nil || wrong != nil || offset <= -day || offset >= day {
		return fmt.Errorf("%q is no setting of a clock: want a time with its offset, seconds east of UTC and a name", b)
	}
	*s = ClockSetting{From: at, Offset: offset, Abbr: abbr}
	return nil
}

// ClockSettings returns the clock of loc at from, and its changes until before to.
func ClockSettings(loc *time.Location, from, to time.Time) []ClockSetting {
	var list []ClockSetting
	for t, more := from.In(loc), true; more && t.Before(to); t, more = NextClockChange(t) {
		abbr, offset := t.Zone()
		list = append(list, ClockSetting{t, offset, abbr, t.IsDST()})
	}
	return list
}

// NewLocation returns a location whose clock has the settings, each from its
// instant on, in the order of time.
func NewLocation(name string, settings []ClockSetting) (*time.Location, error) {
	for i := 1; i < len(settings); i++ {
		if !settings[i].From.After(settings[i-1].From) {
			return nil, fmt.Errorf("the setting of a clock from %v is not after the one before it", settings[i].From)
		}
	}
	data, err := tzif(settings)
	if err != nil {
		return nil, err
	}
	return time.LoadLocationFromTZData(name, data)
}

// tzif writes settings as a file of the format TZif, version 2 (RFC 8536). The
// first block, for readers of 32 bits, is empty.
func tzif(settings []ClockSetting) ([]byte, error) {
	kinds, chars := map[ClockSetting]byte{}, ""
	var transitions, indices, kindData []byte
	for _, s := range settings {
		kind := s
		kind.From = time.Time{}
		index, ok := kinds[kind]
		if !ok {
			at := strings.Index(chars, s.Abbr+"\x00")
			if at < 0 {
				at = len(chars)
				chars += s.Abbr + "\x00"
			}
			if len(kinds) > math.MaxUint8 || at > math.MaxUint8 {
				return nil, errors.New("a clock with more kinds of settings than its file format holds")
			}
			index = byte(len(kinds))
			kinds[kind] = index
			kindData = binary.BigEndian.AppendUint32(kindData, uint32(int32(s.Offset)))
			kindData = append(kindData, btoi(s.Summer), byte(at))
		}
		transitions = binary.BigEndian.AppendUint64(transitions, uint64(s.From.Unix()))
		indices = append(indices, index)
	}
	b := tzifHeader(0, 0, 0)
	b = append(b, tzifHeader(len(settings), len(kinds), len(chars))...)
	b = append(b, transitions...)
	b = append(b, indices...)
	b = append(b, kindData...)
	b = append(b, chars...)
	return append(b, "\n\n"...), nil
}

// tzifHeader is the head of a block of TZif: its counts.
func tzifHeader(times, kinds, chars int) []byte {
	b := append([]byte("TZif2"), make([]byte, 15)...)
	for _, n := range []int{0, 0, 0, times, kinds, chars} {
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
