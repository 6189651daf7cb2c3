package xpt

import (
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// positions returns the minute of every row after the first one, from a column
// that counts step a minute.
func (p *person) positions(name string, step float64) ([]int, error) {
	numbers := p.column(name)
	at := make([]int, len(numbers))
	for i, n := range numbers {
		minutes := (n - numbers[0]) / step
		if minutes != math.Trunc(minutes) || minutes < 0 || i > 0 && int(minutes) <= at[i-1] {
			return nil, p.fault(i, fmt.Sprintf("%s to increase by %v a minute", name, step), fmt.Sprintf("%v after %v", n, numbers[max(i-1, 0)]))
		}
		if minutes >= maxMinutes {
			return nil, p.fault(i, fmt.Sprintf("at most %d minutes", maxMinutes), fmt.Sprintf("minute %.0f", minutes))
		}
		at[i] = int(minutes)
	}
	return at, nil
}

// recording lays the activity on minutes.
func (p *person) recording(activity, device, site string, at []int) *actigraphy.Recording {
	r := &actigraphy.Recording{Subject: p.id, Device: device, Site: site, Epoch: time.Minute}
	r.Source.Subject, r.Source.Channel = p.id, activity
	r.Activity = spread(p.column(activity), at, at[len(at)-1]+1)
	if gaps := len(r.Activity) - len(at); gaps > 0 {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("The table has no rows for %d minutes between the first and the last; they are marked as not recorded.", gaps))
	}
	return r
}

// spread lays the values of rows on minutes, NaN where there is no row.
func spread(values []float64, at []int, minutes int) []float64 {
	out := make([]float64, minutes)
	if len(values) < minutes {
		for i := range out {
			out[i] = math.NaN()
		}
	}
	for i, v := range values {
		out[at[i]] = v
	}
	return out
}

// check refuses activity that is none, with its row.
func (p *person) check(r *actigraphy.Recording, name string, at []int) error {
	for i, m := range at {
		if v := r.Activity[m]; v < 0 || v > actigraphy.MaxActivity {
			return p.fault(i, name+" of at least 0", fmt.Sprint(v))
		}
	}
	return nil
}
