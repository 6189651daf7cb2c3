// Package wear finds, keeps and applies the times at which a device was not
// worn: published algorithms, layers of masks made by them, by hand or read from
// files, and the rule of the valid day. Nothing here changes a recording's data;
// Apply makes a copy in which what was not worn is missing. Its functions are
// pure.
package wear

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy"
)

// The ids of the methods.
const (
	Choi        = "choi"
	Troiano     = "troiano"
	ZeroRun     = "zero-run"
	Temperature = "temperature"
	Flags       = "flags"
)

// Parameter is one number that a method takes.
type Parameter struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"` // in words
	Unit    string  `json:"unit"`
	Default float64 `json:"default"`
	Min     float64 `json:"min"`
	Max     float64 `json:"max"`
	Whole   bool    `json:"whole"` // takes whole numbers only
}

// Method is one way to find non-wear, with its reference.
type Method struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Rule       string      `json:"rule"` // what it does, in a sentence or two
	Reference  string      `json:"reference"`
	Parameters []Parameter `json:"parameters"`

	detect func(*actigraphy.Recording, Values) ([]Interval, error)
}

// Values are the parameters of one use of a method, by id.
type Values map[string]float64

// String lists the values in the order of their ids: "period=90 spike=2".
func (v Values) String() string {
	var words []string
	for _, id := range slices.Sorted(maps.Keys(v)) {
		words = append(words, id+"="+strconv.FormatFloat(v[id], 'g', -1, 64))
	}
	return strings.Join(words, " ")
}

// Find returns the method with that id.
func Find(id string) (Method, error) {
	var ids []string
	for _, m := range Methods() {
		if m.ID == id {
			return m, nil
		}
		ids = append(ids, m.ID)
	}
	return Method{}, fmt.Errorf("%q is no way to find non-wear: choose %s", id, strings.Join(ids, ", "))
}

// Complete returns the values with the defaults for those that are not given. A
// value that the method does not take, or that is out of its range, is an error.
func (m Method) Complete(given Values) (Values, error) {
	all := Values{}
	for _, p := range m.Parameters {
		v, ok := given[p.ID]
		if !ok {
			v = p.Default
		}
		if math.IsNaN(v) || v < p.Min || v > p.Max || p.Whole && v != math.Trunc(v) {
			return nil, fmt.Errorf("%s: %s is %v: want a number from %v to %v%s", m.ID, p.ID, v, p.Min, p.Max, p.Kind())
		}
		all[p.ID] = v
	}
	for _, id := range slices.Sorted(maps.Keys(given)) {
		if _, ok := all[id]; !ok {
			return nil, fmt.Errorf("%s takes no %q: it takes %s", m.ID, id, m.takes())
		}
	}
	return all, nil
}

// Kind says that only whole numbers are taken, where that is so.
func (p Parameter) Kind() string {
	if p.Whole {
		return ", whole"
	}
	return ""
}

func (m Method) takes() string {
	if len(m.Parameters) == 0 {
		return "no parameters"
	}
	ids := make([]string, len(m.Parameters))
	for i, p := range m.Parameters {
		ids[i] = p.ID
	}
	return strings.Join(ids, ", ")
}

// Detect returns the stretches of a recording that the method calls not worn, in
// epochs, in order. Values that are not given have their defaults. An error says
// why the method is not for this recording.
func (m Method) Detect(r *actigraphy.Recording, given Values) ([]Interval, error) {
	values, err := m.Complete(given)
	if err != nil {
		return nil, err
	}
	if r.Epoch <= 0 {
		return nil, fmt.Errorf("the epoch length %v is not positive", actigraphy.InWords(r.Epoch))
	}
	list, err := m.detect(r, values)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.Name, err)
	}
	return recorded(r, list), nil
}
