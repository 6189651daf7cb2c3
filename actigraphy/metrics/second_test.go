package metrics_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
)

// Second implementations, from the definitions by sums over values with their clock
// times, of recordings that begin within an hour and have gaps.

// sample is a value and when it was on the clock.
type sample struct {
	at    time.Time
	value float64
}

// hours returns the means of the clock's hours in order, those recorded whole.
func hours(r *actigraphy.Recording, width time.Duration) []sample {
	totals, counts := map[time.Time]float64{}, map[time.Time]int{}
	for i, v := range r.Activity {
		at := r.Start.Clock().Add(time.Duration(i) * r.Epoch).Truncate(width)
		if !math.IsNaN(v) {
			totals[at] += v
			counts[at]++
		}
	}
	var list []sample
	for at, n := range counts {
		if n == int(width/r.Epoch) {
			list = append(list, sample{at, totals[at] / float64(n)})
		}
	}
	slices.SortFunc(list, func(a, b sample) int { return a.at.Compare(b.at) })
	return list
}

func mean(list []sample) float64 {
	total := 0.0
	for _, s := range list {
		total += s.value
	}
	return total / float64(len(list))
}

func squares(list []sample) float64 {
	m, total := mean(list), 0.0
	for _, s := range list {
		total += (s.value - m) * (s.value - m)
	}
	return total
}

// hourOfDay returns the samples of each hour of the day.
func hourOfDay(list []sample) map[time.Duration][]sample {
	by := map[time.Duration][]sample{}
	for _, s := range list {
		at := s.at.Sub(s.at.Truncate(24 * time.Hour))
		by[at] = append(by[at], s)
	}
	return by
}

func secondIS(list []sample) float64 {
	by, between := hourOfDay(list), 0.0
	for _, same := range by {
		between += (mean(same) - mean(list)) * (mean(same) - mean(list))
	}
	return float64(len(list)) * between / (float64(len(by)) * squares(list))
}

func secondIV(list []sample, width time.Duration) float64 {
	total, pairs := 0.0, 0.0
	for i, s := range list[1:] {
		if s.at.Sub(list[i].at) == width {
			total += (s.value - list[i].value) * (s.value - list[i].value)
			pairs++
		}
	}
	return float64(len(list)) * total / (pairs * squares(list))
}

// secondExtreme is L or M of some hours of the average day, and its onset.
func secondExtreme(r *actigraphy.Recording, length time.Duration, better func(a, b float64) bool) (level, onset float64) {
	by := hourOfDay(hours(r, r.Epoch))
	var means []float64
	level = math.NaN()
	for at := time.Duration(0); at < 24*time.Hour; at += r.Epoch {
		total := 0.0
		for into := time.Duration(0); into < length; into += r.Epoch {
			total += mean(by[(at+into)%(24*time.Hour)])
		}
		means = append(means, total/float64(length/r.Epoch))
		if m := means[len(means)-1]; math.IsNaN(level) || better(m, level) {
			level = m
		}
	}
	return level, float64(secondMiddle(means, level)) * r.Epoch.Hours()
}

// secondMiddle is the window that has as many equal ones behind it as before it, or
// one more, among those with the most.
func secondMiddle(means []float64, level float64) int {
	n, most, at := len(means), 0, -1
	steps := func(from, by int) int {
		k := 0
		for k < n && math.Abs(means[((from+by*k)%n+n)%n]-level) <= 1e-9*level {
			k++
		}
		return k
	}
	for i := range means {
		before, behind := steps(i, -1), steps(i, 1)
		if run := before + behind; (behind == before || behind == before+1) && run > most {
			most, at = run, i
		}
	}
	return at
}

// secondQ is the chi-square periodogram of a period of bins.
func secondQ(list []sample, width, period time.Duration) float64 {
	by, between := map[time.Duration][]sample{}, 0.0
	for _, s := range list {
		phase := s.at.Sub(list[0].at) % period / width
		by[phase] = append(by[phase], s)
	}
	for _, same := range by {
		between += float64(len(same)) * (mean(same) - mean(list)) * (mean(same) - mean(list))
	}
	return float64(len(list)) * between / squares(list)
}

// rough returns days of noise on a wave in epochs of 5 minutes from 13:35, with gaps.
func rough(seed uint64) *actigraphy.Recording {
	random := rand.New(rand.NewPCG(seed, 3))
	start := actigraphy.Naive(time.Date(2021, 6, 3, 13, 35, 0, 0, time.UTC))
	r := repeated(start, 5*time.Minute, 9, func(h float64) float64 {
		return math.Floor(60 * (1.1 + math.Cos(2*math.Pi*(h-14)/24)) * random.ExpFloat64())
	})
	r.Activity = r.Activity[:len(r.Activity)-77]
	for range 4 {
		from := random.IntN(len(r.Activity) - 40)
		for i := range 1 + random.IntN(40) {
			r.Activity[from+i] = math.NaN()
		}
	}
	return r
}

func TestSecondImplementation(t *testing.T) {
	for seed := range uint64(5) {
		r := rough(seed)
		hourly, halves := hours(r, time.Hour), hours(r, 30*time.Minute)
		l5, l5Onset := secondExtreme(r, 5*time.Hour, func(a, b float64) bool { return a < b })
		m10, m10Onset := secondExtreme(r, 10*time.Hour, func(a, b float64) bool { return a > b })
		for _, test := range []struct {
			id         string
			parameters []string
			want       float64
		}{
			{"IS", nil, secondIS(hourly)},
			{"IV", nil, secondIV(hourly, time.Hour)},
			{"IS", []string{"bin", "30"}, secondIS(halves)},
			{"IV", []string{"bin", "30"}, secondIV(halves, 30*time.Minute)},
			{"L5", nil, l5},
			{"M10", nil, m10},
			{"L5_onset", nil, l5Onset},
			{"M10_onset", nil, m10Onset},
			{"RA", nil, (m10 - l5) / (m10 + l5)},
		} {
			if got := value(t, lookup(metrics.Paper, test.id, test.parameters...), r); math.Abs(got-test.want) > 1e-9 {
				t.Errorf("seed %d: %s %v: got %v, want %v", seed, test.id, test.parameters, got, test.want)
			}
		}
		wantISm, wantIVm, n := 0.0, 0.0, 0.0
		for _, minutes := range []int{5, 10, 15, 20, 30, 40, 45, 60} { // of the published widths those of whole epochs
			width := time.Duration(minutes) * time.Minute
			list := hours(r, width)
			wantISm, wantIVm, n = wantISm+secondIS(list), wantIVm+secondIV(list, width), n+1
		}
		if got := value(t, lookup(metrics.Paper, "ISm"), r); math.Abs(got-wantISm/n) > 1e-9 {
			t.Errorf("seed %d: ISm: got %v, want %v", seed, got, wantISm/n)
		}
		if got := value(t, lookup(metrics.Paper, "IVm"), r); math.Abs(got-wantIVm/n) > 1e-9 {
			t.Errorf("seed %d: IVm: got %v, want %v", seed, got, wantIVm/n)
		}
	}
}

// Q of every period is the definition's.
func TestSecondPeriodogram(t *testing.T) {
	r := rough(3)
	const width = 30 * time.Minute
	list := hours(r, width)
	s, err := lookup(metrics.Paper, "chi2_Q", "bin", "30").Spectrum(metrics.Input{Recording: r}, 0.05)
	if err != nil {
		t.Fatal(err)
	}
	best, at := math.Inf(-1), 0.0
	for i, h := range s.Hours {
		period := time.Duration(math.Round(h*2)) * width
		want := secondQ(list, width, period)
		if math.Abs(s.Power[i]-want) > 1e-9*want {
			t.Errorf("got Q %v at %v h, want %v", s.Power[i], h, want)
		}
		free := period.Hours()*2 - 1
		if excess := (want - free) / math.Sqrt(2*free); excess > best {
			best, at = excess, h
		}
	}
	if len(s.Hours) != 25 || s.Period != at {
		t.Errorf("got %d periods, the strongest %v h, want 25 and %v", len(s.Hours), s.Period, at)
	}
}

// The days in another order have the same average day: IS and the extremes stay,
// and IV of bins that do not follow each other differs.
func TestPermutationOfDays(t *testing.T) {
	r := wavy(8, 31)
	other := *r
	other.Activity = nil
	for _, d := range []int{3, 0, 7, 5, 1, 6, 2, 4} {
		other.Activity = append(other.Activity, r.Activity[d*1440:(d+1)*1440]...)
	}
	for _, id := range []string{"IS", "ISm", "L5", "M10", "RA", "L5_onset", "M10_onset", "ADAT", "average_day", "cosinor_mesor", "cosinor_amplitude", "cosinor_R2", "AonT"} {
		got, want := value(t, lookup(metrics.Paper, id), &other), value(t, lookup(metrics.Paper, id), r)
		if math.Abs(got-want) > 1e-9*math.Abs(want) {
			t.Errorf("%s: got %v of the days in another order, want %v", id, got, want)
		}
	}
	// Minutes in another order within each hour leave all that is made of hours.
	mixed := *r
	mixed.Activity = slices.Clone(r.Activity)
	random := rand.New(rand.NewPCG(1, 1))
	for from := 0; from < len(mixed.Activity); from += 60 {
		hour := mixed.Activity[from : from+60]
		random.Shuffle(60, func(i, j int) { hour[i], hour[j] = hour[j], hour[i] })
	}
	for _, id := range []string{"IS", "IV", "ADAT", "average_day"} {
		got, want := value(t, lookup(metrics.Paper, id), &mixed), value(t, lookup(metrics.Paper, id), r)
		if math.Abs(got-want) > 1e-9*math.Abs(want) {
			t.Errorf("%s: got %v of the minutes in another order, want %v", id, got, want)
		}
	}
	if before, after := value(t, lookup(metrics.Paper, "IVm"), r), value(t, lookup(metrics.Paper, "IVm"), &mixed); before == after {
		t.Error("IVm is blind to the order of minutes")
	}
}

// A day that is missing is as one that is not there, for what is made of days at
// clock times.
func TestADayRemoved(t *testing.T) {
	r := wavy(8, 32)
	missing, cut := *r, *r
	missing.Activity = slices.Clone(r.Activity)
	for i := 7 * 1440; i < 8*1440; i++ {
		missing.Activity[i] = math.NaN()
	}
	cut.Activity = r.Activity[:7*1440]
	for _, id := range []string{"IS", "IV", "ISm", "IVm", "L5", "M10", "RA", "L5_onset", "ADAT", "pRA", "pAR", "autocorrelation", "average_day", "cosinor_mesor", "cosinor_amplitude", "lomb_power"} {
		got, want := value(t, lookup(metrics.Paper, id), &missing), value(t, lookup(metrics.Paper, id), &cut)
		if math.Abs(got-want) > 1e-7*math.Abs(want) {
			t.Errorf("%s: got %v with the last day missing, want %v", id, got, want)
		}
	}
}

// IS and IV of four values a day, worked out by hand: days 1 2 3 2 and 3 2 1 2.
func TestStabilityByHand(t *testing.T) {
	r := &actigraphy.Recording{Start: naive(2020, 1, 1, 0), Epoch: 6 * time.Hour, Activity: []float64{1, 2, 3, 2, 3, 2, 1, 2, 1, 2, 3, 2}}
	// Mean 2; squares 2+2+2 = 6; average day 5/3 2 7/3 2: between 2/9; differences 1 each: 11.
	for id, want := range map[string]float64{"IS": 12 * (2.0 / 9) / (4 * 6), "IV": 12 * 11.0 / (11 * 6)} {
		if got := value(t, lookup(metrics.Paper, id, "bin", "360"), r); math.Abs(got-want) > 1e-12 {
			t.Errorf("got %s %v, want %v", id, got, want)
		}
	}
}
