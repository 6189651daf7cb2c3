package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// foldedPeer runs Circascope's graph, so it is no rival of its own.
const foldedPeer = "onnxruntime-folded"

// median returns the middle of values, NaN without any.
func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(values))
	n := len(s)
	return (s[(n-1)/2] + s[n/2]) / 2
}

// ratios are those of the rounds, pair by pair: what slowed a whole round falls
// out of them.
type ratios []float64

func ratiosOf(a, b []float64) ratios {
	r := make(ratios, min(len(a), len(b)))
	for i := range r {
		r[i] = a[i] / b[i]
	}
	return r
}

// String is the median with the lowest and the highest round.
func (r ratios) String() string {
	if len(r) == 0 {
		return missing
	}
	return fmt.Sprintf("%.2f (%.2f to %.2f)", median(r), slices.Min(r), slices.Max(r))
}

// in returns the peers of a precision, in a slice of its own.
func (s peersOfSize) in(precision string) []peer {
	return slices.DeleteFunc(slices.Clone(s.Peers), func(p peer) bool { return p.Precision != precision })
}

// rivals are the peers of a precision that run the published graph.
func (s peersOfSize) rivals(precision string) []peer {
	return slices.DeleteFunc(s.in(precision), func(p peer) bool { return p.ID == foldedPeer })
}

// fastest returns the peer with the most weeks a second, and quickest the one
// with the shortest single week. Both report whether there is one.
func fastest(peers []peer) (peer, bool) {
	return least(peers, func(p peer) float64 { return -median(p.Rounds) })
}

func quickest(peers []peer) (peer, bool) {
	return least(peers, func(p peer) float64 { return median(p.SingleRounds) })
}

func least(peers []peer, of func(peer) float64) (peer, bool) {
	if len(peers) == 0 {
		return peer{}, false
	}
	return slices.MinFunc(peers, func(a, b peer) int { return cmp.Compare(of(a), of(b)) }), true
}

// measured returns the sizes there are figures of, in order.
func measured[T any](m map[string]T) []string {
	return slices.DeleteFunc(slices.Clone(sizes), func(s string) bool { _, ok := m[s]; return !ok })
}
