package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"circascope/models"
	"circascope/ui/look"
)

// openLibrary opens a library file in the background.
func (w *Window) openLibrary(path string) { w.leave(func() { w.open(path) }, nil) }

func (w *Window) open(path string) {
	w.status.library.SetText("Opening " + filepath.Base(path) + " ...")
	w.background(func(ctx context.Context) error { return w.wb.OpenLibrary(ctx, path, false) }, func(err error) {
		readOnly := widget.NewButton("Open for reading only", nil)
		sheet := w.fail("Opening the library", err, readOnly)
		readOnly.OnTapped = func() {
			sheet.Close()
			w.inLibrary("Opening the library", func(ctx context.Context) error { return w.wb.OpenLibrary(ctx, path, true) })
		}
		w.showStatus()
	})
}

// createLibrary makes a library file, opens it, and shows the page with the next
// step.
func (w *Window) createLibrary(path string) { w.leave(func() { w.createAndOpen(path) }, nil) }

func (w *Window) createAndOpen(path string) {
	w.background(func(ctx context.Context) error { return w.create(ctx, path) }, func(err error) {
		if err != nil {
			w.fail("Creating the library", err)
			return
		}
		w.goTo(participantsPlace)
	})
}

// create makes a library file, and its folder where there is none.
func (w *Window) create(ctx context.Context, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("making the folder of the library: %w", err)
	}
	return w.wb.CreateLibrary(ctx, path)
}

// openSample opens the library of 47 people that ships with the program.
func (w *Window) openSample() {
	w.leave(func() {
		w.inLibrary("Opening the sample library", func(ctx context.Context) error {
			return w.wb.OpenSample(ctx, w.opts.SampleLibrary, nil)
		})
	}, nil)
}

// inLibrary runs what changes the open library.
func (w *Window) inLibrary(doing string, work func(context.Context) error) {
	w.background(work, func(err error) {
		w.fail(doing, err)
		w.showStatus()
	})
}

// background runs work that gives nothing but an error.
func (w *Window) background(work func(context.Context) error, then func(error)) {
	background(w.tasks, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) { then(err) })
}

// libraryChanged follows the workbench to another library, or to none.
func (w *Window) libraryChanged() {
	lib, err := w.wb.Library()
	if err != nil {
		w.win.SetTitle("Circascope")
		w.prefs.store.SetString(prefLibrary, "")
		w.show(welcomePlace)
		return
	}
	w.win.SetTitle(filepath.Base(lib.Path()) + " - Circascope")
	w.prefs.store.SetString(prefLibrary, lib.Path())
	if w.at != welcomePlace {
		return
	}
	at := place(w.prefs.store.StringWithFallback(prefPage, string(participantsPlace)))
	if _, known := w.pages[at]; !known || at == welcomePlace {
		at = participantsPlace
	}
	w.show(at)
}

// libraryMenu opens the menu of the rail's first item.
func (w *Window) libraryMenu() {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem("New library ...", w.askNew),
		fyne.NewMenuItem("Open library ...", w.askOpen),
		fyne.NewMenuItem("Open the sample library", w.openSample),
	}
	for i, path := range w.wb.Recent() {
		if i == 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, fyne.NewMenuItem(shortPath(path), func() { w.openLibrary(path) }))
	}
	if _, err := w.wb.Library(); err == nil {
		items = append(items, fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem("Import recordings ...", func() { w.showImport(nil) }),
			fyne.NewMenuItem("Imports, and undo ...", w.showImports),
			fyne.NewMenuItem("Tables of participants ...", w.showPeople),
			fyne.NewMenuItem("Sleep diaries ...", w.showDiaries),
			fyne.NewMenuItem("Study protocol ...", w.showProtocol),
			fyne.NewMenuItem("Use protocol ...", w.askUseProtocol),
			fyne.NewMenuItem("Save protocol ...", w.askSaveProtocol),
			fyne.NewMenuItem("Back up the library ...", w.askBackup),
			fyne.NewMenuItem("Close the library", w.closeLibrary))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Quit", w.close))
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("Library", items...), w.win.Canvas(), fyne.NewPos(look.L, 58))
}

func (w *Window) closeLibrary() {
	w.leave(func() {
		w.inLibrary("Closing the library", func(context.Context) error { return w.wb.CloseLibrary() })
	}, nil)
}

func (w *Window) askOpen() {
	w.askPath(pathQuestion{
		title: "Open a library", text: "The file of a library, ending in " + w.opts.Extension, yes: "Open",
		start: w.lastFolder(), endings: []string{w.opts.Extension},
		then: func(path string) error {
			if !exists(path) {
				return fmt.Errorf("there is no file %s", path)
			}
			w.rememberFolder(path)
			w.openLibrary(path)
			return nil
		},
	})
}

func (w *Window) askNew() {
	w.askPath(pathQuestion{
		title: "New library", text: "One library holds one study: its recordings, embeddings and choices in one file.", yes: "Create",
		start: w.lastFolder(), value: freeName(w.lastFolder(), "study", w.opts.Extension),
		then: func(path string) error {
			path = withEnding(path, w.opts.Extension)
			if exists(path) {
				return fmt.Errorf("%s exists already; choose another name, or open it", path)
			}
			w.rememberFolder(path)
			w.createLibrary(path)
			return nil
		},
	})
}

func (w *Window) askBackup() {
	lib, err := w.wb.Library()
	if err != nil {
		return
	}
	base := strings.TrimSuffix(filepath.Base(lib.Path()), w.opts.Extension)
	w.askPath(pathQuestion{
		title: "Back up the library", text: "A consistent copy of the whole library, also while work runs.", yes: "Back up",
		start: w.lastFolder(), value: freeName(w.lastFolder(), base+"-backup", w.opts.Extension),
		then: func(path string) error {
			if exists(path) {
				return errors.New("that file exists already; choose another name")
			}
			w.inLibrary("Backing up", func(ctx context.Context) error { return w.wb.Backup(ctx, path) })
			return nil
		},
	})
}

// demoByDefault reports whether the demo weights are offered ready ticked: in the
// sample library, which exists to try the program with, as long as no size has
// weights of its own. Weights that changed count: demo ones don't step in for them.
func (w *Window) demoByDefault(files []models.File) bool {
	lib, err := w.wb.Library()
	if err != nil || lib.Path() != w.opts.SampleLibrary {
		return false
	}
	return !slices.ContainsFunc(files[:len(models.Sizes())], func(f models.File) bool { return f.State != models.Missing })
}
