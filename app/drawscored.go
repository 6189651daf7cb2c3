package app

import (
	"context"
	"strconv"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
	"circascope/plots"
)

// ScoredOptions choose how a scored actogram is drawn.
type ScoredOptions struct {
	NightOptions
	Single bool // 24 hours a row, in place of 48
	Linear bool // colours by the activity instead of its logarithm
}

// DrawScored shows the actogram of a recording, double plotted, with its epochs scored
// as sleep and wake, the rest periods, and bed and rise times of the diary; the
// numbers are the scored epochs. Activity is as it was measured, the scoring under
// the mask.
func (wb *Workbench) DrawScored(ctx context.Context, id string, o ScoredOptions) (Drawing, error) {
	s, found, err := wb.nights(ctx, id, o.NightOptions)
	if err != nil {
		return Drawing{}, err
	}
	r, err := wb.Recording(ctx, s.info.ID)
	if err != nil {
		return Drawing{}, err
	}
	w, err := wb.Wear(ctx, r)
	if err != nil {
		return Drawing{}, err
	}
	told, err := wb.DiaryEntries(ctx, s.info.Subject)
	if err != nil {
		return Drawing{}, err
	}
	over, err := LayOver(ctx, s.study, r, w, Told{Diary: told}, Overlays{})
	if err != nil {
		return Drawing{}, err
	}
	l := layer{r: r, cells: plots.NewEpochCells(r), out: over}
	l.paintScoring(found.Scoring)
	periods := periodsOf(found)
	l.paintRest(periods, restWords(found))
	chart, src, err := ActogramChart(s.info, r, w.Layers, told)
	if err != nil {
		return Drawing{}, err
	}
	chart, src = l.out.Over(chart, src)
	chart.Labels = s.labels("scored actogram", methodWords(found.Metric))
	chart.Double, chart.Linear = !o.Single, o.Linear
	src.What, src.Details["measure"] = "scored actogram", found.Metric
	return Drawing{chart, scoredTable(found.Scoring, periods), src.Of(s.study, []metrics.Metric{found.Metric})}, nil
}

// periodsOf lists the rest periods of nights and naps.
func periodsOf(found metrics.Nights) []sleep.Period {
	var list []sleep.Period
	for _, nights := range [][]sleep.Night{found.Nights, found.Naps} {
		for _, n := range nights {
			list = append(list, n.Period)
		}
	}
	return list
}

// restWords says where the rest periods are from.
func restWords(found metrics.Nights) string {
	for _, p := range found.Parameters {
		if p.Name == "rest" {
			return p.Value
		}
	}
	return "given"
}

// stateWords are the states of epochs in a table.
var stateWords = map[sleep.State]string{sleep.Unknown: "", sleep.Wake: "wake", sleep.Asleep: "sleep", sleep.Rest: "rest"}

// scoredTable lists scored epochs with the kind of rest period that each begins in.
func scoredTable(s sleep.Scoring, periods []sleep.Period) Table {
	t := Table{Name: "scored-epochs", Header: []string{"epoch", "start", "epoch_seconds", "state", "rest_period", "origin"}}
	t.as(Integer, "epoch")
	t.as(Real, "epoch_seconds")
	in := func(at actigraphy.LocalTime) (kind diary.Kind, origin sleep.Origin) {
		for _, p := range periods {
			if at.Sub(p.From) >= 0 && p.To.Sub(at) > 0 {
				return p.Kind, p.Origin
			}
		}
		return "", ""
	}
	for i, state := range s.States {
		at := s.At(i)
		kind, origin := in(at)
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(i), at.String(), number(s.Epoch.Seconds()), stateWords[state], string(kind), string(origin),
		})
	}
	return t
}
