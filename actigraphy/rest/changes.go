package rest

import "slices"

// Changes returns what changed from one list of periods to another, in the order of
// their beginning. A period that a source gave is the same one in both where it was
// made from the same one; one that a person added, where both overlap.
func Changes(before, after []Period) []Change {
	var list []Change
	left := slices.Clone(before)
	for _, p := range after {
		i := slices.IndexFunc(left, p.Same)
		switch {
		case i < 0:
			list = append(list, Change{After: p})
			continue
		case left[i] != p:
			list = append(list, Change{Before: left[i], After: p})
		}
		left = slices.Delete(left, i, i+1)
	}
	for _, p := range left {
		list = append(list, Change{Before: p})
	}
	slices.SortStableFunc(list, func(a, b Change) int { return a.from() - b.from() })
	return list
}

// Change is what happened to one period.
type Change struct {
	Before Period // the zero value for one that was added
	After  Period // the zero value for one that was taken away
}

// Added reports whether there was no such period before.
func (c Change) Added() bool { return c.Before == Period{} }

// Removed reports whether there is no such period any more.
func (c Change) Removed() bool { return c.After == Period{} }

func (c Change) from() int {
	if c.Removed() {
		return c.Before.From
	}
	return c.After.From
}

// Same reports whether two periods of different states are one, which may have been
// changed.
func (p Period) Same(q Period) bool {
	if p.Added() || q.Added() {
		return p.Added() && q.Added() && p.From < q.To && q.From < p.To
	}
	return p.Was == q.Was
}
