package agd_test

import (
	"context"
	"math"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/agd"
	"circascope/actigraphy/format/internal/formattest"
	"circascope/internal/reference"
)

func read(t testing.TB, path string, opts format.Options) *actigraphy.Recording {
	t.Helper()
	var out *actigraphy.Recording
	err := format.Read(context.Background(), []format.Reader{agd.Reader{}}, path, opts, nil, func(r *actigraphy.Recording) error {
		out = r
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestReferenceValues compares with pyActigraphy, which takes vector magnitude by
// its own choice; its values of axis 1 are also known for sums over a minute.
func TestReferenceValues(t *testing.T) {
	vm := format.Options{Channel: "vector magnitude"}
	tests := []struct {
		values string
		opts   format.Options
		sum    int // epochs to add up
	}{
		{"pyactigraphy_sleepr_GT3XPlus_agd", vm, 1},
		{"pyactigraphy_sleepr_GT3XPlus_agd_axis1_10s", format.Options{}, 1},
		{"pyactigraphy_sleepr_GT3XPlus_agd_axis1_60s", format.Options{}, 6},
		{"pyactigraphy_test_sample_agd", vm, 1},
		{"pyactigraphy_test_sample_agd_axis1_10s", format.Options{}, 1},
		{"pyactigraphy_test_sample_agd_axis1_60s", format.Options{}, 6},
	}
	for _, tt := range tests {
		t.Run(tt.values, func(t *testing.T) {
			want, path := formattest.Load(t, reference.Dir(t), tt.values)
			r := sums(read(t, path, tt.opts), tt.sum)
			met, of := formattest.Compare(t, want, r)
			t.Logf("%s: %d values met of %d known", want.File, met, of)
		})
	}
}

// sums adds up n epochs, the last ones that remain too.
func sums(r *actigraphy.Recording, n int) *actigraphy.Recording {
	out := *r
	out.Epoch = time.Duration(n) * r.Epoch
	out.Activity = make([]float64, (len(r.Activity)+n-1)/n)
	for i, v := range r.Activity {
		if math.IsNaN(v) {
			v = 0
		}
		out.Activity[i/n] += v
	}
	return &out
}
