package app

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"circascope/plots"
)

// componentsReference is what functional principal components of average days are
// after.
const componentsReference = "Ramsay and Silverman 2005, doi:10.1007/b98888; of actigraphy, Wang et al. 2011, doi:10.1186/1740-3391-9-11"

// DayComponents computes the functional principal components of the average days of
// recordings; see DayProfiles and ComponentsOf.
func (wb *Workbench) DayComponents(ctx context.Context, of Selection, p ProfileOptions, o ComponentOptions, progress Progress) (DayComponents, error) {
	var profiles []DayProfile
	err := wb.DayProfiles(ctx, of, p, progress, func(one DayProfile) error {
		profiles = append(profiles, one)
		return nil
	})
	if err != nil {
		return DayComponents{}, err
	}
	return ComponentsOf(profiles, p, o)
}

// DrawComponents shows the mean day and what a score of one SD on each component adds
// to it; its numbers are the mean and the components by minute of day.
func (wb *Workbench) DrawComponents(ctx context.Context, of Selection, p ProfileOptions, o ComponentOptions, progress Progress) (Drawing, error) {
	c, err := wb.DayComponents(ctx, of, p, o, progress)
	if err != nil {
		return Drawing{}, err
	}
	return c.Drawing(), nil
}

// Drawing is the mean day and the components, with its numbers.
func (c DayComponents) Drawing() Drawing {
	return Drawing{c.Chart(), c.CurvesTable(), c.sources("principal components of average days")}
}

// ComponentScoresOptions choose what is shown of the scores.
type ComponentScoresOptions struct {
	Recordings Selection
	Profile    ProfileOptions
	Options    ComponentOptions
	X, Y       int    // components across and up, from 1; 0 for 1 and 2
	By         string // name of the field that makes groups; "" for one group
}

// DrawComponentScores shows the recordings by their scores on two components, or the
// distribution of the scores where there is only one; its numbers are all scores, and
// who is left out why.
func (wb *Workbench) DrawComponentScores(ctx context.Context, o ComponentScoresOptions, progress Progress) (Drawing, error) {
	c, err := wb.DayComponents(ctx, o.Recordings, o.Profile, o.Options, progress)
	if err != nil {
		return Drawing{}, err
	}
	return wb.DrawScoresOf(ctx, c, o)
}

// DrawScoresOf is DrawComponentScores of components that are there already.
func (wb *Workbench) DrawScoresOf(ctx context.Context, c DayComponents, o ComponentScoresOptions) (Drawing, error) {
	cohort, err := wb.usedBy(ctx, c, o.By)
	if err != nil {
		return Drawing{}, err
	}
	var chart plots.Chart
	if len(c.Curves) == 1 && o.X <= 1 && o.Y == 0 {
		chart, err = c.Distribution(cohort)
	} else {
		chart, err = c.Scatter(cohort, cmp.Or(o.X, 1), cmp.Or(o.Y, 2))
	}
	if err != nil {
		return Drawing{}, err
	}
	src, err := wb.NamePeople(ctx, c.sources("scores on principal components of average days"))
	if err != nil {
		return Drawing{}, err
	}
	src.Details["group_by"] = o.By
	return Drawing{chart, c.ScoresTable(cohort), src}, nil
}

// usedBy returns the recordings that the components are of, with the field that makes
// groups of them.
func (wb *Workbench) usedBy(ctx context.Context, c DayComponents, by string) (CohortChart, error) {
	rows, err := wb.Rows(ctx)
	if err != nil {
		return CohortChart{}, err
	}
	used := CohortChart{Values: NewFieldValues(), Rows: c.UsedOf(rows)}
	if by == "" {
		return used, nil
	}
	study, err := wb.Study(ctx)
	if err != nil {
		return CohortChart{}, err
	}
	fields, err := CohortOptions{Columns: []string{by}}.fields(study, used.Rows)
	if err != nil {
		return CohortChart{}, err
	}
	used.By = &fields[0]
	return used, used.checkGroups()
}

// UsedOf returns the rows of the recordings that the components are of, in the order of
// the scores.
func (c DayComponents) UsedOf(rows []Row) []Row {
	of := make(map[string]Row, len(rows))
	for _, r := range rows {
		of[r.ID] = r
	}
	used := make([]Row, len(c.Used))
	for i, info := range c.Used {
		used[i] = of[info.ID]
	}
	return used
}

// Chart shows the mean day and the components.
func (c DayComponents) Chart() plots.Components {
	chart := plots.Components{
		Labels: plots.Labels{Heading: "Principal components of average days", Caption: c.caption()},
		Mean:   c.Mean, Unit: c.Unit,
	}
	for k := range c.Curves {
		chart.Components = append(chart.Components, plots.DayComponent{Curve: c.oneSD(k), Explained: c.Explained[k]})
	}
	return chart
}

// oneSD is what a score of one SD on a component adds to the mean.
func (c DayComponents) oneSD(k int) []float64 {
	sd := c.ScoreSD(k)
	curve := make([]float64, len(c.Curves[k]))
	for i, v := range c.Curves[k] {
		curve[i] = sd * v
	}
	return curve
}

// ScoreSD is the sample SD of the scores on a component, whose mean is 0.
func (c DayComponents) ScoreSD(k int) float64 {
	sum := 0.0
	for _, s := range c.Scores {
		sum += s[k] * s[k]
	}
	return math.Sqrt(sum / float64(len(c.Scores)-1))
}

// Column returns the scores on a component, from 1, in the order of Used.
func (c DayComponents) Column(component int) []float64 {
	column := make([]float64, len(c.Scores))
	for i, s := range c.Scores {
		column[i] = s[component-1]
	}
	return column
}

// Axis names a component, from 1, with its share of the variance and the unit.
func (c DayComponents) Axis(component int) string {
	return fmt.Sprintf("Component %d, %.3g %% of the variance (%s)", component, 100*c.Explained[component-1], c.Unit)
}

// Scatter shows the recordings of a cohort, those of UsedOf, by their scores on two
// components, from 1.
func (c DayComponents) Scatter(of CohortChart, x, y int) (plots.Embedding, error) {
	for _, k := range []int{x, y} {
		if k < 1 || k > len(c.Curves) {
			return plots.Embedding{}, fmt.Errorf("there is no component %d: %d are asked for or needed to explain the share of the variance", k, len(c.Curves))
		}
	}
	return plots.Embedding{
		Labels: plots.Labels{
			Heading: joinedWords(fmt.Sprintf("Average days: component %d against %d", y, x), by(of.by())),
			Caption: c.caption(),
		},
		Projection: plots.Projection{X: c.Column(x), Y: c.Column(y), Axes: [2]string{c.Axis(x), c.Axis(y)}},
		Color:      of.Coloring(),
		Selected:   of.selected(),
	}, nil
}

// Distribution shows the scores on the only component, by group.
func (c DayComponents) Distribution(of CohortChart) (plots.Distribution, error) {
	groups, err := of.Values.grouped(of.Rows, c.Column(1), of.By)
	return plots.Distribution{
		Labels: plots.Labels{Heading: joinedWords("Average days: scores", by(of.by())), Caption: c.caption()},
		Axis:   c.Axis(1), Of: "recording", Groups: groups,
	}, err
}

// caption says how the components were made and of what.
func (c DayComponents) caption() string {
	left := ""
	if n := len(c.Left); n > 0 {
		left = counted(n, "recording") + " left out"
	}
	return joined(
		"functional principal components, "+componentsReference, c.Words(), sampleWords(c.Used), left,
	)
}

// Words say how the average days were made and smoothed.
func (c DayComponents) Words() string {
	return fmt.Sprintf("average of %s in bins of %d min by the wall clock, at least %d days a bin; %d harmonics of 24 h, which keep %.3g %% of the variance",
		c.Profile.Days.words(), c.Profile.BinMinutes, c.Options.MinDays, c.Options.Harmonics, 100*c.Kept)
}
