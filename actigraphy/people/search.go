package people

import (
	"slices"
	"strconv"
	"strings"
)

// Condition is one that a value must meet, such as age>=40.
type Condition struct {
	Name  string // of the variable
	Op    string // =, !=, <, <=, > or >=
	Value string // "" for no value, with = and != alone
}

// ops are the signs of conditions; those that begin others come behind them.
var ops = []string{"!=", "<=", ">=", "=", "<", ">"}

// ParseSearch takes a search apart into conditions on variables and other words, which
// are in lower case. Words are separated by blanks, unless these stand in double
// quotes: "age at visit">=40.
func ParseSearch(text string, variables []string) (conditions []Condition, words []string) {
	for _, word := range split(text) {
		if c, ok := parseCondition(word, variables); ok {
			conditions = append(conditions, c)
			continue
		}
		words = append(words, strings.ToLower(word))
	}
	return conditions, words
}

// split cuts a text at blanks outside of quotes, and takes the quotes off.
func split(text string) []string {
	quoted := false
	fields := strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && (r == ' ' || r == '\t')
	})
	for i := range fields {
		fields[i] = strings.ReplaceAll(fields[i], `"`, "")
	}
	return slices.DeleteFunc(fields, func(f string) bool { return f == "" })
}

// parseCondition takes the longest name of a variable that the word begins with.
func parseCondition(word string, variables []string) (found Condition, ok bool) {
	for _, name := range variables {
		if len(name) <= len(found.Name) || len(word) < len(name) || !strings.EqualFold(word[:len(name)], name) {
			continue
		}
		rest := strings.TrimLeft(word[len(name):], " ")
		for _, op := range ops {
			if value, cut := strings.CutPrefix(rest, op); cut {
				found, ok = Condition{name, op, strings.TrimSpace(value)}, true
				break
			}
		}
	}
	return found, ok
}

// HoldsAll reports whether a text holds all words of a search, which are in lower case.
func HoldsAll(text string, words []string) bool {
	text = strings.ToLower(text)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// Meets reports whether the values of a participant meet a condition. Without a value
// only name= and name!=something do.
func (c Condition) Meets(values []Value) bool {
	i := slices.IndexFunc(values, func(v Value) bool { return v.Name == c.Name })
	if i < 0 {
		return false
	}
	v := values[i]
	switch c.Op {
	case "=":
		return same(v, c.Value)
	case "!=":
		return !same(v, c.Value)
	}
	if v.Text == "" || c.Value == "" {
		return false
	}
	order := compareText(v.Text, c.Value)
	switch c.Op {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	default:
		return order >= 0
	}
}

// same compares as the type says: 40 is 40.0, and f is F.
func same(v Value, text string) bool {
	x, errX := strconv.ParseFloat(v.Text, 64)
	y, errY := strconv.ParseFloat(text, 64)
	if errX == nil && errY == nil {
		return x == y
	}
	return strings.EqualFold(v.Text, text)
}
