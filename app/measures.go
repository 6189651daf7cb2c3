package app

import (
	"context"
	"fmt"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
)

// MeasuresTable lists measures of recordings, one a row, each with its
// definition, parameters and unit, and the reason where there is no value.
func MeasuresTable(list []Measured) Table {
	t := Table{Name: "measures", Header: []string{
		"subject", "recording", "measure", "definition", "parameters", "value", "unit", "reason", "source_sha256", "mask",
	}}
	for _, m := range list {
		for _, v := range m.Values {
			value := ""
			if v.Reason == "" {
				value = number(v.Value)
			}
			t.Rows = append(t.Rows, []string{
				m.Subject, m.ID, v.ID, string(v.Definition), parameters(v.Metric), value, v.Unit, v.Reason, m.Source.SHA256, m.Mask,
			})
		}
	}
	return t
}

// Measured is the measures of one recording in one definition.
type Measured struct {
	actigraphy.Info
	Values []metrics.Value
}

// Measures computes the measures of recordings in one definition; ids empty takes
// all of the library. What was not worn is missing, and so are days that are not
// valid; Mask of each says by which mask.
func (wb *Workbench) Measures(ctx context.Context, ids []string, d metrics.Definition, progress Progress) ([]Measured, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	infos, err := chosen(ctx, lib, ids)
	if err != nil {
		return nil, err
	}
	progress = both(progress)
	list := make([]Measured, 0, len(infos))
	for i, info := range infos {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		progress(int64(i), int64(len(infos)), info.Subject)
		r, mask, err := worn(ctx, lib, info.ID)
		if err != nil {
			return nil, fmt.Errorf("reading the recording of %s: %w", info.Subject, err)
		}
		info.Mask = mask
		list = append(list, Measured{info, metrics.Compute(r, d)})
	}
	progress(int64(len(infos)), int64(len(infos)), "")
	return list, nil
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
