package models_test

import (
	"math"
	"strings"
	"testing"

	"circascope/models"
)

// TestTokens has the published numbers of tokens in a week (arXiv 2411.15240).
func TestTokens(t *testing.T) {
	for _, tc := range []struct {
		size    models.Size
		minutes int
		want    int
		err     string
	}{
		{models.Small, models.WeekMinutes, 560, ""},
		{models.Medium, models.WeekMinutes, 560, ""},
		{models.Large, models.WeekMinutes, 1120, ""},
		{models.Large, 9, 1, ""},
		{models.Small, 9, 0, "PAT-S takes a length divisible by 18 minutes, not 9"},
		{models.Small, 10081, 0, "not 10081"},
		{models.Medium, 0, 0, "not 0"},
		{models.Large, -9, 0, "not -9"},
	} {
		spec, err := models.SpecOf(tc.size)
		if err != nil {
			t.Fatal(err)
		}
		got, err := spec.Tokens(tc.minutes)
		if got != tc.want || (err != nil) != (tc.err != "") || (err != nil && !strings.Contains(err.Error(), tc.err)) {
			t.Errorf("PAT-%s, %d minutes: got %d and %v, want %d and %q", tc.size, tc.minutes, got, err, tc.want, tc.err)
		}
	}
	if _, err := models.SpecOf("XL"); err == nil || !strings.Contains(err.Error(), `"XL" is unknown`) {
		t.Errorf("got %v, want the size named", err)
	}
}

// TestCheckFindsTheFault breaks sound weights in one place at a time.
func TestCheckFindsTheFault(t *testing.T) {
	for _, tc := range []struct {
		name   string
		breaks func(w *models.Weights)
		want   string
	}{
		{"sound", func(*models.Weights) {}, ""},
		{"another size", func(w *models.Weights) { w.Spec.Size = "XL" }, `"XL" is unknown`},
		{"another patch", func(w *models.Weights) { w.Spec.Patch = 9 }, "want"},
		{"a layer too few", func(w *models.Weights) { w.Blocks = w.Blocks[:1] }, "have 1 blocks"},
		{"no key bias", func(w *models.Weights) { w.Blocks[1].KeyBias = nil }, "encoder_layer_2_attention/key/bias of PAT-M has 0 values"},
		{"a value too many", func(w *models.Weights) { w.PatchBias = append(w.PatchBias, 0) }, "dense/bias of PAT-M has 97 values"},
		{"NaN", func(w *models.Weights) { w.Blocks[0].FF1Kernel[7] = float32(math.NaN()) }, "encoder_layer_1_ff1/kernel of PAT-M holds 1 NaN"},
		{"infinite", func(w *models.Weights) { w.Blocks[1].Norm2Beta[0] = float32(math.Inf(-1)) }, "encoder_layer_2_norm2/beta of PAT-M holds 1 infinite"},
		{"both", func(w *models.Weights) {
			w.PatchKernel[0], w.PatchKernel[1] = float32(math.NaN()), float32(math.Inf(1))
		}, "1 NaN and 1 infinite"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, _ := load(t, pat(t, "weights/PAT-M_weights.h5"))
			tc.breaks(w)
			err := w.Check()
			if (err != nil) != (tc.want != "") || (err != nil && !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
}

func TestOperationsOfAWeek(t *testing.T) {
	for size, want := range map[models.Size]float64{models.Small: 1.03, models.Medium: 3.99, models.Large: 27.5} {
		spec, err := models.SpecOf(size)
		if err != nil {
			t.Fatal(err)
		}
		tokens, err := spec.Tokens(models.WeekMinutes)
		if err != nil {
			t.Fatal(err)
		}
		if got := float64(spec.Operations(tokens)) / 1e9; math.Abs(got/want-1) > 0.01 {
			t.Errorf("PAT-%s: got %.3g thousand million, want %.3g", size, got, want)
		}
	}
}
