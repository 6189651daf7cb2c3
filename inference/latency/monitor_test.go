package latency_test

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"circascope/inference/latency"
	"circascope/models"
)

var (
	small = latency.Key{Model: models.Small, Precision: "float32", DeviceKind: "CPU", DeviceName: "a processor"}
	large = latency.Key{Model: models.Large, Precision: "float32", DeviceKind: "CPU", DeviceName: "a processor"}
)

// statsOf writes all that a log tells of a record, to compare.
func statsOf(r *latency.Record) string {
	var log latency.Log
	log.Record(small).Merge(r)
	text, err := json.Marshal(log.Stats(small))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func newMonitor(k latency.Keeper) *latency.Monitor {
	return latency.NewMonitor(k, func() time.Time { return time.Unix(1_700_000_000, 0).UTC() }, nil)
}

func rules(s latency.Stats) string {
	var names []string
	for _, a := range s.Alerts {
		names = append(names, string(a.Rule))
	}
	return strings.Join(names, " ")
}

func TestAlertsAtTheirEdges(t *testing.T) {
	const ms = time.Millisecond
	type m = *latency.Monitor
	observe := func(n int, d time.Duration) func(m) {
		return func(m m) {
			for range n {
				m.Observe(small, d)
			}
		}
	}
	fail := func(n int) func(m) {
		return func(m m) {
			for range n {
				m.Fail(small)
			}
		}
	}
	for _, tc := range []struct {
		name  string
		limit time.Duration
		does  []func(m)
		want  string
	}{
		{"nothing", 0, nil, ""},
		{"at the limit", 0, []func(m){observe(100, 1000*ms)}, ""},
		{"a hair above it", 0, []func(m){observe(99, 1000*ms), observe(1, 1001*ms)}, "slow"},
		{"of fewer than a hundred", 0, []func(m){observe(3, 1001*ms)}, "slow"},
		{"slow ones more than a hundred ago", 0, []func(m){observe(50, time.Minute), observe(100, ms)}, ""},
		{"one slow one still among the hundred", 0, []func(m){observe(1, 200*time.Second), observe(99, ms)}, "slow"},
		{"fast ones more than a hundred ago", 0, []func(m){observe(5000, ms), observe(100, 1001*ms)}, "slow"},
		{"failures do not push times out", 0, []func(m){observe(100, 1001*ms), fail(1), observe(0, 0)}, "slow"},
		{"a stricter limit", 10 * ms, []func(m){observe(100, 11*ms)}, "slow"},
		{"a wider limit", 2000 * ms, []func(m){observe(100, 1900*ms)}, ""},
		{"one of a hundred failed", 0, []func(m){fail(1), observe(99, ms)}, ""},
		{"one of 99 failed", 0, []func(m){fail(1), observe(98, ms)}, "errors"},
		{"two of a hundred failed", 0, []func(m){observe(500, ms), fail(2), observe(98, ms)}, "errors"},
		{"two failed, one of them long ago", 0, []func(m){fail(1), observe(99, ms), fail(1)}, ""},
		{"all failed", 0, []func(m){fail(300)}, "errors"},
		{"slow and failing", 0, []func(m){observe(10, 2000*ms), fail(1)}, "slow errors"},
	} {
		mon := newMonitor(nil)
		if err := mon.SetMeanAbove(tc.limit); err != nil {
			t.Fatal(err)
		}
		for _, do := range tc.does {
			do(mon)
		}
		if got := rules(mon.Stats(small)); got != tc.want {
			t.Errorf("%s: alerts %q, want %q", tc.name, got, tc.want)
		}
		if got := rules(mon.Stats(large)); got != "" {
			t.Errorf("%s: alerts %q for a model that did nothing", tc.name, got)
		}
	}
}

func TestAlertSaysWhatAndWhatToDo(t *testing.T) {
	m := newMonitor(nil)
	m.Observe(large, 1500*time.Millisecond)
	m.Fail(large)
	alerts := m.Stats(large).Alerts
	if len(alerts) != 2 {
		t.Fatalf("got %v, want two alerts", alerts)
	}
	for i, want := range [][]string{
		{"PAT-L, float32, CPU (a processor)", "1500 ms", "last 1", "more than 1000 ms", "smaller model"},
		{"1 of the last 2", "PAT-L", "one in a hundred", "test the model"},
	} {
		for _, part := range want {
			if !strings.Contains(alerts[i].Text, part) {
				t.Errorf("alert %q does not say %q", alerts[i].Text, part)
			}
		}
	}
}

func TestLimitCannotBeNegative(t *testing.T) {
	if err := newMonitor(nil).SetMeanAbove(-1); err == nil {
		t.Error("a negative limit was taken")
	}
}

// failing is a keeper that fails as long as err says so.
type failing struct {
	latency.Log
	err error
}

func (f *failing) Read() (latency.Log, error) { return f.Update(func(*latency.Log) {}) }

func (f *failing) Update(change func(*latency.Log)) (latency.Log, error) {
	if f.err != nil {
		return latency.Log{}, f.err
	}
	change(&f.Log)
	var out latency.Log
	out.Merge(&f.Log)
	return out, nil
}

func TestWhatCannotBeKeptIsCountedAndKeptLater(t *testing.T) {
	full := errors.New("the disk is full")
	k := &failing{err: full}
	m := newMonitor(k)
	m.Observe(small, time.Millisecond)
	if err := m.Save(); !errors.Is(err, full) || !errors.Is(m.Problem(), full) {
		t.Fatalf("saving gave %v, the problem is %v", err, m.Problem())
	}
	m.Observe(small, 3*time.Millisecond)
	if s := m.Stats(small); s.Count != 2 || s.Mean != 2e-3 {
		t.Errorf("got %d embeddings of %g s, want 2 of 0.002", s.Count, s.Mean)
	}
	k.err = nil
	if err := m.Save(); err != nil || m.Problem() != nil {
		t.Fatalf("saving gave %v, the problem is %v", err, m.Problem())
	}
	if s := k.Stats(small); s.Count != 2 || s.Recent.Seconds[0] != 1e-3 {
		t.Errorf("kept %+v, want both, in order", s)
	}
	if s := m.Stats(small); s.Count != 2 {
		t.Errorf("counted %d after saving, want 2", s.Count)
	}
}

func TestResetForgetsAllButTheLimit(t *testing.T) {
	m := newMonitor(nil)
	m.Observe(small, time.Millisecond)
	if err := m.Save(); err != nil {
		t.Fatal(err)
	}
	m.Observe(large, time.Millisecond)
	if err := errors.Join(m.SetMeanAbove(time.Minute), m.Reset()); err != nil {
		t.Fatal(err)
	}
	if got := m.All(); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
	if got := m.MeanAbove(); got != time.Minute {
		t.Errorf("the limit is %v, want a minute", got)
	}
}

// TestManyGoroutines is for the race detector, and counts.
func TestManyGoroutines(t *testing.T) {
	m := newMonitor(nil)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range 300 {
				m.Observe(small, time.Millisecond)
				m.Fail(large)
				if i%50 == 0 {
					_, _ = m.All(), m.Save()
					_, _ = m.Distribution(small)
				}
			}
		})
	}
	group.Wait()
	if got := m.All(); len(got) != 2 || got[0].Count != 1200 || got[1].Errors != 1200 || got[0].Key != small {
		t.Errorf("got %+v", got)
	}
}

// TestMemoryDoesNotGrow: a record encodes in the same room after a million more.
func TestMemoryDoesNotGrow(t *testing.T) {
	var log latency.Log
	see := func(n int) int {
		r := log.Record(small)
		for i := range n {
			r.Observe(time.Unix(0, 0), time.Duration(i%1000)*time.Microsecond)
			if i%100 == 0 {
				r.Fail(time.Unix(0, 0))
			}
		}
		text, err := json.Marshal(log)
		if err != nil {
			t.Fatal(err)
		}
		return len(text)
	}
	first := see(10_000)
	if later := see(1_000_000); later > first+3000 { // a thousand counts of some digits more
		t.Errorf("%d bytes after ten thousand, %d after a million", first, later)
	}
	if allocs := testing.AllocsPerRun(1000, func() { log.Record(small).Observe(time.Unix(0, 0), time.Millisecond) }); allocs > 0.5 {
		t.Errorf("%g allocations an embedding", allocs)
	}
}

// BenchmarkObserve and BenchmarkAll: what watching costs a run, an embedding and
// a redraw.
func BenchmarkObserve(b *testing.B) {
	m := newMonitor(nil)
	for b.Loop() {
		m.Observe(small, 3*time.Millisecond)
	}
}

func BenchmarkAll(b *testing.B) {
	m := newMonitor(nil)
	for i := range 10_000 {
		m.Observe(small, time.Duration(i)*time.Microsecond)
		m.Observe(large, time.Duration(i)*time.Microsecond)
	}
	for b.Loop() {
		m.All()
	}
}
