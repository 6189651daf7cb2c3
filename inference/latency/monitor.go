package latency

import (
	"errors"
	"sync"
	"time"
)

// saveAfter is how long an embedding may wait to be kept: what a crash loses at
// most.
const saveAfter = 3 * time.Second

// Keeper keeps a log for all processes of the machine.
type Keeper interface {
	// Read returns what is kept.
	Read() (Log, error)
	// Update changes what is kept while no other process does, and returns what
	// it is then. With an error nothing is changed.
	Update(change func(*Log)) (Log, error)
}

// DamagedError says that what was kept could not be read and was set aside. The
// log that comes with it is whole: it begins anew.
type DamagedError struct {
	Path  string // of the file that is damaged
	Aside string // where it is now
	Err   error  // what is wrong with it
}

func (e *DamagedError) Error() string {
	return e.Path + ": the record of latencies is damaged (" + e.Err.Error() + "); it was set aside as " + e.Aside + ", and a new one begins"
}

func (e *DamagedError) Unwrap() error { return e.Err }

// Monitor counts embeddings, tells how long they took, and hands what it counted
// to its Keeper every few seconds. It is safe for concurrent use and its memory
// does not grow.
type Monitor struct {
	keeper  Keeper
	now     func() time.Time
	changed func()
	writing sync.Mutex // held while the keeper is at work

	mu      sync.Mutex
	read    bool        // whether all holds what is kept
	all     Log         // what the keeper had when it was last heard, and what was seen here since
	fresh   Log         // the part of all that is still to be handed to the keeper
	timer   *time.Timer // runs where fresh waits to be kept
	damage  error       // what was set aside; stays
	problem error       // why the last reading or keeping failed
}

// unkept is a Keeper of this process alone.
type unkept struct{ log Log }

func (u *unkept) Read() (Log, error) { return u.Update(func(*Log) {}) }

func (u *unkept) Update(change func(*Log)) (Log, error) {
	change(&u.log)
	var copied Log
	copied.Merge(&u.log)
	copied.MeanAbove = u.log.MeanAbove
	return copied, nil
}

// NewMonitor returns a monitor of what k keeps, and of what is seen from now on;
// without a k nothing outlives it. changed, which may be nil, is called after each
// change and must not block.
func NewMonitor(k Keeper, now func() time.Time, changed func()) *Monitor {
	if k == nil {
		k = &unkept{}
	}
	if changed == nil {
		changed = func() {}
	}
	return &Monitor{keeper: k, now: now, changed: changed}
}

// Observe counts an embedding that took d.
func (m *Monitor) Observe(k Key, d time.Duration) {
	m.see(k, func(r *Record, at time.Time) { r.Observe(at, d) })
}

// Fail counts an embedding that gave an error.
func (m *Monitor) Fail(k Key) {
	m.see(k, func(r *Record, at time.Time) { r.Fail(at) })
}

func (m *Monitor) see(k Key, count func(*Record, time.Time)) {
	at := m.now()
	m.mu.Lock()
	for _, log := range []*Log{&m.all, &m.fresh} {
		if log.Since.IsZero() {
			log.Since = at
		}
		count(log.Record(k), at)
	}
	if m.timer == nil {
		m.timer = time.AfterFunc(saveAfter, func() { _ = m.Save() }) // Problem tells
	}
	m.mu.Unlock()
	m.changed()
}

// Save hands to the keeper what it does not have yet. What it can't take stays
// counted here, and goes with the next.
func (m *Monitor) Save() error {
	m.writing.Lock()
	defer m.writing.Unlock()
	saving := m.begin()
	if len(saving.records) == 0 {
		return nil
	}
	kept, err := m.keeper.Update(func(l *Log) { l.Merge(&saving) })
	m.mu.Lock()
	defer m.mu.Unlock()
	if err = m.hear(kept, err); err != nil {
		saving.Merge(&m.fresh)
		m.fresh = saving
	}
	return err
}

// begin takes what is fresh, to be saved.
func (m *Monitor) begin() (saving Log) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.load() // not later, while it is being saved: it would count twice
	if m.timer != nil {
		m.timer.Stop()
		m.timer = nil
	}
	saving, m.fresh = m.fresh, Log{}
	return saving
}

// hear takes in what the keeper answered: all there is, but for what is fresh.
func (m *Monitor) hear(kept Log, err error) error {
	m.problem = failure(err)
	if err != nil && m.problem == nil {
		m.damage = err
	}
	if m.problem == nil {
		m.all, m.read = kept, true
		m.all.Merge(&m.fresh)
	}
	return m.problem
}

// failure is err, unless that only tells of damage that was set aside.
func failure(err error) error {
	if errors.As(err, new(*DamagedError)) {
		return nil
	}
	return err
}

// Problem says why what is seen can't be kept, or what was found damaged; nil
// where all is well.
func (m *Monitor) Problem() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.load()
	return errors.Join(m.damage, m.problem)
}

// Reset forgets everything seen, by every process.
func (m *Monitor) Reset() error {
	return m.change(func(l *Log) { l.Reset(m.now()) }, true)
}

// SetMeanAbove sets and keeps the mean of the last RecentCount times above which
// there is an alert; 0 is DefaultMeanAbove.
func (m *Monitor) SetMeanAbove(d time.Duration) error {
	if d < 0 {
		return errors.New("the limit on the mean latency can't be less than nothing")
	}
	return m.change(func(l *Log) { l.MeanAbove = d }, false)
}

// change changes what is kept, and may forget what is not kept yet.
func (m *Monitor) change(kept func(*Log), forget bool) error {
	m.writing.Lock()
	log, err := m.keeper.Update(kept)
	m.mu.Lock()
	if forget && failure(err) == nil {
		m.fresh = Log{}
	}
	err = m.hear(log, err)
	m.mu.Unlock()
	m.writing.Unlock()
	m.changed()
	return err
}

// MeanAbove is the mean of the last RecentCount times above which there is an
// alert.
func (m *Monitor) MeanAbove() time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.load()
	return m.all.meanAbove()
}

// Since is when the record began or was reset; zero where nothing was seen.
func (m *Monitor) Since() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.load()
	return m.all.Since
}

// Reload takes in what other processes have kept since.
func (m *Monitor) Reload() {
	m.writing.Lock()
	defer m.writing.Unlock()
	kept, err := m.keeper.Read()
	m.mu.Lock()
	defer m.mu.Unlock()
	_ = m.hear(kept, err) // Problem tells
}

// All returns what was seen of each key, by this process and, up to its last Save
// or Reload, by the others; smallest model first.
func (m *Monitor) All() []Stats {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.load()
	all := []Stats{}
	for _, k := range m.all.Keys() {
		all = append(all, m.all.Stats(k))
	}
	return all
}

// Stats returns what was seen of one key.
func (m *Monitor) Stats(k Key) Stats {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.load()
	return m.all.Stats(k)
}

// Distribution returns the times of one key in ascending seconds, and how many
// embeddings took each.
func (m *Monitor) Distribution(k Key) (seconds []float64, counts []int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.load()
	r, ok := m.all.records[k]
	if !ok {
		return nil, nil
	}
	times, counts := r.Distribution()
	for _, d := range times {
		seconds = append(seconds, d.Seconds())
	}
	return seconds, counts
}

// load reads what is kept, the first time that it is asked for.
func (m *Monitor) load() {
	if !m.read {
		kept, err := m.keeper.Read()
		_ = m.hear(kept, err) // Problem tells
		m.read = true
	}
}
