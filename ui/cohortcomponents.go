package ui

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// cohortComponents shows the functional principal components of the average days of the
// recordings that the table shows, and their scores as points.
type cohortComponents struct {
	p       *cohortPage
	content fyne.CanvasObject
	choices *fyne.Container
	set     *componentSettings
	state   *measuresState // of the reading of days
	across  *controls.Select
	up      *controls.Select
	lasso   *controls.Check
	figure  *controls.Figure
	points  *controls.Scatter
	body    *fyne.Container // holds figure and points, or why there are none
	both    fyne.CanvasObject
	told    *fyne.Container // what was found

	reader   *loader // of average days
	finder   *loader // of components
	painter  *loader
	profiles map[string]app.DayProfile // that were read, by app.MeasureKey
	of       app.ProfileOptions        // as they were read
	found    *app.DayComponents        // of the rows that are shown; nil where not yet
	rows     []app.Row                 // of the points
}

func newCohortComponents(p *cohortPage) *cohortComponents {
	c := &cohortComponents{
		p: p, figure: controls.NewFigure(), points: controls.NewScatter(), body: container.NewStack(), told: container.NewStack(),
		reader: newLoader(p.w.tasks), finder: newLoader(p.w.tasks), painter: newLoader(p.w.tasks), profiles: map[string]app.DayProfile{},
	}
	c.set = newComponentSettings(p.w.prefs.store, p.arrange)
	c.state = newMeasuresState(c.stop, c.read, func() {})
	show(c.state.fold, false)
	c.across, c.up = controls.NewSelect(nil, func(string) { c.plot() }), controls.NewSelect(nil, func(string) { c.plot() })
	c.lasso = controls.NewCheck("Lasso", func(on bool) { c.points.Lasso = on })
	c.choices = look.Row(look.S,
		container.NewCenter(look.NewText("Across", look.Muted)), look.AtLeast(140, 0, c.across),
		container.NewCenter(look.NewText("Up", look.Muted)), look.AtLeast(140, 0, c.up),
		c.lasso, iconButton(theme.ZoomFitIcon(), "Show all points", c.points.ShowAll))
	c.figure.OnDraw = c.paint
	c.points.OnHover = c.hovered
	c.points.OnTap = func(i int) {
		if i >= 0 && i < len(c.rows) {
			p.w.study.choose(c.rows[i].ID)
		}
	}
	c.points.OnLasso = func(points []int) { p.w.study.markAt(c.rows, points) }
	c.both = container.NewGridWithColumns(2, c.figure, c.points)
	side := look.AtLeast(306, 0, container.NewVScroll(look.Inset(look.M, look.Column(look.L, c.set.content, c.told))))
	c.content = container.NewBorder(newLine(), nil, nil, side, look.InsetBy(look.S, look.L, c.body))
	return c
}

// drop forgets the components: other recordings are shown, or other ones are asked for.
func (c *cohortComponents) drop() {
	c.finder.drop()
	c.found = nil
}

// forget drops the average days too: they may have changed.
func (c *cohortComponents) forget() {
	c.drop()
	c.reader.drop()
	c.profiles = map[string]app.DayProfile{}
}

// draw finds the components of the rows that are shown, and reads first what is not
// known of them.
func (c *cohortComponents) draw() {
	if o := c.set.profile(); o != c.of {
		c.forget()
		c.of = o
	}
	switch n := len(c.unread()); {
	case n == 0:
		c.reader.drop()
		c.find()
	case n > c.p.unasked:
		c.reader.drop()
		c.put(quiet("The average day of each recording has to be read first."))
		c.state.stopped(fmt.Sprintf("%s to read.", count(n, "recording")), "Read them")
	default:
		c.read()
	}
}

// unread are the rows shown whose average days are not known.
func (c *cohortComponents) unread() []app.Row {
	return slices.DeleteFunc(slices.Clone(c.p.shown), func(r app.Row) bool { _, known := c.profiles[app.MeasureKey(r)]; return known })
}

// read makes the average days in the background.
func (c *cohortComponents) read() {
	rows, of := c.unread(), c.of
	c.state.busy(fmt.Sprintf("Reading %s", count(len(rows), "recording")), 0)
	into := c.profiles
	load(c.reader, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, readDays(ctx, c.p.w, rows, of, func(done int, batch map[string]app.DayProfile) {
			c.p.w.tasks.back(func() { c.took(ctx, into, done, len(rows), batch) })
		})
	}, func(_ struct{}, err error) {
		if err != nil {
			c.state.stopped(errorAfter("Not all could be read", err), "Try again")
			return
		}
		c.find()
	})
}

// readDays makes average days and gives them to got some at a time, by app.MeasureKey.
func readDays(ctx context.Context, w *Window, rows []app.Row, of app.ProfileOptions, got func(done int, batch map[string]app.DayProfile)) error {
	keys := make(map[string]string, len(rows))
	for _, r := range rows {
		keys[r.ID] = app.MeasureKey(r)
	}
	batch, done := map[string]app.DayProfile{}, 0
	pass := func() {
		done += len(batch)
		got(done, batch)
		batch = map[string]app.DayProfile{}
	}
	err := w.wb.DayProfiles(ctx, app.Only(idsOf(rows)...), of, nil, func(p app.DayProfile) error {
		if batch[keys[p.ID]] = p; len(batch) == shownBatch {
			pass()
		}
		return nil
	})
	pass()
	return err
}

// took keeps some average days; those of a reading that was stopped are worth keeping.
func (c *cohortComponents) took(ctx context.Context, into map[string]app.DayProfile, done, total int, batch map[string]app.DayProfile) {
	for key, p := range batch {
		into[key] = p
	}
	if ctx.Err() == nil {
		c.state.busy(fmt.Sprintf("Reading days: %d of %s", done, count(total, "recording")), float64(done)/float64(total))
	}
}

func (c *cohortComponents) stop() {
	c.reader.drop()
	c.state.stopped(fmt.Sprintf("Stopped; %s left to read.", count(len(c.unread()), "recording")), "Go on")
}

// find works the components out.
func (c *cohortComponents) find() {
	profiles := make([]app.DayProfile, len(c.p.shown))
	for i, r := range c.p.shown {
		profiles[i] = c.profiles[app.MeasureKey(r)]
	}
	of, o := c.of, c.set.options()
	load(c.finder, func(context.Context) (app.DayComponents, error) { return app.ComponentsOf(profiles, of, o) }, c.show)
}

// show shows what was found, or why nothing was.
func (c *cohortComponents) show(found app.DayComponents, err error) {
	c.state.idle("")
	if err != nil {
		c.told.RemoveAll()
		c.put(quiet(errorWords(err)))
		return
	}
	c.found, c.rows = &found, found.UsedOf(c.p.shown)
	var names []string
	for k := range found.Curves {
		names = append(names, componentNumber(k+1))
	}
	for i, pick := range []*controls.Select{c.across, c.up} {
		if pick.Options = names; !slices.Contains(names, pick.Selected) {
			pick.Selected = names[min(i, len(names)-1)]
		}
		pick.Refresh()
	}
	c.put(c.both)
	c.figure.Renew()
	c.plot()
	c.tell()
}

func componentNumber(k int) string { return "component " + strconv.Itoa(k) }

func (c *cohortComponents) put(o fyne.CanvasObject) {
	c.body.Objects = []fyne.CanvasObject{o}
	c.body.Refresh()
}

// axes are the components that the points show, from 1.
func (c *cohortComponents) axes() (x, y int) {
	return c.across.SelectedIndex() + 1, c.up.SelectedIndex() + 1
}

// chart is the recordings of the points with their groups.
func (c *cohortComponents) chart() app.CohortChart {
	return app.CohortChart{Values: c.p.values, Rows: c.rows, By: c.p.groups(), Chosen: c.p.w.study.chosen}
}

// plot shows the scores.
func (c *cohortComponents) plot() {
	if c.found == nil {
		return
	}
	x, y := c.axes()
	chart, err := c.found.Scatter(c.chart(), x, y)
	if err != nil {
		return // the choices are those that there are
	}
	paint := chart.Color.Paint(len(chart.X))
	chosen, marked := c.p.w.study.amongPoints(c.rows)
	c.points.SetPoints(controls.Points{
		X: chart.X, Y: chart.Y, Marks: paint.Points, Selected: marked, Chosen: chosen, XTitle: chart.Axes[0], YTitle: chart.Axes[1],
	})
}

// paint draws the curves.
func (c *cohortComponents) paint(size controls.FigureSize) {
	if c.found == nil {
		return
	}
	chart := c.found.Chart()
	chart.Labels = plots.Labels{} // the page says it
	load(c.painter, func(context.Context) (drawnDistribution, error) {
		return drawnDistribution{picture: plots.Image(chart, size.Width, size.Height, size.Scale, size.Dark)}, nil
	}, func(drawn drawnDistribution, _ error) { c.figure.ShowPicture(drawn.picture) })
}

func (c *cohortComponents) showSelection() {
	if c.found != nil {
		chosen, marked := c.p.w.study.amongPoints(c.rows)
		c.points.Select(marked, chosen)
	}
}

func (c *cohortComponents) hovered(point int) {
	if c.found == nil || point < 0 || point >= len(c.rows) {
		c.p.explain()
		return
	}
	words := []string{c.p.who(c.rows[point])}
	for k, score := range c.found.Scores[point] {
		words = append(words, componentNumber(k+1)+" "+digits(score))
	}
	c.p.foot.SetText(dotted(words...))
}
