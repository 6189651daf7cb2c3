package ui

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// shownMeasures are those of the participant's page; the export has all.
var shownMeasures = []string{"IS", "IV", "RA", "L5", "L5_onset", "M10", "M10_onset"}

// loadMeasures computes the measures of the recording in the background.
func (d *participantDetail) loadMeasures(id string) {
	load(d.measures, func(ctx context.Context) ([]app.Measured, error) {
		return d.w.wb.Measures(ctx, []string{id}, metrics.Paper, nil)
	}, func(list []app.Measured, err error) {
		if err != nil {
			d.w.fail("Computing the measures", err)
			return
		}
		if len(list) == 1 {
			d.showMeasures(list[0])
		}
	})
}

func (d *participantDetail) showMeasures(m app.Measured) {
	var facts []controls.Fact
	for _, v := range m.Values {
		if !slices.Contains(shownMeasures, v.ID) {
			continue
		}
		text := "none: " + v.Reason
		if v.Reason == "" {
			text = fmt.Sprintf("%.4g %s", v.Value, v.Unit)
		}
		facts = append(facts, controls.Fact{Name: v.ID, Value: text})
	}
	d.measured.Objects = []fyne.CanvasObject{look.Column(0, section("Measures", controls.NewFacts(facts...)),
		quiet("As the papers define them, on raw activity. The export has every measure with its formula, parameters and reference."))}
	d.measured.Refresh()
}
