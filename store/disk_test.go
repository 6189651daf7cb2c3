//go:build linux

package store_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"circascope/store"
)

// mount puts a small file system of its own into an empty folder.
func mount(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("a small tmpfs can't be mounted here (it takes root): %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestFullDiskKeepsWhatWasThere(t *testing.T) {
	for _, o := range []store.Options{options(), encrypted(t)} {
		path := filepath.Join(mount(t, "3m"), "study.circa")
		ballast := filepath.Join(filepath.Dir(path), "ballast")
		writeFile(t, ballast, make([]byte, 1<<20))
		db, err := store.Create(t.Context(), path, o)
		if err != nil {
			t.Fatal(err)
		}
		stored := fillDisk(t, db)
		if err := db.Backup(t.Context(), path+".copy"); !errors.Is(err, store.ErrFull) {
			t.Errorf("backup: got %v, want ErrFull", err)
		}
		if err := db.Check(t.Context()); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil && !errors.Is(err, store.ErrFull) {
			t.Errorf("close: got %v, want nil or ErrFull", err)
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		wholeWithRoom(t, path, o, stored)
	}
}

// wholeWithRoom wants all that was stored before the disk filled, and a library
// that works again.
func wholeWithRoom(t *testing.T, path string, o store.Options, stored int) {
	t.Helper()
	db, err := store.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	infos, err := db.Recordings(t.Context())
	if err != nil || len(infos) != stored {
		t.Errorf("got %d recordings, %v, want the %d that were stored", len(infos), err, stored)
	}
	if _, err := db.DeleteSubject(t.Context(), "0"); err != nil {
		t.Error(err)
	}
	if err := errors.Join(db.Check(t.Context()), db.Close()); err != nil {
		t.Error(err)
	}
}

// fillDisk imports until the disk is full and returns how many it stored.
func fillDisk(t *testing.T, db *store.DB) int {
	t.Helper()
	imp, err := db.BeginImport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		added, err := db.AddRecording(t.Context(), imp, week(fmt.Sprint(i), i))
		if err == nil {
			continue
		}
		if added || !errors.Is(err, store.ErrFull) {
			t.Fatalf("got %v, %v, want ErrFull", added, err)
		}
		return i
	}
	t.Fatal("the disk never filled")
	return 0
}

func TestReadOnlyFolder(t *testing.T) {
	dir := mount(t, "2m")
	path := filepath.Join(dir, "study.circa")
	db, err := store.Create(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	add(t, db, week("A", 1))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path, options()); !errors.Is(err, store.ErrReadOnlyFolder) {
		t.Errorf("open: got %v, want ErrReadOnlyFolder", err)
	}
	if _, err := store.Create(t.Context(), filepath.Join(dir, "new.circa"), options()); !errors.Is(err, store.ErrReadOnlyFolder) {
		t.Errorf("create: got %v, want ErrReadOnlyFolder", err)
	}
	o := options()
	o.ReadOnly = true
	db, err = store.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	want := week("A", 1)
	got, err := db.Recording(t.Context(), want.ID())
	if err != nil {
		t.Fatal(err)
	}
	sameRecording(t, got, want)
}

func TestReadOnlyFolderWithAnOpenJournal(t *testing.T) {
	db := newLibrary(t, options())
	add(t, db, week("A", 1))
	dir := mount(t, "2m")
	for _, end := range []string{"", "-wal"} { // as a killed program leaves them
		if out, err := exec.Command("cp", db.Path()+end, dir).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	o := options()
	o.ReadOnly = true
	_, err := store.Open(t.Context(), filepath.Join(dir, filepath.Base(db.Path())), o)
	if !errors.Is(err, store.ErrReadOnlyFolder) || !strings.Contains(err.Error(), "-wal") {
		t.Errorf("got %v, want ErrReadOnlyFolder naming the journal", err)
	}
}

func TestLibraryFileThatCannotBeWritten(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write to any file: this test needs another user")
	}
	path := closedLibrary(t, options())
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path, options()); !errors.Is(err, store.ErrReadOnlyFolder) {
		t.Errorf("got %v, want ErrReadOnlyFolder", err)
	}
}
