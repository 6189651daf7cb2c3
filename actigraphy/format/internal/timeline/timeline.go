// Package timeline puts the blocks of a raw recording one after another. The
// clock of a device gives each block a time of its own, which differs from the
// end of the block before by rounding and by drift of the sampling clock; what
// is only that is not a gap.
package timeline

import (
	"fmt"
	"math"
	"time"
)

// near is how far a block's own time may lie from the end of the one before for
// both to be taken as one run. Axivity's and the field's other readers use it.
const near = time.Second

// stretch is by how much the rate of a block may differ from its nominal rate to
// make up for drift. What is left over is made up for by the blocks after it.
const stretch = 0.1

// rounding is what the length of a block may be off by without meaning another
// rate.
const rounding = time.Microsecond

// Line is where the blocks lie. The zero value has none yet.
type Line struct {
	// Unchecked blocks have no check sum: a time that jumps forward is believed
	// when the next block goes on from there, and else is damage.
	Unchecked bool

	Missing time.Duration // without samples, between the blocks
	Earlier int           // blocks left out because the clock had gone back
	Alone   int           // blocks left out because no other confirms their time
	Set     int           // times that the clock jumped forward though no block is missing

	begun   bool
	end     time.Time // of the block placed last
	suspect time.Time // where the block left out last ends by its own time; zero where none was
}

// Begun reports whether a block was placed.
func (l *Line) Begun() bool { return l.begun }

// End is where the block placed last ends.
func (l *Line) End() time.Time { return l.end }

// Place returns where a block of n samples begins and how many samples a second
// it has, given the time and the rate that the file states. next says that the
// file's own numbering has nothing between this block and the one before. It
// returns false for a block that begins more than a second before the end of
// another: the clock was set back, and time that was recorded already is not
// recorded twice. Of unchecked blocks it also returns false for the first behind a
// jump of the clock.
func (l *Line) Place(start time.Time, n int, rate float64, next bool) (time.Time, float64, bool) {
	length := seconds(float64(n) / rate)
	if !l.begun {
		l.begun, l.end = true, start.Add(length)
		return start, rate, true
	}
	off := start.Sub(l.end)
	confirmed := !l.suspect.IsZero() && start.Sub(l.suspect).Abs() < near
	l.suspect = time.Time{}
	switch {
	case l.Unchecked && next && off >= near && !confirmed:
		l.Alone++
		l.suspect = start.Add(length)
		return time.Time{}, 0, false
	case off <= -near:
		l.Earlier++
		return time.Time{}, 0, false
	case off < near && next || off <= 0:
		return l.follow(start.Add(length), n, rate)
	default:
		if confirmed {
			l.Alone--
		}
		if next || confirmed {
			l.Set++
		}
		l.Missing += off
		l.end = start.Add(length)
		return start, rate, true
	}
}

// follow places a block at the end of the one before, as long as it takes to end
// at its own time.
func (l *Line) follow(end time.Time, n int, rate float64) (time.Time, float64, bool) {
	start, nominal := l.end, float64(n)/rate
	own := end.Sub(start)
	if off := own - seconds(nominal); off.Abs() <= rounding {
		l.end = end
		return start, rate, true
	}
	length := min(max(own.Seconds(), nominal*(1-stretch)), nominal*(1+stretch))
	l.end = start.Add(seconds(length))
	return start, float64(n) / length, true
}

// Notes says in sentences what became of the times.
func (l *Line) Notes() []string {
	var notes []string
	if l.Earlier > 0 {
		notes = append(notes, fmt.Sprintf(
			"The clock was set back: %d blocks have times that were recorded already and were left out.", l.Earlier))
	}
	if l.Alone > 0 {
		notes = append(notes, fmt.Sprintf(
			"%d blocks have times that do not go with those before and behind: they are damaged and were left out.", l.Alone))
	}
	if l.Set > 0 {
		notes = append(notes, fmt.Sprintf(
			"The clock jumps forward %d times though no block is missing: it was set, or the device paused; the time between is missing.", l.Set))
	}
	return notes
}

func seconds(s float64) time.Duration { return time.Duration(math.Round(s * float64(time.Second))) }
