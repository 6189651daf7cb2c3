package models

import "fmt"

// Size names one of the published sizes of PAT.
type Size string

// The published sizes.
const (
	Small  Size = "S"
	Medium Size = "M"
	Large  Size = "L"
)

// Sizes lists the published sizes, smallest first.
func Sizes() []Size { return []Size{Small, Medium, Large} }

// Dimensions all sizes share (Ruan et al. 2024, arXiv 2411.15240, and the
// authors' notebooks).
const (
	Dim           = 96  // width of a token and of an embedding
	KeyDim        = 96  // key size of every head: not Dim/heads
	FeedForward   = 256 // hidden width of the feed-forward part
	WeekMinutes   = 7 * 24 * 60
	LayerNormEps  = 1e-6
	HeadHiddenDim = 128 // hidden width of the fine-tuning head
)

// Spec gives the shape of one size.
type Spec struct {
	Size   Size
	Patch  int // minutes in a token
	Heads  int
	Layers int
}

// SpecOf returns the shape of a published size.
func SpecOf(s Size) (Spec, error) {
	switch s {
	case Small:
		return Spec{Small, 18, 6, 1}, nil
	case Medium:
		return Spec{Medium, 18, 12, 2}, nil
	case Large:
		return Spec{Large, 9, 12, 4}, nil
	}
	return Spec{}, fmt.Errorf("model size %q is unknown: want S, M or L", string(s))
}

// Name returns the size as papers write it, for example "PAT-S".
func (s Spec) Name() string { return "PAT-" + string(s.Size) }

// Tokens returns the number of tokens of a recording of that many minutes; the
// length must be a positive multiple of the patch.
func (s Spec) Tokens(minutes int) (int, error) {
	if minutes <= 0 || minutes%s.Patch != 0 {
		return 0, fmt.Errorf("%s takes a length divisible by %d minutes, not %d", s.Name(), s.Patch, minutes)
	}
	return minutes / s.Patch, nil
}

// Parameters returns the number of parameters of the encoder.
func (s Spec) Parameters() int {
	attention := 3*(Dim*s.Heads*KeyDim+s.Heads*KeyDim) + s.Heads*KeyDim*Dim + Dim
	norms := 2 * 2 * Dim
	feed := Dim*FeedForward + FeedForward + FeedForward*Dim + Dim
	return s.Patch*Dim + Dim + s.Layers*(attention+norms+feed)
}

// Operations returns how many floating-point operations the matrix products of
// one recording of that many tokens take, a multiplication and an addition being
// two: about 1.03, 3.99 and 27.5 thousand million for a week of S, M and L.
func (s Spec) Operations(tokens int) int64 {
	n, width := int64(tokens), int64(s.Heads*KeyDim)
	projections := 4 * n * Dim * width
	attention := 2 * n * n * width
	feed := 2 * n * Dim * FeedForward
	patches := n * int64(s.Patch) * Dim
	return 2 * (patches + int64(s.Layers)*(projections+attention+feed))
}
