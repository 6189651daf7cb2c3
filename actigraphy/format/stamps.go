package format

import "iter"

// stamps are the times of many rows, in their order. A date and an offset are kept
// once for the rows that share them, so that a row takes eight bytes.
type stamps struct {
	clocks []int64 // nanoseconds since midnight of every row
	dates  []dateRows
}

// dateRows is the date of the rows from one on, as a stamp at midnight.
type dateRows struct {
	from int
	stamp
}

// add appends a row's time.
func (s *stamps) add(at stamp) {
	s.clocks = append(s.clocks, at.clock)
	at.clock = 0
	if n := len(s.dates); n == 0 || s.dates[n-1].stamp != at {
		s.dates = append(s.dates, dateRows{len(s.clocks) - 1, at})
	}
}

func (s *stamps) len() int { return len(s.clocks) }

// first returns the date and offset of the first row. There must be one.
func (s *stamps) first() *stamp { return &s.dates[0].stamp }

// end returns the row behind the last with the i-th date.
func (s *stamps) end(i int) int {
	if i+1 < len(s.dates) {
		return s.dates[i+1].from
	}
	return len(s.clocks)
}

// all yields the rows.
func (s *stamps) all() iter.Seq2[int, stamp] {
	return func(yield func(int, stamp) bool) {
		for i, d := range s.dates {
			for row := d.from; row < s.end(i); row++ {
				d.clock = s.clocks[row]
				if !yield(row, d.stamp) {
					return
				}
			}
		}
	}
}

// times turns the clocks into Unix nanoseconds and returns them: instants where the
// offset is known, else the wall clock as if it were UTC. It can be called once.
// Where a date does not exist in the order it returns the first row of it.
func (s *stamps) times(order DateOrder) (times []int64, wrong *dateRows) {
	for i := range s.dates {
		d := &s.dates[i]
		date, ok := d.days(order)
		if !ok {
			return nil, d
		}
		midnight := date*day - int64(d.offset)*minute
		for row := d.from; row < s.end(i); row++ {
			s.clocks[row] += midnight
		}
	}
	return s.clocks, nil
}
