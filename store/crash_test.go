package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/store"
)

// importUntilKilled is the environment variable that turns this test program
// into a child that imports into the library it names, without end.
const importUntilKilled = "CIRCASCOPE_TEST_IMPORT_INTO"

func TestMain(m *testing.M) {
	if path := os.Getenv(importUntilKilled); path != "" {
		fmt.Fprintln(os.Stderr, importForever(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// importForever stores one recording after the other and names each on standard
// output once the library has acknowledged it.
func importForever(path string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, path, options())
	if err != nil {
		return err
	}
	imp, err := db.BeginImport(ctx)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		r := week(fmt.Sprintf("run %d, %d", imp, i), i)
		if _, err := db.AddRecording(ctx, imp, r); err != nil {
			return err
		}
		fmt.Println(r.Subject)
	}
}

func TestKilledImportLeavesWholeRecordings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "study.circa")
	db, err := store.Create(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	acknowledged := 0
	for round := range 5 {
		subjects := killImport(t, path, 3+5*round)
		acknowledged += len(subjects)
		db, err := store.Open(t.Context(), path, options())
		if err != nil {
			t.Fatalf("after kill %d: %v", round+1, err)
		}
		wholeAfterKill(t, db, subjects, acknowledged)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killImport lets a child import until it has stored n recordings, kills it a
// moment later, and returns the subjects it acknowledged.
func killImport(t *testing.T, path string, n int) (subjects []string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), importUntilKilled+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		subjects = append(subjects, lines.Text())
		if len(subjects) == n {
			time.Sleep(time.Duration(rand.IntN(5000)) * time.Microsecond)
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := child.Wait(); !errors.As(err, &exit) || exit.Exited() || len(subjects) < n {
		t.Fatalf("the child ended by itself after %d recordings: %v", len(subjects), err)
	}
	return subjects
}

// wholeAfterKill wants every acknowledged recording, at most one more a kill,
// all whole, and the import marked as cut off.
func wholeAfterKill(t *testing.T, db *store.DB, subjects []string, acknowledged int) {
	t.Helper()
	if err := db.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	infos, err := db.Recordings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]string{}
	for _, i := range infos {
		stored[i.Subject] = i.ID
	}
	if len(infos) < acknowledged || len(infos) > acknowledged+5 {
		t.Errorf("got %d recordings, want the %d acknowledged and at most one more a kill", len(infos), acknowledged)
	}
	for i, s := range subjects {
		got, err := db.Recording(t.Context(), stored[s])
		if err != nil {
			t.Fatalf("%s was acknowledged: %v", s, err)
		}
		sameRecording(t, got, week(s, i))
	}
	imports, err := db.Imports(t.Context())
	if err != nil || imports[0].FinishedAt != "" {
		t.Errorf("got %+v, %v, want the newest import as cut off", imports[0], err)
	}
	if !strings.HasPrefix(subjects[0], fmt.Sprintf("run %d,", imports[0].ID)) {
		t.Errorf("got import %d, want that of %q", imports[0].ID, subjects[0])
	}
}

// TestReadAfterAKilledChange opens, for reading, a library with a journal of
// changes that were never finished, as a kill leaves one: they are taken back.
func TestReadAfterAKilledChange(t *testing.T) {
	db := newLibrary(t, options())
	want := week("A", 1)
	add(t, db, want)
	copied := filepath.Join(t.TempDir(), "copy.circa") // a copy keeps a rollback journal until it is opened for writing
	if err := db.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite3", "file:"+copied)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	conn, err := other.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, query := range []string{
		"PRAGMA cache_size=2", "BEGIN IMMEDIATE", "DELETE FROM recordings",
		"CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<100) SELECT randomblob(9000) b FROM n",
	} {
		if _, err := conn.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	killed := filepath.Join(t.TempDir(), "killed.circa")
	for _, end := range []string{"", "-journal"} {
		b, err := os.ReadFile(copied + end)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, killed+end, b)
	}
	o := options()
	o.ReadOnly = true
	read, err := store.Open(t.Context(), killed, o)
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	got, err := read.Recording(t.Context(), want.ID())
	if err != nil {
		t.Fatal(err)
	}
	sameRecording(t, got, want)
}
