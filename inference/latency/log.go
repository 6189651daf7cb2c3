package latency

import (
	"maps"
	"slices"
	"time"
)

// DefaultMeanAbove is the mean of the last RecentCount times above which there is
// an alert, unless another is set.
const DefaultMeanAbove = time.Second

// Log is all that was seen on one machine, and the limit that it alerts at.
type Log struct {
	Since     time.Time     // when it began, or was reset; zero before the first embedding
	MeanAbove time.Duration // 0 is DefaultMeanAbove
	records   map[Key]*Record
}

// Record returns the record of a key to be read or added to; it begins empty.
func (l *Log) Record(k Key) *Record {
	if l.records == nil {
		l.records = map[Key]*Record{}
	}
	r, ok := l.records[k]
	if !ok {
		r = new(Record)
		l.records[k] = r
	}
	return r
}

// Keys lists what computed, smallest model first.
func (l *Log) Keys() []Key {
	return slices.SortedFunc(maps.Keys(l.records), Key.compare)
}

// Merge adds what another log has seen, as if it had come after this one's.
func (l *Log) Merge(other *Log) {
	if l.Since.IsZero() || (!other.Since.IsZero() && other.Since.Before(l.Since)) {
		l.Since = other.Since
	}
	for k, r := range other.records {
		l.Record(k).Merge(r)
	}
}

// Reset forgets everything seen. The limit stays.
func (l *Log) Reset(at time.Time) {
	l.Since, l.records = at, nil
}

// meanAbove is the limit that counts.
func (l *Log) meanAbove() time.Duration {
	if l.MeanAbove == 0 {
		return DefaultMeanAbove
	}
	return l.MeanAbove
}
