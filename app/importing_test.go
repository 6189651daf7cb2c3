package app_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/app"
)

func sha(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// awd returns an Actiwatch file of whole days of one-minute epochs from a
// midnight; the counts depend on the name.
func awd(name string, days int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\r\n05-Jan-2015\r\n00:00\r\n 4 \r\n30\r\nV000001\r\nM\r\n", name)
	seed := 0
	for _, c := range name {
		seed = seed*31 + int(c)
	}
	for i := range days * 24 * 60 {
		fmt.Fprintf(&b, "%d\r\n", (i*7+seed)%500)
	}
	return []byte(b.String())
}

func TestImportTellsWhatBecameOfEveryFile(t *testing.T) {
	b := newBench(t).withLibrary(t)
	folder := filepath.Dir(b.write(t, "in/a.AWD", awd("a", 2)))
	b.write(t, "in/b.txt", awd("b", 2)) // the content decides, not the ending
	b.write(t, "in/copy of a.AWD", awd("a", 2))
	b.write(t, "in/picture.awd", []byte("\x89PNG\r\n\x1a\n0000"))
	b.write(t, "in/empty.csv", nil)
	b.write(t, "in/.hidden", []byte("x"))

	report, err := b.Import(t.Context(), []string{folder, filepath.Join(b.dir, "gone")}, format.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]actigraphy.Status{}
	for _, o := range report.Outcomes {
		got[filepath.Base(o.Path)] = o.Status
		if o.Status == actigraphy.Refused && o.Error == "" {
			t.Errorf("%s was refused without a reason", o.Path)
		}
	}
	want := map[string]actigraphy.Status{
		"a.AWD": actigraphy.Imported, "b.txt": actigraphy.Imported, "copy of a.AWD": actigraphy.Duplicate,
		"picture.awd": actigraphy.Refused, "empty.csv": actigraphy.Refused, "gone": actigraphy.Refused,
	}
	for name, status := range want {
		if got[name] != status {
			t.Errorf("%s: got %q, want %q", name, got[name], status)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got outcomes %v, want %v", got, want)
	}
	rows, err := b.Rows(t.Context())
	if err != nil || len(rows) != 2 {
		t.Errorf("the library holds %d recordings (%v), want 2", len(rows), err)
	}
}

func TestASecondImportIsAllDuplicates(t *testing.T) {
	b := newBench(t).withLibrary(t)
	path := b.write(t, "a.AWD", awd("a", 1))
	for i, want := range []string{"1 imported, 0 already there, 0 refused", "0 imported, 1 already there, 0 refused"} {
		report, err := b.Import(t.Context(), []string{path}, format.Options{}, nil)
		if err != nil || report.Summary() != want {
			t.Errorf("import %d: got %q, %v; want %q", i+1, report.Summary(), err, want)
		}
	}
}

// countingReader counts how often it reads a file.
type countingReader struct {
	format.Reader
	reads *atomic.Int64
}

func (r countingReader) Read(ctx context.Context, in *format.Input, o format.Options, emit func(*actigraphy.Recording) error) error {
	r.reads.Add(1)
	return r.Reader.Read(ctx, in, o, emit)
}

// TestWhatIsThereIsNotReadAgain imports more and more of a folder, as after a kill.
func TestWhatIsThereIsNotReadAgain(t *testing.T) {
	var reads atomic.Int64
	b := newBench(t, func(c *app.Config) { c.Readers = []format.Reader{countingReader{format.AWD{}, &reads}} }).withLibrary(t)
	for i := range 3 {
		b.write(t, fmt.Sprintf("in/p%d.AWD", i), awd(fmt.Sprintf("p%d", i), 2))
	}
	importAll := func(wantReads int64, wantSummary string) app.ImportReport {
		t.Helper()
		reads.Store(0)
		report, err := b.Import(t.Context(), []string{b.dir + "/in"}, format.Options{}, nil)
		if err != nil || report.Summary() != wantSummary || reads.Load() != wantReads {
			t.Errorf("got %q, %d files read, %v; want %q, %d", report.Summary(), reads.Load(), err, wantSummary, wantReads)
		}
		return report
	}
	first := importAll(3, "3 imported, 0 already there, 0 refused")
	b.write(t, "in/p3.AWD", awd("p3", 2))
	second := importAll(1, "1 imported, 3 already there, 0 refused")
	for i, o := range second.Outcomes[:3] {
		if want := first.Outcomes[i]; o.Recording != want.Recording || o.Subject != want.Subject || o.Path != want.Path {
			t.Errorf("got %+v, want the recording of %+v", o, want)
		}
	}
	if _, err := b.DeleteSubject(t.Context(), "p1"); err != nil {
		t.Fatal(err)
	}
	importAll(1, "1 imported, 3 already there, 0 refused")
	table, _ := second.Table()
	if len(table.Rows) != 4 || table.Rows[3][1] != "imported" || table.Rows[3][2] != "p3" {
		t.Errorf("the report has %q", table.Rows)
	}
}

func TestCancelKeepsWholeRecordings(t *testing.T) {
	b := newBench(t).withLibrary(t)
	folder := b.dir + "/in"
	for i := range 6 {
		b.write(t, fmt.Sprintf("in/p%d.AWD", i), awd(fmt.Sprintf("p%d", i), 2))
	}
	ctx, cancel := context.WithCancel(t.Context())
	report, err := b.Import(ctx, []string{folder}, format.Options{}, func(done, _ int64, _ string) {
		if done == 3 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got error %v, want context.Canceled", err)
	}
	n := report.Count(actigraphy.Imported)
	if n < 3 || n > 3+runtime.GOMAXPROCS(0) {
		t.Errorf("got %d imported, want the 3 before the cancel and what was in hand", n)
	}
	rows, err := b.Rows(t.Context())
	if err != nil || len(rows) != n {
		t.Fatalf("the library holds %d recordings (%v), want %d", len(rows), err, n)
	}
	for _, row := range rows {
		r, err := b.Recording(t.Context(), row.ID)
		if err != nil || len(r.Activity) != 2*24*60 {
			t.Errorf("%s has %d epochs (%v), want %d", row.Subject, len(r.Activity), err, 2*24*60)
		}
	}
	imports, err := b.Imports(t.Context())
	if err != nil || len(imports) != 1 || len(imports[0].Outcomes) != n {
		t.Errorf("got imports %+v, %v; want one with %d outcomes", imports, err, n)
	}
}

func TestUndoTakesBackOneImport(t *testing.T) {
	b := newBench(t).withLibrary(t)
	first, err := b.Import(t.Context(), []string{b.write(t, "a.AWD", awd("a", 1))}, format.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Import(t.Context(), []string{b.write(t, "b.AWD", awd("b", 1))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if n, err := b.UndoImport(t.Context(), first.Import); err != nil || n != 1 {
		t.Fatalf("got %d removed, %v; want 1", n, err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil || len(rows) != 1 || rows[0].Subject != "b" {
		t.Errorf("got %+v, %v; want b alone", rows, err)
	}
}

func TestInspectStoresNothing(t *testing.T) {
	b := newBench(t)
	var subjects []string
	failed := 0
	paths := []string{b.write(t, "a.AWD", awd("a", 1)), b.write(t, "bad.AWD", []byte("no"))}
	err := b.Inspect(t.Context(), paths, format.Options{}, func(_ string, r *actigraphy.Recording, err error) error {
		if err != nil {
			failed++
			return nil
		}
		subjects = append(subjects, r.Subject)
		return nil
	})
	if err != nil || failed != 1 || len(subjects) != 1 || subjects[0] != "a" {
		t.Errorf("got %v, %d failed, %v; want a, 1 failed", subjects, failed, err)
	}
}

func TestWithoutALibraryTheErrorSaysWhatToDo(t *testing.T) {
	b := newBench(t)
	if _, err := b.Import(t.Context(), nil, format.Options{}, nil); !errors.Is(err, app.ErrNoLibrary) {
		t.Errorf("got %v, want ErrNoLibrary", err)
	}
}

func TestRecentLibrariesComeNewestFirst(t *testing.T) {
	b := newBench(t)
	var paths []string
	for _, name := range []string{"one", "two"} {
		path := filepath.Join(b.dir, name+".circascope")
		if err := b.CreateLibrary(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	if got := b.Recent(); len(got) != 2 || got[0] != paths[1] || got[1] != paths[0] {
		t.Errorf("got %v, want %v reversed", got, paths)
	}
	if err := b.CloseLibrary(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(paths[1]); err != nil {
		t.Fatal(err)
	}
	if got := b.Recent(); len(got) != 1 || got[0] != paths[0] {
		t.Errorf("a library that is gone is still listed: %v", got)
	}
}
