package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// listed is a recording as 'pat list --json' tells it.
type listed struct {
	ID, Subject, Device, Start string
	Epochs, Missing            int
	Sum                        float64
}

// TestExportedRecordingIsImportedAgain takes a recording over a journey from one
// library to another.
func TestExportedRecordingIsImportedAgain(t *testing.T) {
	d := newDesk(t)
	d.write("a.awd", "anna\n29-Mar-2014\n12:00\n 4 \n30\nV1\nM\n"+strings.Repeat("7\n", 2880))
	d.write("b.awd", "bert\n29-Mar-2014\n12:00\n 4 \n30\nV2\nM\n"+strings.Repeat("9\n", 1440))
	travel := d.write("t.csv", "from,zone\n2014-03-30 09:00,America/St_Johns\n")
	var ignored any
	d.json(0, &ignored, "import", "--db", "s.circascope", "a.awd", "b.awd")
	d.json(0, &ignored, "zone", "set", "Europe/London", "--clock", "kept", "--recording", "anna", "--travel", travel, "--db", "s.circascope")

	var files []string
	d.json(0, &files, "export", "recording", "anna", "--out", "anna.csv", "--db", "s.circascope")
	if len(files) != 2 || files[0] != "anna.csv" || files[1] != "anna.csv.provenance.json" {
		t.Errorf("wrote %q", files)
	}
	d.json(0, &files, "export", "recording", "--out", "all", "--db", "s.circascope")
	if len(files) != 4 || !strings.HasPrefix(files[0], "all") {
		t.Errorf("wrote %q", files)
	}
	d.json(0, &ignored, "import", "--db", "again.circascope", "all")
	var first, again []listed
	d.json(0, &first, "list", "--db", "s.circascope")
	d.json(0, &again, "list", "--db", "again.circascope")
	if len(first) != 2 || len(again) != 2 {
		t.Fatalf("got %d and %d recordings, want 2", len(first), len(again))
	}
	for i := range first {
		if first[i].ID == again[i].ID {
			t.Error("the recording of another file has the id of the first")
		}
		again[i].ID = first[i].ID
		if first[i] != again[i] {
			t.Errorf("got %+v, want %+v", again[i], first[i])
		}
	}

	if got := d.pat("export", "recording", "--out", "all.csv", "--db", "s.circascope"); got.status != 2 || !strings.Contains(got.errOut, "these are 2") {
		t.Errorf("two recordings into one file: got %+v", got)
	}
	if got := d.pat("export", "recording", "carl", "--out", "all", "--db", "s.circascope"); got.status != 1 || !strings.Contains(got.errOut, "carl") {
		t.Errorf("nobody of that name: got %+v", got)
	}
}

func TestTablesByEnding(t *testing.T) {
	d := newDesk(t)
	d.write("a.awd", "anna\n29-Mar-2014\n12:00\n 4 \n30\nV1\nM\n"+strings.Repeat("7\n", 2880))
	var ignored any
	d.json(0, &ignored, "import", "--db", "s.circascope", "a.awd", "--report", "report.xlsx")
	for file, magic := range map[string]string{"p.csv": "subject,", "p.parquet": "PAR1", "p.xlsx": "PK\x03\x04"} {
		var files []string
		d.json(0, &files, "export", "participants", "--out", file, "--db", "s.circascope")
		content, err := os.ReadFile(filepath.Join(d.dir, file))
		if err != nil || !strings.HasPrefix(string(content), magic) {
			t.Errorf("%s begins with %.8q, %v; want %q", file, content, err, magic)
		}
	}
	for _, args := range [][]string{
		{"export", "participants", "--out", "p.xls", "--db", "s.circascope"},
		{"import", "a.awd", "--report", "r.txt", "--db", "s.circascope"},
	} {
		if got := d.pat(args...); got.status != 2 || !strings.Contains(got.errOut, ".csv, .parquet or .xlsx") {
			t.Errorf("%v: got %+v", args, got)
		}
	}
}
