package metrics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/internal/reference"
	"circascope/internal/reference/pyact"
)

func naive(year int, month time.Month, day, hour int) actigraphy.LocalTime {
	return actigraphy.Naive(time.Date(year, month, day, hour, 0, 0, 0, time.UTC))
}

// repeated returns whole days of a function of the clock's hour, sampled at the
// beginning of each epoch.
func repeated(start actigraphy.LocalTime, epoch time.Duration, days int, f func(hour float64) float64) *actigraphy.Recording {
	r := &actigraphy.Recording{Subject: "made", Start: start, Epoch: epoch, Activity: make([]float64, days*int(24*time.Hour/epoch))}
	for i := range r.Activity {
		at := (start.SinceMidnight() + time.Duration(i)*epoch) % (24 * time.Hour)
		r.Activity[i] = f(at.Hours())
	}
	return r
}

func value(t *testing.T, m metrics.Metric, r *actigraphy.Recording) float64 {
	t.Helper()
	v := m.Compute(metrics.Input{Recording: r})
	if v.Reason != "" {
		t.Fatalf("%s: %s", m.ID, v.Reason)
	}
	return v.Value
}

// The values of example_01.AWD that the page of definitions names: pyActigraphy
// 1.2.2's own tests.
func TestGoldenExample01(t *testing.T) {
	const p = metrics.PyActigraphy
	r := pyact.Read(t, filepath.Join(reference.Dir(t), "actigraphy"), "", "pyActigraphy/example_01.AWD", "")
	for _, test := range []struct {
		name string
		m    metrics.Metric
		want float64
	}{
		{"IS 1 h", binned(p, "IS", time.Hour, "4"), 0.527656245354158},
		{"IV 1 h", binned(p, "IV", time.Hour, "4"), 0.329135248950823},
		{"IS 30 min", binned(p, "IS", 30*time.Minute, "4"), 0.495382991725463},
		{"IV 30 min", binned(p, "IV", 30*time.Minute, "4"), 0.314973337080311},
		{"IS above 10", binned(p, "IS", time.Hour, "10"), 0.541856712172776},
		{"IV above 10", binned(p, "IV", time.Hour, "10"), 0.336543192921006},
		{"IS raw", binned(p, "IS", time.Hour, raw), 0.465614311509739},
		{"IV raw", binned(p, "IV", time.Hour, raw), 0.709529298358334},
		{"RA", lookup(p, "RA", "threshold", "4"), 0.757650390985777},
		{"RA raw", lookup(p, "RA", "threshold", raw), 0.916863202687317},
		{"ISm", lookup(p, "ISm", "threshold", "4"), 0.470643372206251},
		{"IVm", lookup(p, "IVm", "threshold", "4"), 0.270674615826443},
	} {
		if got := value(t, test.m, r); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%s: got %.15f, want %.15f", test.name, got, test.want)
		}
	}
}

// Where the ends of the recording cut a bin, its bin of the day has one value less
// than the others, and IS is only about 1.
func TestStabilityOfEqualDaysIsOne(t *testing.T) {
	sine := func(h float64) float64 { return 100 + 100*math.Cos(2*math.Pi*(h-15)/24) }
	for _, start := range []actigraphy.LocalTime{naive(2020, 1, 1, 0), naive(2020, 1, 1, 9), actigraphy.Undated(time.Monday, 5*time.Hour)} {
		for _, epoch := range []time.Duration{15 * time.Second, time.Minute, 5 * time.Minute} {
			r := repeated(start, epoch, 7, sine)
			if got := value(t, binned(metrics.Paper, "IS", time.Hour, raw), r); math.Abs(got-1) > 1e-12 {
				t.Errorf("IS from %v, epochs of %v: got %v, want 1", start, epoch, got)
			}
			tolerance := 1e-3
			if start.SinceMidnight() == 0 {
				tolerance = 1e-12
			}
			if got := value(t, lookup(metrics.Paper, "ISm", "threshold", raw), r); math.Abs(got-1) > tolerance {
				t.Errorf("ISm from %v, epochs of %v: got %v, want 1 within %g", start, epoch, got, tolerance)
			}
		}
	}
}

// With n-1 in both variances the stability of p bins a day over D equal days is
// (pD-1)/(D(p-1)): a little over 1.
func TestPyActigraphyStabilityOfEqualDays(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 0), time.Minute, 7, math.Floor)
	got := value(t, binned(metrics.PyActigraphy, "IS", time.Hour, raw), r)
	if want := (24.0*7 - 1) / (7 * 23); math.Abs(got-want) > 1e-12 {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Days of independent noise share nothing but chance: IS is about 1/days, and
// neighbouring hours differ by twice the variance.
func TestNoise(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	r := repeated(naive(2020, 1, 1, 0), time.Minute, 200, func(float64) float64 { return random.Float64() })
	if got := value(t, binned(metrics.Paper, "IS", time.Hour, raw), r); got < 0.5/200 || got > 2.0/200 {
		t.Errorf("got IS %v, want about %v", got, 1.0/200)
	}
	if got := value(t, binned(metrics.Paper, "IV", time.Hour, raw), r); math.Abs(got-2) > 0.1 {
		t.Errorf("got IV %v, want about 2", got)
	}
}

// For hours x = cos(2π h/24) of D days the squared differences average
// 4 sin²(π/24) over a whole day, and the variance is 1/2.
func TestVariabilityOfASine(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 0), time.Hour, 1000, func(h float64) float64 { return 2 + math.Cos(2*math.Pi*h/24) })
	got := value(t, binned(metrics.Paper, "IV", time.Hour, raw), r)
	if want := 4 * math.Pow(math.Sin(math.Pi/24), 2); math.Abs(got-want) > 1e-5 {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Rest from 23:30 to 06:30 with a little activity, 200 a minute otherwise.
func TestExtremesOfASquareDay(t *testing.T) {
	square := func(h float64) float64 {
		if h >= 23.5 || h < 6.5 {
			return 2
		}
		return 200
	}
	for _, start := range []actigraphy.LocalTime{naive(2020, 1, 1, 0), naive(2020, 1, 1, 14), actigraphy.Naive(time.Date(2020, 1, 1, 9, 5, 30, 0, time.UTC))} {
		for _, d := range []metrics.Definition{metrics.Paper, metrics.PyActigraphy} {
			r := repeated(start, 30*time.Second, 3, square)
			l5 := value(t, lookup(d, "L5", "threshold", raw), r)
			m10 := value(t, lookup(d, "M10", "threshold", raw), r)
			ra := value(t, lookup(d, "RA", "threshold", raw), r)
			if l5 != 2 || m10 != 200 || math.Abs(ra-198.0/202) > 1e-15 {
				t.Errorf("%s from %v: got L5 %v, M10 %v, RA %v; want 2, 200, %v", d, start, l5, m10, ra, 198.0/202)
			}
		}
		// The middle of equal windows: rest may begin from 23:30 to 01:30, activity
		// from 06:30 to 13:30.
		r := repeated(start, 30*time.Second, 3, square)
		if got := value(t, lookup(metrics.Paper, "L5_onset", "threshold", raw), r); got != 0.5 {
			t.Errorf("from %v: got L5 onset %v, want 0.5", start, got)
		}
		if got := value(t, lookup(metrics.Paper, "M10_onset", "threshold", raw), r); got != 10 {
			t.Errorf("from %v: got M10 onset %v, want 10", start, got)
		}
	}
}

func TestOnsetIsTheClockOfTheEpoch(t *testing.T) {
	start := actigraphy.Naive(time.Date(2020, 1, 1, 12, 0, 25, 0, time.UTC))
	r := repeated(start, time.Minute, 2, func(h float64) float64 { return 1 + math.Cos(2*math.Pi*(h-14)/24) })
	got := value(t, lookup(metrics.Paper, "M10_onset", "threshold", raw), r)
	if want := 9 + 25.0/3600; math.Abs(got-want) > 1.0/60+1e-9 || math.Abs(got*60-math.Floor(got*60)-25.0/60) > 1e-9 {
		t.Errorf("got %v h, want within a minute of %v and 25 s past one", got, want)
	}
}

func TestReasons(t *testing.T) {
	const week = 7
	waves := func(h float64) float64 { return 100 + 50*math.Sin(h) }
	constant := func(float64) float64 { return 0.1 } // no sum of it is exact
	cut := func(r *actigraphy.Recording, epochs int) *actigraphy.Recording {
		r.Activity = r.Activity[:epochs]
		return r
	}
	never := repeated(naive(2020, 1, 1, 0), time.Minute, week, waves)
	for d := range week {
		never.Activity[d*1440+200] = math.NaN()
	}
	nothing := repeated(naive(2020, 1, 1, 0), time.Minute, week, func(float64) float64 { return math.NaN() })
	midnight := naive(2020, 1, 1, 0)
	for _, test := range []struct {
		name string
		m    metrics.Metric
		r    *actigraphy.Recording
		want string
	}{
		{"no epochs", lookup(metrics.Paper, "RA", "threshold", raw), &actigraphy.Recording{Epoch: time.Minute}, "no epochs"},
		{"7 s", lookup(metrics.Paper, "RA", "threshold", raw), &actigraphy.Recording{Epoch: 7 * time.Second, Activity: make([]float64, 9)}, "do not divide a day"},
		{"IS of a day and a half", binned(metrics.Paper, "IS", time.Hour, raw), cut(repeated(midnight, time.Minute, 2, waves), 36*60), "the bin at 12:00 was recorded whole on 1 days"},
		{"IS without variation", binned(metrics.Paper, "IS", time.Hour, raw), repeated(midnight, time.Minute, week, constant), "does not vary"},
		{"IV without variation", binned(metrics.Paper, "IV", time.Hour, raw), repeated(midnight, time.Minute, week, constant), "does not vary"},
		{"IV of half a day", binned(metrics.Paper, "IV", time.Hour, raw), cut(repeated(midnight, time.Minute, 1, waves), 720), "12 bins of 1 h were recorded whole, and a day's 24 are needed"},
		{"IS in bins of less than an epoch", binned(metrics.Paper, "IS", time.Minute, raw), repeated(midnight, 2*time.Minute, week, waves), "not made of epochs"},
		{"a definition that does not exist", unknownDefinition("RA"), repeated(midnight, time.Minute, week, waves), `no definition "house"`},
		{"pyActigraphy raw without variation", binned(metrics.PyActigraphy, "IS", time.Hour, raw), repeated(midnight, time.Minute, week, constant), "does not vary"},
		{"pyActigraphy without variation", binned(metrics.PyActigraphy, "IS", time.Hour, "4"), repeated(midnight, time.Minute, week, constant), "does not vary"},
		{"pyActigraphy, one bin", binned(metrics.PyActigraphy, "IV", time.Hour, raw), cut(repeated(midnight, time.Minute, 1, waves), 30), "1 bins have a value"},
		{"L5, a minute never recorded", lookup(metrics.Paper, "L5", "threshold", raw), never, "1 of the day's 1440 epochs were recorded on no day"},
		{"L5 of half a day", lookup(metrics.Paper, "L5", "threshold", raw), cut(repeated(midnight, time.Minute, 1, waves), 720), "720 of the day's 1440"},
		{"pyActigraphy, L5 of half a day", lookup(metrics.PyActigraphy, "L5", "threshold", raw), cut(repeated(midnight, time.Minute, 1, waves), 720), "shorter than a day"},
		{"nothing recorded", lookup(metrics.PyActigraphy, "M10", "threshold", raw), nothing, "nothing was recorded"},
		{"no activity", lookup(metrics.Paper, "RA", "threshold", raw), repeated(midnight, time.Minute, week, func(float64) float64 { return 0 }), "no activity at all"},
		{"onset without a clock", lookup(metrics.Paper, "L5_onset", "threshold", raw), repeated(actigraphy.LocalTime{}, time.Minute, week, waves), "time of day is not known"},
	} {
		got := test.m.Compute(metrics.Input{Recording: test.r})
		if !math.IsNaN(got.Value) || !strings.Contains(got.Reason, test.want) {
			t.Errorf("%s: got %v, reason %q; want NaN and a reason with %q", test.name, got.Value, got.Reason, test.want)
		}
	}
}

// Clocks in London went forward on 2014-03-30: an average day by elapsed time
// would smear, one by the clock does not.
func TestClockChangeKeepsTheDay(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("no time zone database:", err)
	}
	r := &actigraphy.Recording{Epoch: time.Minute, Start: actigraphy.Zoned(time.Date(2014, 3, 27, 0, 0, 0, 0, london))}
	for i := range 7 * 1440 {
		at := r.Start.Clock().Add(time.Duration(i) * time.Minute)
		r.Activity = append(r.Activity, float64(at.Hour()*at.Hour()))
	}
	if got := value(t, binned(metrics.Paper, "IS", time.Hour, raw), r); math.Abs(got-1) > 0.01 {
		t.Errorf("got IS %v, want about 1", got)
	}
	if got, want := value(t, lookup(metrics.Paper, "L5_onset", "threshold", raw), r), 0.0; got != want {
		t.Errorf("got L5 onset %v, want %v", got, want)
	}
}

// What measures share changes none of them.
func TestAllAtOnceAsOneByOne(t *testing.T) {
	r := wavy(15, 6)
	r.Epoch, r.Activity = 15*time.Minute, r.Activity[:15*96]
	r.Activity[700] = math.NaN()
	for _, d := range metrics.Definitions() {
		all := metrics.Compute(metrics.Input{Recording: r}, d)
		for i, m := range metrics.All(d) {
			v, alone := all[i], m.Compute(metrics.Input{Recording: r})
			if v.Reason != alone.Reason || v.Reason == "" && v.Value != alone.Value || len(v.Parts) != len(alone.Parts) {
				t.Errorf("%s %s: got %v (%s) among all, want %v (%s)", d, m.ID, v.Value, v.Reason, alone.Value, alone.Reason)
			}
		}
	}
}

func TestRegistry(t *testing.T) {
	want := []string{
		"IS", "IV", "ISm", "IVm", "L5", "L5_onset", "M10", "M10_onset", "RA",
		"IS_raw", "IV_raw", "ISm_raw", "IVm_raw", "L5_raw", "L5_onset_raw", "M10_raw", "M10_onset_raw", "RA_raw",
	}
	for _, d := range metrics.Definitions() {
		var got []string
		for _, m := range metrics.All(d) {
			got = append(got, m.ID)
			if m.Definition != d || m.Name == "" || m.Formula == "" || m.Group == "" || m.Missing == "" || m.Needs == "" || !strings.Contains(m.Reference, "doi:10.") {
				t.Errorf("%s %s is not described: %+v", d, m.ID, m)
			}
			if found, ok := metrics.Find(d, m.ID); !ok || found.Name != m.Name {
				t.Errorf("%s %s is not found", d, m.ID)
			}
		}
		if once := slices.Compact(slices.Sorted(slices.Values(got))); len(once) != len(got) {
			t.Errorf("%s: an id comes twice in %v", d, got)
		}
		for _, id := range want {
			if d == metrics.Vendor {
				break // has none of these
			}
			if !slices.Contains(got, id) {
				t.Errorf("%s: %s is missing", d, id)
			}
		}
	}
	if _, ok := metrics.Find(metrics.Paper, "XYZ"); ok {
		t.Error("found a measure that does not exist")
	}
}

func TestParseDefinition(t *testing.T) {
	for _, d := range metrics.Definitions() {
		if got, err := metrics.ParseDefinition(string(d)); err != nil || got != d {
			t.Errorf("got %v, %v, want %v", got, err, d)
		}
	}
	if _, err := metrics.ParseDefinition("house"); err == nil || !strings.Contains(err.Error(), "choose paper, pyactigraphy, vendor") {
		t.Errorf("got error %v, want one that names the choices", err)
	}
}

func ExampleCompute() {
	// Three days, active from 8 to 22 h.
	r := &actigraphy.Recording{Start: naive(2020, 1, 1, 0), Epoch: time.Hour}
	for i := range 72 {
		active := 0.0
		if h := i % 24; h >= 8 && h < 22 {
			active = 300
		}
		r.Activity = append(r.Activity, active)
	}
	for _, v := range metrics.Compute(metrics.Input{Recording: r}, metrics.Paper)[:9] {
		if v.Reason != "" {
			fmt.Printf("%s: none, %s\n", v.ID, v.Reason)
			continue
		}
		fmt.Printf("%s: %.3g\n", v.ID, v.Value)
	}
	// Output:
	// IS: 1
	// IV: 0.348
	// ISm: 1
	// IVm: 0.348
	// L5: 0
	// L5_onset: 0
	// M10: 300
	// M10_onset: 10
	// RA: 1
}
