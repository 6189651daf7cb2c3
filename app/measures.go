package app

import "circascope/actigraphy/metrics"

// MeasuresTable lists measures of recordings, one a row, each with its
// definition, parameters and unit, and the reason where there is no value.
func MeasuresTable(list []Measured) Table {
	t := Table{Name: "measures", Header: []string{
		"subject", "recording", "measure", "definition", "parameters", "value", "unit", "reason", "source_sha256", "mask",
	}}
	t.as(Real, "value")
	for _, m := range list {
		for _, v := range m.Values {
			for _, one := range v.Flat() {
				t.Rows = append(t.Rows, []string{
					m.Subject, m.ID, one.ID, string(one.Definition), parameters(one.Metric), measureNumber(one), one.Unit, one.Reason, m.Source.SHA256, m.Mask,
				})
			}
		}
	}
	return t
}

// measureNumber writes the value of a measure; a measure without one has none.
func measureNumber(v metrics.Value) string {
	if v.Reason != "" {
		return ""
	}
	return number(v.Value)
}

func parameters(m metrics.Metric) string {
	text := ""
	for i, p := range m.Parameters {
		if i > 0 {
			text += " | "
		}
		text += p.Name + "=" + p.Value
	}
	return text
}
