package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryMutantFitsTheSource wants the text that a mutant changes to stand in
// the source once, the file to be another afterwards, and its tests to exist.
// Whether they fail is for make mutants, which takes minutes.
func TestEveryMutantFitsTheSource(t *testing.T) {
	root := filepath.Join("..", "..")
	names := make(map[string]bool)
	for _, m := range mutants() {
		name := m.fault + " (" + m.where + ")"
		if names[name] {
			t.Errorf("two mutants are called %s", name)
		}
		names[name] = true
		if _, err := m.apply(root); err != nil {
			t.Error(err)
		}
		if m.old == m.new || len(m.caughtBy) == 0 {
			t.Errorf("%s changes nothing, or no test is named", name)
		}
		for _, test := range m.caughtBy {
			function, _, _ := strings.Cut(test, "/")
			if !strings.Contains(testsOf(t, filepath.Join(root, m.pkg())), "func "+function+"(t *testing.T)") {
				t.Errorf("%s: %s has no test %s", name, m.pkg(), function)
			}
		}
	}
}

func testsOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		content, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(content)
	}
	return all.String()
}
