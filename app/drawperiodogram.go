package app

import (
	"cmp"
	"context"
	"fmt"

	"circascope/actigraphy/metrics"
	"circascope/plots"
)

// PeriodogramOptions choose how a periodogram is drawn.
type PeriodogramOptions struct {
	Definition metrics.Definition // "" for the usual one of the study
	Set        []string           // parameters, as metrics.Set takes them: "longest=36"
	Alpha      float64            // of the level of significance; 0 for 0.05
}

// usualAlpha is the level of significance that papers draw.
const usualAlpha = 0.05

// DrawPeriodogram shows the chi-square and the Lomb-Scargle periodogram of a
// recording below each other: the curves behind the measures chi2_period and
// lomb_period. Where one has none the chart says why; without either it is an error.
func (wb *Workbench) DrawPeriodogram(ctx context.Context, id string, o PeriodogramOptions) (Drawing, error) {
	if o.Alpha == 0 {
		o.Alpha = usualAlpha
	}
	s, err := wb.sit(ctx, id)
	if err != nil {
		return Drawing{}, err
	}
	measures, err := periodMeasures(s.study, o)
	if err != nil {
		return Drawing{}, err
	}
	if err := s.counts(); err != nil {
		return Drawing{}, err
	}
	chart, how, table := plots.Periodogram{}, []string{}, spectraTable()
	var failed error
	for _, m := range measures {
		found, err := m.Spectrum(metrics.Input{Recording: s.r}, o.Alpha)
		if err != nil {
			failed = fmt.Errorf("no periodogram of %s: %w", s.info.Subject, err)
			chart.Spectra = append(chart.Spectra, plots.Spectrum{Name: m.Name, Reason: err.Error()})
			continue
		}
		chart.Spectra = append(chart.Spectra, spectrumOf(found))
		table.addSpectrum(m, found)
		how = append(how, methodWords(m))
	}
	if len(table.Rows) == 0 {
		return Drawing{}, failed
	}
	chart.Labels = s.labels("periodogram", how...)
	return Drawing{chart, table, s.sources("periodogram", map[string]any{"measures": measures, "alpha": o.Alpha}, measures...)}, nil
}

// periodMeasures are the measures whose curves are drawn.
func periodMeasures(study Study, o PeriodogramOptions) ([]metrics.Metric, error) {
	var list []metrics.Metric
	for _, id := range []string{"chi2_period", "lomb_period"} {
		if m, ok := study.Find(o.Definition, id); ok {
			list = append(list, m)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("there is no periodogram in the definition %q; the definition %q has it", cmp.Or(o.Definition, study.Definition()), metrics.Paper)
	}
	return metrics.Set(list, o.Set)
}

func spectrumOf(s metrics.Spectrum) plots.Spectrum {
	return plots.Spectrum{
		Name: s.Name, Axis: s.Axis, Hours: s.Hours, Power: s.Power, Level: s.Level,
		LevelName: fmt.Sprintf("p = %v at any of the periods", s.Alpha), Peak: s.Peak, Period: s.Period,
	}
}

func spectraTable() Table {
	t := Table{Name: "periodogram", Header: []string{"method", "period_h", "power", "level", "alpha", "parameters"}}
	t.as(Real, "period_h", "power", "level", "alpha")
	return t
}

func (t *Table) addSpectrum(m metrics.Metric, s metrics.Spectrum) {
	for i, hours := range s.Hours {
		t.Rows = append(t.Rows, []string{s.Name, number(hours), known(s.Power[i]), known(s.Level[i]), number(s.Alpha), parameters(m)})
	}
}
