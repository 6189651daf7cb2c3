package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/plots"
)

// CosinorOptions choose how a cosinor fit is drawn.
type CosinorOptions struct {
	Definition metrics.Definition // "" for the usual one of the study
	Set        []string           // parameters, as metrics.Set takes them: "period=24.5"
	Whole      bool               // the whole recording in place of the average day
	Extended   bool               // Marler's curve, too
}

// DrawCosinor is the cosinor of a recording with its mesor, amplitude and
// acrophase: the numbers of the measures cosinor_mesor and so on.
func (wb *Workbench) DrawCosinor(ctx context.Context, id string, o CosinorOptions) (Drawing, error) {
	s, err := wb.sit(ctx, id)
	if err != nil {
		return Drawing{}, err
	}
	measures, err := cosinorMeasures(s.study, o)
	if err != nil {
		return Drawing{}, err
	}
	if err := s.counts(); err != nil {
		return Drawing{}, err
	}
	from := fitted{values: map[string]metrics.Value{}}
	list := metrics.ComputeAll(metrics.Input{Recording: s.r}, measures)
	for _, v := range list {
		if v.Reason != "" {
			return Drawing{}, fmt.Errorf("no %s of %s: %s", v.Name, s.info.Subject, v.Reason)
		}
		from.values[v.ID] = v
	}
	course, err := courseOf(s.r, o.Whole)
	if err != nil {
		return Drawing{}, err
	}
	if from.clock, err = phaseClock(s.r, from.values["cosinor_acrophase"]); err != nil {
		return Drawing{}, err
	}
	if from.period = hoursOf(list[0], "period"); from.period != 24 && !o.Whole {
		return Drawing{}, fmt.Errorf("a cosinor of %v h does not lie on the average day: draw the whole recording", from.period)
	}
	fits := []fit{from.cosine(course)}
	how := []string{methodWords(list[0].Metric)}
	if o.Extended {
		fits = append(fits, from.sigmoid(course))
		how = append(how, "extended cosinor: "+from.values["cosinor_ext_min"].Reference)
	}
	chart := plots.Cosinor{
		Labels: s.labels("cosinor", how...), Activity: course.curve, Days: course.days, Unit: course.unit,
	}
	for _, f := range fits {
		chart.Fits = append(chart.Fits, f.FittedCurve)
	}
	return Drawing{chart, course.table(fits), s.sources("cosinor", map[string]any{"measures": valuesOf(list)}, measures...)}, nil
}

// cosinorMeasures lists the measures that the figure shows.
func cosinorMeasures(study Study, o CosinorOptions) ([]metrics.Metric, error) {
	d := cmp.Or(o.Definition, study.Definition())
	ids := []string{"mesor", "mesor_ci", "amplitude", "amplitude_ci", "acrophase", "acrophase_ci", "R2", "p"}
	if o.Extended {
		ids = append(ids, "ext_min", "ext_amp", "ext_alpha", "ext_beta", "ext_acrotime", "ext_up_mesor", "ext_down_mesor", "ext_R2")
	}
	var list []metrics.Metric
	for _, id := range ids {
		m, ok := study.Find(d, "cosinor_"+id)
		switch {
		case !ok && strings.HasPrefix(id, "ext_"):
			return nil, fmt.Errorf("there is no extended cosinor in the definition %q; the definition %q has it", d, metrics.Paper)
		case !ok:
			return nil, fmt.Errorf("there is no cosinor in the definition %q", d)
		}
		list = append(list, m)
	}
	return metrics.Set(list, o.Set)
}

// valuesOf lists values for the side file.
func valuesOf(list []metrics.Value) []map[string]any {
	out := make([]map[string]any, len(list))
	for i, v := range list {
		out[i] = map[string]any{"measure": v.ID, "definition": v.Definition, "parameters": parameters(v.Metric), "value": v.Value, "unit": v.Unit, "reference": v.Reference}
	}
	return out
}

// hoursOf returns a parameter of a measure in hours.
func hoursOf(v metrics.Value, name string) float64 {
	for _, p := range v.Parameters {
		if p.Name == name {
			h, _ := strconv.ParseFloat(strings.TrimSuffix(p.Value, " h"), 64)
			return h
		}
	}
	return math.NaN()
}

// phaseClock returns the function from the acrophase, a time of day or the phase
// from the first epoch, to hours since the midnight before the recording.
func phaseClock(r *actigraphy.Recording, acrophase metrics.Value) (func(v, period float64) float64, error) {
	if r.Start.IsZero() {
		return nil, errors.New("the recording has no time of day: an acrophase can't be drawn")
	}
	if acrophase.Unit != "rad" {
		return func(v, _ float64) float64 { return v }, nil
	}
	start := r.Start.SinceMidnight().Hours()
	return func(v, period float64) float64 {
		peak := start - v/(2*math.Pi)*period
		return peak - period*math.Floor(peak/period)
	}, nil
}

// fitted are the numbers of fits, by the measures' ids.
type fitted struct {
	values map[string]metrics.Value
	clock  func(acrophase, period float64) float64
	period float64 // h
}

func (f fitted) of(id string) float64 { return f.values["cosinor_"+id].Value }

// around is an estimate with its confidence interval.
func (f fitted) around(name string, value float64, id string) plots.Estimate {
	half := f.of(id + "_ci")
	return plots.Estimate{Name: name, Value: value, Low: value - half, High: value + half}
}

// cosine draws M + A·cos(2π(t−t_peak)/period).
func (f fitted) cosine(c course) fit {
	peak := f.clock(f.of("acrophase"), f.period) + c.lead
	mesor, amplitude := f.of("mesor"), f.of("amplitude")
	p := f.values["cosinor_p"].Value
	curve := plots.FittedCurve{
		Name:      fmt.Sprintf("cosinor of %v h, R² %.3f, p %s", f.period, f.of("R2"), probability(p)),
		Period:    f.period,
		Level:     f.around("mesor", mesor, "mesor"),
		Amplitude: f.around("amplitude", amplitude, "amplitude"),
		Moments:   []plots.Estimate{f.around("acrophase", peak, "acrophase")},
	}
	for _, one := range f.values["cosinor_mesor_ci"].Parameters {
		if one.Name == "confidence" {
			curve.Interval = one.Value + " confidence interval"
		}
	}
	return c.drawn(fit{curve, func(h float64) float64 { return mesor + amplitude*math.Cos(2*math.Pi*(h-peak)/f.period) }})
}

// sigmoid draws Marler's curve.
func (f fitted) sigmoid(c course) fit {
	peak, least, height := f.of("ext_acrotime")+c.lead, f.of("ext_min"), f.of("ext_amp")
	alpha, beta := f.of("ext_alpha"), f.of("ext_beta")
	at := func(name string, hour float64) plots.Estimate {
		return plots.Estimate{Name: name, Value: hour, Low: math.NaN(), High: math.NaN()}
	}
	curve := plots.FittedCurve{
		Name:    strings.ReplaceAll(fmt.Sprintf("extended cosinor, R² %.3f, α %.2f, β %.3g", f.of("ext_R2"), alpha, beta), "-", "−"),
		Period:  24,
		Moments: []plots.Estimate{at("peak", peak), at("up", f.of("ext_up_mesor")+c.lead), at("down", f.of("ext_down_mesor")+c.lead)},
	}
	return c.drawn(fit{curve, func(h float64) float64 {
		return least + height/(1+math.Exp(-beta*(math.Cos(2*math.Pi*(h-peak)/24)-alpha)))
	}})
}

// probability writes p as papers do.
func probability(p float64) string {
	if p < 0.001 {
		return "< 0.001"
	}
	return fmt.Sprintf("%.3f", p)
}
