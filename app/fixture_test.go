package app_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"circascope/actigraphy/format"
	"circascope/actigraphy/prepare"
	"circascope/app"
	"circascope/assets"
	"circascope/inference"
	"circascope/internal/reference"
	"circascope/models"
	"circascope/store"
)

// patH5 is the weights reader built for these tests.
var patH5 string

func TestMain(m *testing.M) {
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "pat-h5")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	if patH5, err = reference.BuildPatH5(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// fakeEngine answers at once with numbers that depend on the week, and counts.
type fakeEngine struct {
	weights *models.Weights
	weeks   *int
	fail    error   // given back in place of every embedding
	version string  // of the engine's library
	wrong   float32 // by how much every feature is off
}

func (e fakeEngine) Spec() models.Spec { return e.weights.Spec }
func (e fakeEngine) Close() error      { return nil }
func (e fakeEngine) Runtime() inference.Runtime {
	return inference.Runtime{Engine: "fake", Version: e.version, Precision: "float32", Device: inference.Device{Kind: "CPU", Name: "none"}, Workers: 1}
}

func (e fakeEngine) Embed(ctx context.Context, weeks iter.Seq2[inference.Week, error], emit func(inference.Embedding) error) error {
	for w, err := range weeks {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if e.fail != nil {
			return e.fail
		}
		*e.weeks++
		if err := emit(inference.Embedding{Key: w.Key, Vector: e.vector(w), Elapsed: time.Millisecond}); err != nil {
			return err
		}
	}
	return nil
}

func (e fakeEngine) vector(w inference.Week) []float32 {
	vector := make([]float32, models.Dim)
	for i := range vector {
		vector[i] = w.Values[i*100%len(w.Values)]*float32(e.weights.Spec.Layers) + e.wrong
	}
	return vector
}

// Attend answers that every query looks at a token as much as its number, from 1,
// says; the first token gets the layer and head on top.
func (e fakeEngine) Attend(_ context.Context, w inference.Week, layer, head int) (inference.Attention, error) {
	if err := inference.CheckAttention(e.weights.Spec, layer, head); err != nil {
		return inference.Attention{}, err
	}
	n := len(w.Values) / e.weights.Spec.Patch
	a := inference.Attention{Layer: layer, Head: head, Tokens: n, Map: make([]float32, n*n), Embedding: e.vector(w)}
	total := float32(n*(n+1)/2 + layer + 100*head)
	for i := range a.Map {
		a.Map[i] = float32(i%n+1) / total
		if i%n == 0 {
			a.Map[i] = float32(1+layer+100*head) / total
		}
	}
	for range e.weights.Spec.Layers {
		a.Profiles = append(a.Profiles, a.Profile())
	}
	return a, nil
}

// bench is a workbench for tests, with a fake engine.
type bench struct {
	*app.Workbench
	dir   string
	weeks int   // embedded so far
	fail  error // what the engine fails with
	// The engine's library, and by how much its answers are off.
	version string
	wrong   float32
	mu      sync.Mutex
	now     time.Time
	step    time.Duration // how far the clock goes each time it is read
}

func newBench(t *testing.T, change ...func(*app.Config)) *bench {
	t.Helper()
	b := &bench{dir: t.TempDir(), version: "1", now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	demo, err := models.ReadDemoSet(assets.Demo())
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := models.OpenCatalogue(filepath.Join(b.dir, "models"), models.CatalogueOptions{
		Reader: models.Reader{Program: patH5}, Demo: demo,
	})
	if err != nil {
		t.Fatal(err)
	}
	cfg := app.Config{
		OpenLibrary: func(ctx context.Context, path string, readOnly bool) (app.Library, error) {
			db, err := store.Open(ctx, path, store.Options{ReadOnly: readOnly})
			if err != nil {
				return nil, err
			}
			return db, nil
		},
		CreateLibrary: func(ctx context.Context, path string) (app.Library, error) {
			db, err := store.Create(ctx, path, store.Options{})
			if err != nil {
				return nil, err
			}
			return db, nil
		},
		OpenEngine: func(_ context.Context, w *models.Weights, _ inference.Options) (inference.Engine, error) {
			return fakeEngine{w, &b.weeks, b.fail, b.version, b.wrong}, nil
		},
		Catalogue: catalogue,
		Readers:   format.Readers(),
		Sample: app.Sample{
			Activity: assets.SampleActivity, Wear: assets.SampleWear,
			Scaler: func() (prepare.Scaler, error) { return prepare.ReadScaler(assets.SampleScaler()) },
		},
		StateDir: filepath.Join(b.dir, "state"),
		Version:  "test",
		Now:      b.clock,
	}
	for _, f := range change {
		f(&cfg)
	}
	b.Workbench = app.New(cfg)
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("closing the workbench: %v", err)
		}
	})
	return b
}

// clock tells the time of a test; engine and jobs read it from several goroutines.
func (b *bench) clock() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(b.step)
	return b.now
}

// withLibrary opens a new library.
func (b *bench) withLibrary(t *testing.T) *bench {
	t.Helper()
	if err := b.CreateLibrary(t.Context(), filepath.Join(b.dir, "study.circascope")); err != nil {
		t.Fatal(err)
	}
	return b
}

// withSample opens the sample library.
func (b *bench) withSample(t *testing.T) *bench {
	t.Helper()
	if err := b.OpenSample(t.Context(), filepath.Join(b.dir, "sample.circascope"), nil); err != nil {
		t.Fatal(err)
	}
	return b
}

// write makes a file in the test's folder and returns its path.
func (b *bench) write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(b.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
