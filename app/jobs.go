package app

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Progress tells how far a use case has come: done of total steps (total 0:
// unknown) and what it works on. It may be called often and from any goroutine.
type Progress func(done, total int64, what string)

// JobState says how a job stands.
type JobState string

// The states of a job.
const (
	JobRunning   JobState = "running"
	JobDone      JobState = "done"
	JobFailed    JobState = "failed"
	JobCancelled JobState = "cancelled"
)

// Job is one piece of long work as views show it.
type Job struct {
	ID          int
	Name        string // "Import 40 files"
	State       JobState
	Done, Total int64
	What        string // what it works on now
	Summary     string // what came of it
	Err         error
	Started     time.Time
	Ended       time.Time
}

// Left estimates the time to the end from the rate so far; false where it can't
// be known yet.
func (j Job) Left(now time.Time) (time.Duration, bool) {
	if j.State != JobRunning || j.Done <= 0 || j.Total <= j.Done {
		return 0, false
	}
	perStep := float64(now.Sub(j.Started)) / float64(j.Done)
	return time.Duration(perStep * float64(j.Total-j.Done)), true
}

// keptJobs is how many ended jobs are remembered.
const keptJobs = 50

// Jobs remembers what runs and what ran.
type Jobs struct {
	mu      sync.Mutex
	next    int
	jobs    []Job // oldest first
	cancels map[int]context.CancelFunc
	closed  bool
	running sync.WaitGroup
	now     func() time.Time
	changed func()
}

// errClosing is the error of a job that begins while the program ends.
var errClosing = errors.New("the program is closing")

func newJobs(now func() time.Time, changed func()) *Jobs {
	return &Jobs{next: 1, cancels: map[int]context.CancelFunc{}, now: now, changed: changed}
}

// Do runs work as a job: it is listed, can be cancelled from the list, and is
// remembered with its summary. Do blocks and returns the work's error.
func (js *Jobs) Do(ctx context.Context, name string, work func(context.Context, Progress) (summary string, err error)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	id, err := js.begin(name, cancel)
	if err != nil {
		return err
	}
	defer js.running.Done()
	summary, err := work(ctx, func(done, total int64, what string) { js.progress(id, done, total, what) })
	js.end(id, summary, err)
	return err
}

// List returns a copy of the jobs, newest first.
func (js *Jobs) List() []Job {
	js.mu.Lock()
	defer js.mu.Unlock()
	list := slices.Clone(js.jobs)
	slices.Reverse(list)
	return list
}

// Cancel asks a running job to stop; it does so at its next safe point.
func (js *Jobs) Cancel(id int) {
	js.mu.Lock()
	cancel := js.cancels[id]
	js.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}

// CancelAll asks every running job to stop.
func (js *Jobs) CancelAll() {
	js.mu.Lock()
	defer js.mu.Unlock()
	for _, cancel := range js.cancels {
		cancel()
	}
}

// close stops every running job, waits until it has ended, and lets none begin any
// more.
func (js *Jobs) close() {
	js.mu.Lock()
	js.closed = true
	js.mu.Unlock()
	js.CancelAll()
	js.running.Wait()
}

// current returns the name of the job that began last of those that run, or "".
func (js *Jobs) current() string {
	for _, j := range js.List() {
		if j.State == JobRunning {
			return j.Name
		}
	}
	return ""
}

// Clear forgets the jobs that ended.
func (js *Jobs) Clear() {
	js.mu.Lock()
	js.jobs = slices.DeleteFunc(js.jobs, func(j Job) bool { return j.State != JobRunning })
	js.mu.Unlock()
	js.changed()
}

func (js *Jobs) begin(name string, cancel context.CancelFunc) (int, error) {
	js.mu.Lock()
	if js.closed {
		js.mu.Unlock()
		return 0, errClosing
	}
	js.running.Add(1)
	id := js.next
	js.next++
	js.jobs = append(js.jobs, Job{ID: id, Name: name, State: JobRunning, Started: js.now()})
	js.cancels[id] = cancel
	js.forgetOldest()
	js.mu.Unlock()
	js.changed()
	return id, nil
}

func (js *Jobs) progress(id int, done, total int64, what string) {
	js.update(id, func(j *Job) { j.Done, j.Total, j.What = done, total, what })
}

func (js *Jobs) end(id int, summary string, err error) {
	js.update(id, func(j *Job) {
		j.Ended, j.Summary, j.Err = js.now(), summary, err
		switch {
		case err == nil:
			j.State = JobDone
		case errors.Is(err, context.Canceled):
			j.State = JobCancelled
		default:
			j.State = JobFailed
		}
		delete(js.cancels, id)
	})
}

func (js *Jobs) update(id int, change func(*Job)) {
	js.mu.Lock()
	for i := range js.jobs {
		if js.jobs[i].ID == id {
			change(&js.jobs[i])
		}
	}
	js.mu.Unlock()
	js.changed()
}

func (js *Jobs) forgetOldest() {
	for len(js.jobs) > keptJobs {
		i := slices.IndexFunc(js.jobs, func(j Job) bool { return j.State != JobRunning })
		if i < 0 {
			return
		}
		js.jobs = slices.Delete(js.jobs, i, i+1)
	}
}
