package main_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// embedded imports six people with a week each and embeds them in S and M with the
// demo weights.
func (d desk) embedded() {
	d.t.Helper()
	args := []string{"import", "--db", "lib"}
	for i := range 6 {
		var b strings.Builder
		fmt.Fprintf(&b, "person%d\r\n05-Jan-2015\r\n00:00\r\n 4 \r\n30\r\nV000001\r\nM\r\n", i)
		for minute := range 8 * 24 * 60 {
			level := 0
			if hour := minute / 60 % 24; hour > 6+i/2 && hour < 22 {
				level = 100 + (minute*(7+i))%(300+40*i)
			}
			fmt.Fprintf(&b, "%d\r\n", level)
		}
		args = append(args, d.write(fmt.Sprintf("person%d.AWD", i), b.String()))
	}
	for _, command := range [][]string{args, {"run", "--db", "lib", "--model", "S,M", "--all", "--demo"}} {
		if got := d.pat(command...); got.status != 0 {
			d.t.Fatalf("pat %q: status %d\n%s", command, got.status, got.errOut)
		}
	}
}

// comparison is what the test reads of the document of 'pat compare'.
type comparison struct {
	Weeks, People int
	State         string `json:"weights_state"`
	Sizes         []struct {
		Model    string
		Variance []float64 `json:"explained_variance"`
		Speed    struct {
			Weeks  int
			Source string
		}
	}
	Agreement struct {
		Pairs []struct {
			A, B string
			CKA  struct{ Value *float64 } `json:"cka_debiased"`
		}
		Neighbours int
	}
	Advice       struct{ Text, Model string }
	Disagreement []struct{ Subject string }
	Published    []struct{ Task string } `json:"published_auc"`
	Files        []string
}

func TestCompareWritesAReportAndTables(t *testing.T) {
	d := newDesk(t)
	d.embedded()
	if got := d.pat("compare", "--db", "lib", "--out", "out"); got.status != 1 || !strings.Contains(got.errOut, "--demo") || !strings.Contains(got.errOut, "approve") {
		t.Errorf("demo weights unasked: got status %d and %q, want 1 and both ways", got.status, got.errOut)
	}
	var c comparison
	d.json(0, &c, "compare", "--db", "lib", "--demo", "--out", "out")
	if c.Weeks != 6 || c.People != 6 || c.State != "demo" || len(c.Sizes) != 2 || c.Sizes[1].Model != "M" || len(c.Sizes[0].Variance) != 5 {
		t.Errorf("got %+v, want S and M on six weeks of six people", c)
	}
	if len(c.Agreement.Pairs) != 1 || c.Agreement.Pairs[0].CKA.Value == nil || c.Agreement.Neighbours != 1 || len(c.Disagreement) != 6 || len(c.Published) != 5 {
		t.Errorf("got %+v, want one pair with a CKA, one neighbour, six people, five published tasks", c.Agreement)
	}
	if s := c.Sizes[0].Speed; s.Weeks != 6 || s.Source != "run" || !strings.Contains(c.Advice.Text, "PAT-L was never timed on this machine") {
		t.Errorf("got speed %+v and %q, want that of the run, and nothing about L", s, c.Advice.Text)
	}
	if len(c.Files) != 8 {
		t.Fatalf("got %d files, want a report, three tables and their provenance: %q", len(c.Files), c.Files)
	}
	first := d.wholeFiles(c.Files)
	if !bytes.HasPrefix(first["compare.pdf"], []byte("%PDF-")) || !bytes.HasPrefix(first["compare-pairs.csv"], []byte("a,b,weeks,people,cka_debiased,")) {
		t.Error("the report is no PDF, or the table of pairs has another head")
	}
	d.json(0, &c, "compare", "--db", "lib", "--demo", "--out", "out")
	for name, content := range d.wholeFiles(c.Files) {
		if !bytes.Equal(content, first[name]) {
			t.Errorf("%s: the same library gave other bytes", name)
		}
	}
}

// wholeFiles reads exported files and wants the sums of their side files.
func (d desk) wholeFiles(files []string) map[string][]byte {
	d.t.Helper()
	read := map[string][]byte{}
	for _, name := range files {
		content, err := os.ReadFile(filepath.Join(d.dir, name))
		if err != nil {
			d.t.Fatal(err)
		}
		base := filepath.Base(name)
		subject, side := strings.CutSuffix(base, ".provenance.json")
		if !side {
			read[base] = content
			continue
		}
		var p struct {
			SHA256  string
			Sources struct {
				Demo bool `json:"demo_weights"`
			}
		}
		sum := sha256.Sum256(read[subject])
		if err := json.Unmarshal(content, &p); err != nil || p.SHA256 != hex.EncodeToString(sum[:]) || !p.Sources.Demo {
			d.t.Errorf("%s: %v, sum %s, demo %v; want the sum of %s, and demo", base, err, p.SHA256, p.Sources.Demo, subject)
		}
	}
	return read
}

func TestCompareOfNothingSaysWhatToRun(t *testing.T) {
	d := newDesk(t)
	file := d.write("a.awd", "anna\n05-Jan-2015\n12:30\n 4 \n30\nV1\nM\n"+strings.Repeat("7\n0\n", 30))
	if got := d.pat("import", "--db", "lib", file); got.status != 0 {
		t.Fatal(got.errOut)
	}
	if got := d.pat("compare", "--db", "lib", "--out", "out"); got.status != 1 || !strings.Contains(got.errOut, "pat run --model S,M,L") {
		t.Errorf("got status %d and %q, want 1 and what to run", got.status, got.errOut)
	}
}

func TestCompareRefusesInWords(t *testing.T) {
	d := newDesk(t)
	d.embedded()
	d.write("file", "in the way")
	for _, tt := range []struct {
		name   string
		args   []string
		status int
		want   string
	}{
		{"no folder", []string{"--demo"}, 2, "--out"},
		{"no such size", []string{"--demo", "--out", "o", "--models", "XL"}, 2, "XL"},
		{"a size that was not run", []string{"--demo", "--out", "o", "--models", "L"}, 1, "S M, demo weights"},
		{"no such scaler", []string{"--demo", "--out", "o", "--scaler", "mine"}, 1, "it holds: S M"},
		{"no such column", []string{"--demo", "--out", "o", "--color", "shoe size"}, 1, "shoe size"},
		{"a file in the way", []string{"--demo", "--out", "file"}, 1, "file"},
	} {
		got := d.pat(append([]string{"compare", "--db", "lib"}, tt.args...)...)
		if got.status != tt.status || !strings.Contains(got.errOut, tt.want) || got.out != "" {
			t.Errorf("%s: got status %d, %q and %q on standard output; want %d and %q", tt.name, got.status, got.errOut, got.out, tt.status, tt.want)
		}
	}
	one := d.pat("compare", "--db", "lib", "--demo", "--models", "S", "--out", "one")
	if one.status != 0 || !strings.Contains(one.out, "PAT-S") || strings.Contains(one.out, "CKA") {
		t.Errorf("one size: got status %d and\n%s\n%s", one.status, one.out, one.errOut)
	}
	if both := d.pat("compare", "--db", "lib", "--demo", "--out", "both"); !strings.Contains(both.errOut, "pat run --model L") || !strings.Contains(both.errOut, "pat bench --model L") {
		t.Errorf("L is missing: standard error says\n%s", both.errOut)
	}
}
