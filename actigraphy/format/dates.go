package format

import "circascope/actigraphy"

// TimeCell is a cell of a table that holds a date and a time of day.
type TimeCell struct {
	Line int
	Text string
}

// ReadTimes reads the times of one table, in which day and month stand in one
// order: what the cells prove together, else chosen. Cells that can be read two ways
// are refused then, with both readings. An empty cell gives the unknown time, every
// other one that of the wall clock; a date alone is its midnight. The notes tell what was decided.
func ReadTimes(in *Input, cells []TimeCell, chosen DateOrder) ([]actigraphy.LocalTime, []string, error) {
	stamps := make([]stamp, len(cells))
	var dates dateEvidence
	for i, c := range cells {
		if c.Text == "" {
			continue
		}
		if text := []byte(c.Text); !stamps[i].parse(text) && !stamps[i].date(text) {
			return nil, nil, &actigraphy.FileError{
				File: in.Path, Line: c.Line, Expected: "a date and a time of day", Found: quoted([]byte(c.Text)),
				Advice: "write times as 2026-03-01 22:30",
			}
		}
		dates.restart() // nothing is known of how rows follow each other
		dates.see(&stamps[i], c.Line)
	}
	choice, err := dates.decide(in, chosen)
	if err != nil {
		return nil, nil, err
	}
	times, zoned := make([]actigraphy.LocalTime, len(cells)), false
	for i, c := range cells {
		if c.Text == "" {
			continue
		}
		t, ok := stamps[i].local(choice.order)
		if !ok {
			return nil, nil, &actigraphy.FileError{
				File: in.Path, Line: c.Line, Expected: "a date in the order " + choice.order.words(), Found: quoted([]byte(c.Text)),
				Advice: "correct the date",
			}
		}
		zoned = zoned || stamps[i].zoned
		times[i] = t
	}
	var notes []string
	if choice.note != "" {
		notes = append(notes, choice.note)
	}
	if zoned {
		notes = append(notes, "Offsets from UTC behind times are passed over: people write what the clock on the wall shows.")
	}
	return times, notes, nil
}
