package people_test

import (
	"testing"

	"circascope/actigraphy/people"
)

func TestLabelsInTheirOrder(t *testing.T) {
	ordered := []string{"", "P1", "P2", "P10", "P10a", "Q", "Q01", "Q2"}
	for i := range ordered {
		for j := range ordered {
			got := people.CompareLabels(ordered[i], ordered[j])
			if (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("CompareLabels(%q, %q) = %d", ordered[i], ordered[j], got)
			}
		}
	}
}
