package app_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"circascope/actigraphy/format"
)

// TestArchiveIsImportedByFile imports what is in an archive one by one: what is no
// recording is refused beside what is.
func TestArchiveIsImportedByFile(t *testing.T) {
	b := newBench(t).withLibrary(t)
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, f := range [][2]string{{"lab/a.AWD", string(awd("anna", 2))}, {"lab/b.AWD", string(awd("bert", 2))}, {"lab/c.txt", "no recording"}} {
		w, err := z.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := b.write(t, "all.zip", packed.Bytes())
	files := b.FilesOf([]string{path})
	if len(files) != 3 || files[0] != path+"/lab/a.AWD" {
		t.Fatalf("got the files %q", files)
	}
	if seen, err := b.Preview(t.Context(), files[1], format.Options{}); err != nil || len(seen) != 1 || seen[0].Info.Subject != "bert" {
		t.Errorf("got the preview %+v, %v", seen, err)
	}
	for _, want := range []string{"2 imported, 0 already there, 1 refused", "0 imported, 2 already there, 1 refused"} {
		report, err := b.Import(t.Context(), []string{path}, format.Options{}, nil)
		if err != nil || report.Summary() != want {
			t.Fatalf("got %s, %v, want %s", report.Summary(), err, want)
		}
		if refused := report.Outcomes[2]; refused.Path != files[2] || !strings.Contains(refused.Error, files[2]) {
			t.Errorf("got %+v, want the file in the archive named", refused)
		}
	}
}
