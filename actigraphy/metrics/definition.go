package metrics

import (
	"fmt"
	"slices"
	"strings"
)

// Definition names a set of definitions of the measures.
type Definition string

// The definitions.
const (
	Paper        Definition = "paper"        // the published formula
	PyActigraphy Definition = "pyactigraphy" // as pyActigraphy 1.2.2 computes it, peculiarities included
)

// Definitions returns all definitions, the default first.
func Definitions() []Definition { return []Definition{Paper, PyActigraphy} }

// ParseDefinition returns the definition of that name.
func ParseDefinition(name string) (Definition, error) {
	if d := Definition(name); slices.Contains(Definitions(), d) {
		return d, nil
	}
	var known []string
	for _, d := range Definitions() {
		known = append(known, string(d))
	}
	return "", fmt.Errorf("%q is no set of definitions of these measures: choose %s", name, strings.Join(known, " or "))
}
