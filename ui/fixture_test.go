package ui

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

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

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

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

// fakeEngine answers at once with numbers that depend on the week and the model.
type fakeEngine struct{ weights *models.Weights }

func (e fakeEngine) Spec() models.Spec { return e.weights.Spec }
func (e fakeEngine) Close() error      { return nil }
func (e fakeEngine) Runtime() inference.Runtime {
	return inference.Runtime{Engine: "fake", Version: "1", Precision: "float32", Device: inference.Device{Kind: "CPU", Name: "none"}, Workers: 1}
}

func (e fakeEngine) Embed(ctx context.Context, weeks iter.Seq2[inference.Week, error], emit func(inference.Embedding) error) error {
	for w, err := range weeks {
		if err != nil {
			return err
		}
		if err := emit(inference.Embedding{Key: w.Key, Vector: e.vector(w), Elapsed: time.Millisecond}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (e fakeEngine) vector(w inference.Week) []float32 {
	vector := make([]float32, models.Dim)
	for i := range vector {
		vector[i] = w.Values[i*100%len(w.Values)] * float32(e.weights.Spec.Layers)
	}
	return vector
}

// Attend answers that every query looks at a token as much as its number, from 1,
// says.
func (e fakeEngine) Attend(_ context.Context, w inference.Week, layer, head int) (inference.Attention, error) {
	if err := inference.CheckAttention(e.weights.Spec, layer, head); err != nil {
		return inference.Attention{}, err
	}
	n := len(w.Values) / e.weights.Spec.Patch
	a := inference.Attention{Layer: layer, Head: head, Tokens: n, Map: make([]float32, n*n), Embedding: e.vector(w)}
	for i := range a.Map {
		a.Map[i] = 2 * float32(i%n+1) / float32(n*(n+1))
	}
	return a, nil
}

// fixture is a window over a real workbench and a real store, with a fake engine,
// that works on the test's goroutine.
type fixture struct {
	*Window
	*inline
	dir string
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	dir := t.TempDir()
	a := test.NewTempApp(t)
	wb := newWorkbench(t, dir)
	in := newInline()
	w := newWindow(a, wb, Options{
		DefaultLibrary: filepath.Join(dir, "default.circascope"), SampleLibrary: filepath.Join(dir, "sample.circascope"),
		Extension: ".circascope", Icon: fyne.NewStaticResource("icon.png", assets.Icon),
	}, in.tasks)
	f := &fixture{Window: w, inline: in, dir: dir}
	w.win.Resize(fyne.NewSize(1280, 800))
	f.settle()
	return f
}

func newWorkbench(t *testing.T, dir string) *app.Workbench {
	t.Helper()
	demo, err := models.ReadDemoSet(assets.Demo())
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := models.OpenCatalogue(filepath.Join(dir, "models"), models.CatalogueOptions{
		Reader: models.Reader{Program: patH5}, Demo: demo,
	})
	if err != nil {
		t.Fatal(err)
	}
	wb := app.New(app.Config{
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
		Precisions: []string{app.Float32, app.Bfloat16},
		OpenEngine: func(_ context.Context, w *models.Weights, _ inference.Options) (inference.Engine, error) {
			return fakeEngine{w}, nil
		},
		Catalogue: catalogue,
		Readers:   format.Readers(),
		Sample: app.Sample{
			Activity: assets.SampleActivity, Wear: assets.SampleWear,
			Scaler: func() (prepare.Scaler, error) { return prepare.ReadScaler(assets.SampleScaler()) },
		},
		StateDir: filepath.Join(dir, "state"),
		Version:  "test",
	})
	t.Cleanup(func() {
		if err := wb.Close(); err != nil {
			t.Errorf("closing the workbench: %v", err)
		}
	})
	return wb
}

// sampleFile is the sample library, made once: every test gets a copy.
var sampleFile []byte

// withSample opens a copy of the sample library.
func withSample(t *testing.T) *fixture {
	t.Helper()
	if sampleFile == nil {
		sampleFile = makeSample(t)
	}
	return withLibrary(t, sampleFile)
}

// withLibrary opens a copy of the sample library as a file holds it.
func withLibrary(t *testing.T, file []byte) *fixture {
	t.Helper()
	f := newFixture(t)
	if err := os.WriteFile(f.opts.SampleLibrary, file, 0o644); err != nil {
		t.Fatal(err)
	}
	f.openLibrary(f.opts.SampleLibrary)
	f.settle()
	if n := len(f.study.rows); n != 47 {
		t.Fatalf("the sample library has %d recordings, want 47", n)
	}
	return f
}

func makeSample(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample.circascope")
	wb := newWorkbench(t, t.TempDir())
	if err := wb.OpenSample(t.Context(), path, nil); err != nil {
		t.Fatal(err)
	}
	if err := wb.CloseLibrary(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// dialogText returns all text of the dialog on top, "" where there is none.
func (f *fixture) dialogText() string {
	top := f.win.Canvas().Overlays().Top()
	if top == nil {
		return ""
	}
	return textOf(top)
}
