package tensorflow

import (
	"fmt"
	"testing"
)

// TestFrequenciesAreTensorFlows holds the frequencies against those that
// TensorFlow's own exp gave the authors' code, bit for bit. An exact exp is up to
// two ulps away and fails.
func TestFrequenciesAreTensorFlows(t *testing.T) {
	if _, err := start(); err != nil {
		t.Fatal(err)
	}
	got, err := frequencies()
	if err != nil {
		t.Fatal(err)
	}
	atMost(t, "a frequency", furthest(got, load(t, "ref/div_term_tf").values), 0)
}

func TestPositionTables(t *testing.T) {
	seen := newDifferences(t)
	for _, tokens := range []int{80, 560, 800, 1120, 1600, 2240} {
		got := positionTable(t, tokens)
		seen.within(t, "positions", fmt.Sprintf("%d tokens", tokens), got, load(t, fmt.Sprintf("ref/pos_%d", tokens)).values, 2e-7)
	}
}
