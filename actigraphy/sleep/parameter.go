package sleep

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Parameter is one choice within an algorithm.
type Parameter struct {
	Name    string  `json:"name"`
	Unit    string  `json:"unit"` // empty for a plain number
	Meaning string  `json:"meaning"`
	Default float64 `json:"default"`
	Min     float64 `json:"min"`
	Max     float64 `json:"max"`
}

// Setting is the value of a parameter.
type Setting struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

// Values are parameters by name. Those that are not named keep their defaults.
type Values map[string]float64

// settings returns the value of every parameter. A name that the algorithm does
// not know, or a value outside its range, is an error.
func (a Algorithm) settings(chosen Values) (Values, error) {
	all := make(Values, len(a.Parameters))
	for _, p := range a.Parameters {
		all[p.Name] = p.Default
	}
	for _, name := range slices.Sorted(maps.Keys(chosen)) {
		i := slices.IndexFunc(a.Parameters, func(p Parameter) bool { return p.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("%s (%s) has no parameter %q: it has %s", a.ID, a.Definition, name, a.parameterNames())
		}
		p, v := a.Parameters[i], chosen[name]
		if math.IsNaN(v) || v < p.Min || v > p.Max {
			return nil, fmt.Errorf("%s (%s): %s is %v, expected %v to %v%s", a.ID, a.Definition, name, v, p.Min, p.Max, spaced(p.Unit))
		}
		all[name] = v
	}
	return all, nil
}

// list returns the values in the order of the algorithm's parameters.
func (a Algorithm) list(v Values) []Setting {
	list := make([]Setting, len(a.Parameters))
	for i, p := range a.Parameters {
		list[i] = Setting{p.Name, v[p.Name]}
	}
	return list
}

func (a Algorithm) parameterNames() string {
	if len(a.Parameters) == 0 {
		return "none"
	}
	names := make([]string, len(a.Parameters))
	for i, p := range a.Parameters {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

func spaced(unit string) string {
	if unit == "" {
		return ""
	}
	return " " + unit
}
