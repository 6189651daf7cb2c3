package latency

import (
	"fmt"
	"strconv"
	"time"

	"circascope/models"
)

// ErrorsAbove is the share of the last RecentCount attempts that may fail; above
// it there is an alert.
const ErrorsAbove = 0.01

// Stats is what was seen of one Key, for views and exports. Times are in seconds.
type Stats struct {
	Key
	Count  int64      `json:"count"`  // embeddings, without the failed ones
	Errors int64      `json:"errors"` // embeddings that failed
	Mean   float64    `json:"mean_seconds"`
	P50    float64    `json:"p50_seconds"` // quantiles of all, within QuantileError
	P95    float64    `json:"p95_seconds"`
	P99    float64    `json:"p99_seconds"`
	Last   *time.Time `json:"last"` // when the last one ended; nil where there was none
	Recent Recent     `json:"last_100"`
	Alerts []Alert    `json:"alerts"`
}

// Recent is what was seen of the last RecentCount embeddings, or of as many as
// there were.
type Recent struct {
	Seconds  []float64 `json:"seconds"` // of the last ones that did not fail, oldest first
	Mean     float64   `json:"mean_seconds"`
	Attempts int       `json:"attempts"` // the last ones, failed or not
	Errors   int       `json:"errors"`   // how many of the attempts failed
}

// ErrorRate is the share of the attempts that failed; 0 where there were none.
func (r Recent) ErrorRate() float64 {
	if r.Attempts == 0 {
		return 0
	}
	return float64(r.Errors) / float64(r.Attempts)
}

// Rule names what an Alert is about.
type Rule string

// The rules.
const (
	SlowRule   Rule = "slow"   // the mean of the last RecentCount is above the limit
	ErrorsRule Rule = "errors" // more than ErrorsAbove of the last RecentCount failed
)

// Alert says that a rule is broken, and what to do.
type Alert struct {
	Rule Rule   `json:"rule"`
	Text string `json:"text"` // one sentence
}

// Stats returns what was seen of one key.
func (l *Log) Stats(k Key) Stats {
	r, ok := l.records[k]
	if !ok {
		r = new(Record)
	}
	s := Stats{
		Key: k, Count: r.Count(), Errors: r.errors, Mean: r.Mean().Seconds(),
		P50: r.Quantile(0.50).Seconds(), P95: r.Quantile(0.95).Seconds(), P99: r.Quantile(0.99).Seconds(),
		Recent: recent(r),
	}
	if last := r.last; !last.IsZero() {
		s.Last = &last
	}
	s.Alerts = l.alerts(s)
	return s
}

func recent(r *Record) Recent {
	out := Recent{Seconds: []float64{}}
	var sum time.Duration
	for _, d := range r.recentTimes() {
		out.Seconds = append(out.Seconds, d.Seconds())
		sum += d
	}
	if n := len(out.Seconds); n > 0 {
		out.Mean = sum.Seconds() / float64(n)
	}
	out.Errors, out.Attempts = r.recentErrors()
	return out
}

// alerts holds a key's numbers against the rules.
func (l *Log) alerts(s Stats) []Alert {
	alerts := []Alert{}
	if limit := l.meanAbove(); s.Recent.Mean > limit.Seconds() {
		advice := "close other programs, choose a smaller model, or set another limit"
		if s.Model == models.Small {
			advice = "close other programs, or set another limit"
		}
		alerts = append(alerts, Alert{SlowRule, fmt.Sprintf(
			"%s took %s ms an embedding on average over the last %d, more than %s ms: %s",
			s.Key, Milliseconds(s.Recent.Mean), len(s.Recent.Seconds), Milliseconds(limit.Seconds()), advice)})
	}
	if s.Recent.ErrorRate() > ErrorsAbove {
		alerts = append(alerts, Alert{ErrorsRule, fmt.Sprintf(
			"%d of the last %d embeddings by %s failed, more than one in a hundred: test the model; if that fails too, the engine, the device or the memory is at fault",
			s.Recent.Errors, s.Recent.Attempts, s.Key)})
	}
	return alerts
}

// Milliseconds writes seconds in milliseconds, with four digits or without
// decimals.
func Milliseconds(seconds float64) string {
	ms := 1000 * seconds
	if ms < 1000 {
		return strconv.FormatFloat(ms, 'g', 4, 64)
	}
	return strconv.FormatFloat(ms, 'f', 0, 64)
}
