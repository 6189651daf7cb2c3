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

// Measured is the measures of one recording in one definition.
type Measured struct {
	actigraphy.Info
	Values []metrics.Value
}

// Measures computes all measures of a definition; see MeasuresOf.
func (wb *Workbench) Measures(ctx context.Context, ids []string, d metrics.Definition, progress Progress) ([]Measured, error) {
	return wb.MeasuresOf(ctx, ids, metrics.All(d), progress)
}

// MeasuresOf computes measures of recordings; ids empty takes all of the library.
// What was not worn is missing, and so are days that are not valid; Mask of each
// says by which mask.
func (wb *Workbench) MeasuresOf(ctx context.Context, ids []string, measures []metrics.Metric, progress Progress) ([]Measured, error) {
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
		list = append(list, Measured{info, metrics.ComputeAll(metrics.Input{Recording: r}, underMask(measures, mask))})
	}
	progress(int64(len(infos)), int64(len(infos)), "")
	return list, nil
}

// underMask returns the measures for a recording with that mask, "" for none.
func underMask(measures []metrics.Metric, mask string) []metrics.Metric {
	if mask == "" {
		return measures
	}
	return metrics.UnderMask(measures)
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
