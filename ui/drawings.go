package ui

import (
	"context"

	"circascope/app"
	"circascope/plots"
)

// drawn is an export of a drawing: its chart or its numbers.
func drawn(name, base string, pat []string, draw func(context.Context) (app.Drawing, error)) exportItem {
	return exportItem{
		name: name, base: base, pat: pat,
		chart: func(ctx context.Context) (plots.Chart, app.Sources, error) {
			d, err := draw(ctx)
			return d.Chart, d.Sources, err
		},
		table: func(ctx context.Context) (app.Table, app.Sources, error) {
			d, err := draw(ctx)
			return d.Data, d.Sources, err
		},
	}
}

// drawingsOf lists the drawings of one recording for papers, by the study's measures.
// Rest periods are those changed by hand; else those of its protocol; without one those of
// a diary that tells of nights, or else they are found.
func drawingsOf(w *Window, id, subject string, diary, byHand bool) []exportItem {
	wb, byProtocol := w.wb, w.study.how.ByProtocol()
	nights, rest, byDiary := app.NightOptions{Diary: diary && !byProtocol}, ", rest periods found", []string(nil)
	switch {
	case byProtocol:
		rest = ", rest periods as the protocol says"
	case diary:
		rest, byDiary = ", rest periods of the diary", []string{"--diary"}
	}
	if byHand {
		rest = ", rest periods as changed by hand"
	}
	averageDay := func(o app.AverageDayOptions) func(context.Context) (app.Drawing, error) {
		return func(ctx context.Context) (app.Drawing, error) { return wb.DrawAverageDay(ctx, id, o) }
	}
	cosinor := func(o app.CosinorOptions) func(context.Context) (app.Drawing, error) {
		return func(ctx context.Context) (app.Drawing, error) { return wb.DrawCosinor(ctx, id, o) }
	}
	return []exportItem{
		drawn("Average day of "+subject+", mean and SD", "average-day-"+subject,
			[]string{"average-day", id}, averageDay(app.AverageDayOptions{Band: plots.BandSD})),
		drawn("Average day of "+subject+", median and quartiles", "average-day-quartiles-"+subject,
			[]string{"average-day", id, "--band", "quartiles"}, averageDay(app.AverageDayOptions{Band: plots.BandQuartiles})),
		drawn("Cosinor of "+subject+", over the average day", "cosinor-"+subject,
			[]string{"cosinor", id}, cosinor(app.CosinorOptions{})),
		drawn("Cosinor and extended cosinor of "+subject, "cosinor-extended-"+subject,
			[]string{"cosinor", id, "--extended"}, cosinor(app.CosinorOptions{Extended: true})),
		drawn("Cosinor of "+subject+", over the whole recording", "cosinor-whole-"+subject,
			[]string{"cosinor", id, "--whole"}, cosinor(app.CosinorOptions{Whole: true})),
		drawn("Periodogram of "+subject, "periodogram-"+subject, []string{"periodogram", id},
			func(ctx context.Context) (app.Drawing, error) {
				return wb.DrawPeriodogram(ctx, id, app.PeriodogramOptions{})
			}),
		drawn("Nights of "+subject+rest, "nights-"+subject, append([]string{"nights", id}, byDiary...),
			func(ctx context.Context) (app.Drawing, error) { return wb.DrawNights(ctx, id, nights) }),
		drawn("Scored actogram of "+subject+rest, "scored-actogram-"+subject, append([]string{"scored-actogram", id}, byDiary...),
			func(ctx context.Context) (app.Drawing, error) {
				return wb.DrawScored(ctx, id, app.ScoredOptions{NightOptions: nights})
			}),
	}
}
