package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"circascope/app"
	"circascope/models"
	"circascope/ui/look"
)

func TestFirstStartShowsThreeWaysIn(t *testing.T) {
	f := newFixture(t)
	if f.at != welcomePlace {
		t.Errorf("the first page is %q, want %q", f.at, welcomePlace)
	}
	got := textOf(f.body)
	for _, want := range []string{"Open the sample library", "Drop your files", "Open a library"} {
		if !strings.Contains(got, want) {
			t.Errorf("the welcome page does not offer %q", want)
		}
	}
}

func TestSampleLibraryOpensOnParticipants(t *testing.T) {
	f := newFixture(t)
	f.openSample()
	f.settle()
	if f.at != participantsPlace {
		t.Errorf("the page is %q, want %q", f.at, participantsPlace)
	}
	got := textOf(f.body)
	for _, want := range []string{"47 people", "21061", "ActiGraph 7164", "10 080 of 1 min"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	if got, want := f.win.Title(), "sample.circascope - Circascope"; got != want {
		t.Errorf("the title is %q, want %q", got, want)
	}
}

func TestLastLibraryOpensAgain(t *testing.T) {
	f := withSample(t)
	f.study.step(5)
	chosen := f.study.chosen
	if err := f.wb.CloseLibrary(); err != nil {
		t.Fatal(err)
	}
	f.settle()
	again := newWindow(f.app, f.wb, f.opts, f.inline.tasks)
	again.prefs.store.SetString(prefLibrary, f.opts.SampleLibrary)
	again.Start()
	f.settle()
	if len(again.study.rows) != 47 || again.at != participantsPlace {
		t.Errorf("the second start shows %q with %d recordings, want %q with 47", again.at, len(again.study.rows), participantsPlace)
	}
	if got := again.study.chosen; got != chosen {
		t.Errorf("the second start shows recording %q, want %q as before", got, chosen)
	}
}

// The workbench closes after the window, and tells so: that must not make the
// window forget what it had open.
func TestQuitKeepsTheLastLibrary(t *testing.T) {
	f := withSample(t)
	f.quit()
	if err := f.wb.Close(); err != nil {
		t.Fatal(err)
	}
	f.settle()
	if got, want := f.prefs.store.String(prefLibrary), f.opts.SampleLibrary; got != want {
		t.Errorf("the next start opens %q, want %q", got, want)
	}
}

// Every page fits the smallest window that is promised.
func TestPagesFitTheWindow(t *testing.T) {
	f := withSample(t)
	f.pages[comparePlace].(*compare).maps.color.SetSelected(app.ColorSubject) // the longest legend
	f.pages[embeddingsPlace].(*embeddings).color.SetSelected(app.ColorSubject)
	f.run(app.RunOptions{Recordings: app.All(), Models: models.Sizes(), Prepare: defaultPreparation(), AllowDemo: true})
	f.settle()
	f.pages[measuresPlace].(*measuresPage).unasked = 0
	long := strings.Repeat("a very long name ", 30)
	for _, p := range append(railPlaces(), welcomePlace) {
		f.show(p)
		f.settle()
		if titled := titleOf(f.pages[p]); titled != nil {
			titled.set(long, true)
		}
		if got := f.frame.MinSize(); got.Width > 1280 || got.Height > 800 {
			t.Errorf("%s needs %v, want at most 1280x800", p, got)
		}
	}
}

func titleOf(p page) *pageTitle {
	switch p := p.(type) {
	case *participants:
		return p.title
	case *activity:
		return p.title
	case *measuresPage:
		return p.title
	case *embeddings:
		return p.title
	case *compare:
		return p.title
	case *modelsPage:
		return p.title
	case *jobs:
		return p.title
	}
	return nil
}

func TestPagesDrawInBothModes(t *testing.T) {
	f := withSample(t)
	f.pages[measuresPlace].(*measuresPage).unasked = 0
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		f.setMode(mode)
		for _, p := range railPlaces() {
			f.show(p)
			f.settle()
			img := f.win.Canvas().Capture()
			if img.Bounds().Dx() < 1280 {
				t.Fatalf("%s in %s mode is drawn %v wide, want 1280", p, mode, img.Bounds().Dx())
			}
			ground := theme.Color(theme.ColorNameBackground)
			r, g, b, _ := img.At(img.Bounds().Dx()-4, 4).RGBA()
			wr, wg, wb, _ := ground.RGBA()
			if r != wr || g != wg || b != wb {
				t.Errorf("%s in %s mode has the corner (%x %x %x), want the background (%x %x %x)", p, mode, r>>8, g>>8, b>>8, wr>>8, wg>>8, wb>>8)
			}
		}
	}
}

func TestDroppedFilesGoWhereTheyBelong(t *testing.T) {
	f := withSample(t)
	csv := filepath.Join(f.dir, "person.csv")
	if err := os.WriteFile(csv, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	f.dropped([]string{csv})
	if got := f.dialogText(); !strings.Contains(got, "Import recordings") || !strings.Contains(got, "person.csv") {
		t.Errorf("a dropped recording opens %q, want the import dialog with its name", got)
	}
	f.win.Canvas().Overlays().Top().Hide()
	f.drop = nil
	weights := filepath.Join(f.dir, "PAT-S.h5")
	if err := os.WriteFile(weights, []byte("not weights"), 0o644); err != nil {
		t.Fatal(err)
	}
	f.dropped([]string{weights})
	if got := f.dialogText(); !strings.Contains(got, "Weights file") || strings.Contains(got, "Approve\n") {
		t.Errorf("a dropped file that is no weights shows %q, want what is wrong and no way to approve it", got)
	}
}

func TestKeys(t *testing.T) {
	f := withSample(t)
	f.goTo(participantsPlace)
	first := f.study.chosen
	f.typed(&fyne.KeyEvent{Name: fyne.KeyDown})
	if f.study.chosen == first {
		t.Error("the arrow key did not go to the next participant")
	}
	f.typed(&fyne.KeyEvent{Name: fyne.KeyUp})
	if f.study.chosen != first {
		t.Error("the arrow key did not go back")
	}
	f.typed(&fyne.KeyEvent{Name: fyne.KeyF1})
	if got := f.dialogText(); !strings.Contains(got, "Ctrl+O") {
		t.Errorf("F1 shows %q, want the keys", got)
	}
}

func TestFailedCreationKeepsThePage(t *testing.T) {
	f := withSample(t)
	f.goTo(embeddingsPlace)
	f.createLibrary(f.opts.SampleLibrary)
	f.settle()
	if got := f.dialogText(); !strings.Contains(got, "Creating the library failed") {
		t.Errorf("the dialog says %q, want that the library was not created", got)
	}
	if f.at != embeddingsPlace {
		t.Errorf("the page is %q, want %q, that of the library still open", f.at, embeddingsPlace)
	}
}
