package inference

import (
	"fmt"
	"math"
	"sync"
	"time"

	"circascope/models"
)

// RecentCount is how many of the last embeddings the recent mean and histogram
// are of.
const RecentCount = 100

// DefaultAlert is the mean of the recent embeddings above which a Latency
// alerts.
const DefaultAlert = time.Second

// Latency watches how long embeddings take, by model. It is safe for concurrent
// use and its memory does not grow.
type Latency struct {
	Alert time.Duration // threshold on the recent mean; set before use, 0 is DefaultAlert

	mu      sync.Mutex
	byModel map[models.Size]*track
}

// NewLatency returns a Latency that has seen nothing.
func NewLatency() *Latency { return &Latency{byModel: make(map[models.Size]*track)} }

// LatencyStats is what a Latency has seen of one model, for views.
type LatencyStats struct {
	Model         models.Size
	Count, Errors int
	Total, Last   time.Duration
	Mean          time.Duration
	P50, P95, P99 time.Duration // of all, within 2.5 per cent
	RecentMean    time.Duration // of the last RecentCount
	Recent        []Bin         // histogram of the last RecentCount; nil where there are none
	Alert         string        // a sentence where the recent mean is above the threshold
}

// Bin is one bar of a histogram: how many fell into [From, To), or [From, To] in
// the last bar.
type Bin struct {
	From, To time.Duration
	Count    int
}

// Observe records one embedding that took d.
func (l *Latency) Observe(model models.Size, d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of(model).observe(d)
}

// Fail records one embedding that gave an error.
func (l *Latency) Fail(model models.Size) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of(model).errors++
}

// Stats returns what was seen of one model.
func (l *Latency) Stats(model models.Size) LatencyStats {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.of(model).stats()
	s.Model = model
	threshold := l.Alert
	if threshold == 0 {
		threshold = DefaultAlert
	}
	if s.RecentMean > threshold {
		s.Alert = fmt.Sprintf("PAT-%s took %v a recording on average over the last %d, more than %v: close other programs, or choose a smaller model",
			model, s.RecentMean.Round(time.Millisecond), min(s.Count, RecentCount), threshold)
	}
	return s
}

// All returns what was seen of every model that ran or failed, smallest model
// first.
func (l *Latency) All() []LatencyStats {
	var out []LatencyStats
	for _, size := range models.Sizes() {
		if s := l.Stats(size); s.Count+s.Errors > 0 {
			out = append(out, s)
		}
	}
	return out
}

func (l *Latency) of(model models.Size) *track {
	t, ok := l.byModel[model]
	if !ok {
		t = new(track)
		l.byModel[model] = t
	}
	return t
}

// track is the statistics of one model.
type track struct {
	count, errors int
	total, last   time.Duration
	buckets       [bucketCount]int
	ring          [RecentCount]time.Duration
}

func (t *track) observe(d time.Duration) {
	d = max(d, 0)
	t.ring[t.count%RecentCount] = d
	t.count++
	t.total += d
	t.last = d
	t.buckets[bucketOf(d)]++
}

func (t *track) stats() LatencyStats {
	s := LatencyStats{Count: t.count, Errors: t.errors, Total: t.total, Last: t.last}
	if t.count == 0 {
		return s
	}
	s.Mean = t.total / time.Duration(t.count)
	s.P50, s.P95, s.P99 = t.quantile(0.50), t.quantile(0.95), t.quantile(0.99)
	recent := t.ring[:min(t.count, RecentCount)]
	var sum time.Duration
	for _, d := range recent {
		sum += d
	}
	s.RecentMean = sum / time.Duration(len(recent))
	s.Recent = histogram(recent)
	return s
}

// Buckets grow by 5 per cent from 1 microsecond: the middle of one is within
// 2.5 per cent of everything in it. The last reaches beyond 18 hours.
const (
	bucketCount  = 512
	bucketGrowth = 1.05
	bucketFirst  = float64(time.Microsecond)
)

func bucketOf(d time.Duration) int {
	if float64(d) <= bucketFirst {
		return 0
	}
	return min(int(math.Log(float64(d)/bucketFirst)/math.Log(bucketGrowth)), bucketCount-1)
}

// quantile returns the nearest-rank quantile, read off the buckets.
func (t *track) quantile(q float64) time.Duration {
	rank := int(math.Ceil(q * float64(t.count)))
	seen := 0
	for i, n := range t.buckets {
		if seen += n; seen >= rank {
			low := bucketFirst * math.Pow(bucketGrowth, float64(i))
			return time.Duration(low * (1 + bucketGrowth) / 2)
		}
	}
	return t.last
}

// histogram sorts values into ten bars of equal width from the least to the
// largest.
func histogram(values []time.Duration) []Bin {
	const bars = 10
	least, most := values[0], values[0]
	for _, v := range values {
		least, most = min(least, v), max(most, v)
	}
	width := max((most-least+bars-1)/bars, 1)
	out := make([]Bin, bars)
	for i := range out {
		out[i].From = least + time.Duration(i)*width
		out[i].To = out[i].From + width
	}
	for _, v := range values {
		out[min(int((v-least)/width), bars-1)].Count++
	}
	return out
}
