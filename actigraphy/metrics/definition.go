package metrics

import (
	"fmt"
	"slices"
	"strings"

	"circascope/actigraphy/sleep"
)

// Definition names a set of definitions of the measures: the same sets as those of
// the scoring of sleep.
type Definition = sleep.Definition

// The definitions.
const (
	Paper        = sleep.Paper        // the published formula
	PyActigraphy = sleep.PyActigraphy // as pyActigraphy 1.2.2 computes it, peculiarities included
	Vendor       = sleep.Vendor       // as the maker's program computes it: ActiLife, Actiware
)

// Definitions returns all definitions, the default first.
func Definitions() []Definition { return []Definition{Paper, PyActigraphy, Vendor} }

// ParseDefinition returns the definition of that name.
func ParseDefinition(name string) (Definition, error) {
	if d := Definition(name); slices.Contains(Definitions(), d) {
		return d, nil
	}
	var known []string
	for _, d := range Definitions() {
		known = append(known, string(d))
	}
	return "", fmt.Errorf("%q is no set of definitions of these measures: choose %s", name, strings.Join(known, ", "))
}
