package app

import (
	"context"
	"fmt"
	"strconv"

	"circascope/actigraphy"
	"circascope/plots"
)

// AverageDayOptions choose how the average day of a recording is drawn.
type AverageDayOptions struct {
	BinMinutes int        // 1 to 240; 0 for 10
	Band       plots.Band // what is around the centre
}

// DrawAverageDay is the average day of a recording with its spread over days.
func (wb *Workbench) DrawAverageDay(ctx context.Context, id string, o AverageDayOptions) (Drawing, error) {
	if o.BinMinutes == 0 {
		o.BinMinutes = averageBin
	}
	if o.BinMinutes < 1 || o.BinMinutes > 240 || 1440%o.BinMinutes != 0 {
		return Drawing{}, fmt.Errorf("bins of %d minutes: want a number from 1 to 240 that divides a day", o.BinMinutes)
	}
	s, err := wb.sit(ctx, id)
	if err != nil {
		return Drawing{}, err
	}
	m, err := plots.Days(s.r, "")
	if err != nil {
		return Drawing{}, err
	}
	if bin := float64(o.BinMinutes); bin < m.CellMinutes() {
		return Drawing{}, fmt.Errorf("bins of %d minutes: the epochs of %s are longer, %v", o.BinMinutes, s.info.Subject, actigraphy.InWords(s.r.Epoch))
	}
	curve := plots.AverageDay(m, o.BinMinutes, o.Band)
	chart := plots.DailyProfile{
		Labels: s.labels("average day", fmt.Sprintf("bins of %d minutes, %s", o.BinMinutes, curve.Band)),
		Curves: []plots.DayCurve{curve}, Unit: m.Unit, Hours: m.Hours,
	}
	return Drawing{chart, averageDayTable(curve, o), s.sources("average day", map[string]any{
		"bin_minutes": o.BinMinutes, "centre_and_spread": curve.Band,
	})}, nil
}

// averageDayTable lists the bins of a day; a bin without values has empty cells.
func averageDayTable(c plots.DayCurve, o AverageDayOptions) Table {
	centre, lower, upper := "mean", "mean_minus_sd", "mean_plus_sd"
	if o.Band == plots.BandQuartiles {
		centre, lower, upper = "median", "quartile_1", "quartile_3"
	}
	t := Table{Name: "average-day", Header: []string{"minute", "clock", centre, lower, upper, "days"}}
	t.as(Integer, "minute", "days")
	t.as(Real, centre, lower, upper)
	for i := range c.Mean {
		minute := i * 24 * 60 / len(c.Mean)
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(minute), hourMinute(minute),
			known(c.Mean[i]), known(c.Lower[i]), known(c.Upper[i]), strconv.Itoa(c.N[i]),
		})
	}
	return t
}
