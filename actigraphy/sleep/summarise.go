package sleep

import (
	"cmp"
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
)

// Summarise sums up rest periods over a scoring of r, one night each, in their
// order. Their edges are rounded to the nearest epoch. Naps are judged by the same rules but for the shortest time in bed.
func Summarise(r *actigraphy.Recording, s Scoring, periods []Period, rules Rules) ([]Night, error) {
	if s.Epoch <= 0 || len(s.States) == 0 {
		return nil, fmt.Errorf("there is no scoring to sum up nights of")
	}
	if rules.Convention != FirstToLast && rules.Convention != Immobility {
		return nil, fmt.Errorf("there is no convention %q: choose %q or %q", rules.Convention, FirstToLast, Immobility)
	}
	b := bed{s, ActivityOf(r, s), rules}
	nights := make([]Night, len(periods))
	for i, p := range periods {
		nights[i] = b.night(p)
	}
	return nights, nil
}

// ActivityOf sums the activity of a recording to the epochs of its scoring; an epoch
// is missing where one within it is.
func ActivityOf(r *actigraphy.Recording, s Scoring) []float64 {
	lead := r.Start.Sub(s.Start)
	if r.Epoch == s.Epoch && lead == 0 && len(r.Activity) == len(s.States) {
		return r.Activity
	}
	out := make([]float64, len(s.States))
	for i, v := range r.Activity {
		if at := int((lead + time.Duration(i)*r.Epoch) / s.Epoch); at < len(out) {
			out[at] += v
		}
	}
	return out
}

// bed is what nights are summed up from.
type bed struct {
	Scoring
	activity []float64 // of the same epochs
	rules    Rules
}

func (b bed) night(p Period) Night {
	n := emptyNight(p, b.rules.Convention)
	rest, whole := b.epochs(p)
	if !whole {
		n.Reason = "the rest period is not within the recording"
		return n
	}
	tried, _ := b.epochs(Period{From: n.inBed(), To: p.To})
	if tried.from < rest.from || tried.from >= rest.to {
		n.Reason = "lights went off outside the rest period"
		return n
	}
	n.TIB = b.minutes(rest.length())
	n.Unknown = float64(count(b.States[rest.from:rest.to], Unknown)) / float64(rest.length())
	if sleep, found := b.sleepWithin(tried); found {
		n.SOL = b.minutes(sleep.from - tried.from)
		b.measure(&n, rest, sleep)
	} else if n.Unknown < 1 {
		n.TST, n.SE = 0, 0
	}
	n.Reason = cmp.Or(b.rules.judge(n), b.cutOff(n.Period))
	return n
}

// cutOff says why a detected night may not be that of its day, from noon to noon: the
// recording ends so early in it that a longer rest may follow; "" where it does not.
func (b bed) cutOff(p Period) string {
	left := day - b.At(len(b.States)).Sub(p.Noon())
	if p.Origin != FromDetection || p.Kind == nap || left <= p.Length() {
		return ""
	}
	return fmt.Sprintf("the recording ends %s before noon, so a longer rest may follow", actigraphy.InWords(left))
}

// epochs returns the epochs of a period, and whether the scoring covers it.
func (b bed) epochs(p Period) (span, bool) {
	at := func(t actigraphy.LocalTime) int {
		return int(math.Round(float64(t.Sub(b.Start)) / float64(b.Epoch)))
	}
	rest := span{at(p.From), at(p.To)}
	return rest, rest.from >= 0 && rest.to <= len(b.States) && rest.length() > 0
}

func (b bed) minutes(epochs int) float64 { return float64(epochs) * b.Epoch.Minutes() }

// sleepWithin returns the time from falling asleep to the end of the last sleep.
func (b bed) sleepWithin(rest span) (span, bool) {
	if b.rules.Convention == Immobility {
		return immobileSleep(b.activity, rest, b.Epoch)
	}
	asleep := runs(b.States[rest.from:rest.to], Asleep)
	if len(asleep) == 0 {
		return span{}, false
	}
	return span{rest.from + asleep[0].from, rest.from + asleep[len(asleep)-1].to}, true
}

// measure fills in what needs sleep.
func (b bed) measure(n *Night, rest, sleep span) {
	counted := sleep // where sleep and wake are counted
	if b.rules.Convention == FirstToLast {
		counted.to = rest.to
	}
	n.Onset, n.Offset = b.At(sleep.from), b.At(sleep.to)
	n.TST = b.minutes(count(b.States[counted.from:counted.to], Asleep))
	n.WASO = b.minutes(count(b.States[counted.from:counted.to], Wake))
	n.Snooze = b.minutes(rest.to - sleep.to)
	n.SE = 100 * n.TST / (n.TIB * (1 - n.Unknown))
	n.Midsleep = hoursFromMidnight(n.Period, n.Onset.Add(n.Offset.Sub(n.Onset)/2))

	wakes := len(runs(b.States[counted.from:counted.to], Wake))
	n.Awakenings, n.Awakening = float64(wakes), 0
	if wakes > 0 {
		n.Awakening = n.WASO / float64(wakes)
	}
	b.fragment(n, rest, sleep)
}

// inBed is the time from which sleep is looked for and its latency counts.
func (n Night) inBed() actigraphy.LocalTime {
	if n.LightsOff.IsZero() {
		return n.From
	}
	return n.LightsOff
}

// hoursFromMidnight returns a time in hours since the midnight after a period's
// evening, by the clock on the wall: 3.5 is half past three, -1 is 23:00.
func hoursFromMidnight(p Period, t actigraphy.LocalTime) float64 {
	days := (int(t.Weekday()) - int(p.eveningTime().Weekday()) + 7) % 7
	return float64(24*(days-1)) + t.SinceMidnight().Hours()
}

// OnClock returns a time of the night in hours since the midnight after its evening;
// NaN for none.
func (n Night) OnClock(t actigraphy.LocalTime) float64 {
	if t.IsZero() {
		return math.NaN()
	}
	return hoursFromMidnight(n.Period, t)
}

// judge returns why a night is not valid, or "".
func (rules Rules) judge(n Night) string {
	switch length := n.Length(); {
	case n.NoBegin != "":
		return n.NoBegin
	case n.NoEnd != "":
		return n.NoEnd
	case n.Doubt != "":
		return n.Doubt
	case n.Kind != nap && length < rules.Shortest:
		return fmt.Sprintf("%v in bed are less than %v", actigraphy.InWords(length), actigraphy.InWords(rules.Shortest))
	case length > rules.Longest:
		return fmt.Sprintf("%v in bed are more than %v", actigraphy.InWords(length), actigraphy.InWords(rules.Longest))
	case n.Unknown > rules.MaxUnknown:
		return fmt.Sprintf("%.0f%% of it is not scored, more than %.0f%%", 100*n.Unknown, 100*rules.MaxUnknown)
	case math.IsNaN(n.SOL):
		return "there is no sleep in it"
	}
	return ""
}
