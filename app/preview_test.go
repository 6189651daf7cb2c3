package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/actigraphy/format"
	"circascope/app"
)

func TestPreviewStoresNothing(t *testing.T) {
	b := newBench(t).withLibrary(t)
	path := b.write(t, "a.AWD", awd("a", 3))
	seen, err := b.Preview(t.Context(), path, format.Options{})
	if err != nil || len(seen) != 1 || seen[0].Info.Subject != "a" || seen[0].Info.Epochs != 3*1440 || seen[0].More || seen[0].Err != nil {
		t.Fatalf("got %+v, %v", seen, err)
	}
	r, err := b.PreviewRecording(t.Context(), path, seen[0].Info.ID, format.Options{})
	if err != nil || len(r.Activity) != 3*1440 {
		t.Errorf("got %+v, %v, want the recording with its samples", r, err)
	}
	if rows, err := b.Rows(t.Context()); err != nil || len(rows) != 0 {
		t.Errorf("the library holds %d recordings, %v", len(rows), err)
	}
	if got := b.FormatName(seen[0].Info.Source.Format); got != "Actiwatch AWD" {
		t.Errorf("the format is called %q", got)
	}
}

// TestPreviewOfACohortEndsEarly looks at a file of many people.
func TestPreviewOfACohortEndsEarly(t *testing.T) {
	b := newBench(t).withLibrary(t)
	var wide strings.Builder
	wide.WriteString("ID,Date")
	for i := range 1440 {
		fmt.Fprintf(&wide, ",MIN%d", i+1)
	}
	row := strings.Repeat(",7", 1440)
	for p := range 25 {
		fmt.Fprintf(&wide, "\n%d,Sun%s", 100+p, row)
	}
	path := b.write(t, "cohort.csv", []byte(wide.String()+"\n"))
	seen, err := b.Preview(t.Context(), path, format.Options{})
	if err != nil || len(seen) != 20 || !seen[19].More || seen[18].More {
		t.Errorf("got %d previews, %v, want 20 and word of more", len(seen), err)
	}
}

func TestPreviewSaysWhy(t *testing.T) {
	b := newBench(t).withLibrary(t)
	path := b.write(t, "x.txt", []byte("no recording\n"))
	seen, err := b.Preview(t.Context(), path, format.Options{})
	if err != nil || len(seen) != 1 || seen[0].Err == nil || !strings.Contains(seen[0].Err.Error(), path) {
		t.Errorf("got %+v, %v, want the refusal", seen, err)
	}
	if files := b.FilesOf([]string{filepath.Dir(path), "/nowhere/x"}); len(files) < 2 || files[len(files)-1] != "/nowhere/x" {
		t.Errorf("got files %q, want what is there and what is not", files)
	}
}

func TestHeadLines(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		content string
		want    int
	}{
		"text": {strings.Repeat("a,b\r\n", 40), 12}, "long": {strings.Repeat("x", 5000), 1}, "binary": {"PK\x00\x01\n\n", 0},
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(c.content), 0o644); err != nil {
			t.Fatal(err)
		}
		lines, err := app.HeadLines(path)
		if err != nil || len(lines) != c.want {
			t.Errorf("%s: got %d lines, %v, want %d", name, len(lines), err, c.want)
		}
		for _, l := range lines {
			if len(l) > 200 || strings.Contains(l, "\r") {
				t.Errorf("%s: line %q", name, l)
			}
		}
	}
}
