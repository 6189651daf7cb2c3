package sleep

import "time"

// follow says that sleep right after so much wake becomes wake.
type follow struct{ wake, sleep time.Duration }

// between says that sleep of at most so much between so much wake on both sides
// becomes wake.
type between struct{ wake, sleep time.Duration }

var (
	follows = []follow{
		{4 * time.Minute, time.Minute},
		{10 * time.Minute, 3 * time.Minute},
		{15 * time.Minute, 4 * time.Minute},
	}
	betweens = []between{
		{10 * time.Minute, 6 * time.Minute},
		{20 * time.Minute, 10 * time.Minute},
	}
)

// Rescore applies Webster's rules to a scoring and returns the new states: after 4,
// 10 and 15 minutes of wake the next 1, 3 and 4 minutes of sleep become wake; sleep
// of at most 6 (10) minutes between at least 10 (20) minutes of wake on both sides
// becomes wake. All rules see the scoring as it was. Unknown epochs are neither, so
// they end a run.
//
// Webster JB et al. (1982), doi:10.1093/sleep/5.4.389.
func Rescore(states []State, epoch time.Duration) []State {
	out := make([]State, len(states))
	copy(out, states)
	in := func(d time.Duration) int { return int(d / epoch) }
	for _, run := range runs(states, Asleep) {
		before, after := wakeBefore(states, run.from), wakeAfter(states, run.to)
		for _, r := range follows {
			if before >= in(r.wake) {
				fill(out, span{run.from, min(run.to, run.from+in(r.sleep))}, Wake)
			}
		}
		for _, r := range betweens {
			if run.length() <= in(r.sleep) && min(before, after) >= in(r.wake) {
				fill(out, run, Wake)
			}
		}
	}
	return out
}

// wakeBefore returns the length of the run of wake that ends at i.
func wakeBefore(states []State, i int) int {
	n := 0
	for i-n > 0 && states[i-n-1] == Wake {
		n++
	}
	return n
}

// wakeAfter returns the length of the run of wake that begins at i.
func wakeAfter(states []State, i int) int {
	n := 0
	for i+n < len(states) && states[i+n] == Wake {
		n++
	}
	return n
}

// rescoreAsPyActigraphy applies the rules as pyActigraphy does, in epochs of a
// minute: a rule of the first kind passes over sleep that is shorter than what it
// would change, and a rule of the second kind takes everything between two long
// runs of wake, short wake included.
func rescoreAsPyActigraphy(states []State) []State {
	out := make([]State, len(states))
	copy(out, states)
	sleeps := runs(states, Asleep)
	for _, r := range follows {
		n := int(r.sleep / time.Minute)
		for _, run := range sleeps {
			if run.length() >= n && wakeBefore(states, run.from) >= int(r.wake/time.Minute) {
				fill(out, span{run.from, run.from + n}, Wake)
			}
		}
	}
	wakes := runs(states, Wake)
	for _, r := range betweens {
		last := span{-1, -1}
		for _, run := range wakes {
			if run.length() < int(r.wake/time.Minute) {
				continue
			}
			if last.to >= 0 && run.from-last.to <= int(r.sleep/time.Minute) {
				fill(out, span{last.to, run.from}, Wake)
			}
			last = run
		}
	}
	return out
}
