package metrics_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
)

// The parameters of a value are enough to compute it again: the measure that it
// carries, and the one restored from the texts that are stored and exported, give
// the same number, parts, note and parameters, or the same reason. That holds for
// every measure in every definition, by default and with each parameter changed.
func TestValuesAreComputedAgainFromTheirParameters(t *testing.T) {
	for name, in := range restoredInputs() {
		for _, d := range metrics.Definitions() {
			var list []metrics.Metric
			byID := map[string]metrics.Metric{}
			for _, m := range metrics.All(d) {
				if name != "found" && (m.Of != "" || !ofSleep(m)) {
					continue
				}
				byID[m.ID] = m
				list = append(list, m)
				list = append(list, changed(m)...)
			}
			values := metrics.ComputeAll(in, list)
			var carried, restored []metrics.Metric
			for _, v := range values {
				m, err := byID[v.ID].Restored(pairsOf(v.Metric))
				if err != nil {
					t.Fatalf("%s: %s (%s): %v", name, v.ID, d, err)
				}
				carried, restored = append(carried, v.Metric), append(restored, m)
			}
			for how, again := range map[string][]metrics.Value{
				"as carried": metrics.ComputeAll(in, carried), "restored": metrics.ComputeAll(in, restored),
			} {
				for i, v := range values {
					if !sameValue(v, again[i]) {
						t.Errorf("%s, %s: %s (%s) %v: got %v (%s), then %v (%s) %v", name, how, v.ID, d, pairsOf(v.Metric),
							v.Value, v.Reason, again[i].Value, again[i].Reason, pairsOf(again[i].Metric))
					}
				}
			}
		}
	}
}

// ofSleep reports whether what a value states depends on a scoring or on rest
// periods.
func ofSleep(m metrics.Metric) bool {
	return m.PartName == "night" || m.PartName == "nap" ||
		slices.ContainsFunc(m.Parameters, func(p metrics.Parameter) bool { return p.Name == "scoring" })
}

// restoredInputs are a week of counts with rest periods found, of a diary and by
// hand; a recording with an angle; one of an ActTrust.
func restoredInputs() map[string]metrics.Input {
	week := versionRecordings()[0]
	week.Activity, week.Channels[actigraphy.ChannelLight] = week.Activity[:4*1440], week.Channels[actigraphy.ChannelLight][:4*1440]
	var night []sleep.Period
	for i := range 3 {
		from := week.Start.Add(time.Duration(9+24*i) * time.Hour)
		night = append(night, sleep.Period{Kind: diary.Night, From: from, To: from.Add(8 * time.Hour), Origin: sleep.FromDiary})
	}
	byHand := slices.Clone(night)
	byHand[2].Origin, byHand[2].Of = sleep.Manual, "diary"
	angled := repeated(naive(2020, 2, 3, 14), 5*time.Second, 1, func(h float64) float64 { return 1 + math.Sin(h) })
	angled.Channels = map[string][]float64{actigraphy.ChannelAngleZ: make([]float64, len(angled.Activity))}
	for i := range angled.Activity {
		turn := 2.0 // at night, and in the first quarter of an hour
		if h := (14 + i/720) % 24; h > 6 && h < 23 && i%720 > 180 {
			turn = 60
		}
		angled.Channels[actigraphy.ChannelAngleZ][i] = turn * math.Sin(float64(i))
	}
	trust := repeated(naive(2020, 2, 3, 14), time.Minute, 3, func(h float64) float64 { return 10 * max(0, math.Sin((h-7)/24*2*math.Pi)) })
	trust.Unit = actigraphy.Unit{Quantity: "zero crossings", Axis: "ZCMn"}
	return map[string]metrics.Input{
		"found": {Recording: week}, "diary": {Recording: week, Rest: night}, "by hand": {Recording: week, Rest: byHand},
		"none": {Recording: week, Rest: []sleep.Period{}}, "angle": {Recording: angled}, "ActTrust": {Recording: trust},
	}
}

func pairsOf(m metrics.Metric) [][2]string {
	var pairs [][2]string
	for _, p := range m.Parameters {
		pairs = append(pairs, [2]string{p.Name, p.Value})
	}
	return pairs
}

func sameValue(a, b metrics.Value) bool {
	same := func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }
	return same(a.Value, b.Value) && a.Reason == b.Reason && a.Note == b.Note && slices.Equal(pairsOf(a.Metric), pairsOf(b.Metric)) &&
		slices.EqualFunc(a.Parts, b.Parts, func(p, q metrics.Part) bool {
			return p.Label == q.Label && p.Reason == q.Reason && same(p.Value, q.Value)
		})
}

// What a value was computed with is not what it is computed with anew: another
// algorithm has its own parameters again.
func TestAnotherAlgorithmOfASettledMeasure(t *testing.T) {
	week := metrics.Input{Recording: versionRecordings()[0]}
	v := lookup(metrics.Paper, "TST", "night_shortest", "2").Compute(week)
	other, err := v.With("scoring", "sadeh")
	if err != nil {
		t.Fatal(err)
	}
	got, want := other.Compute(week), lookup(metrics.Paper, "TST", "night_shortest", "2", "scoring", "sadeh").Compute(week)
	if got.Reason != "" || !sameValue(got, want) {
		t.Errorf("got %v (%s) by %v, want %v by %v", got.Value, got.Reason, pairsOf(got.Metric), want.Value, pairsOf(want.Metric))
	}
}

// A value of a diary's nights is not computed from others in silence.
func TestRestoredWithoutItsRestPeriods(t *testing.T) {
	in := restoredInputs()["diary"]
	v := lookup(metrics.Paper, "TST").Compute(in)
	in.Rest = nil
	if got := v.Compute(in); got.Reason != "the rest periods that its parameters state are not given" {
		t.Errorf("got %v (%s)", got.Value, got.Reason)
	}
}

func TestRestoredOfOtherParameters(t *testing.T) {
	for _, test := range []struct {
		m     metrics.Metric
		pairs [][2]string
		want  string
	}{
		{lookup(metrics.Paper, "IS"), [][2]string{{"colour", "red"}}, `IS has no parameter "colour": it has bin, threshold`},
		{lookup(metrics.Paper, "IS"), [][2]string{{"bin", "7 h"}}, `bin is "7 h": want 1 to 720 min`},
		{lookup(metrics.PyActigraphy, "IS_raw"), [][2]string{{"threshold", "4"}}, `threshold is "4": want raw`},
	} {
		if _, err := test.m.Restored(test.pairs); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s, %v: got error %v, want %q", test.m.ID, test.pairs, err, test.want)
		}
	}
}

// The parameters of each algorithm reach it: those of MASDA where it scores and
// where it finds rest.
func TestAlgorithmParametersAreUsed(t *testing.T) {
	inputs := restoredInputs()
	for _, test := range []struct {
		input, name, value string
		m                  metrics.Metric
	}{
		{"found", "cap", "20", lookup(metrics.Paper, "sleep_per_day", "scoring", "sadeh")},
		{"found", "cap", "1", lookup(metrics.Paper, "sleep_per_day")},
		{"found", "cap", "1", lookup(metrics.Vendor, "TST")},
		{"found", "masda_trend", "6", lookup(metrics.Paper, "sleep_midpoint", "scoring", "roenneberg")},
		{"found", "masda_seed", "200", lookup(metrics.Paper, "TIB", "rest", "roenneberg")},
		{"found", "masda_seed", "200", lookup(metrics.PyActigraphy, "sleep_midpoint", "scoring", "roenneberg")},
		{"angle", "angle", "0.5", lookup(metrics.Paper, "sleep_midpoint", "scoring", "van-hees")},
		{"angle", "angle_time", "60", lookup(metrics.Paper, "sleep_midpoint", "scoring", "van-hees")},
		{"ActTrust", "sleep_scale", "0.05", lookup(metrics.PyActigraphy, "sleep_midpoint", "scoring", "csm")},
	} {
		before := test.m.Compute(inputs[test.input])
		with, err := test.m.With(test.name, test.value)
		if err != nil {
			t.Error(err)
			continue
		}
		after := with.Compute(inputs[test.input])
		if before.Reason != "" || after.Value == before.Value {
			t.Errorf("%s (%s), %s at %s: got %v (%s), and %v (%s) before", test.m.ID, test.m.Definition, test.name, test.value, after.Value, after.Reason, before.Value, before.Reason)
		}
		if at := slices.IndexFunc(before.Parameters, func(p metrics.Parameter) bool { return p.Name == test.name }); at < 0 || before.Parameters[at].Value == "own" {
			t.Errorf("%s (%s): the value does not say its %s: %v", test.m.ID, test.m.Definition, test.name, pairsOf(before.Metric))
		}
	}
}
