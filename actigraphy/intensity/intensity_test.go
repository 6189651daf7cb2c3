package intensity_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/intensity"
)

var (
	nan    = math.NaN()
	axis1  = actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: actigraphy.ChannelAxis1}
	vector = actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: actigraphy.ChannelVM}
	enmo   = actigraphy.Unit{Quantity: "mg", Axis: actigraphy.ChannelENMO}
)

func set(t *testing.T, id string) intensity.CutPoints {
	t.Helper()
	all := intensity.All()
	i := slices.IndexFunc(all, func(c intensity.CutPoints) bool { return c.ID == id })
	if i < 0 {
		t.Fatalf("no cut-points %s", id)
	}
	return all[i]
}

// The level changes at the numbers of the papers and not one below.
func TestCutPoints(t *testing.T) {
	for _, test := range []struct {
		id                        string
		unit                      actigraphy.Unit
		epoch                     time.Duration
		light, moderate, vigorous float64
		step                      float64 // the next value below
	}{
		{"troiano2008-adult-hip", axis1, time.Minute, 100, 2020, 5999, 1},
		{"freedson1998-adult-hip", axis1, time.Minute, 100, 1952, 5725, 1},
		{"sasaki2011-adult-hip-vm", vector, time.Minute, nan, 2690, 6167, 1},
		{"evenson2008-child-hip", axis1, 15 * time.Second, 26, 574, 1003, 1}, // as the paper has them in 15 s
		{"puyau2002-child-hip", axis1, time.Minute, 800, 3200, 8200, 1},
		{"mattocks2007-child-hip", axis1, time.Minute, nan, 3581, 6130, 1},
		{"hildebrand-adult-wrist-actigraph", enmo, time.Second, 44.8, 100.6, 428.8, 0.1},
		{"hildebrand-adult-wrist-geneactiv", enmo, 5 * time.Second, 45.8, 93.2, 418.3, 0.1},
		{"hildebrand-adult-hip-actigraph", enmo, time.Minute, 47.4, 69.1, 258.7, 0.1},
		{"hildebrand-adult-hip-geneactiv", enmo, time.Minute, 46.9, 68.7, 266.8, 0.1},
		{"hildebrand-child-wrist-actigraph", enmo, time.Second, 35.6, 201.4, 707.0, 0.1},
		{"hildebrand-child-wrist-geneactiv", enmo, time.Second, 56.3, 191.6, 695.8, 0.1},
		{"hildebrand-child-hip-actigraph", enmo, time.Second, 63.3, 142.6, 464.6, 0.1},
		{"hildebrand-child-hip-geneactiv", enmo, time.Second, 64.1, 152.8, 514.3, 0.1},
	} {
		got, err := set(t, test.id).For(&actigraphy.Recording{Unit: test.unit, Epoch: test.epoch}, intensity.Conditions{Age: nan})
		if err != nil {
			t.Errorf("%s: %v", test.id, err)
			continue
		}
		for _, at := range []struct {
			value float64
			level intensity.Level
		}{{test.light, intensity.Light}, {test.moderate, intensity.Moderate}, {test.vigorous, intensity.Vigorous}} {
			if math.IsNaN(at.value) {
				continue
			}
			if got.Of(at.value) != at.level || got.Of(at.value-test.step) >= at.level {
				t.Errorf("%s: %v is level %d and %v level %d, want %d and less", test.id, at.value, got.Of(at.value), at.value-test.step, got.Of(at.value-test.step), at.level)
			}
		}
		if math.IsNaN(test.light) != math.IsNaN(got.Light) || got.Of(nan) != intensity.Missing || got.Of(0) != intensity.Sedentary {
			t.Errorf("%s: light is %v, missing %d, nothing %d", test.id, got.Light, got.Of(nan), got.Of(0))
		}
	}
}

// The counts at which a child of an age spends 3 and 6 METs give those METs.
func TestCutPointsByAge(t *testing.T) {
	r := &actigraphy.Recording{Unit: axis1, Epoch: time.Minute}
	for _, age := range []float64{6, 10, 17.5} {
		got, err := set(t, "freedson2005-child-hip").For(r, intensity.Conditions{Age: age, ModerateMETs: 4})
		if err != nil {
			t.Fatal(err)
		}
		mets := func(counts float64) float64 { return 2.757 + 0.0015*counts - 0.08957*age - 0.000038*counts*age }
		if math.Abs(mets(got.Moderate)-4) > 1e-9 || math.Abs(mets(got.Vigorous)-6) > 1e-9 || !math.IsNaN(got.Light) {
			t.Errorf("age %v: got %+v, METs %v and %v", age, got, mets(got.Moderate), mets(got.Vigorous))
		}
	}
	for age, want := range map[float64]string{nan: "age in years is needed", 5: "from 6 to 18", 19: "from 6 to 18"} {
		if _, err := set(t, "freedson2005-child-hip").For(r, intensity.Conditions{Age: age, ModerateMETs: 3}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("age %v: got error %v, want %q", age, err, want)
		}
	}
}

func TestCutPointsThatDoNotFit(t *testing.T) {
	const hip, child, raw = "troiano2008-adult-hip", "evenson2008-child-hip", "hildebrand-adult-wrist-actigraph"
	for _, test := range []struct {
		id    string
		r     actigraphy.Recording
		given intensity.Conditions
		want  string // "" for none
	}{
		{hip, actigraphy.Recording{Unit: vector, Epoch: time.Minute}, intensity.Conditions{}, "are of ActiGraph counts, axis 1"},
		{hip, actigraphy.Recording{Unit: actigraphy.Unit{Quantity: "counts", Device: "Actiwatch"}, Epoch: time.Minute}, intensity.Conditions{}, "the activity is of Actiwatch counts"},
		{raw, actigraphy.Recording{Unit: axis1, Epoch: time.Minute}, intensity.Conditions{}, "ENMO in mg"},
		{raw, actigraphy.Recording{Unit: actigraphy.Unit{Quantity: "mg", Axis: "MAD"}, Epoch: time.Second}, intensity.Conditions{}, "mg, MAD"},
		{hip, actigraphy.Recording{Unit: axis1, Epoch: time.Minute, Site: "wrist"}, intensity.Conditions{}, "for the hip, and the device was worn on the wrist"},
		{hip, actigraphy.Recording{Unit: axis1, Epoch: time.Minute, Site: "wrist"}, intensity.Conditions{AnySite: true}, ""},
		{raw, actigraphy.Recording{Unit: enmo, Epoch: time.Second, Site: "left wrist"}, intensity.Conditions{}, ""},
		{hip, actigraphy.Recording{Unit: axis1, Epoch: 2 * time.Minute}, intensity.Conditions{}, "for epochs of 1 min, and these are of 2 min"},
		{hip, actigraphy.Recording{Unit: axis1, Epoch: 2 * time.Minute}, intensity.Conditions{AnyEpoch: true}, ""},
		{child, actigraphy.Recording{Unit: axis1, Epoch: 10 * time.Second}, intensity.Conditions{}, "not made of epochs of 10 s"},
		{raw, actigraphy.Recording{Unit: enmo, Epoch: 2 * time.Minute}, intensity.Conditions{}, "these are of 2 min"},
	} {
		_, err := set(t, test.id).For(&test.r, test.given)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s of %v: got error %v, want %q", test.id, test.r.Unit, err, test.want)
		}
	}
}

// Shorter epochs of counts are joined; longer ones have thresholds in proportion.
func TestThresholdsOfAnEpoch(t *testing.T) {
	for epoch, want := range map[time.Duration]intensity.Thresholds{
		10 * time.Second: {Light: 100, Moderate: 2020, Vigorous: 5999, Epoch: time.Minute},
		5 * time.Minute:  {Light: 500, Moderate: 10100, Vigorous: 29995, Epoch: 5 * time.Minute},
	} {
		got, err := set(t, "troiano2008-adult-hip").For(&actigraphy.Recording{Unit: axis1, Epoch: epoch}, intensity.Conditions{AnyEpoch: true})
		if err != nil || got != want {
			t.Errorf("%v: got %+v, %v, want %+v", epoch, got, err, want)
		}
	}
	joined := intensity.Thresholds{Light: 25, Moderate: 574, Vigorous: 1003, Epoch: 15 * time.Second}.Joined(intensity.Axis1, time.Minute)
	if want := (intensity.Thresholds{Light: 100, Moderate: 2296, Vigorous: 4012, Epoch: time.Minute}); joined != want {
		t.Errorf("got %+v, want %+v", joined, want)
	}
}

func TestEverySetIsDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range intensity.All() {
		if seen[c.ID] || !strings.Contains(c.Reference, "doi:10.") || !strings.Contains(c.ID, "-"+c.Site) || c.Epoch == 0 || !strings.Contains(c.String(), c.People) {
			t.Errorf("%s is not described: %v", c.ID, c)
		}
		seen[c.ID] = true
	}
}

// minutesOf reads levels: a for moderate, V for vigorous, dots for light, gaps for
// missing.
func minutesOf(text string) []intensity.Level {
	var list []intensity.Level
	for _, c := range text {
		list = append(list, map[rune]intensity.Level{'a': intensity.Moderate, 'V': intensity.Vigorous, '.': intensity.Light, ' ': intensity.Missing}[c])
	}
	return list
}

func TestBouts(t *testing.T) {
	for text, want := range map[string][]intensity.Bout{
		"aaaaaaaaaa":                {{0, 10}},
		"aaaaaaaaa":                 nil, // nine minutes
		"aaaaaaaaa.":                nil,
		"..aaaaVVaaaa..":            {{2, 12}},
		"aaaa..aaaa":                {{0, 10}}, // two below
		"aaa...aaaa":                nil,       // three
		"aaaaaaaa..":                nil,       // what is below at the end interrupts nothing
		"aaaaaaaa..a":               {{0, 11}},
		"aaaaaaa...":                nil,
		"aaaaa.aaaa..aaa...aaaaaaa": {{0, 15}}, // two below go on, three end it
		"aaaaaaaaaa...aaaaaaaaaa":   {{0, 10}, {13, 23}},
		"aaaaaaaaaa VVVVVVVVVV":     {{0, 10}, {11, 21}}, // a missing minute ends it
		"aaaa aaaaa":                nil,
		".a.a.a.a.a.a.a.a":          nil, // half below
		"":                          nil,
	} {
		if got := intensity.Bouts(minutesOf(text), 10, 2); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	if got := intensity.Bouts(minutesOf("aaaaaa.aaa"), 10, 0); got != nil {
		t.Errorf("without a tolerance: got %v", got)
	}
}
