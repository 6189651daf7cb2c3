package sleep

import (
	"math"
	"time"

	"circascope/actigraphy/diary"
)

const nap = diary.Nap

// Actiware's setting for the beginning and end of sleep.
const (
	immobileTime  = 10 * time.Minute
	mobileAllowed = 1 // epochs
)

// immobileSleep returns the time of sleep within a rest period as Actiware finds it
// by minutes scored as immobile. It begins with the first 10 minutes of which at
// most one epoch is mobile. It ends before the last epoch that, with the 10 minutes
// before it, has at most one mobile. A missing epoch is taken as mobile.
//
// Actiware's manual does not say which epoch of the window the end is; this meets
// every sleep interval of the exports that are known.
func immobileSleep(activity []float64, rest span, epoch time.Duration) (span, bool) {
	size, least := int(immobileTime/epoch), mobileFrom(epoch)
	isMobile := func(i int) int { return one(!(activity[i] < least)) }
	first, last, mobile := -1, -1, 0 // mobile: of the epochs (i-size, i]
	for i := rest.from; i < rest.to; i++ {
		mobile += isMobile(i)
		leaving := 0
		if i-size >= rest.from {
			leaving = isMobile(i - size)
		}
		mobile -= leaving
		if i-size+1 < rest.from || mobile > mobileAllowed {
			continue
		}
		if first < 0 {
			first = i - size + 1
		}
		if mobile+leaving <= mobileAllowed {
			last = i
		}
	}
	return span{first, last}, first >= 0 && last > first
}

// fragment fills in the indexes of movement and fragmentation.
func (b bed) fragment(n *Night, rest, sleep span) {
	n.MovementIndex = shareOf(b.activity[rest.from:rest.to], 0)
	asleep := runs(b.States[rest.from:rest.to], Asleep)
	n.FragmentationIndex = percent(shorter(asleep, int(time.Minute/b.Epoch)), len(asleep))
	n.SleepFragmentation = n.MovementIndex + n.FragmentationIndex

	inside := b.activity[sleep.from:sleep.to]
	mobile := mobileStates(inside, mobileFrom(b.Epoch))
	bouts := runs(mobile, Asleep)
	n.Mobile = percent(count(mobile, Wake), count(mobile, Wake)+count(mobile, Asleep))
	n.BriefImmobile = percent(shorter(bouts, int(time.Minute/b.Epoch)), len(bouts))
	n.ActiwareFragment = n.Mobile + n.BriefImmobile
}

// shareOf returns the percentage of the recorded values above a level.
func shareOf(x []float64, level float64) float64 {
	recorded, over := 0, 0
	for _, v := range x {
		recorded += one(!math.IsNaN(v))
		over += one(v > level)
	}
	return percent(over, recorded)
}

// mobileStates gives Wake to mobile epochs and Asleep to immobile ones.
func mobileStates(x []float64, least float64) []State {
	return classify(x, Unknown, func(v float64) bool { return v < least })
}

// shorter counts the runs of at most so many epochs.
func shorter(all []span, most int) int {
	n := 0
	for _, s := range all {
		n += one(s.length() <= most)
	}
	return n
}

// percent is NaN of nothing.
func percent(part, whole int) float64 { return 100 * float64(part) / float64(whole) }
