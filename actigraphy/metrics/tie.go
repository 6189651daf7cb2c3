package metrics

import (
	"fmt"
	"math"
	"time"
)

// equalWindows are the windows of a day that are as extreme as one another, by
// their first epochs.
type equalWindows struct {
	perDay      int
	number      int
	from, count int // the longest run of them, round the clock
}

// equals finds the sums that differ from one by no more than a margin.
func equals(sums []float64, of, margin float64) equalWindows {
	found := equalWindows{perDay: len(sums)}
	is := func(i int) bool { return math.Abs(sums[i%len(sums)]-of) <= margin }
	for i := range sums {
		if !is(i) {
			continue
		}
		found.number++
		if i > 0 && is(i-1) || i == 0 && is(len(sums)-1) && found.perDay > 1 {
			continue // within a run
		}
		run := 1
		for run < len(sums) && is(i+run) {
			run++
		}
		if run > found.count {
			found.from, found.count = i, run
		}
	}
	if found.number == len(sums) {
		found.count = found.number
	}
	return found
}

// middle returns the middle of the longest run, the earlier of two.
func (e equalWindows) middle() int { return (e.from + (e.count-1)/2) % e.perDay }

// tie is what to say of windows that are equal.
type tie struct {
	number   int // of equal windows; 1: there is no tie
	all      bool
	from, to time.Duration // the longest run of them, the begin of its first and of its last
}

func (e equalWindows) tie(epoch, begins time.Duration) tie {
	at := func(i int) time.Duration { return time.Duration(i%e.perDay)*epoch + begins }
	return tie{e.number, e.number == e.perDay, at(e.from), at(e.from + e.count - 1)}
}

// words says of which of equal windows an onset is; empty where there is one.
func (t tie) words(d Definition, hours float64) string {
	switch {
	case t.number < 2:
		return ""
	case t.all:
		return fmt.Sprintf("every window of %v h is equally active, and this is the first of the day", hours)
	case d == PyActigraphy:
		return fmt.Sprintf("%d windows of %v h are equally active, those that begin from %s to %s among them, and this is the first of the day",
			t.number, hours, clockTime(t.from), clockTime(t.to))
	}
	return fmt.Sprintf("%d windows of %v h are equally active, and this is in the middle of those that begin from %s to %s",
		t.number, hours, clockTime(t.from), clockTime(t.to))
}
