package sleep_test

import (
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/sleep"
)

// recorded makes a recording of these values from Monday 2024-01-01, 12:00.
func recorded(epoch time.Duration, x ...float64) *actigraphy.Recording {
	return &actigraphy.Recording{Start: actigraphy.Naive(time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)), Epoch: epoch, Activity: x}
}

// impulse is n still epochs but for one.
func impulse(n, at int, value float64) []float64 {
	x := make([]float64, n)
	x[at] = value
	return x
}

// states writes a scoring as S, W, R and ?.
func states(s []sleep.State) string {
	out := make([]byte, len(s))
	for i, state := range s {
		out[i] = map[sleep.State]byte{sleep.Unknown: '?', sleep.Wake: 'W', sleep.Asleep: 'S', sleep.Rest: 'R'}[state]
	}
	return string(out)
}

// parse reads what states writes.
func parse(text string) []sleep.State {
	out := make([]sleep.State, len(text))
	for i, c := range text {
		out[i] = map[rune]sleep.State{'?': sleep.Unknown, 'W': sleep.Wake, 'S': sleep.Asleep, 'R': sleep.Rest}[c]
	}
	return out
}

func wantStates(t *testing.T, what string, got []sleep.State, want string) {
	t.Helper()
	if g := states(got); g != want {
		t.Errorf("%s: got states %s, want states %s", what, g, want)
	}
}

// TestColeKripkeLags moves one active minute past every weight: it wakes the minutes
// whose weight of it is large enough, and no others. A minute sees 2 minutes ahead
// and 4 back.
func TestColeKripkeLags(t *testing.T) {
	// D of the minute at lag j after the impulse is .001 · w(−j) · 300 at most:
	// weights 106 54 58 76 230 74 67 times .3.
	for _, c := range []struct {
		threshold float64
		want      string
	}{
		{.1, "SSSSSSSSWWWWWWWSSSSS"}, // all weights: minutes 8 and 9 look ahead, 11 to 14 back
		{20, "SSSSSSSSSSSSSSSSSSSS"},
		{.3 * 70, "SSSSSSSSSWWWSSWSSSSS"}, // 74 ahead by 1, 230, 76 back by 1, 106 back by 4
		{.3 * 100, "SSSSSSSSSSWSSSWSSSSS"},
	} {
		x := impulse(20, 10, 30000)
		v := sleep.Values{"threshold": min(c.threshold, 10)}
		if c.threshold > 10 { // the range ends at 10: scale the activity down instead
			x = impulse(20, 10, 30000*10/c.threshold)
		}
		if c.threshold == 20 {
			x = make([]float64, 20)
		}
		wantStates(t, "lags", mustScore(t, recorded(time.Minute, x...), sleep.Vendor, "cole-kripke", v).States, c.want)
	}
}

// TestColeKripkeThresholdIsWake: sleep is D < 1, so that D of 1 is wake.
func TestColeKripkeThresholdIsWake(t *testing.T) {
	x := impulse(9, 4, 100) // counts/100 = 1: D of its own minute is .001 · 230
	s := mustScore(t, recorded(time.Minute, x...), sleep.Vendor, "cole-kripke", sleep.Values{"threshold": .23})
	wantStates(t, "D at the threshold", s.States, "SSSSWSSSS")
}

// TestColeKripkeCap: more than 300 counts as 300, after the division by 100.
func TestColeKripkeCap(t *testing.T) {
	// .001 · 54 · 300 = 16.2 would be .001 · 54 · 400 = 21.6 without the cap; the
	// threshold of 10 is met by both, so the cap is lowered.
	x := impulse(20, 10, 1e6)
	s := mustScore(t, recorded(time.Minute, x...), sleep.Vendor, "cole-kripke", sleep.Values{"cap": 4.4})
	wantStates(t, "capped at 4.4", s.States, "SSSSSSSSSSWSSSSSSSSS") // .230·4.4 = 1.012; the others are below 1
}

// TestSadehCap: counts above 300 are 300, in the mean, the deviation and the log.
func TestSadehCap(t *testing.T) {
	at300 := mustScore(t, recorded(time.Minute, impulse(31, 15, 300)...), sleep.Vendor, "sadeh", nil)
	at9000 := mustScore(t, recorded(time.Minute, impulse(31, 15, 9000)...), sleep.Vendor, "sadeh", nil)
	wantStates(t, "9000 counts", at9000.States, states(at300.States))
}

// TestSadehCountsFiftyNotHundred: NAT has 50 and not 100.
func TestSadehCountsFiftyNotHundred(t *testing.T) {
	constant := func(v float64) string {
		x := make([]float64, 11)
		for i := range x {
			x[i] = v
		}
		return states(mustScore(t, recorded(time.Minute, x...), sleep.Paper, "sadeh", sleep.Values{"threshold": -10}).States)[5:6]
	}
	// 11 epochs of NAT are −11.88 of PS: at 50 PS is −10.30, at 100 −2.14.
	for v, want := range map[float64]string{49: "S", 50: "W", 99: "W", 100: "S"} {
		if got := constant(v); got != want {
			t.Errorf("11 epochs of %v counts: got states %s, want states %s", v, got, want)
		}
	}
}

// TestOakleyThresholdIsSleep: Actiware wakes above the threshold, pyActigraphy at it.
func TestOakleyThresholdIsSleep(t *testing.T) {
	r := recorded(time.Minute, impulse(7, 3, 40)...)
	wantStates(t, "vendor at 40", mustScore(t, r, sleep.Vendor, "oakley", nil).States, "SSSSSSS")
	wantStates(t, "paper at 40", mustScore(t, r, sleep.Paper, "oakley", nil).States, "??SSS??")
	wantStates(t, "pyactigraphy at 40", mustScore(t, r, sleep.PyActigraphy, "oakley", nil).States, "WWSWSWW")
}

// TestOakleyWeights: an epoch of 15 and 30 s weighs its neighbours' minutes as 60 s.
func TestOakleyWeights(t *testing.T) {
	for _, c := range []struct {
		epoch time.Duration
		value float64
		want  string
	}{
		{time.Minute, 201, "SSSSWWWSSSS"},
		{30 * time.Second, 201, "SSSWWWWWSSS"},
		{30 * time.Second, 21, "SSSSSWSSSSS"},
		{15 * time.Second, 201, "SWWWWWWWWWS"},
		{15 * time.Second, 11, "SSSSSWSSSSS"},
		{2 * time.Minute, 321, "SSSSWWWSSSS"},
		{2 * time.Minute, 319, "SSSSSWSSSSS"},
	} {
		s := mustScore(t, recorded(c.epoch, impulse(11, 5, c.value)...), sleep.Vendor, "oakley", nil)
		wantStates(t, c.epoch.String(), s.States, c.want)
	}
}

func TestOakleyAutomaticThreshold(t *testing.T) {
	// 3 and NaN are not mobile: 207 counts over 2 mobile minutes.
	got := sleep.OakleyThreshold([]float64{3, 4, 200, nan}, time.Minute)
	near(t, "threshold", got, 207./2*.88888, 1e-12)
}

// TestScrippsLags: a minute before weighs most, and 10 back the least.
func TestScrippsLags(t *testing.T) {
	x := impulse(30, 12, 150) // .204 · 150 = 30.6 times the weight: 1 from .0327 on
	s := mustScore(t, recorded(30*time.Second, x...), sleep.Paper, "scripps", nil)
	wantStates(t, "scripps", s.States, "??????????SSSWSSSSSSSSSSSSSS??")
}

// TestWebster goes through each rule at its bound.
func TestWebster(t *testing.T) {
	w := func(n int) string { return strings.Repeat("W", n) }
	s := func(n int) string { return strings.Repeat("S", n) }
	for _, c := range []struct{ name, in, want string }{
		{"after 3 of wake nothing", w(3) + s(20), w(3) + s(20)},
		{"after 4 the next 1", w(4) + s(20), w(5) + s(19)},
		{"after 9 the next 1", w(9) + s(20), w(10) + s(19)},
		{"after 10 the next 3", w(10) + s(20), w(13) + s(17)},
		{"after 15 the next 4", w(15) + s(20), w(19) + s(16)},
		{"2 of sleep after 10", w(10) + s(2) + w(1) + s(9), w(13) + s(9)},
		{"6 between 10", w(10) + s(6) + w(10), w(26)},
		{"6 between 10 and 9", w(10) + s(6) + w(9), w(13) + s(3) + w(9)},
		{"7 between 10", w(10) + s(7) + w(10), w(13) + s(4) + w(10)},
		{"10 between 20", w(20) + s(10) + w(20), w(50)},
		{"11 between 20", w(20) + s(11) + w(20), w(24) + s(7) + w(20)},
		{"10 between 20 and 19", w(20) + s(10) + w(19), w(24) + s(6) + w(19)},
		{"unknown ends a run", w(10) + "?" + s(6) + w(10), w(10) + "?" + s(6) + w(10)},
		{"rules see the scoring as it was", w(4) + s(1) + w(6) + s(3) + w(2), w(5) + w(6) + w(1) + s(2) + w(2)},
	} {
		wantStates(t, c.name, sleep.Rescore(parse(c.in), time.Minute), c.want)
	}
	wantStates(t, "epochs of 30 s", sleep.Rescore(parse(w(8)+s(20)), 30*time.Second), w(10)+s(18))
}

// TestUnturned: 5 minutes without a turn of more than 5° are sleep.
func TestUnturned(t *testing.T) {
	angles := make([]float64, 200)
	for i := range angles {
		switch {
		case i < 20: // turning
			angles[i] = float64(10 * (i % 2))
		case i >= 80: // 60 epochs of 5 s before
			angles[i] = 40
		case i >= 140:
			angles[i] = nan
		}
	}
	for i := 139; i < 150; i++ {
		angles[i] = nan
	}
	r := recorded(5*time.Second, make([]float64, 200)...)
	r.Channels = map[string][]float64{actigraphy.ChannelAngleZ: angles}
	got := states(mustScore(t, r, sleep.Paper, "van-hees", nil).States)
	want := strings.Repeat("W", 20) + strings.Repeat("S", 60) + strings.Repeat("W", 59) + strings.Repeat("?", 11) + strings.Repeat("W", 50)
	if got != want {
		t.Errorf("got states %s\nwant states %s", got, want)
	}
}

// TestHDCZA finds the longest still time of a day, over an interruption that is short.
func TestHDCZA(t *testing.T) {
	const hour = 720
	angles := make([]float64, 24*hour)
	for i := range angles {
		angles[i] = float64((i * 7919) % 90) // turning
	}
	still := func(from, to int) {
		for i := from; i < to; i++ {
			angles[i] = 10 + .01*float64(i%2)
		}
	}
	still(2*hour, 3*hour)       // a nap
	still(11*hour, 14*hour)     // 23:00
	still(14*hour+300, 19*hour) // awake for 25 min
	r := recorded(5*time.Second, make([]float64, len(angles))...)
	r.Channels = map[string][]float64{actigraphy.ChannelAngleZ: angles}
	s := mustScore(t, r, sleep.Paper, "hdcza", nil)
	periods := sleep.DetectedPeriods(s, 0)
	if len(periods) != 1 {
		t.Fatalf("got %d periods, want 1: %v", len(periods), periods)
	}
	near(t, "from", periods[0].From.Sub(s.Start).Hours(), 11, .05)
	near(t, "to", periods[0].To.Sub(s.Start).Hours(), 19, .05)
}

// TestRefusals: what an algorithm isn't defined for is an error that says so.
func TestRefusals(t *testing.T) {
	minutes := recorded(time.Minute, make([]float64, 2000)...)
	for _, c := range []struct {
		name string
		r    *actigraphy.Recording
		d    sleep.Definition
		id   string
		v    sleep.Values
		says string
	}{
		{"too long", recorded(5*time.Minute, 1, 2), sleep.Paper, "sadeh", nil, "5 min can't be scored"},
		{"not divided", recorded(7*time.Second, 1, 2), sleep.Vendor, "cole-kripke", nil, "7 s can't be scored"},
		{"minutes for 10 s", minutes, sleep.PyActigraphy, "cole-kripke-10s", nil, "too long"},
		{"unknown parameter", minutes, sleep.Paper, "sadeh", sleep.Values{"thresold": 1}, `no parameter "thresold": it has threshold, cap`},
		{"out of range", minutes, sleep.Paper, "sadeh", sleep.Values{"cap": nan}, "cap is NaN, expected 1 to"},
		{"no angle", minutes, sleep.Paper, "van-hees", nil, `no channel "angle-z"`},
		{"not an ActTrust", minutes, sleep.PyActigraphy, "csm", nil, "expected the ZCMn"},
		{"milligravity", &actigraphy.Recording{Epoch: time.Minute, Activity: []float64{1}, Unit: actigraphy.Unit{Quantity: "mg", Axis: "ENMO"}}, sleep.Vendor, "cole-kripke", nil, "the formula is for counts"},
		{"empty", recorded(time.Minute), sleep.Paper, "oakley", nil, "no epochs"},
		{"never mobile", minutes, sleep.Vendor, "oakley", sleep.Values{"threshold": 0}, "no epoch is mobile"},
		{"short for Crespo", recorded(time.Minute, make([]float64, 400)...), sleep.Paper, "crespo", nil, "no longer than alpha"},
	} {
		_, err := scoreAs(c.r, c.d, c.id, c.v)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want an error with %q", c.name, err, c.says)
		}
	}
}
