package models

import (
	"fmt"
	"math"
)

// part is one dataset of the encoder or its head: its name, its layer (0 for the
// patch embedding), its shape and where its values belong.
type part struct {
	name   string // in the layer, for example "attention/query/kernel"
	layer  int
	shape  []int
	values *[]float32
}

// fullName returns the part's name in the encoder, the one the authors' code
// gives it, for example "encoder_layer_1_attention/query/kernel".
func (p part) fullName() string {
	switch p.layer {
	case headLayer:
		return p.name
	case 0:
		return "dense/" + p.name
	}
	return fmt.Sprintf("encoder_layer_%d_%s", p.layer, p.name)
}

// parts lists every dataset of the encoder and of a head, each pointing into w,
// whose Spec, number of Blocks and Head must be set.
func parts(w *Weights) []part {
	out := []part{
		{"kernel", 0, []int{w.Spec.Patch, Dim}, &w.PatchKernel},
		{"bias", 0, []int{Dim}, &w.PatchBias},
	}
	for i := range w.Blocks {
		out = append(out, blockParts(&w.Blocks[i], i+1, w.Spec.Heads)...)
	}
	if w.Head != nil {
		out = append(out, headParts(w.Head)...)
	}
	return out
}

func blockParts(b *Block, layer, heads int) []part {
	in, bias := []int{Dim, heads, KeyDim}, []int{heads, KeyDim}
	return []part{
		{"attention/query/kernel", layer, in, &b.QueryKernel},
		{"attention/query/bias", layer, bias, &b.QueryBias},
		{"attention/key/kernel", layer, in, &b.KeyKernel},
		{"attention/key/bias", layer, bias, &b.KeyBias},
		{"attention/value/kernel", layer, in, &b.ValueKernel},
		{"attention/value/bias", layer, bias, &b.ValueBias},
		{"attention/attention_output/kernel", layer, []int{heads, KeyDim, Dim}, &b.OutputKernel},
		{"attention/attention_output/bias", layer, []int{Dim}, &b.OutputBias},
		{"norm1/gamma", layer, []int{Dim}, &b.Norm1Gamma},
		{"norm1/beta", layer, []int{Dim}, &b.Norm1Beta},
		{"ff1/kernel", layer, []int{Dim, FeedForward}, &b.FF1Kernel},
		{"ff1/bias", layer, []int{FeedForward}, &b.FF1Bias},
		{"ff2/kernel", layer, []int{FeedForward, Dim}, &b.FF2Kernel},
		{"ff2/bias", layer, []int{Dim}, &b.FF2Bias},
		{"norm2/gamma", layer, []int{Dim}, &b.Norm2Gamma},
		{"norm2/beta", layer, []int{Dim}, &b.Norm2Beta},
	}
}

// Check reports the first parameter that is missing, of the wrong length, NaN or
// infinite. Weights that this package made pass.
func (w *Weights) Check() error {
	want, err := SpecOf(w.Spec.Size)
	if err != nil {
		return err
	}
	if w.Spec != want || len(w.Blocks) != want.Layers {
		return fmt.Errorf("weights of %s have %d blocks and shape %+v, want %+v", want.Name(), len(w.Blocks), w.Spec, want)
	}
	for _, p := range parts(w) {
		if got := len(*p.values); got != product(p.shape) {
			return fmt.Errorf("%s of %s has %d values, needs %v", p.fullName(), want.Name(), got, p.shape)
		}
		if n := notFinite(*p.values); n != "" {
			return fmt.Errorf("%s of %s holds %s", p.fullName(), want.Name(), n)
		}
	}
	return nil
}

// notFinite describes the values that are no finite numbers, or returns "".
func notFinite(values []float32) string {
	const exponent = 0x7f800000 // all ones in NaN and infinities
	nan, inf := 0, 0
	for _, v := range values {
		if math.Float32bits(v)&exponent != exponent {
			continue
		}
		if v != v {
			nan++
		} else {
			inf++
		}
	}
	switch {
	case nan > 0 && inf > 0:
		return fmt.Sprintf("%d NaN and %d infinite values", nan, inf)
	case nan > 0:
		return fmt.Sprintf("%d NaN value(s)", nan)
	case inf > 0:
		return fmt.Sprintf("%d infinite value(s)", inf)
	}
	return ""
}

func product(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
