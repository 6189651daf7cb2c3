package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// fieldChoice is the choice of a column of numbers for a chart.
type fieldChoice struct {
	p      *cohortPage
	pick   *controls.Select
	fields []app.Field
	pref   string
	first  string // what is shown where nobody chose
}

func newFieldChoice(p *cohortPage, pref, first string) *fieldChoice {
	c := &fieldChoice{p: p, pref: pref, first: first}
	c.pick = controls.NewSelect(nil, func(name string) { p.w.prefs.store.SetString(pref, name); p.arrange() })
	return c
}

// offer lists the columns of numbers.
func (c *fieldChoice) offer() {
	c.fields, c.pick.Options = c.p.numbers(), nil
	for _, f := range c.fields {
		c.pick.Options = append(c.pick.Options, f.Name)
	}
	c.pick.Selected = ""
	if len(c.fields) > 0 {
		c.pick.Selected = known(c.p.w.prefs.store.StringWithFallback(c.pref, c.first), c.pick.Options)
	}
	c.pick.Refresh()
}

// field is the chosen one, empty where there is none.
func (c *fieldChoice) field() app.Field {
	for _, f := range c.fields {
		if f.Name == c.pick.Selected {
			return f
		}
	}
	return app.Field{}
}

func (c *fieldChoice) labelled(words string) []fyne.CanvasObject {
	return []fyne.CanvasObject{container.NewCenter(look.NewText(words, look.Muted)), look.AtLeast(140, 0, c.pick)}
}

// cohortScatter shows two fields of all recordings that the table shows.
type cohortScatter struct {
	p       *cohortPage
	content fyne.CanvasObject
	choices *fyne.Container
	across  *fieldChoice
	up      *fieldChoice
	lasso   *controls.Check
	points  *controls.Scatter
	side    *fyne.Container // the legend, and the groups
}

func newCohortScatter(p *cohortPage) *cohortScatter {
	s := &cohortScatter{p: p, points: controls.NewScatter(), side: container.NewStack()}
	s.across, s.up = newFieldChoice(p, prefCohortX, "IS"), newFieldChoice(p, prefCohortY, "IV")
	s.lasso = controls.NewCheck("Lasso", func(on bool) { s.points.Lasso = on })
	s.choices = look.Row(look.S, append(append(s.across.labelled("Across"), s.up.labelled("Up")...),
		s.lasso, iconButton(theme.ZoomFitIcon(), "Show all points", s.points.ShowAll))...)
	s.points.OnHover = s.hovered
	s.points.OnTap = p.choose
	s.points.OnLasso = func(points []int) { p.w.study.markAt(p.shown, points) }
	side := look.AtLeast(286, 0, container.NewVScroll(look.Inset(look.M, s.side)))
	s.content = container.NewBorder(newLine(), nil, nil, side, look.InsetBy(look.S, look.L, s.points))
	return s
}

func (s *cohortScatter) x() app.Field { return s.across.field() }
func (s *cohortScatter) y() app.Field { return s.up.field() }

func (s *cohortScatter) offer() {
	s.across.offer()
	s.up.offer()
}

// draw shows the points of the rows that are shown.
func (s *cohortScatter) draw() {
	if s.x().Name == "" || s.y().Name == "" {
		s.points.SetPoints(controls.Points{Chosen: -1})
		s.tell(quiet("No column holds numbers. Choose some under Columns."))
		return
	}
	chart, _ := s.p.chart(s.x(), s.y()).Scatter()
	paint := chart.Color.Paint(len(chart.X))
	chosen, marked := s.p.w.study.amongPoints(s.p.shown)
	s.points.SetPoints(controls.Points{
		X: chart.X, Y: chart.Y, Marks: paint.Points, Selected: marked, Chosen: chosen, XTitle: chart.Axes[0], YTitle: chart.Axes[1],
		Clock: chart.Clock,
	})
	column := look.Column(look.L)
	if s.p.groups() != nil {
		column.Add(controls.NewLegend(chart.Color, paint))
	}
	column.Add(s.p.groupFacts(s.x()))
	if s.y().Name != s.x().Name {
		column.Add(s.p.groupFacts(s.y()))
	}
	column.Add(quiet("A click on a point chooses its participant on every page. The wheel zooms, a drag moves; more measures are under Columns."))
	s.tell(column)
}

func (s *cohortScatter) tell(o fyne.CanvasObject) {
	s.side.Objects = []fyne.CanvasObject{o}
	s.side.Refresh()
}

func (s *cohortScatter) showSelection() {
	chosen, marked := s.p.w.study.amongPoints(s.p.shown)
	s.points.Select(marked, chosen)
}

func (s *cohortScatter) hovered(point int) {
	if point < 0 || point >= len(s.p.shown) {
		s.p.explain()
		return
	}
	s.p.foot.SetText(s.p.who(s.p.shown[point], s.p.inView()...))
}

// groupFacts are the medians of a field by group, with how many have a value.
func (p *cohortPage) groupFacts(f app.Field) fyne.CanvasObject {
	groups, err := p.values.Groups(p.shown, f, p.groups())
	if err != nil {
		return section(fieldTitle(f)+" by group", quiet(errorWords(err)))
	}
	facts := make([]controls.Fact, len(groups))
	for i, g := range groups {
		text := fmt.Sprintf("%s  (n %d", fieldNumber(f, g.Median), g.N)
		if g.Missing > 0 {
			text += fmt.Sprintf(", %d missing", g.Missing)
		}
		facts[i] = controls.Fact{Name: g.Name, Value: text + ")"}
	}
	return section("Median of "+fieldTitle(f), controls.NewFacts(facts...))
}
