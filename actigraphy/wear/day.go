package wear

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// ValidDay is the rule of the valid day: how many hours a calendar day must be
// recorded and worn to count. 0 lets every day count.
type ValidDay struct {
	Hours float64 `json:"valid_day_hours"`
}

// DefaultValidDay is ten hours: the rule of Troiano et al. 2008, whose data, of
// waking hours at the hip, are those that PAT was trained on. A day worn from
// waking to bed passes it. Studies that want the device worn day and night take
// 16 h, as van Hees et al. 2013 do.
func DefaultValidDay() ValidDay { return ValidDay{10} }

// Validate reports hours that no day has.
func (v ValidDay) Validate() error {
	if math.IsNaN(v.Hours) || v.Hours < 0 || v.Hours > 24 {
		return fmt.Errorf("a valid day of %v hours: choose from 0 (every day counts) to 24", v.Hours)
	}
	return nil
}

// Day is the wear of one calendar day on the recording's wall clock.
type Day struct {
	Date     string        `json:"date"` // or the weekday, or "day 1", where there is no date
	Recorded time.Duration `json:"recorded_ns"`
	Worn     time.Duration `json:"worn_ns"` // of what was recorded

	from, to int // its epochs
}

// Valid reports whether the day counts.
func (d Day) Valid(rule ValidDay) bool {
	return float64(d.Worn) >= rule.Hours*float64(time.Hour)
}

// Days returns the wear of each calendar day of a recording, from the day of its
// first epoch to that of its last.
func (m Mask) Days(r *actigraphy.Recording) []Day {
	list := days(r)
	for i := range list {
		list[i].Recorded = list[i].Worn
	}
	all := Mask{ID: m.ID, NotWorn: m.NotWorn} // every day valid: what is worn on it
	for i, d := range days(all.Apply(r)) {
		list[i].Worn = d.Worn
	}
	return list
}

// days counts the recorded time of each calendar day as Worn.
func days(r *actigraphy.Recording) []Day {
	var list []Day
	for i, v := range r.Activity {
		at := r.Start.Add(time.Duration(i) * r.Epoch)
		for n := dayNumber(r.Start, at); n >= len(list); {
			list = append(list, Day{Date: dayName(at, len(list)), from: i})
		}
		d := &list[len(list)-1]
		d.to = i + 1
		if !math.IsNaN(v) {
			d.Worn += r.Epoch
		}
	}
	return list
}

// dayNumber counts the midnights of the wall clock between two times.
func dayNumber(start, t actigraphy.LocalTime) int {
	return int(date(t).Sub(date(start)) / (24 * time.Hour))
}

func date(t actigraphy.LocalTime) time.Time {
	y, m, d := t.Clock().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func dayName(t actigraphy.LocalTime, n int) string {
	if t.IsZero() {
		return fmt.Sprintf("day %d", n+1)
	}
	return t.Date()
}

// Summary is the wear of a recording in a few numbers, as a library keeps it
// beside the recording.
type Summary struct {
	Mask string `json:"mask"` // its ID; "" where no layer is on
	Days []int  `json:"days"` // minutes worn on each calendar day; nil where no layer is on
}

// Summarise returns the wear of a recording under a mask.
func (m Mask) Summarise(r *actigraphy.Recording) Summary {
	if !m.Judged() {
		return Summary{}
	}
	s := Summary{Mask: m.ID}
	for _, d := range m.Days(r) {
		s.Days = append(s.Days, int(d.Worn/time.Minute))
	}
	return s
}

// Minutes returns how many minutes were worn.
func (s Summary) Minutes() int {
	n := 0
	for _, d := range s.Days {
		n += d
	}
	return n
}

// Valid returns how many days count by a rule.
func (s Summary) Valid(rule ValidDay) int {
	n := 0
	for _, d := range s.Days {
		if float64(d) >= 60*rule.Hours {
			n++
		}
	}
	return n
}
