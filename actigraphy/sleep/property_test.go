package sleep_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/sleep"
)

// days is activity of so many days from noon on, restless by day and still from 23 to
// 7 o'clock, in epochs of a minute.
func days(n int, seed uint64) []float64 {
	random := rand.New(rand.NewPCG(seed, 1))
	x := make([]float64, n*1440)
	for i := range x {
		if m := i % 1440; m < 11*60 || m >= 19*60 {
			x[i] = float64(200 + random.IntN(2000))
		} else if random.IntN(40) == 0 {
			x[i] = float64(random.IntN(300))
		}
	}
	return x
}

// local are the algorithms that see some epochs around one, with the epoch and the
// reach to each side.
var local = []struct {
	d             sleep.Definition
	id            string
	epoch         time.Duration
	before, after int
}{
	{sleep.Paper, "sadeh", time.Minute, 5, 5},
	{sleep.Vendor, "sadeh", time.Minute, 5, 5},
	{sleep.Vendor, "cole-kripke", time.Minute, 4, 2},
	{sleep.Paper, "scripps", 30 * time.Second, 10, 2},
	{sleep.Paper, "oakley", 30 * time.Second, 4, 4},
	{sleep.Paper, "oakley", time.Minute, 2, 2},
}

// TestMissingWindowIsUnknown: exactly the epochs that see a missing one are unknown.
func TestMissingWindowIsUnknown(t *testing.T) {
	for _, a := range local {
		x := days(1, 4)
		x[700] = nan
		s := mustScore(t, recorded(a.epoch, x...), a.d, a.id, nil).States
		for i := 20; i < len(s)-20; i++ {
			sees := i-a.before <= 700 && 700 <= i+a.after
			if (s[i] == sleep.Unknown) != sees {
				t.Errorf("%s %s: epoch %d: got state %c; sees the missing epoch 700: %v", a.d, a.id, i, states(s)[i], sees)
			}
		}
	}
}

// TestColeKripkePaperMissing: rescoring does not make an unknown epoch known.
func TestColeKripkePaperMissing(t *testing.T) {
	x := days(1, 4)
	x[700] = nan
	s := mustScore(t, recorded(time.Minute, x...), sleep.Paper, "cole-kripke", nil)
	if n := s.Count(sleep.Unknown); n != 4+2+7 {
		t.Errorf("got states with %d unknown, want 4 at the start, 2 at the end, 7 that see the missing minute", n)
	}
}

// TestShift: the same activity a minute later is scored the same a minute later.
func TestShift(t *testing.T) {
	x := days(2, 5)
	for _, a := range local {
		s := mustScore(t, recorded(a.epoch, x...), a.d, a.id, nil).States
		later := mustScore(t, recorded(a.epoch, x[1:]...), a.d, a.id, nil).States
		if !slices.Equal(s[20:len(s)-20], later[19:len(later)-20]) {
			t.Errorf("%s %s: the states depend on where the recording begins", a.d, a.id)
		}
	}
}

// TestScale: what compares activity with itself does not see its unit.
func TestScale(t *testing.T) {
	x := days(4, 6)
	doubled := make([]float64, len(x))
	for i, v := range x {
		doubled[i] = 4 * v
	}
	for _, id := range []string{"crespo", "roenneberg"} {
		for _, d := range []sleep.Definition{sleep.Paper, sleep.PyActigraphy} {
			a, b := mustScore(t, recorded(time.Minute, x...), d, id, nil), mustScore(t, recorded(time.Minute, doubled...), d, id, nil)
			if !slices.Equal(a.States, b.States) {
				t.Errorf("%s %s: the states depend on the unit", d, id)
			}
		}
	}
}

// TestStillnessIsSleep: all algorithms of counts sleep through zeros and wake through
// thousands.
func TestStillnessIsSleep(t *testing.T) {
	loud := slices.Repeat([]float64{5000}, 3000)
	for _, a := range sleep.All() {
		epoch := time.Minute
		switch {
		case a.ID == "van-hees" || a.ID == "hdcza" || a.ID == "csm" || a.ID == "crespo" || a.ID == "roenneberg":
			continue // not of counts, or of their contrast
		case strings.HasPrefix(a.ID, "cole-kripke-"):
			epoch = 5 * time.Second
		case a.ID == "scripps":
			epoch = 30 * time.Second
		}
		for want, x := range map[sleep.State][]float64{sleep.Asleep: make([]float64, 3000), sleep.Wake: loud} {
			s, err := a.Score(recorded(epoch, x...), nil)
			if err != nil {
				t.Fatal(err)
			}
			if mid := s.States[len(s.States)/2]; mid != want {
				t.Errorf("%s %s: got state %d of %v, want %d", a.Definition, a.ID, mid, x[0], want)
			}
		}
	}
}

// TestEveryAlgorithmSurvives: epochs from 1 s to 15 min, one epoch, all missing: a
// scoring of the right kind, or an error.
func TestEveryAlgorithmSurvives(t *testing.T) {
	for _, a := range sleep.All() {
		for _, epoch := range []time.Duration{time.Second, 5 * time.Second, 15 * time.Second, time.Minute, 15 * time.Minute, 7 * time.Hour} {
			for name, x := range map[string][]float64{
				"one": {5}, "missing": slices.Repeat([]float64{nan}, 3000), "zeros": make([]float64, 3000), "noise": noisy(8, 3000),
			} {
				r := recorded(epoch, x...)
				r.Unit = actigraphy.Unit{Quantity: "counts", Axis: "ZCMn"}
				r.Channels = map[string][]float64{actigraphy.ChannelAngleZ: x}
				s, err := a.Score(r, nil)
				if err != nil {
					continue
				}
				if s.Epoch < epoch || len(s.States) > len(x)+1 || len(s.Settings) != len(a.Parameters) {
					t.Errorf("%s %s of %s in %v: %d states of %v", a.Definition, a.ID, name, epoch, len(s.States), s.Epoch)
				}
				if name == "missing" && a.Definition != sleep.PyActigraphy && s.Count(sleep.Unknown) != len(s.States) {
					t.Errorf("%s %s: a recording without activity has states %.20s", a.Definition, a.ID, states(s.States))
				}
			}
		}
	}
}

// TestAlgorithmsAreDescribed: everything that a page or a form needs is there.
func TestAlgorithmsAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range sleep.All() {
		name := string(a.Definition) + " " + a.ID
		if seen[name] {
			t.Errorf("%s is there twice", name)
		}
		seen[name] = true
		if a.Name == "" || a.Formula == "" || a.Needs == "" || a.Missing == "" || a.Reference.Authors == "" || a.Reference.Year == 0 {
			t.Errorf("%s lacks a word: %+v", name, a)
		}
		for _, p := range a.Parameters {
			if p.Meaning == "" || p.Default < p.Min || p.Default > p.Max {
				t.Errorf("%s: parameter %+v", name, p)
			}
		}
		if found, ok := sleep.Find(a.Definition, a.ID); !ok || found.ID != a.ID {
			t.Errorf("%s is not found", name)
		}
	}
}

// TestRegularityOfAWeek: the same days are 100, opposite ones −100, and chance is 0.
func TestRegularityOfAWeek(t *testing.T) {
	night := strings.Repeat("W", 660) + strings.Repeat("S", 480) + strings.Repeat("W", 300)
	day := strings.Repeat("S", 660) + strings.Repeat("W", 480) + strings.Repeat("S", 300)
	random := rand.New(rand.NewPCG(2, 2))
	coins := make([]byte, 200*1440)
	for i := range coins {
		coins[i] = "SW"[random.IntN(2)]
	}
	for _, d := range []sleep.Definition{sleep.Paper, sleep.PyActigraphy} {
		for _, c := range []struct {
			text            string
			want, tolerance float64
		}{
			{strings.Repeat(night, 7), 100, 0},
			{night + day + night, -100, 0},
			{string(coins), 0, 1},
			{night + night + day, 0, 0},
		} {
			got, err := sleep.Regularity(sleep.Scoring{Epoch: time.Minute, States: parse(c.text)}, d)
			if err != nil {
				t.Fatal(err)
			}
			near(t, string(d), got, c.want, c.tolerance)
		}
	}
}

// TestRegularityDropsMissing: the paper leaves out pairs with an unknown epoch,
// pyActigraphy has no number.
func TestRegularityDropsMissing(t *testing.T) {
	s := sleep.Scoring{Epoch: 8 * time.Hour, States: parse("SWW" + "S?W" + "WWW" + "W")}
	// pairs: S-S, W-W, S-W, W-W, and the last W-W; the two of ? are dropped.
	got, err := sleep.Regularity(s, sleep.Paper)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "paper", got, -100+200*4./5, 1e-12)
	if _, err := sleep.Regularity(s, sleep.PyActigraphy); err == nil {
		t.Error("pyactigraphy has a number with an unknown epoch")
	}
	s.States = parse("SWW" + "SSW" + "WWW" + "W")
	// by time of day: S W W: 2 of 3; W S W: 0 of 2; W W: 2 of 2.
	got, err = sleep.Regularity(s, sleep.PyActigraphy)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "pyactigraphy", got, -100+200*(2./3+0+1)/3, 1e-12)
}

func TestMidpoint(t *testing.T) {
	s := sleep.Scoring{
		Start: actigraphy.Naive(time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)), Epoch: time.Minute,
		States: parse(strings.Repeat("W", 660) + strings.Repeat("S", 480) + strings.Repeat("W", 300)),
	}
	got, err := sleep.Midpoint(s)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "midpoint", got, 3-.5/60, 1e-9) // the middle of 23:00 to 06:59
	if got, err := sleep.Midpoint(sleep.Scoring{Start: s.Start, Epoch: time.Minute, States: parse("WW")}); err == nil || !math.IsNaN(got) {
		t.Errorf("got %v of no sleep", got)
	}
}
