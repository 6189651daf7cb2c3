package ui

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// cohortDistribution shows one field of the recordings that the table shows, by group.
type cohortDistribution struct {
	p       *cohortPage
	content fyne.CanvasObject
	body    *fyne.Container
	choices *fyne.Container
	of      *fieldChoice
	figure  *controls.Figure
	drawer  *loader

	chart   plots.Distribution
	members [][]int // places among the rows that are shown, by group and person
	spots   []plots.Spot
	scale   float64
}

func newCohortDistribution(p *cohortPage) *cohortDistribution {
	d := &cohortDistribution{p: p, body: container.NewStack(), figure: controls.NewFigure(), drawer: newLoader(p.w.tasks)}
	d.of = newFieldChoice(p, prefCohortX, "IS")
	d.choices = look.Row(look.S, d.of.labelled("Of")...)
	d.figure.OnDraw = d.paint
	d.figure.OnPoint = d.pointed
	d.figure.OnTap = func(x, y int) { p.choose(d.at(x, y)) }
	d.content = container.NewBorder(newLine(), nil, nil, nil, look.InsetBy(look.S, look.L, d.body))
	return d
}

func (d *cohortDistribution) offer() { d.of.offer() }

func (d *cohortDistribution) field() app.Field { return d.of.field() }

// draw shows the field of the rows that are shown.
func (d *cohortDistribution) draw() {
	d.spots, d.chart = nil, plots.Distribution{}
	if d.field().Name == "" {
		d.put(quiet("No column holds numbers. Choose some under Columns."))
		return
	}
	c := d.p.chart(d.field(), app.Field{})
	chart, _, err := c.Distribution()
	if err != nil {
		d.put(container.NewCenter(look.NewText(errorWords(err), look.Muted)))
		return
	}
	if d.members, err = c.Members(); err != nil {
		d.put(container.NewCenter(look.NewText(errorWords(err), look.Muted)))
		return
	}
	d.chart = chart
	d.chart.Labels = plots.Labels{} // the page says it
	d.put(d.figure)
	d.figure.Renew()
}

func (d *cohortDistribution) put(o fyne.CanvasObject) {
	if len(d.body.Objects) == 0 || d.body.Objects[0] != o {
		d.body.Objects = []fyne.CanvasObject{o}
		d.body.Refresh()
	}
}

// drawnDistribution is a picture and where the people are in it.
type drawnDistribution struct {
	picture *image.RGBA
	spots   []plots.Spot
}

func (d *cohortDistribution) paint(size controls.FigureSize) {
	chart := d.chart
	load(d.drawer, func(context.Context) (drawnDistribution, error) {
		return drawnDistribution{
			plots.Image(chart, size.Width, size.Height, size.Scale, size.Dark), chart.Spots(size.Width, size.Height, size.Scale),
		}, nil
	}, func(drawn drawnDistribution, _ error) {
		d.spots, d.scale = drawn.spots, size.Scale
		d.figure.ShowPicture(drawn.picture)
	})
}

// spotReach is how near the pointer must be to a person, in units of the window.
const spotReach = 9

// at returns the place of the nearest person among the rows that are shown, -1 for
// none.
func (d *cohortDistribution) at(x, y int) int {
	best, found := spotReach*d.scale*spotReach*d.scale, -1
	for _, s := range d.spots {
		dx, dy := s.X-float64(x), s.Y-float64(y)
		if near := dx*dx + dy*dy; near <= best {
			best, found = near, d.members[s.Group][s.Person]
		}
	}
	return found
}

func (d *cohortDistribution) pointed(x, y int) {
	if i := d.at(x, y); i >= 0 && i < len(d.p.shown) {
		d.p.foot.SetText(d.p.who(d.p.shown[i], d.field()))
		return
	}
	d.p.explain()
}
