package tensorflow

import (
	"math"
	"strings"
	"testing"

	"circascope/inference"
	"circascope/models"
)

func TestBfloat16(t *testing.T) {
	for _, c := range []struct {
		v    float32
		want uint16
	}{
		{0, 0},
		{1, 0x3f80},
		{-2, 0xc000},
		{1 + 1.0/256, 0x3f80},        // a tie, to even
		{1 + 3.0/256, 0x3f82},        // a tie, to even
		{1 + 1.0/256 + 1e-6, 0x3f81}, // above the tie
		{0x1.fffffep0, 0x4000},       // carries into the exponent
	} {
		if got := bfloat16(c.v); got != c.want {
			t.Errorf("%v: got %#x, want %#x", c.v, got, c.want)
		}
	}
}

func TestChoiceOfThePrecision(t *testing.T) {
	for _, c := range []struct {
		asked, device string
		has           bool
		want, refused string
	}{
		{"", "CPU", true, "float32", ""},
		{"float32", "GPU", false, "float32", ""},
		{"bfloat16", "CPU", true, "bfloat16", ""},
		{"bfloat16", "CPU", false, "", "avx512_bf16"},
		{"bfloat16", "GPU", true, "", "the device is a GPU"},
		{"float16", "CPU", true, "", `"float16" is unknown`},
	} {
		got, err := choosePrecision(c.asked, c.device, c.has)
		if got != c.want || (err != nil) != (c.refused != "") || (err != nil && !strings.Contains(err.Error(), c.refused)) {
			t.Errorf("%q on the %s: got %q, %v, want %q %q", c.asked, c.device, got, err, c.want, c.refused)
		}
	}
}

// TestBfloat16Embeddings holds bfloat16 against Keras' float32. The input and, in
// each layer, queries, scores, weights and contexts are rounded to 8 bits, by up to
// 2^-9 of their size, and a layer normalises what comes of it to features of up to
// about two: one may move by some 2^-8 for the input and for each layer. It must
// also move: else the rounding did not happen.
func TestBfloat16Embeddings(t *testing.T) {
	if !hasBfloat16() {
		t.Skip("this processor has no bfloat16 (avx512_bf16, amx_bf16)")
	}
	weeks := load(t, "inputs/weeks8")
	for size, w := range loadWeights(t, models.Sizes()...) {
		e := openGraph(t, w, "folded", inference.Options{Precision: "bfloat16", Profiles: true})
		if got := e.Runtime().Precision; got != "bfloat16" {
			t.Errorf("PAT-%s says that it computes in %s", size, got)
		}
		want := load(t, "ref/emb_"+string(size))
		most, tolerance := 0.0, float64(w.Spec.Layers+1)*math.Pow(2, -8)
		for i, emb := range embedAll(t, e, weeks) {
			most = max(most, furthest(emb.Vector, want.row(i)))
			sum := 0.0
			for _, v := range emb.Profile {
				sum += float64(v)
			}
			if math.Abs(sum-1) > 1e-5 {
				t.Errorf("PAT-%s: the profile of week %d sums to %g, want 1", size, i, sum)
			}
		}
		t.Logf("PAT-%s: off by %.1e of %.1e", size, most, tolerance)
		if !(most <= tolerance) || most < 1e-4 {
			t.Errorf("PAT-%s: off by %g, want some, and at most %g", size, most, tolerance)
		}
	}
}
