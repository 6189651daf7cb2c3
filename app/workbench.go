package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"circascope/actigraphy/format"
	"circascope/actigraphy/prepare"
	"circascope/actigraphy/sheet"
	"circascope/inference"
	"circascope/inference/fingerprint"
	"circascope/inference/latency"
	"circascope/models"
)

// Config is what the program hands to the workbench: the technologies behind
// functions, and the data that ships with it.
type Config struct {
	OpenLibrary   func(ctx context.Context, path string, readOnly bool) (Library, error)
	CreateLibrary func(ctx context.Context, path string) (Library, error)
	OpenEngine    func(ctx context.Context, w *models.Weights, o inference.Options) (inference.Engine, error)
	Precisions    []string // that this machine's processor computes in, the default first
	Catalogue     *models.Catalogue
	Readers       []format.Reader
	Sheets        sheet.Reader                // of diaries and tables of participants
	Tables        map[TableFormat]TableWriter // of the formats that need a library; CSV needs none
	Sample        Sample
	Latency       latency.Keeper // of the record of latencies; nil keeps none
	StateDir      string         // where the recent libraries and the speeds of this machine are kept; "" keeps none
	Version       string         // of the program
	Author        string         // who works with it, as masks name them
	Now           func() time.Time
}

// Sample is the data that ships with the program.
type Sample struct {
	Activity func() (io.ReadCloser, error) // the NHANES wide table, gzip
	Wear     func() (io.ReadCloser, error) // the wear table beside it, gzip
	Scaler   func() (prepare.Scaler, error)
}

// ErrNoLibrary is the error of a use case that needs an open library.
var ErrNoLibrary = errors.New("no library is open; open or create one first")

// Workbench is the program without its screen. Its methods may be called from
// any goroutine.
type Workbench struct {
	listeners
	cfg     Config
	jobs    *Jobs
	latency *latency.Monitor
	engines engines
	checker fingerprint.Checker

	applying sync.Mutex // held while a study protocol is applied or removed
	speeding sync.Mutex // held while a speed is read, changed and written

	mu     sync.RWMutex // guards what follows
	lib    Library
	agreed rememberedAgreement
	speed  map[speedKey]Speed // measured since the start
}

// New returns a workbench with no library open.
func New(cfg Config) *Workbench {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	wb := &Workbench{cfg: cfg}
	wb.latency = latency.NewMonitor(cfg.Latency, cfg.Now, func() { wb.notify(LatencyChanged) })
	wb.jobs = newJobs(cfg.Now, func() { wb.notify(JobsChanged) })
	wb.checker = fingerprint.Checker{Keep: cfg.Catalogue, Program: cfg.Version, Now: cfg.Now}
	wb.engines = engines{open: cfg.OpenEngine, check: wb.checkStart, watch: wb.watch, turn: make(chan struct{}, 1), changed: func() { wb.notify(EngineChanged) }}
	return wb
}

// Jobs lists and cancels long work.
func (wb *Workbench) Jobs() *Jobs { return wb.jobs }

// Latency returns the monitor that every embedding of this machine counts in.
func (wb *Workbench) Latency() *latency.Monitor { return wb.latency }

// watch has the monitor see what an engine embeds.
func (wb *Workbench) watch(e inference.Engine) inference.Engine { return latency.Watch(e, wb.latency) }

// Version returns the version of the program.
func (wb *Workbench) Version() string { return wb.cfg.Version }

// Precisions lists those that this machine computes in, the default first.
func (wb *Workbench) Precisions() []string { return wb.cfg.Precisions }

// Library returns the open library, or ErrNoLibrary.
func (wb *Workbench) Library() (Library, error) {
	wb.mu.RLock()
	defer wb.mu.RUnlock()
	if wb.lib == nil {
		return nil, ErrNoLibrary
	}
	return wb.lib, nil
}

// OpenLibrary opens a library file and closes the one that was open. When the
// file can't be opened, or a job runs on the open one, that stays; when it is the
// open one, it stays too.
func (wb *Workbench) OpenLibrary(ctx context.Context, path string, readOnly bool) error {
	if lib, err := wb.Library(); err == nil && sameFile(lib.Path(), path) && (lib.ReadOnly() != "") == readOnly {
		return nil
	}
	if err := wb.busy(); err != nil {
		return err
	}
	lib, err := wb.cfg.OpenLibrary(ctx, path, readOnly)
	if err != nil {
		return err
	}
	return wb.use(lib)
}

// CreateLibrary makes a new library file and opens it. An existing file is an
// error, and so is a job that runs on the open library.
func (wb *Workbench) CreateLibrary(ctx context.Context, path string) error {
	if err := wb.busy(); err != nil {
		return err
	}
	lib, err := wb.cfg.CreateLibrary(ctx, path)
	if err != nil {
		return err
	}
	return wb.use(lib)
}

// CloseLibrary closes the open library, if any. A job that runs on it is an error.
func (wb *Workbench) CloseLibrary() error {
	if err := wb.busy(); err != nil {
		return err
	}
	wb.mu.Lock()
	lib := wb.lib
	wb.lib = nil
	wb.mu.Unlock()
	if lib == nil {
		return nil
	}
	wb.notify(LibraryChanged, RecordingsChanged, ResultsChanged)
	return lib.Close()
}

// busy is an error that names a job which works on the open library: closed under
// it, the job would fail in the middle.
func (wb *Workbench) busy() error {
	if _, err := wb.Library(); err != nil {
		return nil //nolint:nilerr // there is none to lose
	}
	if job := wb.jobs.current(); job != "" {
		return fmt.Errorf("%q still works on the open library; wait for its end, or cancel it under Jobs", job)
	}
	return nil
}

// Close stops every job and waits for it, then closes the engines and the library
// and keeps the latencies.
func (wb *Workbench) Close() error {
	wb.jobs.close()
	return errors.Join(wb.engines.close(), wb.CloseLibrary(), wb.latency.Save())
}

// Backup writes a consistent copy of the open library to a new file.
func (wb *Workbench) Backup(ctx context.Context, path string) error {
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	return wb.jobs.Do(ctx, "Back up the library", func(ctx context.Context, _ Progress) (string, error) {
		if err := lib.Backup(ctx, path); err != nil {
			return "", err
		}
		return "Wrote " + path, nil
	})
}

func (wb *Workbench) use(lib Library) error {
	wb.mu.Lock()
	old := wb.lib
	wb.lib = zoned{lib}
	wb.mu.Unlock()
	wb.remember(lib.Path())
	wb.notify(LibraryChanged, RecordingsChanged, ResultsChanged)
	if old == nil {
		return nil
	}
	return old.Close()
}

func sameFile(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}
