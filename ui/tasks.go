package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// tasks runs work off the window's goroutine and comes back to it. The one go
// statement of the window is here.
type tasks struct {
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
	start   func(func()) // begins work elsewhere
	back    func(func()) // returns to the window's goroutine
	later   func(time.Duration, func())
}

func newTasks() *tasks {
	ctx, cancel := context.WithCancel(context.Background())
	return &tasks{ctx: ctx, cancel: cancel, start: func(f func()) { go f() }, back: fyne.Do, later: func(d time.Duration, f func()) { time.AfterFunc(d, f) }}
}

// stop cancels all work and waits for its end.
func (t *tasks) stop() {
	t.cancel()
	t.running.Wait()
}

// background runs work and then gives its result to then, on the window's
// goroutine. After stop nothing comes back.
func background[T any](t *tasks, work func(context.Context) (T, error), then func(T, error)) {
	begin(t.ctx, t, work, then)
}

func begin[T any](ctx context.Context, t *tasks, work func(context.Context) (T, error), then func(T, error)) {
	t.running.Add(1)
	t.start(func() {
		result, err := work(ctx)
		t.running.Done()
		if t.ctx.Err() != nil {
			return
		}
		t.back(func() { then(result, err) })
	})
}

// loader runs one kind of reading, of which only the newest counts: an older one
// is cancelled and its result dropped.
type loader struct {
	tasks  *tasks
	cancel context.CancelFunc
	newest int
}

func newLoader(t *tasks) *loader { return &loader{tasks: t, cancel: func() {}} }

// load starts a reading in place of the one before.
func load[T any](l *loader, work func(context.Context) (T, error), then func(T, error)) {
	l.drop()
	ctx, cancel := context.WithCancel(l.tasks.ctx)
	l.cancel = cancel
	mine := l.newest
	begin(ctx, l.tasks, work, func(result T, err error) {
		cancel()
		if mine == l.newest {
			then(result, err)
		}
	})
}

// drop forgets the reading that is under way.
func (l *loader) drop() {
	l.newest++
	l.cancel()
}
