package wear

// troiano returns the stretches without wear by Troiano et al. 2008, in minutes:
// at least period minutes that begin and end with a zero, without a minute above
// stop and without more than spike minutes with counts on end.
func troiano(counts []float64, period, spike int, stop float64) []Interval {
	var out []Interval
	for i := 0; i < len(counts); {
		stretch := extend(counts, i, spike, stop, false)
		if stretch.Len() >= period {
			out = append(out, stretch)
		}
		i = max(i+1, stretch.To)
	}
	return out
}

// troianoInAll is as troiano, but spike is how many minutes with counts all of a
// stretch may have. The first zero from which that makes period minutes begins
// one.
func troianoInAll(counts []float64, period, spike int, stop float64) []Interval {
	var out []Interval
	for i := 0; i < len(counts); {
		stretch := extend(counts, i, spike, stop, true)
		if stretch.Len() < period {
			i++
			continue
		}
		out = append(out, stretch)
		i = stretch.To
	}
	return out
}

// extend returns the longest stretch that begins with a zero at a minute, empty
// where there is none.
func extend(counts []float64, from, spike int, stop float64, inAll bool) Interval {
	stretch := Interval{From: from, To: from}
	moving := 0 // minutes with counts: since the last zero, or in all
	for i := from; i < len(counts); i++ {
		if counts[i] == 0 {
			stretch.To = i + 1
			if !inAll {
				moving = 0
			}
			continue
		}
		moving++
		if i == from || counts[i] > stop || moving > spike {
			break
		}
	}
	return stretch
}
