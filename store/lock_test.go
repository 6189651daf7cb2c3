package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"circascope/store"
)

func TestSecondWindowIsToldWhoHasTheLibrary(t *testing.T) {
	first := newLibrary(t, options())
	link := filepath.Join(t.TempDir(), "link.circa")
	if err := os.Symlink(first.Path(), link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{first.Path(), link} {
		_, err := store.Open(t.Context(), path, options())
		if !errors.Is(err, store.ErrLocked) {
			t.Fatalf("%s: got %v, want ErrLocked", path, err)
		}
		host, _ := os.Hostname()
		for _, want := range []string{strconv.Itoa(os.Getpid()), host, "2026-11-03T12:00:00Z", "reading only"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q does not say %q", err, want)
			}
		}
	}
}

func TestSecondWindowMayRead(t *testing.T) {
	first := newLibrary(t, options())
	o := options()
	o.ReadOnly = true
	second, err := store.Open(t.Context(), first.Path(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if got := second.ReadOnly(); !strings.Contains(got, "process "+strconv.Itoa(os.Getpid())) {
		t.Errorf("got reason %q, want it to name the process", got)
	}
	add(t, first, week("A", 1))
	if infos, err := second.Recordings(t.Context()); err != nil || len(infos) != 1 {
		t.Errorf("got %d recordings, %v, want what the first window has just stored", len(infos), err)
	}
}

func TestLockEndsWithTheLibrary(t *testing.T) {
	path := closedLibrary(t, options())
	writeFile(t, path+".lock", []byte(`{"pid":1,"host":"elsewhere"}`)) // as a killed process leaves it
	for range 3 {
		db, err := store.Open(t.Context(), path, options())
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(db.Close(), db.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path + ".lock"); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v, want no lock file", err)
		}
	}
}

func TestClosingWhileAnotherWindowReadsEmptiesTheJournal(t *testing.T) {
	path := closedLibrary(t, options())
	first, err := store.Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	o := options()
	o.ReadOnly = true
	second, err := store.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if _, err := second.Recordings(t.Context()); err != nil {
		t.Fatal(err)
	}
	add(t, first, week("B", 2))
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if n := fileSize(t, path+"-wal"); n != 0 {
		t.Errorf("got a journal of %d bytes: the library file alone is not whole", n)
	}
	if infos, err := second.Recordings(t.Context()); err != nil || len(infos) != 2 {
		t.Errorf("got %d recordings, %v, want 2", len(infos), err)
	}
}
