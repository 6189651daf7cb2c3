package metrics_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
)

// wavy returns days of a noisy wave from a seed.
func wavy(days int, seed uint64) *actigraphy.Recording {
	random := rand.New(rand.NewPCG(seed, 7))
	return repeated(naive(2020, 1, 1, 0), time.Minute, days, func(h float64) float64 {
		return math.Floor(100 * (1.2 + math.Cos(2*math.Pi*(h-15)/24)) * random.ExpFloat64())
	})
}

// What a measure does when all activity is k times as much.
func TestScale(t *testing.T) {
	const k = 3
	r := wavy(15, 1)
	scaled := *r
	scaled.Activity = slices.Clone(r.Activity)
	for i := range scaled.Activity {
		scaled.Activity[i] *= k
	}
	list := metrics.All(metrics.Paper)
	ofOne, ofThree := metrics.ComputeAll(metrics.Input{Recording: r}, list), metrics.ComputeAll(metrics.Input{Recording: &scaled}, list)
	for i, m := range list {
		if m.Group == "transitions between rest and activity" || hasParameter(m, "scoring") || hasParameter(m, "cut_points") {
			continue // have a threshold
		}
		factor := 1.0
		if strings.HasPrefix(m.Unit, "activity") {
			factor = k
		}
		before, after := ofOne[i], ofThree[i]
		if before.Reason != "" && m.Group != "light" {
			t.Errorf("%s: %s", m.ID, before.Reason)
			continue
		}
		precision := 1e-9
		switch {
		case m.Group == "light":
			continue // is not activity
		case strings.Contains(m.ID, "_free_"): // the minimum is flat
			precision = 1e-6
		case strings.Contains(m.ID, "_ext_"): // of a cosine, even more so
			precision = 1e-3
		}
		if math.Abs(after.Value-factor*before.Value) > precision*math.Abs(factor*before.Value) {
			t.Errorf("%s (%s): got %v of %d times the activity, want %v times %v", m.ID, m.Unit, after.Value, k, factor, before.Value)
		}
	}
}

// tellsWeekends reports whether a measure depends on the days of the week.
func tellsWeekends(m metrics.Metric) bool {
	return strings.Contains(m.ID, "_weekdays") || strings.Contains(m.ID, "_weekends") || m.ID == "social_jet_lag" || m.ID == "MSFsc"
}

// A later date of the same days changes nothing but what names a day.
func TestShiftByADay(t *testing.T) {
	r := wavy(15, 2)
	later := *r
	later.Start = r.Start.Add(24 * time.Hour)
	list := slices.DeleteFunc(metrics.All(metrics.Paper), tellsWeekends)
	now, then := metrics.ComputeAll(metrics.Input{Recording: r}, list), metrics.ComputeAll(metrics.Input{Recording: &later}, list)
	for i, m := range list {
		before, after := now[i], then[i]
		if before.Reason != after.Reason || before.Reason == "" && before.Value != after.Value {
			t.Errorf("%s: got %v a day later, want %v", m.ID, after.Value, before.Value)
		}
	}
}

// A period's value is that of the recording cut to it.
func TestPeriodsAsCutRecordings(t *testing.T) {
	r := wavy(16, 3)
	for _, id := range []string{"IS", "IV", "L5", "M10", "RA", "ADAT"} {
		parts := lookup(metrics.Paper, id+"p", "period", "5").Compute(metrics.Input{Recording: r}).Parts
		if len(parts) != 3 {
			t.Fatalf("%sp: got %d periods, want 3", id, len(parts))
		}
		for i, part := range parts {
			cut := *r
			cut.Start = r.Start.Add(time.Duration(i) * 120 * time.Hour)
			cut.Activity = r.Activity[i*7200 : (i+1)*7200]
			if want := value(t, lookup(metrics.Paper, id), &cut); part.Value != want {
				t.Errorf("%sp, period %d: got %v, want %v", id, i+1, part.Value, want)
			}
		}
	}
}

// Lengths of runs of a coin that falls on rest with probability q are geometric:
// each transition probability is constant.
func TestTransitionsOfACoin(t *testing.T) {
	const restToActive, activeToRest = 0.1, 0.3
	random := rand.New(rand.NewPCG(4, 5))
	active := false
	r := repeated(naive(2020, 1, 1, 0), time.Minute, 60, func(float64) float64 {
		if active {
			active = random.Float64() >= activeToRest
		} else {
			active = random.Float64() < restToActive
		}
		if active {
			return 50
		}
		return 0
	})
	for id, want := range map[string]float64{"pRA": restToActive, "pAR": activeToRest, "kRA": restToActive, "kAR": activeToRest} {
		if got := value(t, lookup(metrics.Paper, id), r); math.Abs(got-want) > 0.05*want {
			t.Errorf("got %s %v, want about %v", id, got, want)
		}
	}
	logit := value(t, lookup(metrics.Paper, "kRA", "logit", "1"), r)
	if k := value(t, lookup(metrics.Paper, "kRA"), r); math.Abs(logit-math.Log(k/(1-k))) > 1e-12 {
		t.Errorf("got logit %v of %v", logit, k)
	}
}

// Runs beside a missing epoch and at the ends are not known to be over.
func TestTransitionsByHand(t *testing.T) {
	nan := math.NaN()
	r := &actigraphy.Recording{Start: naive(2020, 1, 1, 0), Epoch: time.Minute, Activity: []float64{0, 5, 0, 0, 5, nan, 0, 5, 5, 0}}
	// Rest followed by a recorded epoch: 0-5, 0-0, 0-5, 0-5. Activity: 5-0, 5-5, 5-0.
	if got := value(t, lookup(metrics.Paper, "pRA"), r); got != 3.0/4 {
		t.Errorf("got pRA %v, want 3/4", got)
	}
	if got := value(t, lookup(metrics.Paper, "pAR"), r); got != 2.0/3 {
		t.Errorf("got pAR %v, want 2/3", got)
	}
}

// Of the runs of rest only those of 2, 3 and 5 begin and end with a change: with the
// one of 9 beside the gap there would be another length. p(2) = 1/3, p(3) = 1/2/2;
// the curve through two points is the points, further apart than one SD of them.
func TestTransitionsBesideAGap(t *testing.T) {
	r := &actigraphy.Recording{Start: naive(2020, 1, 1, 0), Epoch: time.Minute}
	for _, rest := range []int{4, 2, 3, 5, 9} {
		r.Activity = append(append(r.Activity, make([]float64, rest)...), 7)
	}
	r.Activity[len(r.Activity)-8] = math.NaN() // in the run of 9
	if got := value(t, lookup(metrics.Paper, "kRA"), r); math.Abs(got-1.0/3) > 1e-12 {
		t.Errorf("got kRA %v, want 1/3", got)
	}
}

// Activity of the threshold itself is rest.
func TestThresholdIsRest(t *testing.T) {
	r := &actigraphy.Recording{Start: naive(2020, 1, 1, 0), Epoch: time.Minute, Activity: []float64{3, 4, 5, 3, 5}}
	// Rest is followed by rest, by activity and by activity.
	if got := value(t, lookup(metrics.Paper, "pRA", "threshold", "4"), r); got != 2.0/3 {
		t.Errorf("got pRA %v, want 2/3", got)
	}
}

// A day that is active from 7 to 22 h has its turns there, whatever hour the
// recording begins at.
func TestTurnsOfTheDay(t *testing.T) {
	for _, hour := range []int{0, 5, 19} {
		r := repeated(naive(2020, 1, 1, hour), time.Minute, 4, func(h float64) float64 {
			if h >= 7 && h < 22 {
				return 200
			}
			return 10
		})
		for id, want := range map[string]float64{"AonT": 7, "AoffT": 22} {
			if got := value(t, lookup(metrics.Paper, id), r); got != want {
				t.Errorf("from %d h: got %s %v, want %v", hour, id, got, want)
			}
		}
	}
}

func TestDailyTotalByHand(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 12), time.Hour, 3, func(float64) float64 { return 10 }) // 12 h, 24 h, 24 h, 12 h
	r.Activity[12] = math.NaN()                                                             // of the first whole day
	for _, test := range []struct {
		d          metrics.Definition
		parameters []string
		want       float64
	}{
		{metrics.Paper, nil, 240}, // the two whole days, one scaled up
		{metrics.Paper, []string{"recorded", "24"}, 240},
		{metrics.PyActigraphy, []string{"threshold", raw}, 240},
		{metrics.PyActigraphy, []string{"threshold", raw, "rescale", "0"}, (120 + 230 + 240 + 120) / 4.0},
		{metrics.PyActigraphy, []string{"threshold", raw, "rescale", "0", "exclude_ends", "1"}, 235},
	} {
		if got := value(t, lookup(test.d, "ADAT", test.parameters...), r); math.Abs(got-test.want) > 1e-9 {
			t.Errorf("%s %v: got %v, want %v", test.d, test.parameters, got, test.want)
		}
	}
}

// Half of a day with twice the activity is no day where 16 h are asked for.
func TestShortDaysDoNotCount(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 12), time.Hour, 3, func(float64) float64 { return 10 })
	for i := range 12 {
		r.Activity[i] = 20
	}
	for hours, want := range map[string]float64{"16": 240, "12": (480 + 240 + 240 + 240) / 4.0} {
		if got := value(t, lookup(metrics.Paper, "ADAT", "recorded", hours), r); math.Abs(got-want) > 1e-9 {
			t.Errorf("of days of %s h: got %v, want %v", hours, got, want)
		}
	}
}

// A cosine is found as it was made, with its period.
func TestCosinorOfACosine(t *testing.T) {
	for _, hour := range []int{0, 14} {
		r := repeated(naive(2020, 1, 1, hour), time.Minute, 10, func(h float64) float64 { return 200 + 80*math.Cos(2*math.Pi*(h-15.5)/24) })
		for id, want := range map[string]float64{"mesor": 200, "amplitude": 80, "acrophase": 15.5, "R2": 1, "free_period": 24, "free_amplitude": 80} {
			if got := value(t, lookup(metrics.Paper, "cosinor_"+id), r); math.Abs(got-want) > 1e-5*want {
				t.Errorf("from %d h: got cosinor_%s %v, want %v", hour, id, got, want)
			}
		}
	}
	slow := &actigraphy.Recording{Start: naive(2020, 1, 1, 0), Epoch: time.Minute}
	for i := range 14 * 1440 {
		slow.Activity = append(slow.Activity, 200+80*math.Cos(2*math.Pi*float64(i)/60/25.3))
	}
	if got := value(t, lookup(metrics.Paper, "cosinor_free_period"), slow); math.Abs(got-25.3) > 1e-4 {
		t.Errorf("got a period of %v h, want 25.3", got)
	}
}

// Over whole days the columns of the cosinor are orthogonal: its variances are
// RSS/(n−3) over n for the mesor and twice that for the amplitude.
func TestCosinorErrorsOfWholeDays(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 10))
	r := repeated(naive(2020, 1, 1, 0), time.Hour, 2, func(h float64) float64 {
		return 100 + 40*math.Cos(2*math.Pi*(h-15)/24) + 30*random.NormFloat64()
	})
	n, all := 48.0, hours(r, time.Hour)
	rest := (1 - value(t, lookup(metrics.Paper, "cosinor_R2"), r)) * squares(all)
	for id, want := range map[string]float64{"mesor_se": math.Sqrt(rest / (n - 3) / n), "amplitude_se": math.Sqrt(2 * rest / (n - 3) / n)} {
		if got := value(t, lookup(metrics.Paper, "cosinor_"+id), r); math.Abs(got-want) > 1e-9*want {
			t.Errorf("got cosinor_%s %v, want %v", id, got, want)
		}
	}
}

// Of noise, the amplitude's standard error is σ·√(2/n), p is not small, and the
// fitted amplitude lies within a few errors of the true one.
func TestCosinorOfNoise(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 9))
	const sigma, days = 20, 10
	noisy := func(amplitude float64) *actigraphy.Recording {
		return repeated(naive(2020, 1, 1, 0), time.Minute, days, func(h float64) float64 {
			return 200 + amplitude*math.Cos(2*math.Pi*(h-15)/24) + sigma*random.NormFloat64()
		})
	}
	r := noisy(5)
	se := value(t, lookup(metrics.Paper, "cosinor_amplitude_se"), r)
	if want := sigma * math.Sqrt(2.0/(days*1440)); math.Abs(se-want) > 0.03*want {
		t.Errorf("got a standard error of %v, want about %v", se, want)
	}
	if got := value(t, lookup(metrics.Paper, "cosinor_amplitude"), r); math.Abs(got-5) > 4*se {
		t.Errorf("got an amplitude of %v, want 5 within 4 times %v", got, se)
	}
	if got, want := value(t, lookup(metrics.Paper, "cosinor_amplitude_ci"), r), 1.96*se; math.Abs(got-want) > 1e-3*want {
		t.Errorf("got an interval of %v, want about %v", got, want)
	}
	if p := value(t, lookup(metrics.Paper, "cosinor_p"), noisy(0)); p < 1e-3 {
		t.Errorf("got p %v of noise", p)
	}
	if p := value(t, lookup(metrics.Paper, "cosinor_p"), r); p > 1e-6 {
		t.Errorf("got p %v of a rhythm", p)
	}
}
