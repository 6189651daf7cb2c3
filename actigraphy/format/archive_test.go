package format_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// TestMembers reads every file of an archive as its own recording, beside one that
// is none.
func TestMembers(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	packed := zipped(t, []string{"lab/", "lab/p1.csv", "lab/p2.AWD", "notes.png", "../p3.csv", "__MACOSX/lab/._p1.csv"},
		nil, makeCSV(50), makeAWD(50), []byte("\x89PNG\r\n\x1a\n\x00\x00"), makeCSV(60), []byte("x"))
	dir := writeFiles(t, map[string][]byte{"all.zip": packed, "p1.csv": makeCSV(50)})
	archive := filepath.Join(dir, "all.zip")
	members := format.Members(archive)
	if want := []string{archive + "/lab/p1.csv", archive + "/lab/p2.AWD", archive + "/notes.png", archive + "/../p3.csv"}; !slices.Equal(members, want) {
		t.Fatalf("got %q, want %q", members, want)
	}
	first, second := read(t, members[0], format.Options{})[0], read(t, members[1], format.Options{})[0]
	if first.Source.Name != "all.zip/lab/p1.csv" || first.Subject != "p1" || first.Source.Format != "csv" || second.Source.Format != "awd" {
		t.Errorf("got %+v and %+v", first.Source, second.Source)
	}
	if unpacked := read(t, filepath.Join(dir, "p1.csv"), format.Options{})[0]; first.ID() != unpacked.ID() || first.ID() == second.ID() {
		t.Errorf("got the ids %s and %s, want that of the same file unpacked, %s, and another", first.ID(), second.ID(), unpacked.ID())
	}
	if third := read(t, members[3], format.Options{})[0]; len(third.Activity) != 60 {
		t.Errorf("got %d epochs, want 60", len(third.Activity))
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// TestNoMembers lists nothing of what is read as a whole.
func TestNoMembers(t *testing.T) {
	text := makeCSV(50)
	files := map[string][]byte{
		"one.zip": zipped(t, []string{"a.csv"}, text), "plain.csv": text, "empty": nil, "short": []byte("PK"),
		"cut.zip":   zipped(t, []string{"a.csv", "b.csv"}, text, text)[:100],
		"raw.gt3x":  zipped(t, []string{"info.txt", "log.bin"}, text, text),
		"book.xlsx": zipped(t, []string{"[Content_Types].xml", "xl/workbook.xml"}, text, text),
		"book.ods":  zipped(t, []string{"mimetype", "content.xml"}, text, text),
		"apple.zip": zipped(t, []string{"apple_health_export/export.xml", "apple_health_export/export_cda.xml"}, text, text),
	}
	dir := writeFiles(t, files)
	for name := range files {
		if got := format.Members(filepath.Join(dir, name)); got != nil {
			t.Errorf("%s: got %q, want none", name, got)
		}
	}
}

func TestBadMembers(t *testing.T) {
	text := makeCSV(50)
	packed := zipped(t, []string{"a.csv", "b.csv", "empty.csv"}, text, text, nil)
	locked := bytes.Clone(packed)
	locked[bytes.Index(locked, []byte("PK\x01\x02"))+8] |= 1
	damaged := bytes.Clone(packed)
	damaged[bytes.Index(damaged, []byte("PK\x01\x02"))+16] ^= 1
	dir := writeFiles(t, map[string][]byte{"good.zip": packed, "locked.zip": locked, "damaged.zip": damaged, "no.zip": text})
	for name, want := range map[string]string{
		"good.zip/c.csv":     "no such file in good.zip",
		"good.zip/empty.csv": "the file is empty",
		"locked.zip/a.csv":   "a file with a password",
		"damaged.zip/a.csv":  "a ZIP archive that cannot be unpacked",
		"no.zip/a.csv":       "a ZIP archive that cannot be unpacked",
		"none.zip/a.csv":     "there is no such file",
	} {
		_, err := format.Open(filepath.Join(dir, name))
		var file *actigraphy.FileError
		if !errors.As(err, &file) || file.Advice == "" || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q and advice", name, err, want)
		}
	}
	if in, err := format.Open(filepath.Join(dir, "damaged.zip", "b.csv")); err != nil {
		t.Errorf("the file beside a damaged one: %v", err)
	} else if err := in.Close(); err != nil {
		t.Error(err)
	}
}
