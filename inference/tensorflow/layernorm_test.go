package tensorflow

import (
	"math"
	"testing"
)

// layerNormTolerance is relative, to 1 or the value: the case's rows have
// variances from 1e-8 up, and the values reach hundreds.
const layerNormTolerance = 2e-6

// TestLayerNormKnowsItsEpsilon runs the layer normalisation that both graphs use
// on rows with variances from 1e-8 to 118, as Keras 2 normalises them. At the
// smallest an epsilon of 1e-5 in place of 1e-6 changes the result threefold; in
// an embedding it hides below the tolerance.
func TestLayerNormKnowsItsEpsilon(t *testing.T) {
	c := loadZip(t, "ref/ln_unit", "x", "gamma", "beta", "y")
	got, want := normalise(t, c["x"], c["gamma"], c["beta"]), c["y"]
	if len(got) != len(want) {
		t.Fatalf("%d values, want %d", len(got), len(want))
	}
	most := 0.0
	for i, v := range want {
		most = max(most, math.Abs(float64(got[i])-float64(v))/max(1, math.Abs(float64(v))))
	}
	t.Logf("largest difference %.1e of %.0e", most, layerNormTolerance)
	atMost(t, "layer normalisation", most, layerNormTolerance)
}
