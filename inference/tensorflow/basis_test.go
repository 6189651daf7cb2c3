package tensorflow

import (
	"math"
	"math/rand/v2"
	"testing"

	"circascope/models"
)

// TestBasis puts the first layer's input together again from its coordinates, for
// every size and lengths of one to fourteen days.
func TestBasis(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 4))
	for _, c := range []struct {
		size          models.Size
		days, columns int
	}{
		{models.Small, 1, 48},
		{models.Small, 7, 64},
		{models.Small, 14, 80},
		{models.Medium, 7, 64},
		{models.Large, 1, 48},
		{models.Large, 3, 64},
		{models.Large, 7, 64},
		{models.Large, 10, 80},
		{models.Large, 14, 80},
	} {
		w := randomWeights(t, c.size, rng, 1)
		patch := w.Spec.Patch
		tokens := c.days * 1440 / patch
		table := positionTable(t, tokens)
		b, err := newBasis(w, table)
		if err != nil {
			t.Fatal(err)
		}
		if b == nil || b.columns != c.columns {
			t.Errorf("PAT-%s, %d days: got %+v, want %d columns", c.size, c.days, b, c.columns)
			continue
		}
		minutes := make([]float64, patch)
		most := 0.0
		for token := range tokens {
			for i := range minutes {
				minutes[i] = rng.NormFloat64()
			}
			for j := range models.Dim {
				want := float64(table[token*models.Dim+j]) + float64(w.PatchBias[j])
				got := b.mean.AtVec(j)
				for i, v := range minutes {
					want += v * float64(w.PatchKernel[i*models.Dim+j])
					got += v * b.rows.At(i, j)
				}
				for i, v := range b.waves[token*(c.columns-patch):][:c.columns-patch] {
					got += float64(v) * b.rows.At(patch+i, j)
				}
				most = max(most, math.Abs(got-want))
			}
		}
		t.Logf("PAT-%s, %d days: %d columns, off by %.1e at most", c.size, c.days, b.columns, most)
		if !(most <= 1.5*basisTolerance) { // half of it for the waves in float32
			t.Errorf("PAT-%s, %d days: off by %g", c.size, c.days, most)
		}
	}
}

// TestNoBasisForATableOfFullRank wants positions that are no waves to stay.
func TestNoBasisForATableOfFullRank(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 6))
	w := randomWeights(t, models.Small, rng, 1)
	table := make([]float32, 200*models.Dim)
	for i := range table {
		table[i] = rng.Float32()
	}
	if b, err := newBasis(w, table); err != nil || b != nil {
		t.Errorf("got %+v, %v, want none", b, err)
	}
}
