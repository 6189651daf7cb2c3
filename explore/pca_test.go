package explore_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"circascope/explore"
)

// A case small enough to redo by hand; NumPy's SVD gave the numbers.
func TestPCASmall(t *testing.T) {
	got, err := explore.PCA([][]float32{{2, 0, 1}, {0, 1, 0}, {1, 1, 3}, {4, 2, 1}}, 3)
	if err != nil {
		t.Fatal(err)
	}
	wantComponents := [][]float64{
		{0.963212687933792, 0.2635027252790634, 0.05279802623077272},
		{-0.04561391775187595, -0.03331211525087557, 0.9984035624359706},
		{-0.2648408735650222, 0.9640833038425767, 0.02006726043328176},
	}
	wantScores := [][]float64{
		{-0.03589905985330856, -0.22769225479608607, -1.0353103373421528},
		{-1.7516197366726018, -1.1681800969791805, 0.43838745319718664},
		{-0.6300129700464917, 1.7814166725768554, 0.2337483609320097},
		{2.417531766572402, -0.38554432080158907, 0.3631745232129564},
	}
	for i, want := range wantComponents {
		if !near(got.Components[i], want, 1e-14) {
			t.Errorf("component %d: got %v, want %v", i, got.Components[i], want)
		}
	}
	for i, want := range wantScores {
		if !near(got.Scores[i], want, 1e-14) {
			t.Errorf("scores %d: got %v, want %v", i, got.Scores[i], want)
		}
	}
	if want := []float64{0.6006991373685698, 0.30571472816190787, 0.09358613446952233}; !near(got.Explained, want, 1e-14) {
		t.Errorf("got explained %v, want %v", got.Explained, want)
	}
	if want := []float64{1.75, 1, 1.25}; !near(got.Mean, want, 0) {
		t.Errorf("got mean %v, want %v", got.Mean, want)
	}
}

// What has no direction has zeros, never rounding blown up to a picture.
func TestPCAWithoutVariance(t *testing.T) {
	third := float32(1.0 / 3)
	for _, test := range []struct {
		name string
		rows [][]float32
		k    int
		want []float64 // explained
	}{
		{"one person", [][]float32{{1, 2, 3}}, 2, []float64{0, 0}},
		{"equal people", [][]float32{{third, 1e6, 3}, {third, 1e6, 3}, {third, 1e6, 3}}, 2, []float64{0, 0}},
		{"two people", [][]float32{{1, 2, 3}, {3, 2, 1}}, 2, []float64{1, 0}},
		{"a line", [][]float32{{third, 1, 0}, {2 * third, 2, 0}, {4 * third, 4, 0}, {third, 1, 0}}, 3, []float64{1, 0, 0}},
		{"fewer people than dimensions", [][]float32{{1, 0, 0, 0, 0}, {0, 1, 0, 0, 0}, {0, 0, 2, 0, 0}}, 4, []float64{0.75, 0.25, 0, 0}},
	} {
		got, err := explore.PCA(test.rows, test.k)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if !near(got.Explained, test.want, 1e-12) {
			t.Errorf("%s: got explained %v, want %v", test.name, got.Explained, test.want)
		}
		for c, share := range test.want {
			if share != 0 {
				continue
			}
			for i := range got.Scores {
				if got.Scores[i][c] != 0 {
					t.Errorf("%s: got score %v on component %d, want 0", test.name, got.Scores[i][c], c)
				}
			}
		}
	}
}

// Scores keep distances when all components are taken, explained shares add up,
// components are orthonormal, and each one's largest loading is positive.
func TestPCAProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{2, 5, 30, 150} {
		rows := make([][]float32, n)
		for i := range rows {
			rows[i] = make([]float32, 20)
			for j := range rows[i] {
				rows[i][j] = float32(random.NormFloat64()*float64(j+1) + 5)
			}
		}
		p, err := explore.PCA(rows, 20)
		if err != nil {
			t.Fatal(err)
		}
		total := 0.0
		for c, share := range p.Explained {
			total += share
			if c > 0 && share > p.Explained[c-1] {
				t.Errorf("%d people: explained %v rises", n, p.Explained)
			}
		}
		if math.Abs(total-1) > 1e-12 {
			t.Errorf("%d people: explained adds up to %v, want 1", n, total)
		}
		inData, inScores := 0.0, 0.0
		for j := range rows[0] {
			inRow, inScore := float64(rows[0][j])-float64(rows[1][j]), p.Scores[0][j]-p.Scores[1][j]
			inData += inRow * inRow
			inScores += inScore * inScore
		}
		if math.Abs(inScores/inData-1) > 1e-12 {
			t.Errorf("%d people: squared distance is %v in scores, %v in data", n, inScores, inData)
		}
		checkComponents(t, n, p)
	}
}

func checkComponents(t *testing.T, n int, p explore.Projection) {
	t.Helper()
	for c, v := range p.Components {
		if p.Explained[c] == 0 {
			continue
		}
		length, largest := 0.0, 0.0
		for _, x := range v {
			length += x * x
			if math.Abs(x) > math.Abs(largest) {
				largest = x
			}
		}
		if math.Abs(length-1) > 1e-12 || largest < 0 {
			t.Errorf("%d people: component %d has length² %v and largest loading %v; want 1 and over 0", n, c, length, largest)
		}
	}
}

func TestPCARefuses(t *testing.T) {
	nan := float32(math.NaN())
	for _, test := range []struct {
		name string
		rows [][]float32
		k    int
		want string
	}{
		{"nobody", nil, 2, "no values"},
		{"no dimensions", [][]float32{{}, {}}, 1, "no values"},
		{"ragged", [][]float32{{1, 2}, {1}}, 1, "row 2 has 1 values and the first has 2"},
		{"not a number", [][]float32{{1, 2}, {1, nan}}, 1, "value 2 of row 2 is NaN"},
		{"no components", [][]float32{{1, 2}, {3, 4}}, 0, "2 columns give 1 to 2"},
		{"too many components", [][]float32{{1, 2}, {3, 4}}, 3, "2 columns give 1 to 2"},
	} {
		_, err := explore.PCA(test.rows, test.k)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got error %v, want one with %q", test.name, err, test.want)
		}
	}
}

func ExamplePCA() {
	p, err := explore.PCA([][]float32{{1, 1, 0}, {2, 2, 0}, {3, 3, 0.5}, {4, 4, 0}}, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("PC1 explains %.1f %%, PC2 %.1f %%\n", 100*p.Explained[0], 100*p.Explained[1])
	for _, s := range p.Scores {
		fmt.Printf("%5.2f %5.2f\n", s[0], s[1])
	}
	// Output:
	// PC1 explains 98.3 %, PC2 1.7 %
	// -2.12 -0.05
	// -0.71 -0.10
	//  0.72  0.35
	//  2.12 -0.20
}
