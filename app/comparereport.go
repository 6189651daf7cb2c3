package app

import (
	"fmt"
	"slices"
	"strings"

	"circascope/models"
	"circascope/plots"
)

// CompareTerm is a number of a comparison and what it means, in a line.
type CompareTerm struct{ Name, Meaning string }

// Terms explains the numbers of a comparison to a newcomer.
func (a Agreed) Terms() []CompareTerm {
	terms := []CompareTerm{
		{"CKA", "Do both sizes see the same pattern of who is like whom? 1: the same but for rotation and scale; 0: unrelated. Debiased, so that few people do not flatter it."},
		{"Shuffled", "CKA when the people of one size change places, so that nothing is left to find: the mean, and what 95 % stay below. p: share of shuffles that reach the real value."},
		{"Plain CKA", "The usual formula. With fewer people than the 96 dimensions, unrelated embeddings score high too: see its shuffled mean."},
		{"Neighbours", fmt.Sprintf("Share of a week's %s that both sizes name. Chance alone gives %s.", nearest(a.Neighbours), Percent(a.Chance))},
		{"Distances", "Spearman's rank correlation of the distances of all pairs of weeks, -1 to 1."},
		{"Shape", "Procrustes disparity of the two maps once they are laid over each other. 0: the same shape; 1: nothing in common."},
	}
	if a.Neighbours == 0 { // there is no number to explain
		terms = slices.DeleteFunc(terms, func(t CompareTerm) bool { return t.Name == "Neighbours" })
	}
	return terms
}

func nearest(n int) string {
	if n == 1 {
		return "nearest neighbour"
	}
	return fmt.Sprintf("%d nearest neighbours", n)
}

// Percent writes a share of 1 as a whole percentage.
func Percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// Decimals writes a figure with three decimals, or "-" where there is none.
func (f Figure) Decimals() string {
	if f.Value == nil {
		return "-"
	}
	return fmt.Sprintf("%.3f", *f.Value)
}

// Percent writes a figure that is a share as a percentage, or "-".
func (f Figure) Percent() string {
	if f.Value == nil {
		return "-"
	}
	return Percent(*f.Value)
}

// reportedPeople is how many participants a report lists.
const reportedPeople = 10

// CompareReport returns a comparison on a page: what follows from it, the tables,
// the maps and the published results.
func CompareReport(c Comparison, color plots.Coloring) (plots.Report, Sources) {
	side, _ := CompareChart(c, color)
	side.Heading = "Each size's own map, the first two principal components"
	over, _ := OverlayChart(c)
	over.Heading = "Laid over each other; the five placed most differently are named"
	report := plots.Report{Labels: c.labels("PAT sizes side by side"), Blocks: []plots.Block{
		plots.Paragraph{Text: c.Summary() + ". " + strings.Join(c.Notes, " ")},
		plots.Paragraph{Heading: "Which size?", Text: c.Advice.Text},
		c.sizesGrid(), c.pairsGrid(),
		plots.Figure{Chart: side, Height: 0.3},
		plots.Beside{plots.Figure{Chart: over, Height: 0.72}, c.peopleGrid()},
		publishedGrid(),
	}}
	return report, CompareSources("report on model sizes", c)
}

func (c Comparison) sizesGrid() plots.Grid {
	g := plots.Grid{
		Heading: "Speed, memory and explained variance",
		Head:    []string{"", "s a week, one worker: median", "quartiles", "on this machine", "peak memory", "PC1", "PC2", "PC3"},
		Note:    "Median and quartiles of the stored results. On this machine: seconds a week of all workers together and the program's peak memory, when the size last ran here.",
	}
	for _, s := range c.Sizes {
		row := []string{
			"PAT-" + string(s.Model), fmt.Sprintf("%.4g", s.Seconds.Median), fmt.Sprintf("%.4g - %.4g", s.Seconds.Q1, s.Seconds.Q3), "-", "-",
		}
		if s.Speed != nil {
			row[3] = fmt.Sprintf("%.4g", s.Speed.PerWeek())
			if s.Speed.PeakRSS > 0 {
				row[4] = fmt.Sprintf("%.0f MB", s.Speed.PeakRSS)
			}
		}
		for i := range 3 {
			share := "-"
			if i < len(s.Variance) {
				share = fmt.Sprintf("%.1f %%", 100*s.Variance[i])
			}
			row = append(row, share)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func (c Comparison) pairsGrid() plots.Grid {
	g := plots.Grid{
		Heading: "How far the sizes agree",
		Head:    []string{"", "CKA", "shuffled: mean", "95 %", "p", "plain CKA", "shuffled: mean", "neighbours", "distances", "shape"},
		Note:    c.agreementNote(),
	}
	for _, p := range c.Agreed.Pairs {
		row := []string{p.Name(), p.CKA.Decimals(), "-", "-", "-", p.Plain.Decimals(), "-", p.Overlap.Percent(), p.Distances.Decimals(), p.Disparity.Decimals()}
		if p.Null != nil {
			row[2], row[3], row[4] = fmt.Sprintf("%.3f", p.Null.Mean), fmt.Sprintf("%.3f", p.Null.P95), fmt.Sprintf("%.3f", p.Null.P)
			row[6] = fmt.Sprintf("%.3f", p.PlainNull.Mean)
		}
		g.Rows = append(g.Rows, row)
	}
	if len(g.Rows) == 0 {
		g.Rows = [][]string{{"one size only: run another on the same recordings"}}
	}
	return g
}

// agreementNote explains every number, and why one is missing.
func (c Comparison) agreementNote() string {
	text := fmt.Sprintf("n = %s of %s. ", counted(c.Weeks, "week"), persons(c.People))
	for _, t := range c.Agreed.Terms() {
		text += t.Name + ": " + t.Meaning + " "
	}
	if c.Agreed.Among < c.Weeks {
		text += fmt.Sprintf("Neighbours were looked for among, and distances taken between, %s of people drawn at random. ", counted(c.Agreed.Among, "week"))
	}
	return text + strings.Join(c.Agreed.Reasons(), " ")
}

// Reasons says why numbers are missing, each reason once.
func (a Agreed) Reasons() []string {
	var list []string
	seen := map[string]bool{}
	for _, p := range a.Pairs {
		for _, why := range []string{p.CKA.Reason, p.NullWhy, p.Overlap.Reason, p.Distances.Reason, p.Disparity.Reason} {
			if why != "" && !seen[why] {
				seen[why] = true
				list = append(list, fmt.Sprintf("%s: %s.", p.Name(), why))
			}
		}
	}
	return list
}

func (c Comparison) peopleGrid() plots.Grid {
	g := plots.Grid{
		Heading: "Placed most differently",
		Head:    []string{"", "weeks", "neighbours not shared", "shift"},
		Note:    "Mean over weeks and pairs of sizes. Shift: distance between the points of a week in the map, once laid over each other; 1 is how far a point lies from the middle as a rule.",
	}
	for _, d := range c.Agreed.People[:min(reportedPeople, len(c.Agreed.People))] {
		g.Rows = append(g.Rows, []string{d.Subject, fmt.Sprint(len(d.Weeks)), d.Neighbours.Percent(), d.Shift.Decimals()})
	}
	return g
}

func publishedGrid() plots.Grid {
	g := plots.Grid{Heading: "Published results, not of this library", Head: []string{"AUC", "n", "PAT-S", "PAT-M", "PAT-L"}, Note: PublishedSource + " " + PublishedLimits}
	for _, task := range PublishedAUC() {
		row := []string{task.Task, fmt.Sprint(task.People)}
		for _, size := range models.Sizes() {
			row = append(row, fmt.Sprintf("%.3f / %.3f", task.AUC[size].Mean, task.AUC[size].Full))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
