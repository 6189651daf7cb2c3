package app

import (
	"cmp"
	"slices"

	"circascope/inference"
)

// Disagreement is how differently the sizes place one participant.
type Disagreement struct {
	Subject    string `json:"subject"`
	Recording  string `json:"recording"`             // the first one
	Weeks      []int  `json:"-"`                     // places in the comparison's order
	Neighbours Figure `json:"neighbours_not_shared"` // 1 minus the share of neighbours in common, mean over weeks and pairs of sizes: 0 to 1
	Shift      Figure `json:"procrustes_shift"`      // distance in the aligned plane, mean over weeks and pairs; 1 is the root mean square of all from the centre
}

// disagreements ranks participants by their neighbours, then by their shift.
func disagreements(results []inference.Result, pairs []PairAgreement) []Disagreement {
	var list []Disagreement
	index := map[string]int{}
	for i, r := range results {
		at, ok := index[r.Subject]
		if !ok {
			at = len(list)
			index[r.Subject] = at
			list = append(list, Disagreement{Subject: r.Subject, Recording: r.Recording})
		}
		list[at].Weeks = append(list[at].Weeks, i)
	}
	for i := range list {
		d := &list[i]
		d.Neighbours = d.mean(pairs, func(p PairAgreement) []float64 { return p.shared })
		if d.Neighbours.Value != nil {
			*d.Neighbours.Value = 1 - *d.Neighbours.Value
		}
		d.Shift = d.mean(pairs, func(p PairAgreement) []float64 { return p.residuals })
	}
	slices.SortStableFunc(list, func(a, b Disagreement) int {
		return cmp.Or(cmp.Compare(b.Neighbours.or(-1), a.Neighbours.or(-1)), cmp.Compare(b.Shift.or(-1), a.Shift.or(-1)), cmp.Compare(a.Subject, b.Subject))
	})
	return list
}

// mean averages a value of each week over the weeks of a participant and the
// pairs that have it.
func (d Disagreement) mean(pairs []PairAgreement, of func(PairAgreement) []float64) Figure {
	sum, n := 0.0, 0
	for _, p := range pairs {
		values := of(p)
		if values == nil {
			continue
		}
		for _, week := range d.Weeks {
			sum += values[week]
			n++
		}
	}
	if n == 0 {
		return Figure{Reason: "no two sizes can be compared here"}
	}
	return figure(sum/float64(n), nil)
}

func (f Figure) or(otherwise float64) float64 {
	if f.Value == nil {
		return otherwise
	}
	return *f.Value
}
