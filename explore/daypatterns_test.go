package explore_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"circascope/explore"
)

// day returns a curve over the hours of a day in bins of half an hour.
func day(f func(hour float64) float64) []float64 {
	values := make([]float64, 48)
	for i := range values {
		values[i] = f((float64(i) + 0.5) / 2)
	}
	return values
}

// cohort returns people whose days are a mean and two known curves with known
// scores: how strong the rhythm is, and a second peak; plus noise.
func cohort(people int, noise float64) (days [][]float64, scores [][2]float64) {
	random := rand.New(rand.NewPCG(1, 2))
	for range people {
		a, b := 50*random.NormFloat64(), 15*random.NormFloat64()
		days = append(days, day(func(h float64) float64 {
			return 200 + 100*math.Cos(2*math.Pi*(h-15)/24) +
				a*math.Sqrt2*math.Cos(2*math.Pi*(h-15)/24) + b*math.Sqrt2*math.Cos(2*math.Pi*(h-10)/12) + noise*random.NormFloat64()
		}))
		scores = append(scores, [2]float64{a, b})
	}
	return days, scores
}

// spreadOf returns the mean and the variance of a column.
func spreadOf(scores [][2]float64, c int) (mean, variance float64) {
	for _, s := range scores {
		mean += s[c] / float64(len(scores))
	}
	for _, s := range scores {
		variance += (s[c] - mean) * (s[c] - mean) / float64(len(scores)-1)
	}
	return mean, variance
}

// With independent scores of different spread the components are the curves that the
// days were made of.
func TestFunctionalPCAOfAKnownCohort(t *testing.T) {
	days, scores := cohort(4000, 20)
	got, err := explore.FunctionalPCA(days, 4, 3)
	if err != nil {
		t.Fatal(err)
	}
	curves := [][]float64{
		day(func(h float64) float64 { return math.Sqrt2 * math.Cos(2*math.Pi*(h-15)/24) }),
		day(func(h float64) float64 { return math.Sqrt2 * math.Cos(2*math.Pi*(h-10)/12) }),
	}
	for c, curve := range curves {
		sign := 1.0 // of curves with equal extremes either sign may be the greater
		if got.Curves[c][peakBins[c]]*curve[peakBins[c]] < 0 {
			sign = -1
		}
		for i, want := range curve {
			if math.Abs(sign*got.Curves[c][i]-want) > 0.06 {
				t.Fatalf("component %d, bin %d: got %v, want %v", c+1, i, sign*got.Curves[c][i], want)
			}
		}
		mean, variance := spreadOf(scores, c)
		for p, s := range scores[:50] {
			if off := math.Abs(sign*got.Scores[p][c] - (s[c] - mean)); off > 15 {
				t.Errorf("person %d: got a score of %v on component %d, want %v", p, sign*got.Scores[p][c], c+1, s[c]-mean)
			}
		}
		_, other := spreadOf(scores, 1-c)
		if want := variance / (variance + other); math.Abs(got.Explained[c]-want) > 0.03 {
			t.Errorf("component %d explains %v, want about %v", c+1, got.Explained[c], want)
		}
	}
	if got.Explained[2] > 0.01 {
		t.Errorf("a third component explains %v", got.Explained[2])
	}
	if got.Kept < 0.8 || got.Kept > 0.95 { // noise of 400 in 3100, of which 9 of 48 parts are left
		t.Errorf("the smooth days keep %v of the variance", got.Kept)
	}
}

// peakBins are bins near the peaks of the known curves.
var peakBins = []int{30, 20}

// All components rebuild the smooth days; days of few harmonics are smooth already.
func TestFunctionalPCARebuilds(t *testing.T) {
	days, _ := cohort(12, 0)
	got, err := explore.FunctionalPCA(days, 3, 7)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got.Kept-1) > 1e-12 {
		t.Errorf("the smooth days keep %v of the variance, want all", got.Kept)
	}
	for p, want := range days {
		for i := range want {
			v := got.Mean[i]
			for c, curve := range got.Curves {
				v += got.Scores[p][c] * curve[i]
			}
			if math.Abs(v-want[i]) > 1e-9 {
				t.Fatalf("person %d, bin %d: got %v, want %v", p, i, v, want[i])
			}
		}
	}
	for c, curve := range got.Curves[:2] {
		square, highest := 0.0, 0.0
		for _, v := range curve {
			square += v * v / 48
			if math.Abs(v) > math.Abs(highest) {
				highest = v
			}
		}
		if math.Abs(square-1) > 1e-9 || highest < 0 {
			t.Errorf("component %d has a mean square of %v and a greatest value of %v", c+1, square, highest)
		}
	}
}

func TestFunctionalPCARefuses(t *testing.T) {
	days, _ := cohort(5, 1)
	gap := append([][]float64{}, days...)
	gap[3] = day(func(h float64) float64 { return math.Log(h - 12) })
	short := append([][]float64{}, days...)
	short[2] = days[2][:47]
	for _, test := range []struct {
		days         [][]float64
		harmonics, k int
		want         string
	}{
		{nil, 4, 2, "no values"},
		{days[:1], 4, 2, "at least 2"},
		{gap, 4, 2, "row 4"},
		{short, 4, 2, "row 3 has 47"},
		{days, 0, 2, "1 to 23"},
		{days, 24, 2, "1 to 23"},
		{days, 2, 6, "6 asked for"},
	} {
		if _, err := explore.FunctionalPCA(test.days, test.harmonics, test.k); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%d harmonics, %d components: got error %v, want %q", test.harmonics, test.k, err, test.want)
		}
	}
}
