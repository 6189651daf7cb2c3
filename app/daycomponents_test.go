package app_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/app"
	"circascope/plots"
)

// rhythms are average days of people whose rhythms differ in strength and time.
func rhythms(people int) []app.DayProfile {
	random := rand.New(rand.NewPCG(3, 4))
	list := make([]app.DayProfile, people)
	for p := range list {
		level, amplitude, peak := 200+30*random.NormFloat64(), 120+40*random.NormFloat64(), 15+1.5*random.NormFloat64()
		list[p] = app.DayProfile{
			Info: actigraphy.Info{ID: fmt.Sprintf("%032d", p), Subject: fmt.Sprint("P", p), Epoch: time.Minute, Unit: actigraphy.Unit{Quantity: "counts"}},
			Unit: "counts, per min",
		}
		for i := range 144 {
			hour := (float64(i) + 0.5) / 6
			list[p].Mean = append(list[p].Mean, level+amplitude*math.Cos(2*math.Pi*(hour-peak)/24)+20*random.NormFloat64())
			list[p].Days = append(list[p].Days, 5)
		}
	}
	return list
}

// smoothed is a least-squares fit of a constant and some harmonics by the normal
// equations, at the middles of the bins.
func smoothed(day []float64, harmonics int) []float64 {
	n := len(day)
	design := mat.NewDense(n, 2*harmonics+1, nil)
	for i := range n {
		at := (float64(i) + 0.5) / float64(n)
		design.Set(i, 0, 1)
		for h := 1; h <= harmonics; h++ {
			design.Set(i, 2*h-1, math.Cos(2*math.Pi*float64(h)*at))
			design.Set(i, 2*h, math.Sin(2*math.Pi*float64(h)*at))
		}
	}
	var coefficients, fitted mat.VecDense
	if err := coefficients.SolveVec(design, mat.NewVecDense(n, day)); err != nil {
		panic(err)
	}
	fitted.MulVec(design, &coefficients)
	return fitted.RawVector().Data
}

// The components are the eigenvectors of the covariance of the smooth days over the
// bins, found here by the power method with deflation.
func TestComponentsAreThoseOfTheCovarianceOfTheBins(t *testing.T) {
	people := rhythms(40)
	got, err := app.ComponentsOf(people, app.ProfileOptions{}, app.ComponentOptions{Components: 3})
	if err != nil {
		t.Fatal(err)
	}
	const bins = 144
	smooth := make([][]float64, len(people))
	mean := make([]float64, bins)
	for p := range people {
		smooth[p] = smoothed(people[p].Mean, 4)
		for i, v := range smooth[p] {
			mean[i] += v / float64(len(people))
		}
	}
	covariance := make([][]float64, bins)
	trace := 0.0
	for i := range covariance {
		covariance[i] = make([]float64, bins)
		for j := range bins {
			for p := range people {
				covariance[i][j] += (smooth[p][i] - mean[i]) * (smooth[p][j] - mean[j]) / float64(len(people)-1)
			}
		}
		trace += covariance[i][i]
	}
	for k := range 3 {
		vector, value := strongest(covariance)
		sign := 1.0
		if slices.Max(vector) < -slices.Min(vector) {
			sign = -1
		}
		if math.Abs(got.Explained[k]-value/trace) > 1e-9 {
			t.Errorf("component %d explains %v, want %v", k+1, got.Explained[k], value/trace)
		}
		// The score is the projection of the difference from the mean; curves have a
		// mean square of 1, so that the scores are in counts.
		for i := range bins {
			if want := sign * vector[i] * math.Sqrt(bins); math.Abs(got.Curves[k][i]-want) > 1e-6 {
				t.Fatalf("component %d, bin %d: got %v, want %v", k+1, i, got.Curves[k][i], want)
			}
		}
		for p := range people {
			want := 0.0
			for i := range bins {
				want += (smooth[p][i] - mean[i]) * sign * vector[i] / math.Sqrt(bins)
			}
			if math.Abs(got.Scores[p][k]-want) > 1e-5 {
				t.Fatalf("component %d, person %d: got a score of %v, want %v", k+1, p, got.Scores[p][k], want)
			}
		}
		if want := math.Sqrt(value / bins); math.Abs(got.ScoreSD(k)-want) > 1e-6 {
			t.Errorf("component %d: got an SD of the scores of %v, want %v", k+1, got.ScoreSD(k), want)
		}
		for i := range bins {
			for j := range bins {
				covariance[i][j] -= value * vector[i] * vector[j]
			}
		}
	}
}

// strongest returns the eigenvector of the greatest eigenvalue, and that.
func strongest(m [][]float64) (vector []float64, value float64) {
	vector = make([]float64, len(m))
	for i := range vector {
		vector[i] = math.Sin(float64(i)) + 0.1
	}
	for range 400 {
		next, length := make([]float64, len(m)), 0.0
		for i, row := range m {
			for j, v := range row {
				next[i] += v * vector[j]
			}
			length += next[i] * next[i]
		}
		value = math.Sqrt(length)
		for i := range next {
			vector[i] = next[i] / value
		}
	}
	return vector, value
}

func TestComponentsByShareOfTheVariance(t *testing.T) {
	people := rhythms(40)
	all, err := app.ComponentsOf(people, app.ProfileOptions{}, app.ComponentOptions{Share: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Curves) != 9 {
		t.Fatalf("all of the variance has %d components, want 9", len(all.Curves))
	}
	for _, share := range []float64{0.5, 0.9, 0.99} {
		want, sum := 0, 0.0
		for sum < share {
			sum += all.Explained[want]
			want++
		}
		got, err := app.ComponentsOf(people, app.ProfileOptions{}, app.ComponentOptions{Share: share})
		if err != nil || len(got.Curves) != want || len(got.Scores[0]) != want {
			t.Errorf("a share of %v: got %d components, %v; want %d", share, len(got.Curves), err, want)
		}
	}
}

func TestComponentsLeaveOutWithAReason(t *testing.T) {
	people := rhythms(12)
	people[3].Reason = "2 valid days, and the study's protocol wants 4"
	people[5].Days[30] = 2
	people[6].Days[0], people[6].Mean[0] = 0, math.NaN()
	people[7].Epoch = 30 * time.Second
	people[8].Mean, people[8].Days = nil, nil
	c, err := app.ComponentsOf(people, app.ProfileOptions{}, app.ComponentOptions{Components: 2})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"P3": "2 valid days, and the study's protocol wants 4",
		"P5": "from 05:00 to 05:10 2 of its days have a value, and 3 are wanted",
		"P6": "from 00:00 to 00:10 0 of its days have a value, and 3 are wanted",
		"P7": "it is of counts in epochs of 30 s, and most are of counts in epochs of 1 min",
		"P8": "no day of it counts among all days",
	}
	for _, left := range c.Left {
		if left.Reason != want[left.Subject] {
			t.Errorf("%s: got the reason %q, want %q", left.Subject, left.Reason, want[left.Subject])
		}
	}
	if len(c.Left) != len(want) || len(c.Used) != 7 || len(c.Scores) != 7 {
		t.Errorf("got %d used, %d scores and %d left out; want 7, 7 and %d", len(c.Used), len(c.Scores), len(c.Left), len(want))
	}
}

func TestComponentsRefuse(t *testing.T) {
	people := rhythms(6)
	same := slices.Repeat(people[:1], 6)
	for want, try := range map[string]struct {
		people []app.DayProfile
		p      app.ProfileOptions
		o      app.ComponentOptions
	}{
		"1 recording with an average day":       {people: people[:1]},
		"6 are needed":                          {people: people[:5], o: app.ComponentOptions{Components: 5}},
		"the same":                              {people: same},
		"1 to 9":                                {people: people, o: app.ComponentOptions{Components: 10}},
		"harmonics":                             {people: people, o: app.ComponentOptions{Harmonics: -1}},
		"a share of 1.5":                        {people: people, o: app.ComponentOptions{Share: 1.5}},
		"at least -1 days":                      {people: people, o: app.ComponentOptions{MinDays: -1}},
		"choose all, weekdays":                  {people: people, p: app.ProfileOptions{Days: "mondays"}},
		"bins of 7 minutes":                     {people: people, p: app.ProfileOptions{BinMinutes: 7}},
		"P0: from 00:00 to 00:10 5 of its days": {people: people, o: app.ComponentOptions{MinDays: 6}},
	} {
		if _, err := app.ComponentsOf(try.people, try.p, try.o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
}

// stepDays imports days of one height on weekdays and another on Saturday and Sunday,
// from a Monday on.
func (b *bench) stepDays(t *testing.T, name string, days int, height, weekend float64) {
	t.Helper()
	var text strings.Builder
	text.WriteString("time,activity\n")
	start := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	for i := range days * 1440 {
		v := 0.0
		if hour := i % 1440 / 60; hour >= 8 && hour < 20 {
			if v = height; i/1440%7 >= 5 {
				v = weekend
			}
		}
		fmt.Fprintf(&text, "%s,%g\n", start.Add(time.Duration(i)*time.Minute).Format("2006-01-02 15:04:05"), v)
	}
	if _, err := b.Import(t.Context(), []string{b.write(t, name+".csv", []byte(text.String()))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestDayProfilesOfKindsOfDays(t *testing.T) {
	b := newBench(t).withLibrary(t)
	b.stepDays(t, "P1", 7, 100, 800)
	for _, test := range []struct {
		o    app.ProfileOptions
		want float64 // at noon
		days int
	}{
		{app.ProfileOptions{}, 300, 7},
		{app.ProfileOptions{Days: app.Weekdays}, 100, 5},
		{app.ProfileOptions{Days: app.Weekends}, 800, 2},
		{app.ProfileOptions{Days: app.Weekdays, Log: true}, math.Log(101), 5},
		{app.ProfileOptions{BinMinutes: 60, Log: true}, (5*math.Log(101) + 2*math.Log(801)) / 7, 7},
	} {
		var got []app.DayProfile
		err := b.DayProfiles(t.Context(), app.All(), test.o, nil, func(p app.DayProfile) error {
			got = append(got, p)
			return nil
		})
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		noon, midnight := len(got[0].Mean)/2, 0
		if p := got[0]; !near(p.Mean[noon], test.want, 1e-9) || p.Days[noon] != test.days || p.Mean[midnight] != 0 {
			t.Errorf("%+v: got %v over %d days at noon and %v at midnight, want %v over %d and 0", test.o, p.Mean[noon], p.Days[noon], p.Mean[midnight], test.want, test.days)
		}
	}
}

func TestDrawComponents(t *testing.T) {
	b := newBench(t).withSample(t)
	b.cosineDays(t, "short", 1)
	path, _ := peopleTable(t, b)
	if _, err := b.ImportPeople(t.Context(), path, app.PeopleOptions{Visits: "last"}); err != nil {
		t.Fatal(err)
	}
	curves, err := b.DrawComponents(t.Context(), app.All(), app.ProfileOptions{Log: true}, app.ComponentOptions{Components: 3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if chart := curves.Chart.(plots.Components); len(chart.Components) != 3 || !strings.Contains(chart.Unit, "ln(1 + ") || !strings.Contains(chart.Caption, "1 recording left out") {
		t.Errorf("got %d components in %q, caption %q", len(chart.Components), chart.Unit, chart.Caption)
	}
	if got, want := strings.Join(curves.Data.Header, " "), "minute clock mean component_1 component_1_1sd component_2 component_2_1sd component_3 component_3_1sd"; got != want || len(curves.Data.Rows) != 144 || curves.Data.Rows[143][1] != "23:50" {
		t.Errorf("got %d rows of %q, want 144 of %q", len(curves.Data.Rows), got, want)
	}
	scores, err := b.DrawComponentScores(t.Context(), app.ComponentScoresOptions{Recordings: app.All(), Options: app.ComponentOptions{Components: 2}, By: "sex"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if chart := scores.Chart.(plots.Embedding); len(chart.X) != 47 || chart.Color.Name != "sex" || !strings.HasPrefix(chart.Axes[1], "Component 2, ") {
		t.Errorf("got %d points by %q up %q", len(chart.X), chart.Color.Name, chart.Axes[1])
	}
	last := scores.Data.Rows[len(scores.Data.Rows)-1]
	if len(scores.Data.Rows) != 48 || last[0] != "short" || !strings.Contains(last[len(last)-1], "most are of ActiGraph counts") || last[5] != "" {
		t.Errorf("the table has %d rows, the last %q; want 48 and why the short recording is left out", len(scores.Data.Rows), last)
	}
	sums := make([]float64, 2)
	for _, row := range scores.Data.Rows[:47] {
		sums[0] += cellOf(t, row[5])
		sums[1] += cellOf(t, row[6])
	}
	if !near(sums[0], 0, 1e-6) || !near(sums[1], 0, 1e-6) {
		t.Errorf("the scores have sums of %v, want 0", sums)
	}
	if scores.Sources.Details["participant_tables"] == nil || len(scores.Sources.Details["explained"].([]float64)) != 2 {
		t.Errorf("the sources are %v", scores.Sources.Details)
	}
	for want, o := range map[string]app.ComponentScoresOptions{
		"there is no component 3": {X: 3, Options: app.ComponentOptions{Components: 2}},
		"makes no groups":         {By: "IS"},
		"no column":               {By: "nothing"},
	} {
		o.Recordings = app.All()
		if _, err := b.DrawComponentScores(t.Context(), o, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
}
