package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// shownMeasures returns those of the participant's page, or the first ones of a study
// that has none of them; the export has all, which take longer than a page may.
func shownMeasures(how app.Study) []metrics.Metric {
	shown, all := []string{"IS", "IV", "RA", "L5", "L5_onset", "M10", "M10_onset"}, how.Metrics("")
	list := slices.DeleteFunc(slices.Clone(all), func(m metrics.Metric) bool { return !slices.Contains(shown, m.ID) })
	if len(list) == 0 {
		list = all[:min(len(shown), len(all))]
	}
	return list
}

// loadMeasures computes the measures of the recording in the background.
func (d *participantDetail) loadMeasures(id string) {
	how := d.w.study.how
	load(d.measures, func(ctx context.Context) ([]app.Measured, error) {
		return d.w.wb.MeasuresOf(ctx, app.Only(id), shownMeasures(how), nil)
	}, func(list []app.Measured, err error) {
		if err != nil {
			d.w.fail("Computing the measures", err)
			return
		}
		if len(list) == 1 {
			d.showMeasures(list[0], how)
		}
	})
}

func (d *participantDetail) showMeasures(m app.Measured, how app.Study) {
	var facts []controls.Fact
	for _, v := range m.Values {
		facts = append(facts, controls.Fact{Name: strings.ReplaceAll(v.ID, "_", " "), Value: measureWords(v)})
	}
	by := "As the papers define them, on raw activity."
	if how.ByProtocol() {
		by = fmt.Sprintf("By the study's protocol %s, as %s defines them.", how.Protocol.Words(), how.Definition())
	}
	all := widget.NewButtonWithIcon("All measures", theme.NewThemedResource(look.IconMeasures), func() { d.w.goTo(measuresPlace) })
	d.measured.Objects = []fyne.CanvasObject{look.Column(0, section("Measures", controls.NewFacts(facts...)),
		quiet(by), container.NewHBox(all))}
	d.measured.Refresh()
}

// measureWords writes the value of a measure, then what it is; an onset is a time
// of day.
func measureWords(v metrics.Value) string {
	if v.Reason != "" {
		return "none: " + v.Reason
	}
	text := strings.TrimSpace(fmt.Sprintf("%.4g %s", v.Value, v.Unit))
	if strings.HasSuffix(v.ID, "_onset") {
		text = plots.TimeOfDay(v.Value)
	}
	return text + ", " + v.Name
}
