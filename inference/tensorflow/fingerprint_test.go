package tensorflow

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/inference"
	"circascope/inference/fingerprint"
	"circascope/models"
)

// checkerIn returns a checker that keeps fingerprints in a new catalogue.
func checkerIn(t *testing.T) fingerprint.Checker {
	t.Helper()
	c, err := models.OpenCatalogue(t.TempDir(), models.CatalogueOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return fingerprint.Checker{Keep: c, Program: "test", Now: time.Now}
}

// check embeds with one worker what a checker asks for.
func check(t *testing.T, w *models.Weights, with func(inference.Engine) (models.Check, error)) (models.Check, error) {
	t.Helper()
	e := openGraph(t, w, "folded", inference.Options{Workers: 1})
	defer e.Close() //nolint:errcheck // closed again by the test
	return with(e)
}

// flip returns weights with one bit of one number of the first layer's
// feed-forward kernel flipped, as a fault of the memory does it.
func flip(w *models.Weights, i, bit int) *models.Weights {
	flipped := *w
	flipped.Blocks = slices.Clone(w.Blocks)
	kernel := slices.Clone(w.Blocks[0].FF1Kernel)
	kernel[i] = math.Float32frombits(math.Float32bits(kernel[i]) ^ 1<<bit)
	flipped.Blocks[0].FF1Kernel = kernel
	return &flipped
}

// TestFingerprintsOfTheRealEngine takes a fingerprint of every size: another
// session gives the same bits, and one sign that flipped is noticed at the start.
func TestFingerprintsOfTheRealEngine(t *testing.T) {
	for size, w := range loadWeights(t, models.Sizes()...) {
		c := checkerIn(t)
		if _, err := check(t, w, func(e inference.Engine) (models.Check, error) { return c.Take(t.Context(), e, w, "approval") }); err != nil {
			t.Fatalf("PAT-%s: %v", size, err)
		}
		full, err := check(t, w, func(e inference.Engine) (models.Check, error) { return c.Full(t.Context(), e, w) })
		if err != nil || full.Difference != 0 || full.Inputs != 4 {
			t.Errorf("PAT-%s: got %+v, %v; want the same bits", size, full, err)
		}
		flipped := flip(w, 4711, 31)
		start, err := check(t, flipped, func(e inference.Engine) (models.Check, error) { return c.Start(t.Context(), e, flipped) })
		var mismatch *fingerprint.MismatchError
		if !errors.As(err, &mismatch) || !strings.Contains(err.Error(), "the device or the memory is at fault") {
			t.Errorf("PAT-%s with a flipped sign: got %+v, %v", size, start, err)
		}
		t.Logf("PAT-%s: one flipped sign moves a feature by %.2g, %.2g may be", size, start.Difference, start.Tolerance)
	}
}

// TestWhichFlippedBitsAreNoticed counts, bit by bit, how often a flip in a random
// weight of PAT-S is noticed. It prints the table of docs/weights.md.
func TestWhichFlippedBitsAreNoticed(t *testing.T) {
	if testing.Short() {
		t.Skip("opens some hundred sessions")
	}
	w := loadWeights(t, models.Small)[models.Small]
	c := checkerIn(t)
	if _, err := check(t, w, func(e inference.Engine) (models.Check, error) { return c.Take(t.Context(), e, w, "approval") }); err != nil {
		t.Fatal(err)
	}
	const each = 10
	random := rand.New(rand.NewPCG(1, 2))
	noticed := map[int]int{}
	for _, bit := range []int{31, 30, 26, 24, 23, 22, 20, 18, 16, 12, 8} {
		for range each {
			flipped := flip(w, random.IntN(models.Dim*models.FeedForward), bit)
			if _, err := check(t, flipped, func(e inference.Engine) (models.Check, error) { return c.Start(t.Context(), e, flipped) }); err != nil {
				noticed[bit]++
			}
		}
		t.Logf("bit %2d: %d of %d", bit, noticed[bit], each)
	}
	if noticed[30] < each {
		t.Errorf("the top bit of the exponent flipped: noticed %d times of %d", noticed[30], each)
	}
}
