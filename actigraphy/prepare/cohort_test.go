package prepare_test

import (
	"errors"
	"iter"
	"math"
	"strings"
	"testing"

	"circascope/actigraphy/prepare"
)

// cohort returns one week for each row.
func cohort(rows ...[]float64) []prepare.Week {
	weeks := make([]prepare.Week, len(rows))
	for i, row := range rows {
		weeks[i] = prepare.Week{Start: naive("2020-01-01 00:00:00"), WeekStart: prepare.FirstMidnight, Values: row}
	}
	return weeks
}

func fit(t *testing.T, weeks []prepare.Week) prepare.Scaler {
	t.Helper()
	s, err := prepare.FitCohort("test", prepare.FirstMidnight, "counts", prepare.Each(weeks))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The expected numbers are those of scikit-learn 1.5.2 with NumPy 1.23.5:
// StandardScaler().fit(X).mean_, .scale_ and .transform(X) of the table whose
// columns are written below. The columns: plain; constant; mostly zero; a large
// offset; a constant whose mean is not exact; one that varies by rounding only
// (scikit-learn's near-constant rule gives it scale 1); and two with a large
// offset, just within that rule and just beyond it.
func TestFitCohortAsScikitLearn(t *testing.T) {
	columns := []struct {
		x           [4]float64
		mean, scale float64
		transformed [4]float64
	}{
		{[4]float64{1, 2, 4, 8}, 3.75, 2.680951323690902, [4]float64{-1.025755289064345, -0.6527533657682196, 0.09325048082403138, 1.5852581740085334}},
		{[4]float64{5, 5, 5, 5}, 5, 1, [4]float64{}},
		{[4]float64{0, 0, 0, 3}, 0.75, 1.299038105676658, [4]float64{-0.5773502691896257, -0.5773502691896257, -0.5773502691896257, 1.7320508075688772}},
		{[4]float64{1e8 + 1, 1e8 + 2, 1e8 + 4, 1e8 + 8}, 100000003.75, 2.680951323690902, [4]float64{-1.025755289064345, -0.6527533657682196, 0.09325048082403138, 1.5852581740085334}},
		{[4]float64{0.1, 0.1, 0.1, 0.1}, 0.1, 1, [4]float64{}},
		{[4]float64{2, 2, 2, math.Nextafter(2, 3)}, 2, 1, [4]float64{0, 0, 0, 4.440892098500626e-16}},
		{[4]float64{1e10, 1e10, 1e10, 1e10 + 2e-6}, 1e10, 1, [4]float64{0, 0, 0, 1.9073486328125e-06}},
		{[4]float64{1e10, 1e10, 1e10, 1e10 + 1e-4}, 10000000000.000025, 4.29471216171177e-05, [4]float64{-0.5773502691896257, -0.5773502691896257, -0.5773502691896257, 1.7320508075688772}},
	}
	rows := make([][]float64, 4)
	for i := range rows {
		for _, c := range columns {
			rows[i] = append(rows[i], c.x[i])
		}
	}
	weeks := cohort(rows...)
	s := fit(t, weeks)
	for j, c := range columns {
		if s.Mean[j] != c.mean || s.Scale[j] != c.scale {
			t.Errorf("column %d: got mean %v, scale %v; want %v, %v", j, s.Mean[j], s.Scale[j], c.mean, c.scale)
		}
	}
	for i, w := range weeks {
		got, err := s.Apply(w)
		if err != nil {
			t.Fatal(err)
		}
		for j, c := range columns {
			if want := float32(c.transformed[i]); got[j] != want {
				t.Errorf("row %d, column %d: got %v, want %v", i, j, got[j], want)
			}
		}
	}
}

func TestFitCohortRefuses(t *testing.T) {
	other := cohort([]float64{1, 2}, []float64{3, 4})
	other[1].WeekStart = "monday"
	broken := errors.New("disk on fire")
	once := func(weeks []prepare.Week) iter.Seq2[prepare.Week, error] {
		used := false
		return func(yield func(prepare.Week, error) bool) {
			if !used {
				used = true
				prepare.Each(weeks)(yield)
			}
		}
	}
	for _, test := range []struct {
		name  string
		weeks iter.Seq2[prepare.Week, error]
		want  string
	}{
		{"nobody", prepare.Each(nil), "0 weeks, and at least 2"},
		{"one person", prepare.Each(cohort([]float64{1, 2})), "a cohort of one standardises to zeros"},
		{"another length", prepare.Each(cohort([]float64{1, 2}, []float64{1})), "has 1 minutes, and the first has 2"},
		{"another start", prepare.Each(other), `starts at "monday"`},
		{"missing", prepare.Each(cohort([]float64{1, 2}, []float64{nan, 2})), "NaN at minute 1"},
		{"empty", prepare.Each(cohort(nil, nil)), "no minutes"},
		{"changes under way", once(cohort([]float64{1}, []float64{2})), "2 at first, then 0"},
		{"an error", func(yield func(prepare.Week, error) bool) { yield(prepare.Week{}, broken) }, "disk on fire"},
	} {
		_, err := prepare.FitCohort("mine", prepare.FirstMidnight, "counts", test.weeks)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), `"mine"`) {
			t.Errorf("%s: got error %v, want one with %q", test.name, err, test.want)
		}
	}
}
