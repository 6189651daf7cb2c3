package app

import "sync"

// Event says what changed, so that views know what to read again.
type Event string

// The events of a workbench.
const (
	LibraryChanged    Event = "library"    // another library, or none, is open
	RecordingsChanged Event = "recordings" // imported, deleted, renamed
	MasksChanged      Event = "masks"      // layers of wear, or the rule of the valid day
	RestChanged       Event = "rest"       // rest periods were changed by hand
	DiariesChanged    Event = "diaries"    // a sleep diary was imported or removed
	ProtocolChanged   Event = "protocol"   // the study protocol, or what it says of recordings
	ResultsChanged    Event = "results"    // embeddings were stored or deleted
	ModelsChanged     Event = "models"     // a weights file changed its state
	EngineChanged     Event = "engine"     // the engine loads, is ready, or failed
	JobsChanged       Event = "jobs"       // a job began, went on, or ended
	LatencyChanged    Event = "latency"    // an embedding was timed or failed, or the record was reset
)

// listeners calls back whoever subscribed. Callbacks run on the goroutine that
// made the change and must not block.
type listeners struct {
	mu   sync.Mutex
	next int
	fns  map[int]func(Event)
}

// Subscribe calls f at every change until the returned function is called.
func (l *listeners) Subscribe(f func(Event)) (cancel func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fns == nil {
		l.fns = map[int]func(Event){}
	}
	id := l.next
	l.next++
	l.fns[id] = f
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.fns, id)
	}
}

func (l *listeners) notify(events ...Event) {
	l.mu.Lock()
	fns := make([]func(Event), 0, len(l.fns))
	for _, f := range l.fns {
		fns = append(fns, f)
	}
	l.mu.Unlock()
	for _, f := range fns {
		for _, e := range events {
			f(e)
		}
	}
}
