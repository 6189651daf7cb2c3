package app

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
)

func testJobs(now func() time.Time) *Jobs { return newJobs(now, func() {}) }

func TestJobsTellHowWorkEnded(t *testing.T) {
	boom := errors.New("boom")
	for _, c := range []struct {
		name string
		err  error
		want JobState
	}{
		{"done", nil, JobDone},
		{"failed", boom, JobFailed},
		{"cancelled", fmt.Errorf("running PAT-S: %w", context.Canceled), JobCancelled},
	} {
		js := testJobs(time.Now)
		err := js.Do(t.Context(), c.name, func(_ context.Context, p Progress) (string, error) {
			p(3, 4, "three")
			return "summary", c.err
		})
		if !errors.Is(err, c.err) {
			t.Errorf("%s: got error %v, want %v", c.name, err, c.err)
		}
		job := js.List()[0]
		if job.State != c.want || job.Done != 3 || job.Total != 4 || job.What != "three" || job.Summary != "summary" {
			t.Errorf("%s: got %+v", c.name, job)
		}
	}
}

func TestCancelReachesTheWork(t *testing.T) {
	js := testJobs(time.Now)
	started := make(chan struct{})
	done := make(chan error)
	go func() {
		done <- js.Do(t.Context(), "long", func(ctx context.Context, _ Progress) (string, error) {
			close(started)
			<-ctx.Done()
			return "", ctx.Err()
		})
	}()
	<-started
	js.Cancel(js.List()[0].ID)
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func TestJobsForgetTheOldest(t *testing.T) {
	js := testJobs(time.Now)
	for i := range keptJobs + 5 {
		_ = js.Do(t.Context(), fmt.Sprint(i), func(context.Context, Progress) (string, error) { return "", nil })
	}
	list := js.List()
	if len(list) != keptJobs || list[0].Name != fmt.Sprint(keptJobs+4) {
		t.Errorf("got %d jobs, newest %q; want %d, newest %d", len(list), list[0].Name, keptJobs, keptJobs+4)
	}
}

func TestTimeLeftComesFromTheRate(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	j := Job{State: JobRunning, Started: start, Done: 10, Total: 40}
	got, ok := j.Left(start.Add(20 * time.Second))
	if !ok || got != time.Minute {
		t.Errorf("got %v, %v; want 1m0s", got, ok)
	}
	if _, ok := (Job{State: JobRunning, Started: start}).Left(start); ok {
		t.Error("a job without progress has a time left")
	}
}
