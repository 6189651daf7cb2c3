package importrules

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"
)

func TestImportRules(t *testing.T) {
	g, err := load(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if len(g.ours()) < 2 {
		t.Fatalf("only %d packages of %s found: the test looks in the wrong place", len(g.ours()), module)
	}
	for _, sentence := range check(g) {
		t.Error(sentence)
	}
}

// sound is a small program that breaks no rule.
var sound = graph{
	"circascope":                       {"fyne.io/fyne/v2/app", "circascope/ui", "circascope/internal/wiring"},
	"circascope/ui":                    {"fyne.io/fyne/v2", "circascope/app", "circascope/ui/look"},
	"circascope/ui/look":               {"fyne.io/fyne/v2"},
	"circascope/app":                   {"circascope/explore", "circascope/actigraphy/prepare"},
	"circascope/explore":               {"math", "gonum.org/v1/gonum/mat"},
	"circascope/actigraphy/prepare":    {"math", "circascope/actigraphy"},
	"circascope/actigraphy":            {"time"},
	"circascope/internal/wiring":       {"circascope/app", "circascope/store", "circascope/inference/tensorflow"},
	"circascope/store":                 {"database/sql", "github.com/mattn/go-sqlite3"},
	"circascope/inference/tensorflow":  {"github.com/galeone/tfgo"},
	"circascope/actigraphy/format/agd": {"database/sql"},
	"gonum.org/v1/gonum/mat":           {"io"},
	"fyne.io/fyne/v2":                  {"os"},
}

func TestSoundProgramBreaksNoRule(t *testing.T) {
	if got := check(sound); len(got) != 0 {
		t.Errorf("got %q, want nothing", got)
	}
}

// Each edge put into the sound program must be found, or the test above proves
// nothing.
func TestForbiddenEdgesAreFound(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"circascope/actigraphy", "circascope/store", "actigraphy imports store; by the table"},
		{"circascope/ui", "circascope/explore", "ui imports explore; by the table"},
		{"circascope/ui/look", "circascope/explore", "ui/look imports explore; by the table"},
		{"circascope/internal/wiring", "circascope/ui", "it may import, of ours, all but ui"},
		{"circascope/plotting", "math", "plotting has no row in the table"},
		{"circascope", "circascope/store", "main imports store"},
		{"circascope/ui", "fyne.io/fyne/v2/app", "main alone starts Fyne"},
		{"circascope/store", "circascope/internal/reference", "reference data is for tests"},
		{"circascope/app", "database/sql", "app must never see database/sql"},
		{"circascope/explore", "github.com/galeone/tfgo", "app -> circascope/explore -> github.com/galeone/tfgo"},
		{"gonum.org/v1/gonum/mat", "fyne.io/fyne/v2", "app must never see fyne.io"},
		{"circascope/explore", "os/exec", "explore is numerical"},
		{"circascope/actigraphy", "net/http", "circascope/actigraphy -> net/http"},
		{"circascope/ui/util", "math", `the name "util" says nothing`},
	} {
		g := maps.Clone(sound)
		g[c.from] = append([]string{c.to}, g[c.from]...)
		got := strings.Join(check(g), "\n")
		if !strings.Contains(got, c.want) {
			t.Errorf("%s -> %s: got %q, want a sentence with %q", c.from, c.to, got, c.want)
		}
	}
}

// A numerical package may use gonum, whatever gonum does inside.
func TestOthersInputAndOutputIsNotOurs(t *testing.T) {
	g := maps.Clone(sound)
	g["gonum.org/v1/gonum/mat"] = []string{"os"}
	if got := check(g); len(got) != 0 {
		t.Errorf("got %q, want nothing", got)
	}
}
