package protocol

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy"
)

// section is a table of the file. What is taken from it is known; complain reports
// the rest.
type section struct {
	*document
	path   string
	values map[string]any
	known  []string
}

// document is the file as it was parsed, and what is wrong with it.
type document struct {
	name  string
	lines map[string]int // of keys, by their path
	errs  []error
}

// wrong reports what is wrong with a key of the section.
func (s *section) wrong(key, expected, found string) {
	s.errs = append(s.errs, &actigraphy.FileError{File: s.name, Line: s.lines[s.at(key)], Expected: expected, Found: found})
}

func (s *section) at(key string) string {
	if s.path == "" {
		return key
	}
	return s.path + "\x00" + key
}

// take returns a value and makes its key known.
func (s *section) take(key string) (any, bool) {
	s.known = append(s.known, key)
	v, there := s.values[key]
	return v, there
}

// text returns a text, or the default where it is not there.
func (s *section) text(key, missing string) string {
	v, there := s.take(key)
	if !there {
		return missing
	}
	text, ok := v.(string)
	if !ok {
		s.wrong(key, key+" to be a text in quotes", show(v))
	}
	return text
}

// word returns one of the words.
func (s *section) word(key, missing string, words []string) string {
	text := s.text(key, missing)
	if text != missing && !slices.Contains(words, text) {
		s.wrong(key, key+" to be one of "+strings.Join(words, ", "), strconv.Quote(text))
		return missing
	}
	return text
}

// number returns a number within limits.
func (s *section) number(key string, missing, least, most float64, whole bool) float64 {
	v, there := s.take(key)
	if !there {
		return missing
	}
	n, ok := number(v)
	if !ok || !(n >= least && n <= most) || whole && n != math.Trunc(n) {
		kind := "a number"
		if whole {
			kind = "a whole number"
		}
		s.wrong(key, fmt.Sprintf("%s to be %s from %v to %v", key, kind, least, most), show(v))
		return missing
	}
	return n
}

// texts returns a list of texts; nil where it is not there.
func (s *section) texts(key string) []string {
	v, there := s.take(key)
	if !there {
		return nil
	}
	list, ok := v.([]any)
	var out []string
	for _, one := range list {
		text, isText := one.(string)
		ok = ok && isText
		out = append(out, text)
	}
	if !ok || len(out) == 0 {
		s.wrong(key, key+` to be a list of names, such as ["IS", "IV"]`, show(v))
		return nil
	}
	return out
}

// section returns a table within this one; an empty one where it is not there.
func (s *section) section(key string) *section {
	v, there := s.take(key)
	table, ok := v.(map[string]any)
	if there && !ok {
		s.wrong(key, fmt.Sprintf("%s to be a table, [%s]", key, key), show(v))
	}
	return &section{document: s.document, path: s.at(key), values: table}
}

// names returns the keys of the section in the order of the file.
func (s *section) names() []string {
	return slices.SortedFunc(maps.Keys(s.values), func(a, b string) int { return s.lines[s.at(a)] - s.lines[s.at(b)] })
}

// complain reports the keys that nothing took.
func (s *section) complain() {
	for _, key := range s.names() {
		if !slices.Contains(s.known, key) {
			s.wrong(key, "one of "+strings.Join(s.known, ", "), fmt.Sprintf("the unknown key %q", key))
		}
	}
}

func number(v any) (float64, bool) {
	switch n := v.(type) {
	case int64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// scalar writes a parameter's value as metrics takes it: a number, or a text such as
// "30 min".
func scalar(v any) (string, bool) {
	switch x := v.(type) {
	case string:
		return x, true
	case int64:
		return strconv.FormatInt(x, 10), true
	case float64:
		return strconv.FormatFloat(x, 'g', -1, 64), true
	}
	return "", false
}

func show(v any) string {
	if text, ok := v.(string); ok {
		return strconv.Quote(text)
	}
	return fmt.Sprint(v)
}
