package app_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/app"
	"circascope/models"
)

func TestALibraryStaysOpenUnderAJob(t *testing.T) {
	b := newBench(t).withSample(t)
	other := filepath.Join(b.dir, "other.circascope")
	var refused []error
	_, err := b.Run(t.Context(), demoRun(models.Small), func(done, _ int64, _ string) {
		if done == 20 {
			refused = []error{b.CreateLibrary(t.Context(), other), b.CloseLibrary()}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(refused) == 0 {
		t.Fatal("the run told no progress")
	}
	for _, err := range refused {
		if err == nil || !strings.Contains(err.Error(), "Run PAT-S") {
			t.Errorf("got %v, want an error that names the run", err)
		}
	}
	if err := b.CreateLibrary(t.Context(), other); err != nil {
		t.Errorf("after the run: %v", err)
	}
}

func TestCloseStopsJobsAndWaits(t *testing.T) {
	b := newBench(t).withSample(t)
	started, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- b.Jobs().Do(t.Context(), "long", func(ctx context.Context, _ app.Progress) (string, error) {
			close(started)
			<-ctx.Done()
			_, err := b.Rows(context.WithoutCancel(ctx)) // the library is still there
			return "", err
		})
	}()
	<-started
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("the job lost its library: %v", err)
	}
	none := func(context.Context, app.Progress) (string, error) { return "", nil }
	if err := b.Jobs().Do(t.Context(), "late", none); err == nil {
		t.Error("a job began in a closed workbench")
	}
}

func TestWaitingForTheEngineCanBeCancelled(t *testing.T) {
	b := newBench(t).withSample(t)
	var waited error
	_, err := b.Run(t.Context(), demoRun(models.Small), func(done, _ int64, _ string) {
		if done != 20 {
			return
		}
		// The run has the engine, and goes on when this one gives up waiting for it.
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		_, waited = b.Run(ctx, demoRun(models.Small), nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if !errors.Is(waited, context.DeadlineExceeded) {
		t.Errorf("got %v, want context.DeadlineExceeded", waited)
	}
}
