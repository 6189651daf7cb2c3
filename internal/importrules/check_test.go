package importrules

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// check returns a sentence for each rule that the graph breaks.
func check(g graph) []string {
	var broken []string
	for _, name := range g.ours() {
		broken = append(broken, checkName(name)...)
		broken = append(broken, checkTable(name, g[name])...)
		broken = append(broken, checkExclusive(name, g[name])...)
		broken = append(broken, checkBlindness(name, g)...)
		broken = append(broken, checkNumerical(name, g)...)
	}
	return broken
}

// room returns the row of the table that a package belongs to: its own, or its
// nearest parent's.
func room(name string) (row string, found bool) {
	for row = short(name); row != "."; row = path.Dir(row) {
		if _, found = table[row]; found {
			return row, true
		}
	}
	return "", false
}

// short is how the table calls a package of this module.
func short(name string) string {
	if name == module {
		return "main"
	}
	return strings.TrimPrefix(name, module+"/")
}

func checkName(name string) []string {
	if !slices.Contains(meaningless, path.Base(name)) {
		return nil
	}
	return []string{fmt.Sprintf("%s: the name %q says nothing; name the package after what it is for", short(name), path.Base(name))}
}

func checkTable(name string, imports []string) (broken []string) {
	own, found := room(name)
	if !found {
		return []string{fmt.Sprintf("%s has no row in the table of docs/architecture.md: "+
			"add one there and in internal/importrules, or put the code where it belongs", short(name))}
	}
	for _, imported := range imports {
		if !isOurs(imported) {
			continue
		}
		other, _ := room(imported)
		if other != own && !allowed(own, other) {
			broken = append(broken, fmt.Sprintf("%s imports %s; by the table of docs/architecture.md it may import, of ours, %s",
				short(name), short(imported), orNothing(table[own])))
		}
	}
	return broken
}

func allowed(own, other string) bool {
	row := table[own]
	return slices.Contains(row, other) || slices.Contains(row, anything) && other != "ui" && other != "main"
}

func orNothing(row []string) string {
	switch {
	case len(row) == 0:
		return "nothing"
	case slices.Contains(row, anything):
		return "all but ui"
	}
	return "only " + strings.Join(slices.Sorted(slices.Values(row)), ", ")
}

func checkExclusive(name string, imports []string) (broken []string) {
	own, _ := room(name)
	for _, rule := range exclusive {
		if own == rule.who || within(name, rule.what) || !slices.Contains(imports, rule.what) {
			continue
		}
		broken = append(broken, fmt.Sprintf("%s imports %s: %s", short(name), short(rule.what), rule.why))
	}
	return broken
}

func checkBlindness(name string, g graph) (broken []string) {
	own, _ := room(name)
	for _, rule := range blindness {
		if own != rule.who {
			continue
		}
		forbidden := func(other string) bool { return withinAny(other, rule.never) }
		if chain := g.way(name, forbidden, everything); chain != nil {
			broken = append(broken, fmt.Sprintf("%s must never see %s, but depends on it: %s",
				rule.who, strings.Join(rule.never, " or "), strings.Join(chain, " -> ")))
		}
	}
	return broken
}

func checkNumerical(name string, g graph) []string {
	if own, _ := room(name); !slices.Contains(numerical, own) {
		return nil
	}
	forbidden := func(other string) bool { return withinAny(other, inputOutput) }
	chain := g.way(name, forbidden, isOurs)
	if chain == nil {
		return nil
	}
	return []string{fmt.Sprintf("%s is numerical and does no input or output, but: %s", short(name), strings.Join(chain, " -> "))}
}

func everything(string) bool { return true }
