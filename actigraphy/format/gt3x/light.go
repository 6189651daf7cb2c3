package gt3x

import "math"

// noLight stands where the sensor has no reading.
const noLight = 1<<16 - 1

// light is a series of light, which the device writes when it changes.
type light struct{ changes []change }

type change struct {
	at    int64
	value float64
}

// maxChanges bounds those that are kept of a long sleep.
const maxChanges = 1 << 18

// add takes a reading. Those that go back in time have come too late for it.
func (l *light) add(at int64, value float64) {
	n := len(l.changes)
	switch {
	case n > 0 && at < l.changes[n-1].at:
	case n > 0 && (at == l.changes[n-1].at || n == maxChanges):
		l.changes[n-1] = change{at, value}
	default:
		l.changes = append(l.changes, change{at, value})
	}
}

// mean returns the mean of the seconds from one to before another, NaN where
// none has a reading, and forgets what was before. It is to be asked in order of
// time.
func (l *light) mean(from, to int64) float64 {
	for len(l.changes) > 1 && l.changes[1].at <= from {
		l.changes = l.changes[1:]
	}
	sum, seconds := 0.0, int64(0)
	for i, c := range l.changes {
		if c.at >= to {
			break
		}
		end := to
		if i+1 < len(l.changes) {
			end = min(to, l.changes[i+1].at)
		}
		if n := end - max(c.at, from); !math.IsNaN(c.value) {
			sum += c.value * float64(n)
			seconds += n
		}
	}
	if seconds == 0 {
		return math.NaN()
	}
	return sum / float64(seconds)
}
