package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"circascope/store"
)

func TestBackupIsAWholeLibrary(t *testing.T) {
	for _, o := range []store.Options{options(), encrypted(t)} {
		db := newLibrary(t, o)
		want := week("A", 1)
		add(t, db, want, week("B", 2))
		path := filepath.Join(t.TempDir(), "copy.circa")
		if err := db.Backup(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		add(t, db, week("C", 3))
		head, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if plain := bytes.HasPrefix(head, []byte("SQLite format 3\x00")); plain != (o.Key == nil) {
			t.Errorf("got plain %v, want %v", plain, o.Key == nil)
		}
		copied, err := store.Open(t.Context(), path, o)
		if err != nil {
			t.Fatal(err)
		}
		got, err := copied.Recording(t.Context(), want.ID())
		if err != nil {
			t.Fatal(err)
		}
		sameRecording(t, got, want)
		infos, err := copied.Recordings(t.Context())
		if err != nil || len(infos) != 2 {
			t.Errorf("got %d recordings, %v, want the 2 of that moment", len(infos), err)
		}
		if err := errors.Join(copied.Check(t.Context()), copied.Close()); err != nil {
			t.Error(err)
		}
	}
}

func TestBackupNeverOverwritesAndLeavesNoScraps(t *testing.T) {
	db := newLibrary(t, options())
	add(t, db, week("A", 1))
	dir := t.TempDir()
	path := filepath.Join(dir, "copy.circa")
	writeFile(t, path, []byte("mine"))
	if err := db.Backup(t.Context(), path); !errors.Is(err, store.ErrExists) {
		t.Errorf("got %v, want ErrExists", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Backup(cancelled, filepath.Join(dir, "other.circa")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if err := db.Backup(t.Context(), filepath.Join(dir, "no", "folder")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("got %v, %v, want the one file that was there", entries, err)
	}
}
