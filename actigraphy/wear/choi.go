package wear

// choi returns the stretches without wear by Choi et al. 2011, in minutes: at
// least period minutes of zero counts, in which up to spike minutes with counts
// are an artefact where window minutes of zeros lie right before and after. Near
// the ends of a recording, where there is no whole window, nothing is an
// artefact.
func choi(counts []float64, period, spike, window int) []Interval {
	zeros := runs(len(counts), func(i int) bool { return counts[i] == 0 })
	var out []Interval
	last := -1 // in out: the stretch that ends with a whole window of zeros
	for _, z := range zeros {
		if z.Len() < window {
			out = append(out, z)
			continue
		}
		if last >= 0 && z.From-out[last].To <= spike {
			z.From = out[last].From
			out = out[:last] // with the short runs between
		}
		last = len(out)
		out = append(out, z)
	}
	return atLeast(out, period)
}
