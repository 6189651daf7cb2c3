package sleep

import (
	"cmp"
	"slices"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
)

// Origin says where the edges of a rest period come from.
type Origin string

// The origins.
const (
	FromDiary     Origin = "diary"     // the participant or staff wrote them down
	FromAlgorithm Origin = "algorithm" // the scored epochs: runs of sleep and wake
	FromDetection Origin = "detection" // rest was looked for in the activity or the angle
	Manual        Origin = "manual"    // a person set them
)

// Period is a time of rest: the main one of a night, or a nap.
type Period struct {
	Kind      diary.Kind           // diary.Night or diary.Nap
	From, To  actigraphy.LocalTime // to bed and up; To is after From
	LightsOff actigraphy.LocalTime // when sleep was tried; unknown where nobody told
	Origin    Origin
	By        string // "line 4 of the diary", "tudor-locke on sadeh (vendor)"
	Of        string // of a Manual one: what it was made from, "diary", "crespo"; "" for nothing

	// NoBegin and NoEnd say of a detected period why it is not known when it begins or
	// ends, and Doubt why the detection can't be trusted around it: clauses, "" where
	// there is nothing to say.
	NoBegin, NoEnd, Doubt string
}

// Stated says where the period is from, as values of measures state it: "diary", or
// "manual, from diary".
func (p Period) Stated() string {
	if p.Of == "" {
		return string(p.Origin)
	}
	return string(p.Origin) + ", from " + p.Of
}

// Evening returns the date by which the period is named, 2006-01-02, or the weekday
// where there is no date: that of the evening on which it began. A period that
// begins before noon belongs to the evening before.
func (p Period) Evening() string { return p.eveningTime().Date() }

func (p Period) eveningTime() actigraphy.LocalTime { return p.From.Add(-12 * time.Hour) }

// Noon returns the noon before the period, with which the day begins that it is named by.
func (p Period) Noon() actigraphy.LocalTime { return p.From.Add(-p.eveningTime().SinceMidnight()) }

// Weekend reports whether the period is of a Friday's or a Saturday's evening: of a
// night that ends on a day off.
func (p Period) Weekend() bool {
	day := p.eveningTime().Weekday()
	return day == time.Friday || day == time.Saturday
}

// Length returns the time from bed to rise.
func (p Period) Length() time.Duration { return p.To.Sub(p.From) }

// Detected rest periods less than JoinedGap apart are one, and those shorter than
// ShortestNight are naps, unless somebody says otherwise.
const (
	JoinedGap     = time.Hour
	ShortestNight = 2 * time.Hour
)

// MainAndNaps returns the periods in order, each a night or a nap: those less than
// gap apart are joined, the longest of an evening is its night, if it is at least
// night long, and the others are naps.
func MainAndNaps(periods []Period, gap, night time.Duration) []Period {
	sorted := slices.SortedStableFunc(slices.Values(periods), func(a, b Period) int { return a.From.Clock().Compare(b.From.Clock()) })
	var joined []Period
	for _, p := range sorted {
		p.Kind = diary.Nap
		if n := len(joined); n > 0 && p.From.Sub(joined[n-1].To) < gap {
			if p.To.Sub(joined[n-1].To) > 0 {
				joined[n-1].To, joined[n-1].NoEnd = p.To, p.NoEnd
			}
			joined[n-1].Doubt = cmp.Or(joined[n-1].Doubt, p.Doubt)
			continue
		}
		joined = append(joined, p)
	}
	for from := 0; from < len(joined); {
		to := from
		for to < len(joined) && sameEvening(joined[from], joined[to]) {
			to++
		}
		main := slices.MaxFunc(joined[from:to], func(a, b Period) int { return cmp.Compare(a.Length(), b.Length()) })
		for i := from; i < to; i++ {
			if joined[i] == main && main.Length() >= night {
				joined[i].Kind = diary.Night
				break
			}
		}
		from = to
	}
	return joined
}

// sameEvening tells undated evenings a week apart from one another too.
func sameEvening(a, b Period) bool {
	return a.Evening() == b.Evening() && b.From.Sub(a.From) < 48*time.Hour
}
