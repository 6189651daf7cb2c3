package explore_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"circascope/explore"
)

func TestNeighboursTiesAndDistances(t *testing.T) {
	// 0 and 2 are equally far from 1; 3 lies far out in the direction of 0.
	rows := [][]float32{{1, 0}, {2, 1}, {3, 0}, {10, 0}}
	got, err := explore.Neighbours(rows, 2, explore.Euclidean)
	if want := [][]int{{1, 2}, {0, 2}, {1, 0}, {2, 1}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("euclidean: got %v, %v; want %v", got, err, want)
	}
	got, err = explore.Neighbours(rows, 2, explore.Cosine)
	if want := [][]int{{2, 3}, {0, 2}, {0, 3}, {0, 2}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("cosine: got %v, %v; want %v", got, err, want)
	}
}

func TestDefaultNeighbours(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 0, 2: 0, 3: 1, 8: 2, 11: 3, 31: 10, 47: 10} {
		if got := explore.DefaultNeighbours(n); got != want {
			t.Errorf("%d people: got %d, want %d", n, got, want)
		}
	}
}

// An embedding agrees wholly with itself, shifted, scaled or turned, however many
// dimensions it has.
func TestAgreementWithItself(t *testing.T) {
	a := [][]float32{{0, 0}, {1, 0}, {0, 3}, {5, 5}, {-4, 1}, {2, 7}}
	b := make([][]float32, len(a))
	points, moved := make([][]float64, len(a)), make([][]float64, len(a))
	for i, p := range a {
		b[i] = []float32{10 - 2*p[1], 2 * p[0], 7}
		points[i] = []float64{float64(p[0]), float64(p[1])}
		moved[i] = []float64{10 - 2*float64(p[1]), -2 * float64(p[0])}
	}
	if got, err := explore.NeighbourOverlap(a, b, 2); err != nil || got != 1 {
		t.Errorf("got overlap %v, %v; want 1", got, err)
	}
	if got, err := explore.DistanceCorrelation(a, b); err != nil || math.Abs(got-1) > 1e-12 {
		t.Errorf("got correlation %v, %v; want 1", got, err)
	}
	got, err := explore.Procrustes(points, moved)
	if err != nil || got.Disparity > 1e-12 {
		t.Fatalf("got disparity %v, %v; want 0", got.Disparity, err)
	}
	for i := range points {
		if !near(got.Points[i], points[i], 1e-12) {
			t.Errorf("point %d: got %v, want %v", i, got.Points[i], points[i])
		}
	}
}

// SciPy 1.11.4: spearmanr(pdist(a), pdist(b)) and procrustes(a, b), the points
// times a's norm plus its mean. Four of the six distances of a are tied in pairs.
func TestAgreementSmall(t *testing.T) {
	a := [][]float64{{0, 0}, {1, 0}, {0, 1}, {2, 2}}
	b := [][]float64{{0, 0}, {1, 1}, {0, 2}, {3, 0}}
	got, err := explore.Procrustes(a, b)
	if err != nil {
		t.Fatal(err)
	}
	if want := 0.33246753246753247; math.Abs(got.Disparity-want) > 1e-14 {
		t.Errorf("got disparity %v, want %v", got.Disparity, want)
	}
	want := [][]float64{
		{0.6857142857142859, -0.05714285714285716},
		{0.6285714285714286, 0.8571428571428571},
		{-0.28571428571428603, 0.7999999999999997},
		{1.9714285714285713, 1.4000000000000001},
	}
	for i := range want {
		if !near(got.Points[i], want[i], 1e-14) {
			t.Errorf("point %d: got %v, want %v", i, got.Points[i], want[i])
		}
	}
	narrow := func(rows [][]float64) [][]float32 {
		out := make([][]float32, len(rows))
		for i, r := range rows {
			out[i] = []float32{float32(r[0]), float32(r[1])}
		}
		return out
	}
	if got, err := explore.DistanceCorrelation(narrow(a), narrow(b)); err != nil || math.Abs(got-0.7612788283838284) > 1e-14 {
		t.Errorf("got correlation %v, %v; want 0.7612788283838284", got, err)
	}
}

func TestAgreementRefuses(t *testing.T) {
	two, three := [][]float32{{1, 2}, {3, 5}}, [][]float32{{1, 2}, {3, 5}, {0, 9}}
	same := [][]float64{{1, 1}, {1, 1}, {1, 1}}
	shape := [][]float64{{1, 2}, {3, 5}, {0, 9}}
	failed := func(_ any, err error) error { return err }
	for _, test := range []struct {
		name string
		err  error
		want string
	}{
		{"other people", failed(explore.NeighbourOverlap(two, three, 1)), "want the same people in both"},
		{"too many neighbours", failed(explore.NeighbourOverlap(two, two, 2)), "2 people have 1 to 1"},
		{"no neighbours", failed(explore.Neighbours(three, 0, explore.Euclidean)), "3 people have 1 to 2"},
		{"one person", failed(explore.Neighbours(two[:1], 1, explore.Euclidean)), "1 people have 1 to 0"},
		{"no distance", failed(explore.Neighbours(three, 1, "manhattan")), "choose euclidean or cosine"},
		{"no direction", failed(explore.Neighbours([][]float32{{0, 0}, {1, 1}}, 1, explore.Cosine)), "row 1 is all zeros"},
		{"distances of two", failed(explore.DistanceCorrelation(two, two)), "at least 3"},
		{"equal distances", failed(explore.DistanceCorrelation(three, [][]float32{{1}, {1}, {1}})), "all distances of one embedding are equal"},
		{"no shape", failed(explore.Procrustes(shape, same)), "has no shape"},
		{"other dimensions", failed(explore.Procrustes(shape, [][]float64{{1}, {2}, {3}})), "one has 2 dimensions and the other 1"},
	} {
		if test.err == nil || !strings.Contains(test.err.Error(), test.want) {
			t.Errorf("%s: got error %v, want one with %q", test.name, test.err, test.want)
		}
	}
}

func TestNeighboursAmongSome(t *testing.T) {
	rows := [][]float32{{0}, {1}, {2}, {10}, {11}}
	got, err := explore.NeighboursAmong(rows, []int{0, 3, 4}, 2, explore.Euclidean)
	if want := [][]int{{3, 4}, {0, 3}, {0, 3}, {4, 0}, {3, 0}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	if _, err := explore.NeighboursAmong(rows, []int{0, 3}, 2, explore.Euclidean); err == nil || !strings.Contains(err.Error(), "2 people have 1 to 1") {
		t.Errorf("more neighbours than there are: got %v", err)
	}
}

func TestSharedNeighbours(t *testing.T) {
	got := explore.SharedNeighbours([][]int{{1, 2}, {0, 2}, {0, 1}}, [][]int{{2, 1}, {2, 3}, {4, 3}})
	if want := []float64{1, 0.5, 0}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
