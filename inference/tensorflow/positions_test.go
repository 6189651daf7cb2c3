package tensorflow

import (
	"fmt"
	"math"
	"testing"
)

// TestFrequenciesAreTensorFlows holds the frequencies against those that
// TensorFlow's own exp gave the authors' code. An exact exp is up to two ulps
// away and fails.
func TestFrequenciesAreTensorFlows(t *testing.T) {
	if _, err := start(); err != nil {
		t.Fatal(err)
	}
	got, err := frequencies()
	if err != nil {
		t.Fatal(err)
	}
	want := load(t, "ref/div_term_tf").values
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("frequency %d is %v (%#x), want %v (%#x)", i, got[i], math.Float32bits(got[i]), want[i], math.Float32bits(want[i]))
		}
	}
}

func TestPositionTables(t *testing.T) {
	if _, err := start(); err != nil {
		t.Fatal(err)
	}
	for _, tokens := range []int{80, 560, 800, 1120, 1600, 2240} {
		got, err := positions(tokens)
		if err != nil {
			t.Fatal(err)
		}
		within(t, fmt.Sprintf("position table of %d tokens", tokens), got, load(t, fmt.Sprintf("ref/pos_%d", tokens)).values, 2e-7)
	}
}
