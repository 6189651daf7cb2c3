package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestCommandWritesTheSame runs the commands that side files name, by a shell, in a folder
// that has the library alone.
func TestCommandWritesTheSame(t *testing.T) {
	d := newDesk(t)
	const db = "my study.circascope"
	if got := d.pat("import", "--db", db, d.write("P 1.awd", awd("P 1", 4*1440))); got.status != 0 {
		t.Fatal(got.errOut)
	}
	again := filepath.Join(d.dir, "again")
	if err := os.Mkdir(again, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(again, db), []byte(d.read(db)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"it's nights.svg": {"export", "nights", "P 1", "--set", "scoring=sadeh", "--set", "rest=roenneberg", "--preset", "column"},
		"average.png":     {"export", "average-day", "P 1", "--dpi=72", "--band", "quartiles"},
		"cohort.csv":      {"export", "cohort", "--columns", "IS,M10_onset", "--columns", "unit", "--long=false"},
		"measures.xlsx":   {"metrics", "--set", "IS.bin=30 min", "--definition", "pyactigraphy"},
		"recording.csv":   {"export", "recording", "P 1"},
	} {
		got := d.pat(append(args, "--db", db, "--out", name)...)
		if got.status != 0 {
			t.Errorf("%s: %s", name, got.errOut)
			continue
		}
		var side struct {
			Command string `json:"command"`
		}
		if err := json.Unmarshal([]byte(d.read(name+".provenance.json")), &side); err != nil {
			t.Fatal(err)
		}
		shell := exec.CommandContext(t.Context(), "sh", "-c", side.Command)
		shell.Dir = again
		shell.Env = append(os.Environ(), "HOME="+again, "PATH="+bin+":"+os.Getenv("PATH"))
		if out, err := shell.CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", side.Command, err, out)
			continue
		}
		if d.read(filepath.Join("again", name)) != d.read(name) {
			t.Errorf("%s: the file differs from the one whose side file has this command", side.Command)
		}
	}
}
