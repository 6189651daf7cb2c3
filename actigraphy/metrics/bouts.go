package metrics

import (
	"math"
	"slices"
	"time"
)

// bouts are the lengths in epochs of the runs of rest and of activity.
type bouts struct{ rest, active []int }

func (b bouts) of(rest bool) []int {
	if rest {
		return b.rest
	}
	return b.active
}

// completeBouts returns the runs that begin and end with a change of state: of
// those at the ends of the data and beside missing epochs nobody knows how long
// they were.
func completeBouts(states []float64) bouts {
	var b bouts
	from, begun := 0, false
	for i := 1; i < len(states); i++ {
		switch before, now := states[i-1], states[i]; {
		case math.IsNaN(now) || math.IsNaN(before):
			begun = false
		case now != before:
			if begun {
				b.add(before, i-from)
			}
			from, begun = i, true
		}
	}
	return b
}

// pyActigraphyBouts returns all runs, those at the ends too. A missing epoch
// divides runs and is a run of rest of no length.
func pyActigraphyBouts(states []float64) bouts {
	var b bouts
	n := 0
	for i, v := range states {
		if math.IsNaN(v) {
			b.rest = append(b.rest, 0)
			n = 0
			continue
		}
		n++
		if i+1 == len(states) || v != states[i+1] { // a missing epoch differs, too
			b.add(v, n)
			n = 0
		}
	}
	return b
}

func (b *bouts) add(state float64, n int) {
	if state > 0 {
		b.active = append(b.active, n)
	} else {
		b.rest = append(b.rest, n)
	}
}

// between returns the states within hours of the day, one after the other.
// Paper's days are apart, with a missing epoch between; PyActigraphy joins them
// and takes the epoch at the end of the hours, too.
func between(states []float64, d Definition, start, epoch, from, length time.Duration) []float64 {
	if length >= day {
		return states
	}
	end := length
	if d == PyActigraphy {
		end++
	}
	var out []float64
	inside := false
	for i, v := range states {
		since := ((start+time.Duration(i)*epoch)%day - from + day) % day
		if since >= end {
			inside = false
			continue
		}
		if !inside && d == Paper && len(out) > 0 {
			out = append(out, math.NaN())
		}
		inside = true
		out = append(out, v)
	}
	return out
}

// hazard is the probability that a run ends after a number of epochs.
type hazard struct {
	epochs      float64
	probability float64
	weight      float64
}

// hazards returns p(t) = (N_t - N_t') / N_t / (t'-t) for every length t of runs
// but the longest, t' the next length and N_t the runs of at least t epochs, with
// the weight sqrt(N_t + N_t') (Lim et al. 2011).
func hazards(lengths []int) []hazard {
	sorted := slices.Sorted(slices.Values(lengths))
	var list []hazard
	for i := 0; i < len(sorted); {
		next := i + 1
		for next < len(sorted) && sorted[next] == sorted[i] {
			next++
		}
		if next == len(sorted) {
			break
		}
		here, beyond := float64(len(sorted)-i), float64(len(sorted)-next)
		list = append(list, hazard{
			epochs:      float64(sorted[i]),
			probability: (here - beyond) / here / float64(sorted[next]-sorted[i]),
			weight:      math.Sqrt(here + beyond),
		})
		i = next
	}
	return list
}
