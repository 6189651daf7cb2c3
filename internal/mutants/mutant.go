package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// mutant is one fault put into the source, and the tests that must see it.
type mutant struct {
	fault    string   // in words
	where    string   // which graph or part
	file     string   // from the repository's root, with slashes
	old, new string   // old must stand in the file exactly once
	in       string   // the package whose tests are run; the file's own if empty
	caughtBy []string // these must fail, subtests with their parents' names
	says     string   // what a failing test prints, a regular expression; if empty: a difference above its tolerance
}

// pkg returns the folder of the package whose tests are run.
func (m mutant) pkg() string {
	if m.in != "" {
		return m.in
	}
	return path.Dir(m.file)
}

// apply returns the file's content with the fault in it. That the old text is not
// there exactly once is an error: whoever changed the source must change the
// mutant with it.
func (m mutant) apply(root string) (string, error) {
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(m.file)))
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(content), m.old); n != 1 {
		return "", fmt.Errorf("%s (%s): the text to change stands %d times in %s, want once; adapt the mutant in internal/mutants to the source:\n%s",
			m.fault, m.where, n, m.file, m.old)
	}
	return strings.Replace(string(content), m.old, m.new, 1), nil
}
