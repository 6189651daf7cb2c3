package wear

import "slices"

// Interval is a stretch of a recording's epochs, From to before To.
type Interval struct {
	From, To int
	Worn     bool // declared worn by a person, whatever an algorithm says; false is not worn
}

// Len returns the number of epochs.
func (i Interval) Len() int { return i.To - i.From }

// Paint returns the list with an interval laid over it: the epochs it covers are
// as it says, the others as they were. The list is in order and without overlap,
// and stays so; neighbours that say the same become one. The list is not changed.
func Paint(list []Interval, over Interval) []Interval {
	if over.From >= over.To {
		return slices.Clone(list)
	}
	return join(append(Clear(list, over.From, over.To), over))
}

// Clear returns the list without anything from epoch from to before to.
func Clear(list []Interval, from, to int) []Interval {
	out := make([]Interval, 0, len(list)+2)
	for _, i := range list {
		if before := (Interval{i.From, min(i.To, from), i.Worn}); before.From < before.To {
			out = append(out, before)
		}
		if after := (Interval{max(i.From, to), i.To, i.Worn}); after.From < after.To {
			out = append(out, after)
		}
	}
	return out
}

// join sorts intervals that do not overlap and makes one of neighbours that say
// the same.
func join(list []Interval) []Interval {
	slices.SortFunc(list, func(a, b Interval) int { return a.From - b.From })
	out := list[:0]
	for _, i := range list {
		if n := len(out); n > 0 && out[n-1].To == i.From && out[n-1].Worn == i.Worn {
			out[n-1].To = i.To
			continue
		}
		out = append(out, i)
	}
	return out
}

// union returns what any of the intervals covers, as not worn.
func union(list []Interval) []Interval {
	slices.SortFunc(list, func(a, b Interval) int { return a.From - b.From })
	var out []Interval
	for _, i := range list {
		if n := len(out); n > 0 && i.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, i.To)
			continue
		}
		out = append(out, Interval{From: i.From, To: i.To})
	}
	return out
}

// without returns what list covers and other does not. Both are unions.
func without(list, other []Interval) []Interval {
	var out []Interval
	for _, i := range list {
		for len(other) > 0 && other[0].To <= i.From {
			other = other[1:]
		}
		for _, o := range other {
			if o.From >= i.To {
				break
			}
			if i.From < o.From {
				out = append(out, Interval{From: i.From, To: o.From})
			}
			i.From = min(o.To, i.To)
		}
		if i.From < i.To {
			out = append(out, i)
		}
	}
	return out
}

// runs returns the maximal stretches of indices below n for which is holds.
func runs(n int, is func(int) bool) []Interval {
	var list []Interval
	for i := range n {
		if !is(i) {
			continue
		}
		if k := len(list); k > 0 && list[k-1].To == i {
			list[k-1].To++
			continue
		}
		list = append(list, Interval{From: i, To: i + 1})
	}
	return list
}

// atLeast returns the intervals of at least n epochs.
func atLeast(list []Interval, n int) []Interval {
	return slices.DeleteFunc(list, func(i Interval) bool { return i.Len() < n })
}
