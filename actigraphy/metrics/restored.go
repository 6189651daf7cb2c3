package metrics

import (
	"fmt"
	"slices"
)

// Restored returns the measure with the parameters of one of its values, as it was
// settled: names and texts in their order. Computed from the same data it gives that
// value again. A name that it does not have and a value out of range are errors.
func (m Metric) Restored(parameters [][2]string) (Metric, error) {
	restored := m
	restored.Parameters, restored.chosen = nil, m.Parameters
	for _, pair := range parameters {
		name, text := pair[0], pair[1]
		at := slices.IndexFunc(m.Parameters, func(p Parameter) bool { return p.Name == name })
		switch {
		case name == restName && (at < 0 || !slices.Contains(m.Parameters[at].Options, text)):
			if at >= 0 {
				restored.Parameters = append(restored.Parameters, m.Parameters[at])
			}
			restored.Parameters = stating(restored.Parameters, text)
			continue
		case at < 0:
			return m, fmt.Errorf("%s has no parameter %q: it has %s", m.ID, name, parameterNames(m))
		}
		p, err := m.Parameters[at].with(text)
		if err != nil || p.fixed && text != m.Parameters[at].Value {
			return m, fmt.Errorf("%s: %s is %q: want %s", m.ID, name, text, p.Range)
		}
		restored.Parameters = append(restored.Parameters, p)
	}
	return restored, nil
}
