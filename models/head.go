package models

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Head is what fine-tuning put on top of the encoder: Dense 128 ReLU, then Dense
// 1 sigmoid. Its output is the probability, 0 to 1, of whatever its author
// trained it to tell.
type Head struct {
	Score        string    // what the probability is called: the name of the file it was read from, without its ending
	HiddenKernel []float32 // (Dim, HeadHiddenDim)
	HiddenBias   []float32 // (HeadHiddenDim)
	OutputKernel []float32 // (HeadHiddenDim, 1)
	OutputBias   []float32 // (1)
}

// headLayer is the layer of the head's parts.
const headLayer = -1

// headParts lists the datasets of a head, each pointing into h.
func headParts(h *Head) []part {
	return []part{
		{"dense_128/dense_128/kernel", headLayer, []int{Dim, HeadHiddenDim}, &h.HiddenKernel},
		{"dense_128/dense_128/bias", headLayer, []int{HeadHiddenDim}, &h.HiddenBias},
		{"output/output/kernel", headLayer, []int{HeadHiddenDim, 1}, &h.OutputKernel},
		{"output/output/bias", headLayer, []int{1}, &h.OutputBias},
	}
}

// headParameters is how many parameters a head has.
func headParameters() int {
	total := 0
	for _, p := range headParts(new(Head)) {
		total += product(p.shape)
	}
	return total
}

// head returns an empty head where the file has one whose score can be computed.
// A head of another shape gives nil and a warning: the encoder below it is sound.
func (c contents) head(l layout) (*Head, string) {
	there := 0
	for _, p := range headParts(new(Head)) {
		a, ok := c[l.path(p)]
		switch {
		case !ok:
			continue
		case !slices.Equal(a.Shape, p.shape):
			return nil, fmt.Sprintf("its score is not computed: %s has shape %s, a head of PAT %s", p.name, tuple(a.Shape), tuple(p.shape))
		}
		there++
	}
	switch there {
	case 0:
		return nil, ""
	case len(headParts(new(Head))):
		return new(Head), ""
	}
	return nil, "its score is not computed: only a part of its head is there"
}

// scoreName names the score of the head in a file.
func scoreName(path string) string {
	name := filepath.Base(path)
	return strings.TrimSuffix(name, filepath.Ext(name))
}
