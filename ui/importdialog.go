package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/format"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// importForm is the content of the dialog that gathers files and folders.
type importForm struct {
	w       *Window
	content fyne.CanvasObject
	sheet   *controls.Sheet
	entry   *controls.Entry
	list    *fyne.Container
	library *pathField // where there is no open library
	paths   []string
}

// showImport opens the import dialog with some paths in its list.
func (w *Window) showImport(paths []string) {
	f := newImportForm(w)
	command := widget.NewButtonWithIcon("Copy as command", theme.ContentCopyIcon(), func() { w.copy(f.command()) })
	f.sheet = controls.ShowSheet(w.win, f.content, controls.SheetOptions{
		Title: "Import recordings", Confirm: "Next", Width: 720, Height: 470, Extra: []fyne.CanvasObject{command},
		OnYes: f.confirm, OnClose: func() { w.drop = nil },
	})
	w.drop = f.add
	f.sheet.Focus(f.entry)
	f.entry.OnSubmitted = func(string) { f.submitted() }
	f.entry.OnChanged = func(string) { f.allowNext() }
	f.add(paths)
}

func newImportForm(w *Window) *importForm {
	f := &importForm{w: w, entry: controls.NewEntry("path of a file or folder, then Enter"), list: look.Column(0)}
	files := widget.NewButtonWithIcon("Add a file ...", theme.FileIcon(), func() {
		w.browseFile(w.lastFolder(), []string{}, func(path string) { f.add([]string{path}) })
	})
	folder := widget.NewButtonWithIcon("Add a folder ...", theme.FolderIcon(), func() {
		w.browseFolder(w.lastFolder(), func(path string) { f.add([]string{path}) })
	})
	head := look.Column(look.S,
		quiet("Drop files and folders here, or add them. The reader is chosen by content; each file says what became of it, and one bad file never stops the rest."),
		container.NewBorder(nil, nil, nil, container.NewHBox(files, folder), f.entry))
	var foot fyne.CanvasObject = look.Gap(0, 0)
	if _, err := w.wb.Library(); err != nil {
		f.library = w.newPathField(w.opts.DefaultLibrary, filepath.Dir(w.opts.DefaultLibrary), []string{w.opts.Extension})
		foot = labelled("Into the library", f.library.content)
	}
	area := controls.NewSurface(look.ColorCard, theme.ColorNameInputBorder, 6, container.NewVScroll(look.Inset(look.XS, f.list)))
	f.content = container.NewBorder(head, foot, nil, nil, look.InsetBy(look.S, 0, area))
	f.show()
	return f
}

// submitted adds what was typed, or begins where nothing was.
func (f *importForm) submitted() {
	path := expandHome(strings.TrimSpace(f.entry.Text))
	if path == "" {
		f.confirm()
		return
	}
	f.entry.SetText("")
	f.add([]string{path})
}

func (f *importForm) add(paths []string) {
	for _, p := range paths {
		if !slices.Contains(f.paths, p) {
			f.paths = append(f.paths, p)
		}
	}
	f.show()
}

// show lists the paths, each with a button that takes it away.
func (f *importForm) show() {
	f.list.RemoveAll()
	if len(f.paths) == 0 {
		f.list.Add(look.Inset(look.M, look.NewText("Nothing to import yet", look.Muted)))
	}
	for i, path := range f.paths {
		remove := iconButton(theme.ContentClearIcon(), "Take away", func() {
			f.paths = slices.Delete(f.paths, i, i+1)
			f.show()
		})
		name := look.NewShortText(shortPath(path), look.Body)
		if !exists(path) {
			name.SetRole(look.Failure)
			name.SetText(shortPath(path) + ": there is no such file or folder")
		}
		f.list.Add(container.NewBorder(nil, nil, nil, remove, look.InsetBy(6, look.S, name)))
	}
	f.list.Refresh()
	f.allowNext()
}

// allowNext lets go on where there is something to import.
func (f *importForm) allowNext() {
	if f.sheet == nil {
		return
	}
	if len(f.paths) == 0 && strings.TrimSpace(f.entry.Text) == "" {
		f.sheet.Confirm.Disable()
		return
	}
	f.sheet.Confirm.Enable()
}

func (f *importForm) confirm() {
	if path := expandHome(strings.TrimSpace(f.entry.Text)); path != "" {
		f.entry.SetText("")
		f.add([]string{path})
	}
	if len(f.paths) == 0 {
		f.sheet.Focus(f.entry)
		return
	}
	library := ""
	if f.library != nil {
		library = withEnding(f.library.path(), f.w.opts.Extension)
	}
	f.sheet.Close()
	f.w.importInto(library, f.paths)
}

// command returns the line of pat that does the same.
func (f *importForm) command() string {
	words := []string{"pat", "import"}
	if lib, err := f.w.wb.Library(); err == nil {
		words = append(words, "--db", quoted(lib.Path()))
	} else if f.library != nil {
		words = append(words, "--db", quoted(withEnding(f.library.path(), f.w.opts.Extension)))
	}
	for _, p := range f.paths {
		words = append(words, quoted(p))
	}
	return strings.Join(words, " ")
}

// dropped takes files that were dropped on the window: weights to the models, a
// library to open, everything else to import.
func (w *Window) dropped(paths []string) {
	if w.drop != nil {
		w.drop(paths)
		return
	}
	if len(paths) == 1 {
		switch ext := strings.ToLower(filepath.Ext(paths[0])); ext {
		case w.opts.Extension:
			w.openLibrary(paths[0])
			return
		case ".h5", ".hdf5":
			w.goTo(modelsPlace)
			w.checkWeights(paths[0])
			return
		}
	}
	w.showImport(paths)
}

// importInto opens or makes the library, unless path is "", and imports. Tables of
// participants are offered as such.
func (w *Window) importInto(library string, paths []string) {
	w.rememberFolder(paths[0])
	type named struct {
		tables []string // of participants
		files  []app.CSVFile
	}
	background(w.tasks, func(ctx context.Context) (n named, err error) {
		if err := w.useLibrary(ctx, library); err != nil {
			return n, err
		}
		found, err := w.wb.TablesIn(ctx, paths)
		if n.tables = found.People; err != nil || len(n.tables) == len(paths) {
			return n, err
		}
		n.files, err = w.wb.GenericCSVs(ctx, paths)
		n.files = slices.DeleteFunc(n.files, func(f app.CSVFile) bool { return slices.Contains(n.tables, f.Path) })
		return n, err
	}, func(n named, err error) {
		switch {
		case err != nil:
			w.fail("Importing", err)
		case len(n.tables) == len(paths):
			w.offerPeople(n.tables)
		default: // the report of the import offers the tables: more participants are known then
			w.confirmMappings(paths, mappingGroups(n.files, paths))
		}
	})
}

func (w *Window) useLibrary(ctx context.Context, path string) error {
	switch {
	case path == "":
		return nil
	case exists(path):
		return w.wb.OpenLibrary(ctx, path, false)
	default:
		return w.create(ctx, path)
	}
}

// batch is one import: its paths and how generic CSV among them is read.
type batch struct {
	paths   []string
	options format.Options
}

// startImports runs batches one after the other and shows all outcomes at once.
func (w *Window) startImports(batches []batch) {
	background(w.tasks, func(ctx context.Context) (imported, error) {
		all := imported{batches: batches}
		for _, b := range batches {
			report, err := w.wb.Import(ctx, b.paths, b.options, nil)
			all.ids = append(all.ids, report.Import)
			all.report.Outcomes = append(all.report.Outcomes, report.Outcomes...)
			all.report.Notes = append(all.report.Notes, report.Notes...)
			if err != nil {
				return all, err
			}
		}
		return all, nil
	}, func(all imported, err error) {
		if err != nil && !cancelled(err) {
			w.fail("Importing", err)
			return
		}
		all.stopped = cancelled(err)
		w.showImported(all)
	})
}
