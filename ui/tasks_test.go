package ui

import (
	"context"
	"errors"
	"testing"
	"time"
)

// inline is a tasks that works on the calling goroutine; what should come later
// waits for settle.
type inline struct {
	*tasks
	waiting []func()
}

func newInline() *inline {
	in := &inline{tasks: newTasks()}
	in.start = func(f func()) { f() }
	in.back = func(f func()) { f() }
	in.later = func(_ time.Duration, f func()) { in.waiting = append(in.waiting, f) }
	return in
}

// settle runs what waits, and what comes of it.
func (in *inline) settle() {
	for len(in.waiting) > 0 {
		list := in.waiting
		in.waiting = nil
		for _, f := range list {
			f()
		}
	}
}

func TestLoadDropsWhatIsOld(t *testing.T) {
	in := newInline()
	var begun []func()
	in.start = func(f func()) { begun = append(begun, f) }
	l := newLoader(in.tasks)
	var got []int
	then := func(n int, err error) {
		if err != nil {
			t.Error(err)
		}
		got = append(got, n)
	}
	var first context.Context
	load(l, func(ctx context.Context) (int, error) { first = ctx; return 1, nil }, then)
	load(l, func(context.Context) (int, error) { return 2, nil }, then)
	for _, f := range begun {
		f()
	}
	if len(got) != 1 || got[0] != 2 {
		t.Errorf("got results %v, want only that of the newest reading, 2", got)
	}
	if !errors.Is(first.Err(), context.Canceled) {
		t.Errorf("the older reading's context has error %v, want it cancelled", first.Err())
	}
}

func TestNothingComesBackAfterStop(t *testing.T) {
	in := newInline()
	var begun func()
	in.start = func(f func()) { begun = f }
	came := false
	background(in.tasks, func(context.Context) (int, error) { return 1, nil }, func(int, error) { came = true })
	in.cancel()
	begun()
	if came {
		t.Error("a result came back to a window that is closed")
	}
}
