package explore_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"circascope/explore"
)

func ckaTest(t *testing.T, a, b [][]float32, people []string) *explore.CKATest {
	t.Helper()
	test, err := explore.NewCKATest(a, b, people)
	if err != nil {
		t.Fatal(err)
	}
	return test
}

func cka(t *testing.T, a, b [][]float32) explore.CKA {
	t.Helper()
	return ckaTest(t, a, b, nil).Value()
}

// NumPy 2.4.6 in float64, from the n x n Gram matrices: the unbiased criterion as
// the mean over all ordered quadruples of different rows of
// K[i,j]·(L[i,j] + L[q,r] - 2·L[i,q]) for 8 rows and fewer, as the inner product of
// U-centred matrices for 200; the plain one as that of H·K·H and H·L·H.
func TestCKAGolden(t *testing.T) {
	s, m, l := embeddings(t, "S"), embeddings(t, "M"), embeddings(t, "L")
	for _, test := range []struct {
		name string
		a, b [][]float32
		want explore.CKA
	}{
		{"S and M", s, m, explore.CKA{Debiased: 0.7883190855671263, Plain: 0.8533679130730377}},
		{"S and L", s, l, explore.CKA{Debiased: 0.6287587460789046, Plain: 0.8430816583725133}},
		{"M and L", m, l, explore.CKA{Debiased: 0.757248249317806, Plain: 0.8588462001393361}},
		{"S and L, 4 weeks", s[:4], l[:4], explore.CKA{Debiased: 0.9897153003762142, Plain: 0.9324752367293802}},
		{
			"S and hourly profiles, 200 people", probe(t, "PAT-S_random_emb", 96), probe(t, "baseline_hourly_profile_emb", 24),
			explore.CKA{Debiased: 0.2871760890111674, Plain: 0.29673219574593557},
		},
	} {
		got := cka(t, test.a, test.b)
		if !(math.Abs(got.Debiased-test.want.Debiased) < 1e-12) || !(math.Abs(got.Plain-test.want.Plain) < 1e-12) {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}

// NumPy 2.4.6: mean, 95th percentile and share that reaches the value over all
// 8! = 40,320 orders of S beside M. The mean of the debiased one is 0 exactly.
func TestShuffledGolden(t *testing.T) {
	test := ckaTest(t, embeddings(t, "S"), embeddings(t, "M"), nil)
	value := test.Value()
	rng := rand.New(rand.NewPCG(1, 2))
	var debiased, plain []float64
	for range 5000 {
		v := test.Shuffled(rng)
		debiased, plain = append(debiased, v.Debiased), append(plain, v.Plain)
	}
	got, err := explore.NullOf(value.Debiased, debiased)
	if err != nil || math.Abs(got.Mean) > 0.02 || math.Abs(got.P95-0.4515) > 0.03 || math.Abs(got.P-0.0028) > 0.002 || got.Rounds != 5000 {
		t.Errorf("debiased: got %+v, %v; want mean 0, P95 0.4515, P 0.0028", got, err)
	}
	got, err = explore.NullOf(value.Plain, plain)
	if err != nil || math.Abs(got.Mean-0.4163) > 0.02 || math.Abs(got.P95-0.6269) > 0.02 {
		t.Errorf("plain: got %+v, %v; want mean 0.4163, P95 0.6269", got, err)
	}
	if again := test.Value(); again != value {
		t.Errorf("after the shuffles the value is %+v, it was %+v", again, value)
	}
}

// noise returns n rows of independent normal numbers.
func noise(rng *rand.Rand, n, d int) [][]float32 {
	rows := make([][]float32, n)
	for i := range rows {
		rows[i] = make([]float32, d)
		for j := range rows[i] {
			rows[i][j] = float32(rng.NormFloat64())
		}
	}
	return rows
}

func TestCKAOfATurnedCopyIsOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	a := noise(rng, 30, 8)
	b := make([][]float32, len(a))
	for i, row := range a {
		b[i] = slices.Clone(row)
		for j := range 4 { // a rotation of each pair of axes, then a scale and a shift
			sin, cos := math.Sincos(0.3 + float64(j))
			x, y := float64(row[2*j]), float64(row[2*j+1])
			b[i][2*j], b[i][2*j+1] = float32(5*(cos*x-sin*y)+7), float32(5*(sin*x+cos*y)-2)
		}
	}
	for name, other := range map[string][][]float32{"turned": b, "itself": a} {
		if got := cka(t, a, other); math.Abs(got.Debiased-1) > 1e-6 || math.Abs(got.Plain-1) > 1e-6 {
			t.Errorf("%s: got %+v, want 1 and 1", name, got)
		}
	}
}

// Fewer people than dimensions: the plain value of unrelated numbers is high, the
// debiased one about 0.
func TestCKAOfNoise(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	sum := explore.CKA{}
	const rounds = 40
	for range rounds {
		v := cka(t, noise(rng, 47, 96), noise(rng, 47, 96))
		sum.Debiased += v.Debiased / rounds
		sum.Plain += v.Plain / rounds
	}
	if math.Abs(sum.Debiased) > 0.01 || sum.Plain < 0.6 {
		t.Errorf("got a mean of %+v, want about 0 debiased and more than 0.6 plain", sum)
	}
}

func TestCKAKnowsNoOrderOfPeople(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	a, b := noise(rng, 20, 6), noise(rng, 20, 9)
	for i := range b {
		b[i][0] += 3 * a[i][0] // something in common
	}
	want := cka(t, a, b)
	var p, q [][]float32
	for _, i := range rng.Perm(len(a)) {
		p, q = append(p, a[i]), append(q, b[i])
	}
	for name, got := range map[string]explore.CKA{"other order": cka(t, p, q), "other way round": cka(t, b, a)} {
		if math.Abs(got.Debiased-want.Debiased) > 1e-12 || math.Abs(got.Plain-want.Plain) > 1e-12 {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
	if want.Debiased < 0.1 {
		t.Errorf("got %+v of embeddings with something in common", want)
	}
}

// Two weeks of each person are nearly the same. Shuffled one by one they would
// lose that, and nothing would be as alike as the embeddings are.
func TestShuffledKeepsAPersonsWeeksTogether(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	const persons = 12
	a, b := noise(rng, persons, 4), noise(rng, persons, 4) // unrelated
	var x, y [][]float32
	var people []string
	for i := range persons {
		for range 3 {
			x, y = append(x, a[i]), append(y, b[i])
			people = append(people, fmt.Sprint("P", i))
		}
	}
	mean := func(people []string) float64 {
		test := ckaTest(t, x, y, people)
		sum := 0.0
		for range 300 {
			sum += test.Shuffled(rng).Debiased / 300
		}
		return sum
	}
	together, apart := mean(people), mean(nil)
	if together < 0.02 || math.Abs(apart) > 0.01 {
		t.Errorf("got a mean of %.3f with a person's weeks together and %.3f apart; want the first above 0, the second 0", together, apart)
	}
}

func TestMovable(t *testing.T) {
	rows := noise(rand.New(rand.NewPCG(11, 12)), 7, 3)
	test := ckaTest(t, rows, rows, []string{"a", "b", "c", "c", "d", "d", "d"})
	if got := test.Movable(); got != 2 {
		t.Errorf("got %d movable people, want 2: a and b have one week each", got)
	}
	stuck := ckaTest(t, rows, rows, []string{"a", "b", "b", "c", "c", "c", "c"})
	if got, want := stuck.Shuffled(rand.New(rand.NewPCG(1, 1))), stuck.Value(); stuck.Movable() != 0 || got != want {
		t.Errorf("nobody can move: got %+v of %d, want %+v", got, stuck.Movable(), want)
	}
}

func TestCKAHasNoValue(t *testing.T) {
	rows := noise(rand.New(rand.NewPCG(13, 14)), 5, 3)
	equal := [][]float32{{0.1, 0.7, 3}, {0.1, 0.7, 3}, {0.1, 0.7, 3}, {0.1, 0.7, 3}, {0.1, 0.7, 3}}
	corners := [][]float32{{1, 0, 0, 0, 0}, {0, 1, 0, 0, 0}, {0, 0, 1, 0, 0}, {0, 0, 0, 1, 0}, {0, 0, 0, 0, 1}}
	for _, test := range []struct {
		name   string
		a, b   [][]float32
		people []string
		want   string
	}{
		{"three weeks", rows[:3], rows[:3], nil, "3 weeks, and at least 4"},
		{"nothing", nil, nil, nil, "no values"},
		{"other people", rows, rows[:4], nil, "same people in both"},
		{"all equal", rows, equal, nil, "second table: all rows are equal"},
		{"all equally far", corners, rows, nil, "equally far"},
		{"names", rows, rows, []string{"a"}, "one name a week"},
	} {
		_, err := explore.NewCKATest(test.a, test.b, test.people)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want it to say %q", test.name, err, test.want)
		}
	}
}

func TestNullOf(t *testing.T) {
	var shuffles []float64
	for i := range 20 {
		shuffles = append(shuffles, float64(i))
	}
	got, err := explore.NullOf(18, shuffles)
	if want := (explore.Null{Rounds: 20, Mean: 9.5, P95: 18, P: 3.0 / 21}); err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	if _, err := explore.NullOf(1, nil); err == nil {
		t.Error("no shuffles: want an error")
	}
}
