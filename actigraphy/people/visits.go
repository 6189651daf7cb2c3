package people

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Visits says what becomes of several rows of one person.
type Visits string

// The choices for repeat visits.
const (
	First Visits = "first" // the row of the first visit, whole
	Last  Visits = "last"  // the row of the last visit, whole
	Each  Visits = "each"  // a variable for every visit
)

// ErrVisits is the error of a table with several rows a person for which nothing was
// chosen.
var ErrVisits = errors.New("several rows of one person")

// maxVariables is the most variables of a table whose visits are kept apart.
const maxVariables = 10_000

// Arrange returns a table with one row a person. Visits come in the order of their
// numbers or dates, else in that of the file. Rows of one person and visit that differ
// are an error, and so is a table that needs a choice where v is "".
func Arrange(t Table, v Visits) (Table, error) {
	groups := byPerson(t.People)
	if !slices.ContainsFunc(groups, several) {
		return t.finish(t.People, t.Variables), nil
	}
	visits, err := t.sort(groups)
	if err != nil {
		return t, err
	}
	if !slices.ContainsFunc(groups, several) { // their rows say the same of the same visit
		return t.finish(firsts(groups), t.Variables), nil
	}
	t.Notes = append(slices.Clone(t.Notes), visitNote(t, v))
	switch v {
	case First:
		return t.finish(firsts(groups), t.Variables), nil
	case Last:
		rows := make([]Person, len(groups))
		for i, g := range groups {
			rows[i] = g[len(g)-1]
		}
		return t.finish(rows, t.Variables), nil
	case Each:
		return t.apart(groups, visits)
	default:
		return t, fmt.Errorf("%w: %d people have them, such as %s; choose the first visit, the last, or to keep each apart",
			ErrVisits, t.Repeated(), groups[slices.IndexFunc(groups, several)][0].ID)
	}
}

func several(rows []Person) bool { return len(rows) > 1 }

func firsts(groups [][]Person) []Person {
	rows := make([]Person, len(groups))
	for i, g := range groups {
		rows[i] = g[0]
	}
	return rows
}

func visitNote(t Table, v Visits) string {
	order := "the order of rows in the file"
	if t.Visit != "" {
		order = fmt.Sprintf("the column %q", t.Visit)
	}
	if v == Each {
		return fmt.Sprintf("People have several rows: every visit has variables of its own, named by %s.", order)
	}
	return fmt.Sprintf("People have several rows: the %s visit is taken, by %s.", v, order)
}

// finish returns the table with other rows and variables, counted again.
func (t Table) finish(rows []Person, variables []Variable) Table {
	t.People, t.Variables = rows, slices.Clone(variables)
	Describe(t.Variables, t.People)
	return t
}

// sort puts the rows of each person in the order of visits, takes out those that
// stand there twice, and returns the visits in order.
func (t Table) sort(groups [][]Person) ([]string, error) {
	if t.Visit == "" {
		most := 0
		for _, g := range groups {
			for i := range g {
				g[i].Visit = strconv.Itoa(i + 1)
			}
			most = max(most, len(g))
		}
		return counted(most), nil
	}
	visits := visitsOf(t)
	rank := map[string]int{}
	for i, v := range visits {
		rank[v] = i
	}
	for i, g := range groups {
		slices.SortStableFunc(g, func(a, b Person) int { return rank[a.Visit] - rank[b.Visit] })
		for k := 1; k < len(g); k++ {
			if a, b := g[k-1], g[k]; a.Visit == b.Visit && !slices.Equal(a.Values, b.Values) {
				return nil, fmt.Errorf("lines %d and %d tell different things of %s at visit %q; leave one of them, or name the column of visits", a.Line, b.Line, a.ID, a.Visit)
			}
		}
		groups[i] = slices.CompactFunc(g, func(a, b Person) bool { return a.Visit == b.Visit })
	}
	return visits, nil
}

func counted(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = strconv.Itoa(i + 1)
	}
	return list
}

// visitsOf lists the visits of a table: by number or date where all have one, else as
// they first stand in the file.
func visitsOf(t Table) []string {
	var visits []string
	for _, p := range t.People {
		if !slices.Contains(visits, p.Visit) {
			visits = append(visits, p.Visit)
		}
	}
	numbers := !slices.ContainsFunc(visits, func(v string) bool { _, err := strconv.ParseFloat(v, 64); return err != nil })
	if numbers || t.VisitType == Date {
		slices.SortFunc(visits, compareText)
	}
	return visits
}

// apart gives every visit variables of its own, but for what no person changes.
func (t Table) apart(groups [][]Person, visits []string) (Table, error) {
	var variables []Variable
	rows := make([]Person, len(groups))
	for i, g := range groups {
		rows[i] = Person{ID: g[0].ID, Line: g[0].Line}
	}
	for c, v := range t.Variables {
		if constant(groups, c) {
			variables = append(variables, v)
			for i, g := range groups {
				rows[i].Values = append(rows[i].Values, firstValue(g, c))
			}
			continue
		}
		for _, visit := range visits {
			each := v
			each.Name += "." + strings.ReplaceAll(visit, " ", "_")
			if visit == "" {
				each.Name = v.Name + ".none"
			}
			variables = append(variables, each)
			for i, g := range groups {
				rows[i].Values = append(rows[i].Values, valueAt(g, visit, c))
			}
		}
		if len(variables) > maxVariables {
			return t, fmt.Errorf("%d visits of %d variables are more than %d; choose the first visit or the last", len(visits), len(t.Variables), maxVariables)
		}
	}
	if name, twice := repeatedName(variables); twice {
		return t, fmt.Errorf("two variables would be called %q; rename a column of the table", name)
	}
	return t.finish(rows, variables), nil
}

// constant reports whether no person has two values of a variable.
func constant(groups [][]Person, column int) bool {
	for _, g := range groups {
		first := firstValue(g, column)
		for _, p := range g {
			if v := p.Values[column]; v != "" && v != first {
				return false
			}
		}
	}
	return true
}

func firstValue(rows []Person, column int) string {
	for _, p := range rows {
		if v := p.Values[column]; v != "" {
			return v
		}
	}
	return ""
}

func valueAt(rows []Person, visit string, column int) string {
	for _, p := range rows {
		if p.Visit == visit {
			return p.Values[column]
		}
	}
	return ""
}

func repeatedName(variables []Variable) (string, bool) {
	seen := map[string]bool{}
	for _, v := range variables {
		if seen[Fold(v.Name)] {
			return v.Name, true
		}
		seen[Fold(v.Name)] = true
	}
	return "", false
}
