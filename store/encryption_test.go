package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/store"
)

// encrypted returns options with a key, or skips where SQLite can't encrypt.
func encrypted(tb testing.TB) store.Options {
	tb.Helper()
	info, err := store.BuildInfo()
	if err != nil {
		tb.Fatal(err)
	}
	if info.Cipher == "" {
		tb.Skipf("the linked SQLite %s can't encrypt: build with the tag libsqlite3 and the SQLite of the set-up", info.Version)
	}
	o := options()
	o.Key = bytes.Repeat([]byte{0x5a, 3}, 16)
	return o
}

func TestEncryptedLibraryHidesEverything(t *testing.T) {
	o := encrypted(t)
	path := closedLibrary(t, o)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.HasPrefix(whole, []byte("SQLite format 3\x00")) {
		t.Fatal("the file starts as plain SQLite does")
	}
	plain, err := os.ReadFile(closedLibrary(t, options()))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"SUBJECT-A", "cohort.csv", "CREATE TABLE", "tensorflow"} {
		if !bytes.Contains(plain, []byte(text)) {
			t.Errorf("%q is not in the plain library, so its absence proves nothing", text)
		}
		if bytes.Contains(whole, []byte(text)) {
			t.Errorf("%q stands readable in the file", text)
		}
	}
}

func TestJournalOfAnEncryptedLibraryIsEncrypted(t *testing.T) {
	db := newLibrary(t, encrypted(t))
	add(t, db, week("SUBJECT-A", 1))
	if n := occurrences(t, db.Path()+"-wal", "SUBJECT-A"); n != 0 {
		t.Errorf("the name stands %d times in the journal", n)
	}
	if fileSize(t, db.Path()+"-wal") == 0 {
		t.Error("the journal is empty, so this proves nothing")
	}
}

func TestKeys(t *testing.T) {
	right := encrypted(t)
	wrong, none, short := right, right, right
	wrong.Key = bytes.Repeat([]byte{1}, 32)
	none.Key = nil
	short.Key = []byte("passphrase")
	secret, plain := closedLibrary(t, right), closedLibrary(t, options())
	tests := []struct {
		name, path string
		options    store.Options
		want       error
		words      string
	}{
		{"the right key", secret, right, nil, ""},
		{"a wrong key", secret, wrong, store.ErrKey, "wrong"},
		{"no key", secret, none, store.ErrKey, "no key"},
		{"a short key", secret, short, store.ErrKey, "32 bytes"},
		{"a key for a plain library", plain, right, store.ErrKey, "not encrypted"},
	}
	for _, tt := range tests {
		for _, readOnly := range []bool{false, true} {
			tt.options.ReadOnly = readOnly
			db, err := store.Open(t.Context(), tt.path, tt.options)
			if !errors.Is(err, tt.want) || err != nil && !strings.Contains(err.Error(), tt.words) {
				t.Errorf("%s: got %v, want %v with %q", tt.name, err, tt.want, tt.words)
			}
			if err == nil {
				wholeAndEncrypted(t, db)
			}
		}
	}
}

func wholeAndEncrypted(t *testing.T, db *store.DB) {
	t.Helper()
	if !db.Encrypted() {
		t.Error("it does not say that it is encrypted")
	}
	want := week("SUBJECT-A", 1)
	got, err := db.Recording(t.Context(), want.ID())
	if err != nil {
		t.Fatal(err)
	}
	sameRecording(t, got, want)
	if err := errors.Join(db.Check(t.Context()), db.Close()); err != nil {
		t.Error(err)
	}
}

func TestFlippedBitsAreNoticed(t *testing.T) {
	o := encrypted(t)
	o.ReadOnly = true
	whole, err := os.ReadFile(closedLibrary(t, encrypted(t)))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "damaged.circa")
	for page := range len(whole) / 4096 {
		damaged := bytes.Clone(whole)
		damaged[page*4096+(page*977)%4096] ^= 1
		writeFile(t, path, damaged)
		db, err := store.Open(t.Context(), path, o)
		if err == nil {
			err = db.Check(t.Context())
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err == nil {
			t.Errorf("a flipped bit in page %d of %d went unnoticed", page, len(whole)/4096)
		}
	}
}
