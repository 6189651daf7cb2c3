package plots_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"circascope/plots"
)

// paperCharts is one of each chart of rest and sleep.
func paperCharts(t testing.TB, a plots.Actogram) []testChart {
	t.Helper()
	plain := plots.Labels{Heading: "22335", Caption: "Cole-Kripke (paper), rest periods by the diary, mask 0123456789ab"}
	scored := a
	scored.Double, scored.Masks = true, scoredPaints(a)
	single := scored
	single.Double = false
	return []testChart{
		{"actogram-scored", scored},
		{"actogram-scored-day", single},
		{"actogram-overlays", overlaid(t, a)},
		{"cosinor", cosinor(plain, a)},
		{"cosinor-whole", wholeCosinor(plain, a)},
		{"periodogram", periodogram(plain)},
		{"nights", nights(plain, 14)},
		{"distribution", distribution(plain)},
		{"components", components(plain)},
	}
}

// scoredPaints says that minutes without counts at night are sleep.
func scoredPaints(a plots.Actogram) []plots.MaskPaint {
	n := len(a.Activity.Values)
	paints := []plots.MaskPaint{
		{Name: "Asleep", Pattern: plots.ScoredAsleep, Cells: make([]bool, n)},
		{Name: "Awake", Pattern: plots.ScoredAwake, Cells: make([]bool, n)},
		{Name: "Not scored", Pattern: plots.NotScored, Cells: make([]bool, n)},
		{Name: "Rest period", Pattern: plots.RestPeriod, Cells: make([]bool, n)},
		{Name: "In bed (diary)", Pattern: plots.DiaryNight, Cells: make([]bool, n)},
	}
	for i, v := range a.Activity.Values {
		minute := i % 1440
		switch {
		case math.IsNaN(v):
			paints[2].Cells[i] = true
		case v < 20:
			paints[0].Cells[i] = true
		default:
			paints[1].Cells[i] = true
		}
		paints[3].Cells[i] = minute < 400 || minute > 1380
		paints[4].Cells[i] = minute < 410 || minute > 1375
	}
	return paints
}

func cosineOf(mesor, amplitude, peak float64, days int) []float64 {
	curve := make([]float64, 288*days+1)
	for i := range curve {
		curve[i] = mesor + amplitude*math.Cos(2*math.Pi*(float64(i)/12-peak)/24)
	}
	return curve
}

func cosinor(l plots.Labels, a plots.Actogram) plots.Cosinor {
	unknown := math.NaN()
	return plots.Cosinor{
		Labels: l, Activity: plots.AverageDay(a.Activity, 10, plots.BandSD), Unit: "Counts per min",
		Fits: []plots.FittedCurve{{
			Name: "cosinor of 24 h, R² 0.41", Curve: cosineOf(210, 190, 15.2, 1), Period: 24, Interval: "95 % confidence interval",
			Level:     plots.Estimate{Name: "mesor", Value: 210, Low: 195, High: 225},
			Amplitude: plots.Estimate{Name: "amplitude", Value: 190, Low: 170, High: 210},
			Moments:   []plots.Estimate{{Name: "acrophase", Value: 15.2, Low: 14.8, High: 15.6}},
		}, {
			Name: "extended cosinor, R² 0.47", Curve: cosineOf(200, 205, 14.8, 1), Period: 24,
			Moments: []plots.Estimate{{Name: "peak", Value: 14.8, Low: unknown, High: unknown}, {Name: "up", Value: 8.8, Low: unknown, High: unknown}},
		}},
	}
}

func wholeCosinor(l plots.Labels, a plots.Actogram) plots.Cosinor {
	c := cosinor(l, a)
	c.Days, c.Activity = a.Activity.Labels, plots.DayCurve{Name: "activity, mean of 10 min"}
	for i := 0; i+10 <= len(a.Activity.Values); i += 10 {
		sum := 0.0
		for _, v := range a.Activity.Values[i : i+10] {
			sum += v / 10
		}
		c.Activity.Mean = append(c.Activity.Mean, sum)
	}
	c.Fits = c.Fits[:1]
	c.Fits[0].Curve = cosineOf(210, 190, 15.2, 7)
	return c
}

func periodogram(l plots.Labels) plots.Periodogram {
	chi := plots.Spectrum{Name: "chi-square periodogram", Axis: "Q", LevelName: "p = 0.05 over all periods", Peak: 60}
	lomb := plots.Spectrum{Name: "Lomb-Scargle periodogram", Axis: "Normalised power", Level: []float64{11}, LevelName: "p = 0.05", Peak: 62}
	for i := range 121 {
		h := 18 + 0.1*float64(i)
		chi.Hours, lomb.Hours = append(chi.Hours, h), append(lomb.Hours, h)
		chi.Power = append(chi.Power, 150+h*4+1200*math.Exp(-(h-24)*(h-24)*4))
		chi.Level = append(chi.Level, 210+h*9)
		lomb.Power = append(lomb.Power, 80*math.Exp(-(h-24.2)*(h-24.2)/3))
	}
	return plots.Periodogram{Labels: l, Spectra: []plots.Spectrum{chi, lomb, {Name: "Another", Reason: "18 h were recorded, less than two periods of 30 h"}}}
}

// nights is n nights of which every fifth is not valid and every seventh unknown.
func nights(l plots.Labels, n int) plots.Nights {
	rng := rand.New(rand.NewPCG(7, 8))
	c := plots.Nights{Labels: l}
	for i := range n {
		bed := -1 + rng.Float64()
		r := plots.NightRow{
			Name: []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}[i%7] + " 3 Mar", Weekend: i%7 == 4 || i%7 == 5,
			Bed: bed, Onset: bed + 0.3, Offset: bed + 7.5, Rise: bed + 8, Midsleep: bed + 3.9,
		}
		if r.Weekend {
			r.Bed, r.Onset, r.Offset, r.Rise, r.Midsleep = r.Bed+1.5, r.Onset+1.5, r.Offset+2.5, r.Rise+2.5, r.Midsleep+2
		}
		for at := r.Onset + 1; at < r.Offset; at += 1 + rng.Float64() {
			r.Awake = append(r.Awake, [2]float64{at, at + 0.15*rng.Float64()})
		}
		switch {
		case i%5 == 3:
			r.Invalid = "23 % of it was not scored, more than 10 %"
		case i%7 == 6:
			r = plots.NightRow{Name: r.Name, Bed: math.NaN(), Rise: math.NaN(), Invalid: "no rest period"}
		}
		if i%4 == 1 || i%7 == 6 {
			r.Naps = []plots.Nap{{From: -10, To: -8.75, Onset: -9.8, Offset: -9}, {From: 10, To: 10.5, Onset: math.NaN(), Offset: math.NaN()}}
		}
		if i%13 == 12 && r.Invalid == "" {
			r.Clock = "clock put back 1 h: 9 h in bed"
		}
		c.Rows = append(c.Rows, r)
	}
	return c
}

// components are three ways in which days of 10-minute bins differ.
func components(l plots.Labels) plots.Components {
	c := plots.Components{Labels: l, Unit: "Counts per min", Mean: cosineOf(210, 190, 15, 1)[:288], Components: []plots.DayComponent{
		{Explained: 0.62}, {Explained: 0.21}, {Explained: 0.084},
	}}
	for i := range c.Mean {
		hour := (float64(i) + 0.5) / 12
		c.Components[0].Curve = append(c.Components[0].Curve, 60+50*math.Cos(2*math.Pi*(hour-14)/24))
		c.Components[1].Curve = append(c.Components[1].Curve, 40*math.Cos(2*math.Pi*(hour-9)/24))
		c.Components[2].Curve = append(c.Components[2].Curve, 25*math.Cos(2*math.Pi*(hour-9)/12))
	}
	return c
}

func distribution(l plots.Labels) plots.Distribution {
	rng := rand.New(rand.NewPCG(9, 10))
	normal := func(n int, mean, sd float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = mean + sd*rng.NormFloat64()
		}
		return out
	}
	ties := []float64{0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.6, math.NaN(), math.NaN()}
	return plots.Distribution{Labels: l, Axis: "Interdaily stability IS", Groups: []plots.Group{
		{Name: "Women", Values: normal(120, 0.55, 0.1)},
		{Name: "Men", Values: append(normal(2000, 0.5, 0.08), math.NaN())},
		{Name: "Ties", Values: ties},
		{Name: "One", Values: []float64{0.7}},
		{Name: "Nobody", Values: []float64{math.NaN()}},
	}}
}

// paperChartsOf makes one of each of a series.
func paperChartsOf(values []float64, a plots.Actogram, l plots.Labels) []testChart {
	v := first(values)
	short := values[:min(len(values), 3000)]
	e := plots.Estimate{Name: l.Heading, Value: v, Low: v - 1, High: v + 1}
	fit := plots.FittedCurve{Name: l.Heading, Curve: short, Period: 24, Level: e, Amplitude: e, Moments: []plots.Estimate{e, e}, Interval: l.Heading}
	endless := fit
	endless.Period = 0
	day := plots.AverageDay(a.Activity, 10, plots.BandSD)
	points := values[:min(len(values), 500)]
	night := plots.NightRow{Name: l.Heading, Bed: v, Rise: v + 8, Onset: v, Offset: v + 7, Midsleep: v + 4, Awake: [][2]float64{{v, v}}, Naps: []plots.Nap{{From: v, To: v, Onset: v, Offset: v}}, Clock: l.Heading}
	bad := night
	bad.Invalid, bad.Weekend = l.Heading, true
	a.Masks = scoredPaints(a)
	return []testChart{
		{"actogram scored", a},
		{"cosinor", plots.Cosinor{Labels: l, Activity: day, Unit: l.Heading, Fits: []plots.FittedCurve{fit, endless}}},
		{"cosinor whole", plots.Cosinor{Labels: l, Activity: plots.DayCurve{Mean: short}, Days: a.Activity.Labels, Fits: []plots.FittedCurve{fit}}},
		{"cosinor nothing", plots.Cosinor{Labels: l}},
		{"periodogram", plots.Periodogram{Labels: l, Spectra: []plots.Spectrum{
			{Name: l.Heading, Hours: points, Power: points, Level: points, Peak: 0},
			{Hours: points, Power: points, Level: points[:min(1, len(points))], Peak: len(points)},
			{Reason: l.Heading},
		}}},
		{"periodogram nothing", plots.Periodogram{Labels: l}},
		{"nights", plots.Nights{Labels: l, Rows: []plots.NightRow{night, bad, {Bed: math.NaN(), Invalid: l.Heading}}}},
		{"nights nothing", plots.Nights{Labels: l}},
		{"nights of a quarter", nights(l, 100)},
		{"components", plots.Components{Labels: l, Unit: l.Heading, Mean: values, Components: []plots.DayComponent{{Curve: values, Explained: 0.5}, {}, {Curve: points}}}},
		{"components nothing", plots.Components{Labels: l, Mean: values}},
		{"distribution", plots.Distribution{Labels: l, Axis: l.Heading, Groups: []plots.Group{{Name: l.Heading, Values: values}, {Values: points}, {}}}},
		{"distribution of times", plots.Distribution{Labels: l, Clock: true, Groups: []plots.Group{{Name: l.Heading, Values: points}}}},
		{"distribution nothing", plots.Distribution{Labels: l}},
	}
}

// TestLanesStandAboveEachOther wants the diary at the foot of a day, scoring above
// it, and activity above both; a lane alone is at the foot.
func TestLanesStandAboveEachOther(t *testing.T) {
	const w, h = 80, 100
	m := plots.DayMatrix{Labels: []string{"Mon"}, Columns: 1, Values: []float64{1}, To: 1}
	all := []bool{true}
	told := plots.MaskPaint{Pattern: plots.DiaryNight, Cells: all}
	asleep := plots.MaskPaint{Pattern: plots.ScoredAsleep, Cells: all}
	rest := plots.MaskPaint{Pattern: plots.RestPeriod, Cells: all}
	for _, c := range []struct {
		name  string
		masks []plots.MaskPaint
		want  []int // lines of one colour, from the foot up
	}{
		{"diary", []plots.MaskPaint{told}, []int{20, 80}},
		{"scoring", []plots.MaskPaint{asleep}, []int{20, 80}},
		{"diary and scoring", []plots.MaskPaint{asleep, told}, []int{20, 20, 60}},
		{"all three", []plots.MaskPaint{rest, asleep, told}, []int{16, 16, 16, 52}},
	} {
		v := linear(1)
		v.Masks = c.masks
		var hr plots.HeatmapRaster
		img := hr.Draw(m, w, h, v)
		var got []int
		for y := h - 1; y >= 0; y-- {
			if y == h-1 || img.RGBAAt(5, y) != img.RGBAAt(5, y+1) {
				got = append(got, 0)
			}
			got[len(got)-1]++
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got stripes of %v lines from the foot, want %v", c.name, got, c.want)
		}
	}
}

// TestPaperChartsSayTheirNumbers wants what a reader takes from a chart in words.
func TestPaperChartsSayTheirNumbers(t *testing.T) {
	const off, work = true, false
	night := func(weekend bool, midsleep float64, invalid string) plots.NightRow {
		return plots.NightRow{Name: "Mon", Weekend: weekend, Bed: -1, Rise: 8, Midsleep: midsleep, Invalid: invalid}
	}
	people := make([]float64, 10001)
	for i := range people {
		people[i] = float64(i % 1000)
	}
	people[0], people[1] = math.NaN(), math.Inf(1)
	e := plots.Estimate{Name: "acrophase", Value: 23.999, Low: 23.5, High: 24.5}
	for name, c := range map[string]struct {
		chart plots.Chart
		want  []string
	}{
		"nights": {
			plots.Nights{Rows: []plots.NightRow{night(work, 3, ""), night(work, 4, ""), night(work, 9, "too short"), night(off, 5.25, "")}},
			[]string{"mean midsleep 03:30", "mean midsleep 05:15", "too short"},
		},
		"naps": {
			plots.Nights{Rows: []plots.NightRow{
				{Name: "Mon", Bed: -1, Rise: 7, Clock: "clock put back 1 h: 9 h in bed", Naps: []plots.Nap{{From: -10, To: -9}}},
				{Name: "Tue", Bed: math.NaN(), Invalid: "no rest period of a night"},
			}},
			[]string{"Naps: asleep", "no night", "no rest period of a night", "clock put back 1 h: 9 h in bed", "14"}, // the axis reaches the nap
		},
		"distribution": {
			plots.Distribution{Groups: []plots.Group{{Name: "All", Values: people}, {Name: "Few", Values: []float64{1, 2, 4}}}},
			[]string{"n 9,999, 2 missing", "median 500", "n 3", "median 2.00", "density, for more than 300", "a person"},
		},
		"components": {
			plots.Components{Mean: []float64{1, 2}, Components: []plots.DayComponent{{Curve: []float64{1, 1}, Explained: 0.6256}, {Curve: []float64{1, -1}, Explained: 0.1}}},
			[]string{"Component 1: 62.6 % of the variance", "Component 2: 10 % of the variance", "a score 1 SD above"},
		},
		"distribution of times": {
			plots.Distribution{Clock: true, Groups: []plots.Group{{Name: "All", Values: []float64{-1.5, -0.5, 2}}}},
			[]string{"median 23:30", "00:00"},
		},
		"cosinor": {
			plots.Cosinor{Activity: plots.DayCurve{Name: "average day", Mean: []float64{1, 2}}, Fits: []plots.FittedCurve{{
				Name: "cosinor", Curve: []float64{1, 2}, Level: plots.Estimate{Name: "mesor", Value: 12.34, Low: math.NaN(), High: math.NaN()},
				Moments: []plots.Estimate{e}, Period: 24,
			}}},
			[]string{"mesor 12.3", "acrophase 00:00 (23:30 to 00:30)"},
		},
		"periodogram": {
			plots.Periodogram{Spectra: []plots.Spectrum{{Name: "chi", Hours: []float64{23, 24, 25}, Power: []float64{1, 3, 2}, Level: []float64{2, 2, 2}, LevelName: "p = 0.05", Peak: 1}, {Name: "Lomb", Reason: "too short"}}},
			[]string{"24.00 h", "p = 0.05", "Lomb: too short"},
		},
	} {
		svg := string(encoded(t, "SVG", c.chart, goldenStyle()))
		for _, want := range c.want {
			if !strings.Contains(svg, ">"+want+"<") {
				t.Errorf("%s: does not say %q", name, want)
			}
		}
	}
}
