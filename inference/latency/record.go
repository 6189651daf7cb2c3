package latency

import (
	"math"
	"slices"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// RecentCount is how many of the last embeddings the recent mean and the error
// rate are of.
const RecentCount = 100

// A histogram holds whole microseconds up to an hour, to three significant digits:
// its buckets are at most 1/1024 of their values wide. Of a longer time the
// quantiles know that it was an hour or more; the mean counts it in full.
const (
	longest = time.Hour
	digits  = 3
)

// QuantileError is the largest relative error of a quantile, beside the rounding
// to a microsecond.
const QuantileError = 1.0 / 1024

// Record is what was seen of one Key. Its memory does not grow, and two of them
// merge without loss. The zero value has seen nothing. It is not safe for
// concurrent use.
type Record struct {
	times    *hdrhistogram.Histogram // nil before the first
	total    time.Duration
	errors   int64
	attempts []attempt // the last ones, oldest first: see trim
	last     time.Time // of the last attempt
}

// attempt is the time that an embedding took in microseconds, or failed.
type attempt int64

const failed attempt = -1

// Observe counts an embedding that took d and was ready at that time.
func (r *Record) Observe(at time.Time, d time.Duration) {
	d = max(d, 0)
	r.total += d
	us := min(d, longest).Round(time.Microsecond).Microseconds()
	// Every time from 0 to the longest has its bucket: there is no error.
	_ = r.histogram().RecordValue(us)
	r.try(at, attempt(us))
}

// Fail counts an embedding that gave an error.
func (r *Record) Fail(at time.Time) {
	r.errors++
	r.try(at, failed)
}

func (r *Record) try(at time.Time, a attempt) {
	r.last = at
	r.attempts = append(r.attempts, a)
	if len(r.attempts) > 4*RecentCount { // seldom, and not at each
		r.trim()
	}
}

// trim forgets the attempts that are neither among the last RecentCount nor
// embeddings among the last RecentCount that did not fail.
func (r *Record) trim() {
	var kept []attempt
	worked := 0
	for i, a := range slices.Backward(r.attempts) {
		if a != failed {
			worked++
		}
		if len(r.attempts)-i <= RecentCount || (a != failed && worked <= RecentCount) {
			kept = append(kept, a)
		}
	}
	slices.Reverse(kept)
	r.attempts = kept
}

func (r *Record) histogram() *hdrhistogram.Histogram {
	if r.times == nil {
		r.times = hdrhistogram.New(1, longest.Microseconds(), digits)
	}
	return r.times
}

// Merge adds what another record has seen, as if it had come after this one's.
func (r *Record) Merge(other *Record) {
	if other.times != nil {
		r.histogram().Merge(other.times) // of the same buckets: nothing is dropped
	}
	r.total += other.total
	r.errors += other.errors
	r.attempts = slices.Concat(r.attempts, other.attempts)
	r.trim()
	if other.last.After(r.last) {
		r.last = other.last
	}
}

// Count is the number of embeddings that did not fail.
func (r *Record) Count() int64 {
	if r.times == nil {
		return 0
	}
	return r.times.TotalCount()
}

// Mean is the arithmetic mean of all times, 0 where there are none.
func (r *Record) Mean() time.Duration {
	if r.Count() == 0 {
		return 0
	}
	return time.Duration(math.Round(float64(r.total) / float64(r.Count())))
}

// Quantile returns the time that a share q of the embeddings, from 0 to 1, did not
// exceed: the nearest rank, within QuantileError above. It is 0 where there are
// none.
func (r *Record) Quantile(q float64) time.Duration {
	n := float64(r.Count())
	if n == 0 {
		return 0
	}
	// The library would round the rank; the share of a whole rank stays that rank.
	rank := math.Ceil(q * n)
	return time.Duration(r.times.ValueAtPercentile(100*rank/n)) * time.Microsecond
}

// Distribution returns the times seen, ascending, and how many embeddings took
// each. A time is the middle of its bucket.
func (r *Record) Distribution() (times []time.Duration, counts []int64) {
	if r.times == nil {
		return nil, nil
	}
	for _, b := range r.times.Distribution() {
		if b.Count > 0 {
			times = append(times, time.Duration(b.From+b.To)*time.Microsecond/2)
			counts = append(counts, b.Count)
		}
	}
	return times, counts
}

// recentTimes returns the last RecentCount times, oldest first.
func (r *Record) recentTimes() []time.Duration {
	var times []time.Duration
	for _, a := range slices.Backward(r.attempts) {
		if a != failed && len(times) < RecentCount {
			times = append(times, time.Duration(a)*time.Microsecond)
		}
	}
	slices.Reverse(times)
	return times
}

// recentErrors returns how many of the last RecentCount attempts failed, and of
// how many that is where there were fewer.
func (r *Record) recentErrors() (errors, of int) {
	last := r.attempts[max(0, len(r.attempts)-RecentCount):]
	for _, a := range last {
		if a == failed {
			errors++
		}
	}
	return errors, len(last)
}
