package main_test

import (
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	_ "github.com/mattn/go-sqlite3"
)

// imported is one object of what 'pat import --json' writes.
type imported struct {
	Path, Status, Recording, Subject, Error string
	Warnings                                []string
}

// awd returns an Actiwatch file of one-minute counts from a Monday's midnight.
// The counts follow from the subject's name.
func awd(subject string, minutes int) string {
	seed := uint64(len(subject))
	for _, b := range []byte(subject) {
		seed = seed*31 + uint64(b)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	fmt.Fprintf(&b, "%s\r\n05-Jan-2015\r\n00:00\r\n4\r\n30\r\nV1\r\nM\r\n", subject)
	for i := range minutes {
		count := r.IntN(40)
		if hour := i / 60 % 24; hour >= 7 && hour < 23 {
			count = r.IntN(900)
		}
		fmt.Fprintf(&b, "%d\r\n", count)
	}
	return b.String()
}

func table(rows ...string) string {
	var b strings.Builder
	b.WriteString("time,activity\n")
	for i := range 300 {
		fmt.Fprintf(&b, "2020-03-05 %02d:%02d,%d\n", i/60, i%60, i%7)
	}
	for i, row := range rows {
		fmt.Fprintf(&b, "2020-03-05 05:%02d,%s\n", i, row)
	}
	return b.String()
}

func utf16Text(s string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return string(out)
}

// agd makes an ActiGraph database of 1,000 epochs of 10 seconds.
func agd(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.agd")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{
		`CREATE TABLE settings (settingID INTEGER PRIMARY KEY, settingName TEXT, settingValue TEXT)`,
		`CREATE TABLE data (dataTimestamp INTEGER, axis1 REAL, axis2 REAL, axis3 REAL)`,
		`INSERT INTO settings (settingName, settingValue) VALUES ('devicename','GT3XPlus'), ('subjectname','bo'), ('epochlength','10')`,
		`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i < 999)
			INSERT INTO data SELECT 637190064000000000 + i*100000000, i, 2*i, 2*i FROM n`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	return string(readFile(t, path))
}

// plain wants a message that a person can act on: one line, none of Go's words,
// nothing said twice, and an advice.
func plain(t *testing.T, message string) {
	t.Helper()
	message = strings.TrimSuffix(message, "\n")
	for _, word := range []string{"\n", "lstat", "stat ", "open /", "no such file or directory", "EOF", "goroutine", "syscall", "%!", "<nil>", ": :"} {
		if strings.Contains(message, word) {
			t.Errorf("%q holds %q", message, word)
		}
	}
	clauses := strings.Split(message, ": ")
	for i := 1; i < len(clauses); i++ {
		if clauses[i] == clauses[i-1] {
			t.Errorf("%q says %q twice", message, clauses[i])
		}
	}
	if !strings.ContainsAny(message, ";") {
		t.Errorf("%q does not say what to do", message)
	}
}

const whole = 1440 // minutes of the recordings that are all right

// TestBadRecordings imports one folder with everything that can be wrong with a
// file in it. What is right comes in, what is wrong says why.
func TestBadRecordings(t *testing.T) {
	d := newDesk(t)
	made, long := agd(t), strings.Repeat("x", 200)
	tests := []struct {
		name, content string
		status        string
		want          string // part of the error, or of a warning
	}{
		{"empty.csv", "", "refused", "the file is empty"},
		{"picture.awd", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "refused", "a PNG picture"},
		{"cut-header.awd", "anna\r\n05-Jan-2015\r\n00:00\r\n", "refused", "seven header lines"},
		{"cut-line.awd", strings.TrimSuffix(awd("cut", whole), "\r\n"), "imported", "check that the file is complete"},
		{"cut.csv", strings.TrimSuffix(table(), ",5\n"), "refused", "line 301"},
		{"cut.agd", made[:len(made)/2], "refused", "damaged or cut off"},
		{"cut-header.agd", made[:100], "refused", "damaged or cut off"},
		{"whole.agd", made, "imported", ""},
		{"cut.h5", "\x89HDF\r\n\x1a\n\x00\x00\x00\x00", "refused", "HDF5"},
		{"utf16.csv", utf16Text(table("3", "4")), "imported", ""},
		{"latin1.awd", strings.Replace(awd("Mueller", whole), "Mueller", "M\xfcller", 1), "imported", ""},
		{"first.awd", awd("twin", whole), "imported", ""},
		{"second.awd", awd("twin", whole), "duplicate", ""},
		{"same.csv", table("1", "2"), "imported", ""},
		{"same (1).csv", table("1", "2"), "imported", ""}, // a CSV names nobody; see below
		{"nan.csv", table("NaN", "", "4"), "imported", ""},
		{"inf.csv", table("3", "Inf"), "refused", "line 303"},
		{"1e309.csv", table("3", "4", "1e309"), "refused", "line 304"},
		{"1e308.csv", table("1e308", "1e308"), "refused", `found "1e308"`},
		{"negative.csv", table("-5"), "refused", "at least 0"},
		{"line\nend.awd", awd("line end", whole), "imported", ""},
		{"\U0001f319.awd", awd("\U0001f319\U0001f44d", whole), "imported", ""},
		{long + ".awd", awd(long, whole), "imported", ""},
		{"link", "", "refused", "a link to a folder is not followed"},
		{"dangling.csv", "", "refused", "there is no such file"},
	}
	folder := filepath.Join(d.dir, "files")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		path := filepath.Join("files", tt.name)
		var err error
		switch tt.name {
		case "link": // round in circles
			err = os.Symlink(folder, filepath.Join(d.dir, path))
		case "dangling.csv":
			err = os.Symlink("nowhere", filepath.Join(d.dir, path))
		default:
			d.write(path, tt.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	got := d.pat("import", "--db", "files/study.circascope", "files", "--json")
	var outcomes []imported
	if err := json.Unmarshal([]byte(got.out), &outcomes); err != nil || got.status != 1 {
		t.Fatalf("got status %d, %v", got.status, err)
	}
	if copied := "files/same.csv (participant same) has the same content as same (1).csv"; !strings.Contains(got.errOut, copied) {
		t.Errorf("got %q, want a note that a file is a copy of another", got.errOut)
	}
	if len(outcomes) != len(tests) {
		t.Errorf("got %d outcomes, want %d: one a file, none for the library itself", len(outcomes), len(tests))
	}
	ids := []string{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			i := slices.IndexFunc(outcomes, func(o imported) bool { return o.Path == "files/"+tt.name })
			if i < 0 {
				t.Fatal("it has no outcome")
			}
			got := outcomes[i]
			if said := got.Error + strings.Join(got.Warnings, " "); got.Status != tt.status || !strings.Contains(said, tt.want) {
				t.Errorf("got %s and %q, want %s and %q", got.Status, said, tt.status, tt.want)
			}
			if got.Status == "refused" {
				t.Log(got.Error)
				plain(t, got.Error)
			}
			if got.Status == "imported" {
				ids = append(ids, got.Recording)
			}
		})
	}
	wholeLibrary(t, d, "files/study.circascope", ids)
	if text := d.pat("list", "--db", "files/study.circascope"); strings.Count(text.out, "\n") != len(ids)+1 {
		t.Errorf("a name breaks the lines of the list:\n%s", text.out)
	}
}

// wholeLibrary wants a library that holds these recordings and that can be
// measured and exported.
func wholeLibrary(t *testing.T, d desk, db string, ids []string) {
	t.Helper()
	var list []struct {
		ID     string
		Epochs int
	}
	d.json(0, &list, "list", "--db", db)
	held := []string{}
	for _, r := range list {
		held = append(held, r.ID)
	}
	slices.Sort(held)
	slices.Sort(ids)
	if !slices.Equal(held, ids) {
		t.Errorf("%s holds %v, want %v", db, held, ids)
	}
	if got := d.pat("export", "participants", "--db", db, "--out", "whole.csv"); got.status != 0 {
		t.Errorf("%s can't be exported: %s", db, got.errOut)
	}
}

func TestInspectBadPaths(t *testing.T) {
	d := newDesk(t)
	d.write("good.awd", awd("good", whole))
	if err := os.Mkdir(filepath.Join(d.dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.write("folder/in it.awd", awd("in it", whole))
	var list []struct{ Path, Subject, Error string }
	d.json(1, &list, "inspect", "folder", "missing.csv", os.DevNull, "good.awd")
	if len(list) != 4 {
		t.Fatalf("got %+v, want four objects", list)
	}
	for _, r := range list {
		switch r.Path {
		case "folder/in it.awd", "good.awd": // a folder means the files in it
			if r.Error != "" {
				t.Errorf("got %+v, want a recording", r)
			}
		default:
			plain(t, r.Error)
		}
	}
}
