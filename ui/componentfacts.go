package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// tell says how much the components explain, of whom they are, and who is left out.
func (c *cohortComponents) tell() {
	f := c.found
	column := look.Column(look.L)
	if c.p.groups() != nil {
		coloring := c.chart().Coloring()
		column.Add(controls.NewLegend(coloring, coloring.Paint(len(c.rows))))
	}
	facts, sum := make([]controls.Fact, len(f.Curves)), 0.0
	for k, share := range f.Explained {
		sum += share
		facts[k] = controls.Fact{Name: sentence(componentNumber(k + 1)), Value: fmt.Sprintf("%s %%, SD %s", digits(100*share), digits(f.ScoreSD(k)))}
	}
	facts = append(facts, controls.Fact{Name: "Together", Value: fmt.Sprintf("%s %% of the variance", digits(100*sum))})
	column.Add(section("Variance explained", controls.NewFacts(facts...)))
	column.Add(quiet(sentence(f.Words()) + fmt.Sprintf(". Of %s; scores in %s.", count(len(f.Used), "recording"), f.Unit)))
	if len(f.Left) > 0 {
		column.Add(section(count(len(f.Left), "recording")+" left out", leftOutList(f.Left)))
	}
	column.Add(quiet("A score is how much of a component a recording has; it depends on all recordings that are shown. A click on a point chooses its participant on every page."))
	c.told.Objects = []fyne.CanvasObject{column}
	c.told.Refresh()
}

// leftOutShown is up to how many are listed; the table of scores has them all.
const leftOutShown = 20

func leftOutList(left []app.LeftOut) fyne.CanvasObject {
	list := look.Column(0)
	for _, one := range left[:min(len(left), leftOutShown)] {
		list.Add(quiet(one.Subject + ": " + one.Reason))
	}
	if more := len(left) - leftOutShown; more > 0 {
		list.Add(quiet(fmt.Sprintf("and %d more, which the exported table of scores names.", more)))
	}
	return list
}

// exports are the components and the scores of the rows that are shown.
func (c *cohortComponents) exports() []exportItem {
	// What is shown is not worked out anew.
	found, of, o, shown := c.found, c.set.profile(), c.set.options(), app.Only(idsOf(c.p.shown)...)
	scores := app.ComponentScoresOptions{Recordings: shown, Profile: of, Options: o}
	by, flags := "", c.set.flags()
	scoreFlags := append([]string{"component-scores"}, flags...)
	if found != nil && len(found.Curves) > 1 {
		scores.X, scores.Y = c.axes()
		scoreFlags = append(scoreFlags, "--x", fmt.Sprint(scores.X), "--y", fmt.Sprint(scores.Y))
	}
	if g := c.p.groups(); g != nil {
		by, scores.By = " by "+g.Name, g.Name
		scoreFlags = append(scoreFlags, "--by", quoted(g.Name))
	}
	wb := c.p.w.wb
	return []exportItem{
		drawn("Components of average days"+c.p.ofShown(), "components", c.p.command(append([]string{"components"}, flags...)...),
			func(ctx context.Context) (app.Drawing, error) {
				if found != nil {
					return found.Drawing(), nil
				}
				return wb.DrawComponents(ctx, shown, of, o, nil)
			}),
		drawn("Scores on components of average days"+by+c.p.ofShown(), "component-scores", c.p.command(scoreFlags...),
			func(ctx context.Context) (app.Drawing, error) {
				if found != nil {
					return wb.DrawScoresOf(ctx, *found, scores)
				}
				return wb.DrawComponentScores(ctx, scores, nil)
			}),
	}
}
