package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/controls"
	"circascope/ui/look"
)

// pathQuestion asks for a file by a path that can be typed or browsed for.
type pathQuestion struct {
	title, text, yes string
	start            string   // folder where browsing begins
	value            string   // what stands there at first
	endings          []string // of the files shown while browsing; nil browses for a folder
	then             func(path string) error
}

func (w *Window) askPath(q pathQuestion) {
	field := w.newPathField(q.value, q.start, q.endings)
	problem := widget.NewLabel("")
	problem.Importance = widget.DangerImportance
	problem.Wrapping = fyne.TextWrapWord
	problem.Hide()
	label := widget.NewLabel(q.text)
	label.Wrapping = fyne.TextWrapWord
	var sheet *controls.Sheet
	sheet = controls.ShowSheet(w.win, look.Column(look.S, label, field.content, problem), controls.SheetOptions{
		Title: q.title, Confirm: q.yes, Width: 620,
		OnYes: func() {
			if err := q.then(field.path()); err != nil {
				problem.SetText(errorWords(err))
				problem.Show()
				return
			}
			sheet.Close()
		},
	})
	sheet.Focus(field.entry)
}

// pathField is an entry for a path with a button to browse.
type pathField struct {
	content fyne.CanvasObject
	entry   *controls.Entry
}

func (w *Window) newPathField(value, start string, endings []string) *pathField {
	f := &pathField{entry: controls.NewEntry("path of the file")}
	f.entry.SetText(value)
	browse := widget.NewButtonWithIcon("Browse ...", theme.FolderOpenIcon(), func() {
		if endings != nil {
			w.browseFile(start, endings, f.entry.SetText)
			return
		}
		w.browseFolder(start, func(folder string) {
			f.entry.SetText(filepath.Join(folder, filepath.Base(f.path())))
		})
	})
	f.content = container.NewBorder(nil, nil, nil, browse, f.entry)
	return f
}

// path returns what was typed, with ~ for the home folder.
func (f *pathField) path() string { return expandHome(strings.TrimSpace(f.entry.Text)) }

// browseFile lets the user choose one file; nil endings show all files.
func (w *Window) browseFile(start string, endings []string, then func(path string)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			w.fail("Choosing a file", err)
			return
		}
		if r == nil {
			return
		}
		path := r.URI().Path()
		if err := r.Close(); err != nil {
			w.fail("Choosing a file", err)
			return
		}
		w.rememberFolder(path)
		then(path)
	}, w.win)
	if len(endings) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(endings))
	}
	w.showBrowser(d, start)
}

func (w *Window) browseFolder(start string, then func(path string)) {
	w.showBrowser(dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			w.fail("Choosing a folder", err)
			return
		}
		if u != nil {
			then(u.Path())
		}
	}, w.win), start)
}

func (w *Window) showBrowser(d *dialog.FileDialog, start string) {
	if u, err := storage.ListerForURI(storage.NewFileURI(start)); err == nil {
		d.SetLocation(u)
	}
	room := w.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(900, room.Width-60), min(620, room.Height-60)))
	w.escapeCloses(d)
	d.Show()
}

// escapeCloses lets Escape close the browser, and not the sheet under it.
func (w *Window) escapeCloses(d *dialog.FileDialog) {
	canvas := w.win.Canvas()
	before := canvas.OnTypedKey()
	canvas.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			d.Hide()
		}
	})
	d.SetOnClosed(func() { canvas.SetOnTypedKey(before) })
}

// lastFolder is where the user last chose a file, or the home folder.
func (w *Window) lastFolder() string { return w.folderOf(prefFolder) }

func (w *Window) rememberFolder(path string) { w.prefs.store.SetString(prefFolder, filepath.Dir(path)) }

// exportFolder is where the user last exported to, or the home folder.
func (w *Window) exportFolder() string { return w.folderOf(prefExports) }

// folderOf returns a remembered folder that is still there, or the home folder.
func (w *Window) folderOf(pref string) string {
	if dir := w.prefs.store.String(pref); dir != "" && exists(dir) {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return home
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func expandHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	if !ok {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, rest)
}

// shortPath writes the home folder as ~.
func shortPath(path string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	if rest, ok := strings.CutPrefix(path, home+string(filepath.Separator)); ok {
		return "~/" + rest
	}
	return path
}

func withEnding(path, ending string) string {
	if strings.HasSuffix(path, ending) {
		return path
	}
	return path + ending
}

// freeName returns a path in folder that no file has yet.
func freeName(folder, base, ending string) string {
	for n := 1; ; n++ {
		name := base + ending
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", base, n, ending)
		}
		if path := filepath.Join(folder, name); !exists(path) {
			return path
		}
	}
}

func pathsOf(uris []fyne.URI) []string {
	paths := make([]string, len(uris))
	for i, u := range uris {
		paths[i] = u.Path()
	}
	return paths
}
