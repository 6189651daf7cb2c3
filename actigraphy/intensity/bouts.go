package intensity

// Bout is a stretch of activity, from one minute to before another.
type Bout struct{ From, To int }

// Minutes returns how long the bout is, its interruptions in it.
func (b Bout) Minutes() int { return b.To - b.From }

// Bouts returns the stretches of at least length minutes of moderate or vigorous
// activity, interruptions in them: one begins at such a minute if all but tolerance
// of the length minutes from it on are so, and ends with the last such minute before
// more than tolerance minutes in a row that are not, before a missing minute, or at
// the end (Troiano et al. 2008, doi:10.1249/mss.0b013e31815a51b3: 10 minutes, with
// interruptions of up to 2). Bouts do not overlap.
func Bouts(minutes []Level, length, tolerance int) []Bout {
	var list []Bout
	for i := 0; i < len(minutes); i++ {
		if minutes[i] < Moderate || !begins(minutes[i:], length, tolerance) {
			continue
		}
		if end := endOf(minutes, i, tolerance); end-i >= length {
			list = append(list, Bout{i, end})
			i = end
		}
	}
	return list
}

// begins reports whether a bout begins with the first of the minutes.
func begins(minutes []Level, length, tolerance int) bool {
	if len(minutes) < length {
		return false
	}
	below := 0
	for _, l := range minutes[:length] {
		if l == Missing {
			return false
		}
		if l < Moderate {
			below++
		}
	}
	return below <= tolerance
}

// endOf returns the minute after the last active one of a bout.
func endOf(minutes []Level, from, tolerance int) int {
	end, below := from, 0
	for i := from; i < len(minutes); i++ {
		switch {
		case minutes[i] == Missing:
			return end
		case minutes[i] >= Moderate:
			end, below = i+1, 0
		default:
			if below++; below > tolerance {
				return end
			}
		}
	}
	return end
}
