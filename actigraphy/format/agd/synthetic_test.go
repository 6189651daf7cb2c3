package agd_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/mattn/go-sqlite3"
)

// makeAGD writes an AGD file of 100 epochs of 10 seconds from 2020-03-05 12:00:00
// (637190064000000000 in .NET ticks), and then runs more statements on it.
func makeAGD(t testing.TB, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.agd")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	statements = append([]string{
		`CREATE TABLE settings (settingID INTEGER PRIMARY KEY, settingName VARCHAR(64), settingValue VARCHAR(8192))`,
		`CREATE TABLE data (dataTimestamp INTEGER, axis1 REAL, axis2 REAL, axis3 REAL, steps REAL, lux REAL)`,
		`INSERT INTO settings (settingName, settingValue) VALUES ('devicename','GT3XPlus'), ('deviceserial','MADE0UP'),
			('subjectname','made up'), ('epochlength','10'), ('limb','Waist'), ('filter','Normal')`,
		`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i < 99)
			INSERT INTO data SELECT 637190064000000000 + i*100000000, i, 2*i, 2*i, i%3, 10 FROM n`,
	}, statements...)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func contentOf(t testing.TB, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
