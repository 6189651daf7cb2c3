package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/ui/controls"
)

// writeCSV writes a day of minutes with that head and a row made of a time and a
// count.
func writeCSV(t *testing.T, path, head string, row func(at time.Time, n int) string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(head + "\n")
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for n := range 1440 {
		b.WriteString(row(start.Add(time.Duration(n)*time.Minute), n) + "\n")
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func plainCSV(t *testing.T, path string) string {
	t.Helper()
	return writeCSV(t, path, "timestamp,activity", func(at time.Time, n int) string {
		return fmt.Sprintf("%s,%d", at.Format("2006-01-02 15:04:05"), n)
	})
}

// openCSV has two columns that may be the activity.
func openCSV(t *testing.T, path string) string {
	t.Helper()
	return writeCSV(t, path, "timestamp,left,right", func(at time.Time, n int) string {
		return fmt.Sprintf("%s,%d,%d", at.Format("2006-01-02 15:04:05"), n, 2*n)
	})
}

func TestGenericCSVIsConfirmedThenImported(t *testing.T) {
	f := newFixture(t)
	path := plainCSV(t, filepath.Join(f.dir, "anna.csv"))
	f.importInto(f.opts.DefaultLibrary, []string{path})
	f.settle()
	if got := f.dialogText(); !strings.Contains(got, "How to read anna.csv") || !strings.Contains(got, "activity = activity") {
		t.Fatalf("the dialog says %q, want the columns that were found", got)
	}
	if len(f.study.rows) != 0 {
		t.Error("something was imported before it was confirmed")
	}
	f.confirmNext([]string{path}, nil, nil)
	f.settle()
	for _, want := range []string{"What the files would become", "1 recording", "anna.csv", "2026-03-02", "CSV with times", "timestamp,activity"} {
		if got := f.dialogText(); !strings.Contains(got, want) {
			t.Errorf("the preview lacks %q: %q", want, got)
		}
	}
	if len(f.study.rows) != 0 {
		t.Error("something was imported before it was looked at")
	}
	pressConfirm(t, f)
	if len(f.study.rows) != 1 || f.study.rows[0].Epochs != 1440 {
		t.Fatalf("the library holds %v, want one recording of 1440 epochs", f.study.rows)
	}
	if got := f.dialogText(); !strings.Contains(got, "1 imported, 0 already there, 0 refused") {
		t.Errorf("the dialog says %q, want the counts", got)
	}
}

// TestPreviewChangesHowFilesAreRead chooses in the preview and finds the choice in
// what is imported.
func TestPreviewChangesHowFilesAreRead(t *testing.T) {
	f := newFixture(t)
	f.createLibrary(f.opts.DefaultLibrary)
	order := writeCSV(t, filepath.Join(f.dir, "order.csv"), "timestamp,activity", func(at time.Time, n int) string {
		return fmt.Sprintf("02/03/2026 %s,%d", at.Format("15:04:05"), n)
	})
	batches := []batch{{paths: []string{order, filepath.Join(f.dir, "gone.csv")}}}
	p := newPreview(f.Window, batches, []previewFile{{order, 0}, {filepath.Join(f.dir, "gone.csv"), 0}})
	p.show()
	f.settle()
	if len(p.rows) != 2 || p.rows[0].Err == nil || p.rows[1].Err == nil {
		t.Fatalf("got %+v, want a refusal of dates that can be read two ways and of a file that is not there", p.rows)
	}
	if got := f.dialogText(); !strings.Contains(got, "0 recordings, 2 refused") {
		t.Errorf("the preview says %q", got)
	}
	p.order.SetSelectedIndex(1)
	f.settle()
	if p.rows[0].Err != nil || p.rows[0].Info.Start.Date() != "2026-03-02" {
		t.Fatalf("with the day first: %+v", p.rows[0])
	}
	p.detail.onChannel("csv", "activity")
	p.epoch.SetSelectedIndex(2)
	p.asleep.SetSelectedIndex(1)
	f.settle()
	want := format.Options{DateOrder: format.DayMonthYear, Epoch: 15 * time.Second, SleepStill: true, ChannelOf: map[string]string{"csv": "activity"}}
	if got := p.chosen()[0].options; !reflect.DeepEqual(got, want) {
		t.Errorf("the choices are %+v, want %+v", got, want)
	}
	pressConfirm(t, f)
	if len(f.study.rows) != 1 || f.study.rows[0].Start.Date() != "2026-03-02" {
		t.Errorf("the library holds %+v", f.study.rows)
	}
}

func TestActivitiesOfARecording(t *testing.T) {
	info := actigraphy.Info{Source: actigraphy.Source{Channel: "axis 1"}, Channels: []string{"axis 2", "axis 3", "light", "temperature", "wear"}}
	if got, want := activities(info), []string{"axis 1", "axis 2", "axis 3", "vector magnitude"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	raw := actigraphy.Info{
		Source:   actigraphy.Source{Channel: "ENMO"},
		Channels: []string{"angle-z", "axis 1", "axis 2", "axis 3", "heart rate", "not measured", "temperature", "vector magnitude", "wear"},
	}
	if got, want := activities(raw), []string{"ENMO", "axis 1", "axis 2", "axis 3", "vector magnitude", "MIMS"}; !slices.Equal(got, want) {
		t.Errorf("of raw acceleration: got %q, want %q", got, want)
	}
}

func TestChoiceOfColumnIsTheUsers(t *testing.T) {
	f := newFixture(t)
	path := openCSV(t, filepath.Join(f.dir, "two.csv"))
	files, err := f.wb.GenericCSVs(t.Context(), []string{path})
	if err != nil || len(files) != 1 || files[0].Err == nil {
		t.Fatalf("got %v, %v; want one file with an open choice", files, err)
	}
	form := newMappingForm(mappingGroups(files, []string{path})[0])
	if _, err := form.mapping(); err == nil {
		t.Error("a mapping without an activity column was taken")
	}
	form.activity.SetSelected("right")
	m, err := form.mapping()
	if err != nil {
		t.Fatal(err)
	}
	f.createLibrary(f.opts.DefaultLibrary)
	f.startImports(batchesOf([]string{path}, []batch{{paths: []string{path}, options: format.Options{CSV: &m}}}))
	f.settle()
	if len(f.study.rows) != 1 {
		t.Fatalf("%d recordings, want 1; the dialog says %q", len(f.study.rows), f.dialogText())
	}
	if got, want := f.study.rows[0].Sum, float64(1439*1440); got != want {
		t.Errorf("the sum is %v, want that of the chosen column, %v", got, want)
	}
}

func TestMappingGroups(t *testing.T) {
	f := newFixture(t)
	folder := filepath.Join(f.dir, "study")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	a, b := plainCSV(t, filepath.Join(folder, "a.csv")), plainCSV(t, filepath.Join(folder, "b.csv"))
	open := openCSV(t, filepath.Join(folder, "open.csv"))
	files, err := f.wb.GenericCSVs(t.Context(), []string{folder})
	if err != nil {
		t.Fatal(err)
	}
	groups := mappingGroups(files, []string{folder})
	if len(groups) != 1 || !slices.Equal(groups[0].paths, []string{a, b}) {
		t.Errorf("from a folder: %v, want the two files of one kind and no question about the open one", groups)
	}
	if got := len(mappingGroups(files, []string{folder, open})); got != 2 {
		t.Errorf("with the open file named: %d groups, want 2", got)
	}
}

func TestBatchesReadNoFileTwice(t *testing.T) {
	dir := t.TempDir()
	a, b := plainCSV(t, filepath.Join(dir, "a.csv")), plainCSV(t, filepath.Join(dir, "b.csv"))
	got := batchesOf([]string{dir}, []batch{{paths: []string{a}}})
	if len(got) != 2 || !slices.Equal(got[1].paths, []string{b}) {
		t.Errorf("got %v, want the changed file alone and then the rest of its folder", got)
	}
	if got := batchesOf([]string{dir}, nil); len(got) != 1 || !slices.Equal(got[0].paths, []string{dir}) {
		t.Errorf("without a change: got %v, want the folder as it was named", got)
	}
}

func TestUndoOfAnImport(t *testing.T) {
	f := newFixture(t)
	f.createLibrary(f.opts.DefaultLibrary)
	f.startImports([]batch{{paths: []string{plainCSV(t, filepath.Join(f.dir, "anna.csv"))}}})
	f.settle()
	list, err := f.wb.Imports(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("got imports %v, %v; want one", list, err)
	}
	f.undoImports([]int64{list[0].ID})
	if got := f.dialogText(); !strings.Contains(got, "Undo the import?") {
		t.Fatalf("the dialog says %q, want a question first", got)
	}
	pressConfirm(t, f)
	if len(f.study.rows) != 0 {
		t.Errorf("%d recordings after the undo, want none", len(f.study.rows))
	}
}

func TestRefusedFilesSayWhy(t *testing.T) {
	f := newFixture(t)
	f.createLibrary(f.opts.DefaultLibrary)
	empty := filepath.Join(f.dir, "empty.awd")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	f.startImports([]batch{{paths: []string{empty, filepath.Join(f.dir, "gone.csv")}}})
	f.settle()
	got := f.dialogText()
	for _, want := range []string{"0 imported, 0 already there, 2 refused", "empty.awd", "gone.csv"} {
		if !strings.Contains(got, want) {
			t.Errorf("the dialog does not show %q: %q", want, got)
		}
	}
	if strings.Contains(got, "Undo this import") {
		t.Error("an import that brought nothing can be undone")
	}
}

// pressNamed presses the button with that text in the dialog on top.
func pressNamed(t *testing.T, f *fixture, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(f.win.Canvas().Overlays().Top()) {
		if b, ok := o.(*widget.Button); ok && b.Text == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button %q", text)
}

// Files whose dates can be read two ways are offered to be read in one of them,
// a table with the columns that were chosen for it.
func TestDateOrderIsAskedFor(t *testing.T) {
	f := newFixture(t)
	f.createLibrary(f.opts.DefaultLibrary)
	var paths []string
	for _, name := range []string{"anna.csv", "bob.csv"} {
		paths = append(paths, writeCSV(t, filepath.Join(f.dir, name), "timestamp,left,right", func(at time.Time, n int) string {
			return fmt.Sprintf("%s,%d,%d", at.Format("02/01/2006 15:04:05"), n, 2*n)
		}))
	}
	m := format.Mapping{Separator: ",", Header: 1, First: 2, Timestamp: 1, Activity: 3, Channel: "right"}
	f.startImports([]batch{{paths: paths[:1], options: format.Options{CSV: &m}}, {paths: paths[1:], options: format.Options{CSV: &m}}})
	f.settle()
	got := f.dialogText()
	for _, want := range []string{"2 refused", "Read 2 files day first", "Read 2 files month first"} {
		if !strings.Contains(got, want) {
			t.Fatalf("the dialog does not show %q: %q", want, got)
		}
	}
	pressNamed(t, f, "Read 2 files month first")
	f.settle()
	if len(f.study.rows) != 2 {
		t.Fatalf("the library holds %v, want two recordings", f.study.rows)
	}
	for _, r := range f.study.rows {
		if r.Start.String() != "2026-02-03T00:00:00" || r.Sum != 1439*1440 {
			t.Errorf("got start %v and sum %v, want the month first and the right column", r.Start, r.Sum)
		}
	}
	if strings.Contains(f.dialogText(), "month first") {
		t.Error("the order is asked for again")
	}
}

func TestImportGoesOnOnlyWithSomethingToImport(t *testing.T) {
	f := newFixture(t)
	f.showImport(nil)
	next := func() bool {
		for _, o := range test.LaidOutObjects(f.win.Canvas().Overlays().Top()) {
			if b, ok := o.(*controls.Button); ok && b.Text == "Next" {
				return !b.Disabled()
			}
		}
		t.Fatal("no button Next")
		return false
	}
	if next() {
		t.Error("goes on with nothing to import")
	}
	f.drop([]string{f.dir})
	if !next() {
		t.Error("does not go on with a folder in the list")
	}
}
