package tensorflow

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"circascope/models"
)

// faults are what a loader or a port of PAT gets wrong about weights, made by
// changing the reference weights. The functions put new slices into the copy they
// are given.
var faults = []struct {
	name string
	make func(w *models.Weights)
}{
	{"two heads swapped in the query alone", eachBlock(func(b *models.Block, heads int) {
		b.QueryKernel = swapHeads(b.QueryKernel, models.Dim, heads, models.KeyDim)
		b.QueryBias = swapHeads(b.QueryBias, 1, heads, models.KeyDim)
	})},
	{"two heads swapped in the output kernel alone", eachBlock(func(b *models.Block, heads int) {
		b.OutputKernel = swapHeads(b.OutputKernel, 1, heads, models.KeyDim*models.Dim)
	})},
	{"no query bias", eachBlock(func(b *models.Block, _ int) { b.QueryBias = none(b.QueryBias) })},
	{"no value bias", eachBlock(func(b *models.Block, _ int) { b.ValueBias = none(b.ValueBias) })},
	{"no output bias", eachBlock(func(b *models.Block, _ int) { b.OutputBias = none(b.OutputBias) })},
	{"no bias of feed-forward 1", eachBlock(func(b *models.Block, _ int) { b.FF1Bias = none(b.FF1Bias) })},
	{"no bias of feed-forward 2", eachBlock(func(b *models.Block, _ int) { b.FF2Bias = none(b.FF2Bias) })},
	{"no patch bias", func(w *models.Weights) { w.PatchBias = none(w.PatchBias) }},
	{"no 1/sqrt(96)", eachBlock(func(b *models.Block, _ int) {
		b.QueryKernel, b.QueryBias = times(b.QueryKernel, math.Sqrt(models.KeyDim)), times(b.QueryBias, math.Sqrt(models.KeyDim))
	})},
	{"scaled by 1/sqrt(96/heads)", eachBlock(func(b *models.Block, heads int) {
		b.QueryKernel, b.QueryBias = times(b.QueryKernel, math.Sqrt(float64(heads))), times(b.QueryBias, math.Sqrt(float64(heads)))
	})},
	{"key size 96/heads", eachBlock(func(b *models.Block, heads int) {
		for _, kernel := range []*[]float32{&b.QueryKernel, &b.KeyKernel, &b.ValueKernel} {
			*kernel = truncateHeads(*kernel, models.KeyDim/heads)
		}
	})},
	{"query and key swapped", eachBlock(func(b *models.Block, _ int) {
		b.QueryKernel, b.KeyKernel = b.KeyKernel, b.QueryKernel
		b.QueryBias, b.KeyBias = b.KeyBias, b.QueryBias
	})},
	{"norm 1 and norm 2 swapped", eachBlock(func(b *models.Block, _ int) {
		b.Norm1Gamma, b.Norm2Gamma = b.Norm2Gamma, b.Norm1Gamma
		b.Norm1Beta, b.Norm2Beta = b.Norm2Beta, b.Norm1Beta
	})},
	{"gamma left out", eachBlock(func(b *models.Block, _ int) { b.Norm2Gamma = ones(b.Norm2Gamma) })},
	{"patches backwards", func(w *models.Weights) {
		turned := make([]float32, 0, len(w.PatchKernel))
		for minute := w.Spec.Patch - 1; minute >= 0; minute-- {
			turned = append(turned, w.PatchKernel[minute*models.Dim:][:models.Dim]...)
		}
		w.PatchKernel = turned
	}},
	{"layers in another order", func(w *models.Weights) { slices.Reverse(w.Blocks) }},
}

// brokenSizes leave out the large size, which has nothing but more of the same.
var brokenSizes = []models.Size{models.Small, models.Medium}

// seenAbove is how many tolerances a fault must move an embedding by: what is
// just above the tolerance here may be below it on another machine.
const seenAbove = 10

// TestToleranceSeesBrokenWeights makes one fault at a time and wants embeddings
// of a day to leave the reference by far more than the tolerance, in both graphs.
func TestToleranceSeesBrokenWeights(t *testing.T) {
	seen := newDifferences(t)
	eachGraph(t, brokenSizes, func(t *testing.T, size models.Size, w *models.Weights, graph string) {
		for _, fault := range faults {
			if fault.name == "layers in another order" && w.Spec.Layers == 1 {
				continue
			}
			t.Run(fault.name, func(t *testing.T) {
				broken := *w
				broken.Blocks = slices.Clone(w.Blocks)
				fault.make(&broken)
				d := offADay(t, &broken, graph)
				seen.note("PAT-"+string(size)+" "+graph, fault.name, d, embeddingTolerance)
				if !(d > seenAbove*embeddingTolerance) {
					t.Errorf("the embeddings differ by %g only: no test sees this fault", d)
				}
			})
		}
	})
}

// TestWhatNoEmbeddingShows makes changes that no output can show. Whoever finds
// that one can has found that the softmax or the sum over heads is wrong. That the
// key bias is one of them is why the loader demands it.
func TestWhatNoEmbeddingShows(t *testing.T) {
	for name, change := range map[string]func(b *models.Block, heads int){
		"no key bias": func(b *models.Block, _ int) { b.KeyBias = none(b.KeyBias) },
		"two heads swapped everywhere": func(b *models.Block, heads int) {
			for _, kernel := range []*[]float32{&b.QueryKernel, &b.KeyKernel, &b.ValueKernel} {
				*kernel = swapHeads(*kernel, models.Dim, heads, models.KeyDim)
			}
			for _, bias := range []*[]float32{&b.QueryBias, &b.KeyBias, &b.ValueBias} {
				*bias = swapHeads(*bias, 1, heads, models.KeyDim)
			}
			b.OutputKernel = swapHeads(b.OutputKernel, 1, heads, models.KeyDim*models.Dim)
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachGraph(t, brokenSizes, func(t *testing.T, _ models.Size, w *models.Weights, graph string) {
				changed := *w
				changed.Blocks = slices.Clone(w.Blocks)
				eachBlock(change)(&changed)
				atMost(t, "the embedding of a day", offADay(t, &changed, graph), embeddingTolerance)
			})
		})
	}
}

// offADay returns how far the embeddings of two single days are from the
// reference.
func offADay(t *testing.T, w *models.Weights, graph string) float64 {
	t.Helper()
	days := load(t, "inputs/day1")
	run := tap(t, w, graph, len(days.row(0))/w.Spec.Patch)
	var got []float32
	for i := range days.shape[0] {
		got = append(got, run(days.row(i))["embedding"]...)
	}
	return furthest(got, load(t, fmt.Sprintf("ref/emb_day1_%s", w.Spec.Size)).values)
}

func eachBlock(change func(b *models.Block, heads int)) func(w *models.Weights) {
	return func(w *models.Weights) {
		for i := range w.Blocks {
			change(&w.Blocks[i], w.Spec.Heads)
		}
	}
}

// swapHeads swaps the first two heads of an array (rows, heads, width).
func swapHeads(values []float32, rows, heads, width int) []float32 {
	out := slices.Clone(values)
	for r := range rows {
		first, second := r*heads*width, (r*heads+1)*width
		copy(out[first:], values[second:][:width])
		copy(out[second:], values[first:][:width])
	}
	return out
}

// truncateHeads keeps the first columns of every head, as a port does that takes
// 96/heads for the key size.
func truncateHeads(values []float32, width int) []float32 {
	out := slices.Clone(values)
	for i := range out {
		if i%models.KeyDim >= width {
			out[i] = 0
		}
	}
	return out
}

func times(values []float32, factor float64) []float32 {
	out := make([]float32, len(values))
	for i, v := range values {
		out[i] = float32(float64(v) * factor)
	}
	return out
}

func none(values []float32) []float32 { return make([]float32, len(values)) }

func ones(values []float32) []float32 {
	out := make([]float32, len(values))
	for i := range out {
		out[i] = 1
	}
	return out
}
