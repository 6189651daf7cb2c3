package app_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
	"circascope/plots"
)

// madeSet is a set of a size with one week for each name; a name that comes again
// has several.
func madeSet(size models.Size, names []string, vector func(week, dim int) float64) app.EmbeddingSet {
	s := app.EmbeddingSet{Group: app.Group{Model: size, Minutes: models.WeekMinutes}, ScalerName: "made up"}
	weeks := map[string]int{}
	for i, name := range names {
		r := inference.Result{ID: fmt.Sprint(size, i), Vector: make([]float32, models.Dim), Seconds: float64(i + 1)}
		r.Recording, r.Subject = "rec "+name, name
		r.WeekStart = fmt.Sprintf("2015-01-%02dT00:00:00", 1+7*weeks[name])
		weeks[name]++
		for d := range r.Vector {
			r.Vector[d] = float32(vector(i, d))
		}
		s.Results = append(s.Results, r)
	}
	return s
}

func noise(seed uint64) func(int, int) float64 {
	rng := rand.New(rand.NewPCG(seed, 0))
	return func(int, int) float64 { return rng.NormFloat64() }
}

func persons(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("P%04d", i)
	}
	return names
}

func compared(t testing.TB, sets ...app.EmbeddingSet) app.Comparison {
	t.Helper()
	c, err := app.CompareSets(app.Comparable{Sets: sets})
	if err != nil {
		t.Fatal(err)
	}
	if c.Agreed, err = app.AgreementOf(t.Context(), c.Sizes, nil); err != nil {
		t.Fatal(err)
	}
	return c
}

func isAbout(f app.Figure, want, tolerance float64) bool {
	return f.Value != nil && math.Abs(*f.Value-want) <= tolerance
}

func TestTheSameModelTwiceAgrees(t *testing.T) {
	c := compared(t, madeSet(models.Small, persons(40), noise(1)), madeSet(models.Medium, persons(40), noise(1)))
	p := c.Agreed.Pairs[0]
	if !isAbout(p.CKA, 1, 1e-9) || !isAbout(p.Plain, 1, 1e-9) || !isAbout(p.Overlap, 1, 0) || !isAbout(p.Distances, 1, 1e-12) || !isAbout(p.Disparity, 0, 1e-9) {
		t.Errorf("got %+v, want 1 everywhere and no disparity", p)
	}
	if p.Null == nil || p.Null.P != 1.0/201 || math.Abs(p.Null.Mean) > 0.05 || p.PlainNull.Mean < 0.5 {
		t.Errorf("shuffled: got %+v and plain %+v, want about 0, p 1/201, and a plain mean that flatters", p.Null, p.PlainNull)
	}
	if c.Agreed.Neighbours != 10 || math.Abs(c.Agreed.Chance-10.0/39) > 1e-12 {
		t.Errorf("got %d neighbours, %v by chance; want 10, 10/39", c.Agreed.Neighbours, c.Agreed.Chance)
	}
	for _, d := range c.Agreed.People {
		if !isAbout(d.Neighbours, 0, 0) || !isAbout(d.Shift, 0, 1e-6) {
			t.Fatalf("%s: got %+v, want no disagreement", d.Subject, d)
		}
	}
}

// One week is placed elsewhere by the second size.
func TestWhoIsPlacedElsewhereComesFirst(t *testing.T) {
	at := func(moved bool) func(int, int) float64 {
		return func(i, d int) float64 {
			x := math.Sin(float64(i)) + float64(i%7)*float64(d%5)*0.1 + 0.05*math.Cos(float64(i*d))
			if moved && i == 11 {
				return -x
			}
			return x
		}
	}
	c := compared(t, madeSet(models.Small, persons(30), at(false)), madeSet(models.Large, persons(30), at(true)))
	if got := c.Agreed.People[0]; got.Subject != "P0011" || got.Recording != "rec P0011" || *got.Neighbours.Value <= *c.Agreed.People[1].Neighbours.Value {
		t.Errorf("got %s first, want P0011", got.Subject)
	}
	if len(c.Agreed.People) != 30 {
		t.Errorf("got %d people, want 30", len(c.Agreed.People))
	}
}

func TestFewWeeksGiveReasons(t *testing.T) {
	for n := range 5 {
		c := compared(t, madeSet(models.Small, persons(n), noise(1)), madeSet(models.Medium, persons(n), noise(2)))
		p := c.Agreed.Pairs[0]
		if c.Weeks != n || c.People != n || len(c.Agreed.People) != n {
			t.Errorf("%d weeks: got %d weeks of %d people, %d ranked", n, c.Weeks, c.People, len(c.Agreed.People))
		}
		for _, f := range []struct {
			name  string
			least int
			app.Figure
		}{{"CKA", 4, p.CKA}, {"plain CKA", 4, p.Plain}, {"neighbours", 3, p.Overlap}, {"distances", 3, p.Distances}, {"shape", 3, p.Disparity}} {
			if there := f.Value != nil; there != (n >= f.least) || there == (f.Reason != "") {
				t.Errorf("%d weeks, %s: got %+v, want a value from %d on, else a reason", n, f.name, f.Figure, f.least)
			}
		}
		chart, _ := app.CompareReport(c, plots.Coloring{})
		if chart.Aspect(plots.A4()) <= 0 {
			t.Errorf("%d weeks: the report has no height", n)
		}
	}
}

func TestOneSizeHasNoPairs(t *testing.T) {
	c := compared(t, madeSet(models.Small, persons(6), noise(1)))
	if len(c.Agreed.Pairs) != 0 || len(c.Agreed.People) != 6 || c.Agreed.People[0].Neighbours.Reason == "" {
		t.Errorf("got %+v, want no pairs and a reason for each person", c.Agreed)
	}
	if len(c.Sizes[0].Variance) != 5 || c.Sizes[0].Seconds.Median != 3.5 {
		t.Errorf("got %v and %+v, want five components and a median of 3.5 s", c.Sizes[0].Variance, c.Sizes[0].Seconds)
	}
}

func TestEqualEmbeddingsGiveReasons(t *testing.T) {
	c := compared(t, madeSet(models.Small, persons(8), noise(1)), madeSet(models.Medium, persons(8), func(int, int) float64 { return 0.3 }))
	p := c.Agreed.Pairs[0]
	if !strings.Contains(p.CKA.Reason, "rows are equal") || p.Distances.Reason == "" || p.Disparity.Reason == "" {
		t.Errorf("got %+v, want reasons", p)
	}
}

// People have one, two and three weeks: only those with equally many may change
// places, and people are counted apart from weeks.
func TestRepeatedWeeksAreOnePerson(t *testing.T) {
	names := []string{"a", "a", "b", "b", "c", "d", "e", "e", "e"}
	c := compared(t, madeSet(models.Small, names, noise(1)), madeSet(models.Medium, names, noise(2)))
	if c.Weeks != 9 || c.People != 5 || len(c.Agreed.People) != 5 {
		t.Errorf("got %d weeks of %d people, %d ranked; want 9, 5, 5", c.Weeks, c.People, len(c.Agreed.People))
	}
	stuck := compared(t, madeSet(models.Small, names[4:9], noise(1)), madeSet(models.Medium, names[4:9], noise(1)))
	if p := stuck.Agreed.Pairs[0]; p.Null == nil {
		t.Errorf("c and d have one week each and can change places: got %+v", p)
	}
	alone := compared(t, madeSet(models.Small, []string{"a", "b", "b", "c", "c", "c"}, noise(1)), madeSet(models.Medium, []string{"a", "b", "b", "c", "c", "c"}, noise(1)))
	if p := alone.Agreed.Pairs[0]; p.Null != nil || !strings.Contains(p.NullWhy, "equally many weeks") || !isAbout(p.CKA, 1, 1e-9) {
		t.Errorf("nobody can change places: got %+v", p)
	}
}

func TestAgreeIsRepeatableAndStops(t *testing.T) {
	sets := []app.EmbeddingSet{madeSet(models.Small, persons(25), noise(1)), madeSet(models.Medium, persons(25), noise(2)), madeSet(models.Large, persons(25), noise(3))}
	first, second := compared(t, sets...), compared(t, sets...)
	if len(first.Agreed.Pairs) != 3 || !reflect.DeepEqual(first.Agreed, second.Agreed) {
		t.Error("the same weeks gave two answers, or not three pairs")
	}
	ctx, cancel := context.WithCancel(t.Context())
	var last, total int64
	_, err := app.AgreementOf(ctx, first.Sizes, func(done, of int64, _ string) {
		if last, total = done, of; done == 50 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || last != 50 || total != 606 {
		t.Errorf("got %v after %d of %d steps, want it to stop after 50 of 606", err, last, total)
	}
}

// apart is the distance of a week's points of the first two sizes.
func apart(c app.Comparison, week int) float64 {
	a, b := c.Sizes[0].Aligned[week], c.Sizes[1].Aligned[week]
	return math.Hypot(a[0]-b[0], a[1]-b[1])
}

func TestAPairAlone(t *testing.T) {
	sets := []app.EmbeddingSet{madeSet(models.Small, persons(25), noise(1)), madeSet(models.Medium, persons(25), noise(2)), madeSet(models.Large, persons(25), noise(3))}
	all := compared(t, sets...)
	for i, p := range all.Agreed.Pairs {
		two, err := all.Pair(i)
		if err != nil || len(two.Sizes) != 2 || two.Sizes[0].Model != p.A || two.Sizes[1].Model != p.B {
			t.Fatalf("%s: got %d sizes, %v", p.Name(), len(two.Sizes), err)
		}
		want := compared(t, two.Sizes[0].Set, two.Sizes[1].Set)
		if !reflect.DeepEqual(two.Agreed.People, want.Agreed.People) {
			t.Errorf("%s: people are not ranked as in a comparison of these two", p.Name())
		}
		// The axes may be mirrored; how far a week's points are apart is the same.
		if got, want := apart(two, 3), apart(want, 3); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: a week's points are %v apart, want %v", p.Name(), got, want)
		}
	}
	if len(all.Sizes) != 3 || len(all.Agreed.Pairs) != 3 {
		t.Error("a look at a pair changed the whole")
	}
}

func TestTablesHaveTheirColumns(t *testing.T) {
	for _, n := range []int{0, 2, 12} {
		c := compared(t, madeSet(models.Small, persons(n), noise(1)), madeSet(models.Medium, persons(n), noise(2)))
		tables := app.CompareTables(c)
		if len(tables) != 3 {
			t.Fatalf("got %d tables, want 3", len(tables))
		}
		typed(t, tables[0], "model", "weights_sha256", "weights_state", "scaler", "scaler_id", "preparation", "precision", "machine_measured_in")
		typed(t, tables[1], "a", "b", "cka_reason", "neighbour_reason", "distance_reason", "procrustes_reason")
		typed(t, tables[2], "subject", "recording", "reason")
		for _, table := range tables {
			for _, row := range table.Rows {
				if len(row) != len(table.Header) {
					t.Errorf("%s, %d weeks: a row has %d cells, want %d", table.Name, n, len(row), len(table.Header))
				}
			}
		}
	}
}

func BenchmarkAgree10000(b *testing.B) {
	sets := []app.EmbeddingSet{madeSet(models.Small, persons(10000), noise(1)), madeSet(models.Medium, persons(10000), noise(2)), madeSet(models.Large, persons(10000), noise(3))}
	c, err := app.CompareSets(app.Comparable{Sets: sets})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := app.AgreementOf(b.Context(), c.Sizes, nil); err != nil {
			b.Fatal(err)
		}
	}
}
