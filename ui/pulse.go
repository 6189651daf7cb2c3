package ui

import (
	"sync"
	"time"

	"circascope/app"
)

// pulseEvery is the shortest time between two redraws for events.
const pulseEvery = 100 * time.Millisecond

// pulse gathers the events of the workbench, which come from any goroutine and
// may be thousands a second, and hands them to the window ten times a second.
type pulse struct {
	back  func(func()) // to the window's goroutine
	later func(time.Duration, func())
	flush func(map[app.Event]bool) // on the window's goroutine

	mu      sync.Mutex
	pending map[app.Event]bool
	waiting bool
}

// add notes an event; it never blocks.
func (p *pulse) add(e app.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pending == nil {
		p.pending = map[app.Event]bool{}
	}
	p.pending[e] = true
	if p.waiting {
		return
	}
	p.waiting = true
	p.later(pulseEvery, p.fire)
}

func (p *pulse) fire() {
	p.mu.Lock()
	events := p.pending
	p.pending, p.waiting = nil, false
	p.mu.Unlock()
	p.back(func() { p.flush(events) })
}
