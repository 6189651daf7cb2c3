package metrics

import (
	"fmt"
	"slices"
	"strings"
)

// Set returns measures with parameters at other values. An assignment is
// "bin=30", for all that have the parameter, or "IS.bin=30" for one of them. One
// that changes no measure is an error, and so is a value out of range.
func Set(list []Metric, assignments []string) ([]Metric, error) {
	list = slices.Clone(list)
	for _, assignment := range assignments {
		if err := set(list, assignment); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func set(list []Metric, assignment string) error {
	name, value, isAssignment := strings.Cut(assignment, "=")
	if !isAssignment {
		return fmt.Errorf("%q sets nothing: write name=value, or MEASURE.name=value", assignment)
	}
	id, parameter, ofOne := strings.Cut(name, ".")
	if !ofOne {
		parameter = name
	}
	changed := false
	for i, m := range list {
		if ofOne && m.ID != id || !ofOne && !m.has(parameter) {
			continue
		}
		with, err := m.With(parameter, value)
		if err != nil {
			return err
		}
		list[i], changed = with, true
	}
	switch {
	case changed:
		return nil
	case ofOne:
		return fmt.Errorf("%q: there is no measure %q in this definition", assignment, id)
	}
	return fmt.Errorf("%q: no measure of this definition has a parameter %q", assignment, parameter)
}

// SetEach is Set for each measure on its own: a parameter that a measure lacks is passed
// over, and a measure that has one but does not take its value is left out.
func SetEach(list []Metric, assignments []string) []Metric {
	var out []Metric
	for _, m := range list {
		one, err := []Metric{m}, error(nil)
		for _, assignment := range assignments {
			name, _, _ := strings.Cut(assignment, "=")
			id, parameter, ofOne := strings.Cut(name, ".")
			if err == nil && (ofOne && id == m.ID && m.has(parameter) || !ofOne && m.has(name)) {
				err = set(one, assignment)
			}
		}
		if err == nil {
			out = append(out, one[0])
		}
	}
	return out
}

// has reports whether the measure has a parameter of that name that can be set.
func (m Metric) has(name string) bool {
	return slices.ContainsFunc(m.Parameters, func(p Parameter) bool { return p.Name == name && !p.fixed })
}

// UnderMask returns measures as they are computed where missing epochs are those
// that a mask has taken out: PyActigraphy then leaves out the bins with one.
func UnderMask(list []Metric) []Metric {
	out := slices.Clone(list)
	for i, m := range out {
		if m.has(leaveOutName) {
			out[i], _ = m.With(leaveOutName, "1")
		}
	}
	return out
}
