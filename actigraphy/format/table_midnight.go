package format

// countMidnights moves times on by a day at every midnight where all rows carry
// the date of the first, as tables do whose dates were added to times of day: the
// clock passes midnight and the date stays. It returns how many midnights there
// were, and 0, with the times as they are, where anything else can be meant: the
// rows begin at midnight, so that they may be the same day again, or a row goes
// back by other than a day less one epoch.
func (s *series) countMidnights(times []int64) int {
	if len(times) < 2 || s.stamps.first().zoned || times[0] < 0 || times[0]%day == 0 {
		return 0
	}
	midnight, epoch := times[0]-times[0]%day, times[1]-times[0]
	if epoch <= 0 {
		return 0
	}
	passed := 0
	for i := 1; i < len(times); i++ {
		switch step := times[i] - times[i-1]; {
		case times[i] < midnight || times[i] >= midnight+day:
			return 0
		case step < 0 && step+day != epoch:
			return 0
		case step < 0:
			passed++
		}
	}
	if passed == 0 {
		return 0
	}
	moved, before := int64(0), times[0]
	for i := 1; i < len(times); i++ {
		if times[i] < before {
			moved += day
		}
		before = times[i]
		times[i] += moved
	}
	return passed
}
