package app

import (
	"fmt"
	"math"
	"slices"

	"circascope/actigraphy"
	"circascope/plots"
)

// CohortChart is a chart of recordings by their fields.
type CohortChart struct {
	Values *FieldValues
	Rows   []Row
	X, Y   Field  // numbers; Y of a scatter
	By     *Field // its groups; nil for one
	Chosen string // id of the recording with a ring
}

// Scatter shows each recording as a point of two fields, in the colours of its group.
func (c CohortChart) Scatter() (plots.Embedding, Sources) {
	x, y := c.Values.line(c.Rows, c.X), c.Values.line(c.Rows, c.Y)
	chart := plots.Embedding{
		Labels: plots.Labels{
			Heading: joinedWords(c.Y.Name, "against", c.X.Name, by(c.by())),
			Caption: joined(c.methods(c.X, c.Y), sampleWords(infosOf(c.Rows)), c.placed(x, y), c.medians()),
		},
		Projection: plots.Projection{X: x, Y: y, Axes: [2]string{c.X.Axis(), c.Y.Axis()}, Clock: [2]bool{c.X.TimeOfDay(), c.Y.TimeOfDay()}},
		Color:      c.Coloring(),
		Selected:   c.selected(),
	}
	return chart, c.sources("scatter of two measures", map[string]any{"x": c.X.source(), "y": c.Y.source()})
}

// Coloring is that of the groups; one group has one colour.
func (c CohortChart) Coloring() plots.Coloring {
	if c.By == nil {
		return plots.Coloring{}
	}
	coloring := plots.Coloring{Name: c.By.Name}
	for _, v := range c.Values.Column(c.Rows, *c.By) {
		if c.By.Numbers {
			coloring.Numbers = append(coloring.Numbers, v.Number)
		} else {
			coloring.Categories = append(coloring.Categories, v.Text)
		}
	}
	return coloring
}

// Distribution shows how one field is spread over the groups.
func (c CohortChart) Distribution() (plots.Distribution, Sources, error) {
	groups, err := c.Values.grouped(c.Rows, c.Values.line(c.Rows, c.X), c.By)
	c.ring(groups)
	chart := plots.Distribution{
		Labels: plots.Labels{
			Heading: joinedWords(c.X.Name, by(c.by())),
			Caption: joined(c.methods(c.X), sampleWords(infosOf(c.Rows))),
		},
		Axis: c.X.Axis(), Of: "recording", Clock: c.X.TimeOfDay(), Groups: groups,
	}
	return chart, c.sources("distribution of a measure", map[string]any{"measure": c.X.source()}), err
}

// ring marks the chosen recording in its group.
func (c CohortChart) ring(groups []plots.Group) {
	members, err := c.Members()
	if err != nil {
		return // there are no groups
	}
	for i := range groups {
		for k, at := range members[i] {
			if c.Rows[at].ID == c.Chosen {
				groups[i].Ringed = []int{k}
			}
		}
	}
}

func (c CohortChart) by() string {
	if c.By == nil {
		return ""
	}
	return c.By.Name
}

// checkGroups refuses a field that makes no groups.
func (c CohortChart) checkGroups() error {
	if c.By != nil && c.By.Measure != nil {
		return fmt.Errorf("%q is a measure and makes no groups: choose a variable or %s", c.By.Name, ColorDevice)
	}
	return nil
}

func infosOf(rows []Row) []actigraphy.Info {
	infos := make([]actigraphy.Info, len(rows))
	for i, r := range rows {
		infos[i] = r.Info
	}
	return infos
}

// Members returns which rows are the people of a distribution: by group and person,
// their places among the rows.
func (c CohortChart) Members() ([][]int, error) {
	places := make([]float64, len(c.Rows))
	for i := range places {
		places[i] = float64(i)
	}
	groups, err := c.Values.grouped(c.Rows, places, c.By)
	members := make([][]int, len(groups))
	for i, g := range groups {
		for _, at := range g.Values {
			members[i] = append(members[i], int(at))
		}
	}
	return members, err
}

func (c CohortChart) selected() []int {
	if i := slices.IndexFunc(c.Rows, func(r Row) bool { return r.ID == c.Chosen }); i >= 0 {
		return []int{i}
	}
	return nil
}

// methods name the definition, parameters and reference of each measure.
func (c CohortChart) methods(fields ...Field) string {
	words := make([]string, len(fields))
	for i, f := range fields {
		if f.Measure != nil {
			words[i] = f.Name + ": " + methodWords(*f.Measure)
		}
	}
	return joined(words...)
}

// placed says how many recordings have both values.
func (c CohortChart) placed(x, y []float64) string {
	n := 0
	for i := range x {
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			n++
		}
	}
	if n == len(x) {
		return ""
	}
	return fmt.Sprintf("%d have both values", n)
}

// captionGroups is up to how many groups a caption names.
const captionGroups = 6

// medians states the median of each group on both axes.
func (c CohortChart) medians() string {
	x, err := c.Values.Groups(c.Rows, c.X, c.By)
	y, errY := c.Values.Groups(c.Rows, c.Y, c.By)
	if err != nil || errY != nil || len(x) > captionGroups || c.By != nil && c.By.Numbers {
		return "" // a colour scale has no groups
	}
	words := make([]string, len(x))
	for i := range x {
		words[i] = fmt.Sprintf("%s: medians %s (n %d) and %s (n %d)", x[i].Name, c.X.short(x[i].Median), x[i].N, c.Y.short(y[i].Median), y[i].N)
	}
	return joined(words...)
}

// short writes a number of the field to four digits, or a time of day.
func (f Field) short(v float64) string {
	switch {
	case math.IsNaN(v):
		return "none"
	case f.TimeOfDay():
		return plots.TimeOfDay(v)
	}
	return fmt.Sprintf("%.4g", v)
}

// source is the field in a side file: a measure with all that defines it.
func (f Field) source() any {
	if f.Measure != nil {
		return *f.Measure
	}
	return f.Name
}

func (c CohortChart) sources(what string, details map[string]any) Sources {
	details["group_by"], details["recordings"] = c.by(), infosOf(c.Rows)
	return Sources{What: what, Details: details}
}

// distribution is Distribution as a chart of any kind.
func (c CohortChart) distribution() (plots.Chart, Sources, error) { return c.Distribution() }
