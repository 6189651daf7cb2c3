package zone

import (
	"fmt"
	"time"

	"circascope/actigraphy"
)

// horizon is how long before the first move and after the last the clock is
// known: longer than any recording.
const horizon = 100 * 365 * 24 * time.Hour

// travelled returns the location whose clock is home's until the first move, then
// that of each place from the arrival there. Its name lists them.
func travelled(home *time.Location, moves []Move) (*time.Location, error) {
	name := home.String()
	var settings []actigraphy.ClockSetting
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
		settings = append(settings, actigraphy.ClockSettings(here, from, at)...)
		name += ", " + loc.String() + " from " + m.From
		from, here = at, loc
	}
	settings = append(settings, actigraphy.ClockSettings(here, from, from.Add(horizon))...)
	return actigraphy.NewLocation(name, settings)
}
