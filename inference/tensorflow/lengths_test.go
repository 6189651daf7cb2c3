package tensorflow

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"circascope/models"
)

// TestEveryNumberOfTokens holds the folded graph against the oracle for the
// shortest recordings, and for lengths around those where one more block of query
// rows begins: a row that is skipped or computed twice shows in its layer.
func TestEveryNumberOfTokens(t *testing.T) {
	weights := loadWeights(t, brokenSizes...)
	for _, c := range []struct {
		size   models.Size
		tokens []int
	}{
		{models.Small, []int{1, 2, 3, 4, 5, 79, 80, 81, 319, 320, 321}},
		{models.Medium, []int{1, 2, 39, 81, 159, 160, 161, 163}},
	} {
		w := weights[c.size]
		rng := rand.New(rand.NewPCG(7, uint64(c.size[0])))
		seen := newDifferences(t)
		for _, tokens := range c.tokens {
			values := make([]float32, tokens*w.Spec.Patch)
			for i := range values {
				values[i] = float32(rng.NormFloat64())
			}
			t.Run(fmt.Sprintf("%s/%d", c.size, tokens), func(t *testing.T) {
				want := oracle{w, positionTable(t, tokens)}.run(values)
				got := tap(t, w, "folded", tokens)(values)
				column := w.Spec.Name()
				seen.enter(t, column, "embedding", off(got["embedding"], want.embedding), embeddingTolerance)
				for i := range w.Blocks {
					n := i + 1
					seen.enter(t, column, fmt.Sprint("layer ", n), off(got[fmt.Sprint("layer ", n)], want.layers[i]), layerTolerance)
					seen.enter(t, column, fmt.Sprint("map ", n), off(got[fmt.Sprint("map ", n)], want.maps[i]), mapTolerance)
					seen.enter(t, column, fmt.Sprint("profile ", n), off(got[fmt.Sprint("profile ", n)], profile(want.maps[i])), mapTolerance)
				}
			})
		}
	}
}
