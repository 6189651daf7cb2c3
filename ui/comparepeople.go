package ui

import (
	"context"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// allPairs is the choice of all sizes at once.
const allPairs = "All sizes"

// comparePeople lays the maps over each other and ranks the participants by how
// differently the sizes place them. One that is chosen is shown with their
// actogram.
type comparePeople struct {
	page    *compare
	pair    *controls.Segments
	points  *controls.Scatter
	table   *controls.Table
	hover   *look.Text
	chosen  *look.Text
	small   *controls.Actogram
	open    *widget.Button
	loader  *loader
	result  *app.Comparison // what is shown: the page's, or a pair of it; nil before
	subject string
}

func newComparePeople(page *compare) *comparePeople {
	v := &comparePeople{
		page: page, points: controls.NewScatter(), hover: look.NewShortText("", look.Body), chosen: look.NewShortText("", look.Strong),
		small: controls.NewActogram(true), loader: newLoader(page.w.tasks),
	}
	v.table = controls.NewTable([]controls.Column{
		{Title: "Participant", Width: 90, Stretch: 1},
		{Title: "Neighbours not shared", Width: 190, Align: fyne.TextAlignTrailing},
		{Title: "Shift", Width: 64, Align: fyne.TextAlignTrailing},
	})
	v.table.Cell = v.cell
	v.table.OnSelect = func(lead int, _ []int) { v.choose(lead) }
	v.table.OnOpen = func(int) { v.page.w.goTo(activityPlace) }
	v.points.OnHover = v.hovered
	v.points.OnTap = func(i int) { v.choose(v.rankOf(i)) }
	v.open = widget.NewButton("Open", func() {
		v.choose(v.rankOfSubject(v.subject))
		page.w.goTo(activityPlace)
	})
	return v
}

// shown is the comparison that the view is of.
func (v *comparePeople) shown() app.Comparison {
	if v.result == nil {
		return v.page.result
	}
	return *v.result
}

func (v *comparePeople) content() fyne.CanvasObject {
	pairs := v.page.result.Agreed.Pairs
	if len(pairs) == 0 {
		return controls.NewEmptyState(look.IconCompare, "One size only", "Run another size on the same recordings to see whom they place differently.",
			primaryButton("Run PAT ...", look.IconRun, v.page.w.showRun))
	}
	v.makePairs(pairs)
	v.show(v.pair.Chosen())
	keys := look.Row(look.M)
	for i, s := range v.page.result.Sizes {
		keys.Add(look.Row(look.XS, container.NewCenter(dot(plots.CategoryColor(i))), look.NewText("PAT-"+string(s.Model), look.Body)))
	}
	head := container.NewBorder(nil, nil, v.pair.Content, container.NewCenter(keys), look.InsetBy(6, look.M, v.hover))
	left := container.NewBorder(head, quiet("The maps after the best rotation and scaling. Point at a week to join its points; long lines are people whom the sizes place differently."), nil, nil, look.InsetBy(look.S, 0, v.points))
	picture := container.NewBorder(container.NewBorder(nil, nil, nil, v.open, v.chosen), nil, nil, nil, look.AtLeast(0, 190, v.small))
	right := look.AtLeast(372, 0, container.NewBorder(look.NewText("Placed most differently", look.Subheading), controls.NewCard(picture), nil, nil, v.table.Content))
	return container.NewBorder(nil, nil, nil, look.InsetBy(0, look.M, right), left)
}

// dot is the colour of a size.
func dot(c color.Color) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(10, 10), canvas.NewCircle(c))
}

// makePairs offers all sizes, and each pair where there is more than one.
func (v *comparePeople) makePairs(pairs []app.PairAgreement) {
	choices := []string{allPairs}
	if len(pairs) > 1 {
		for _, p := range pairs {
			choices = append(choices, p.Name())
		}
	}
	was := ""
	if v.pair != nil {
		was = v.pair.Chosen()
	}
	v.pair = controls.NewSegments(choices...)
	v.pair.Set(was)
	v.pair.OnChange = v.show
}

// show lays the sizes of a choice over each other.
func (v *comparePeople) show(choice string) {
	result := v.page.result
	for i, p := range result.Agreed.Pairs {
		if p.Name() != choice {
			continue
		}
		two, err := result.Pair(i)
		if err != nil {
			v.page.w.fail("Laying the maps over each other", err)
			return
		}
		result = two
	}
	v.result = &result
	v.points.SetPoints(v.layers(result))
	v.table.SetRows(len(result.Agreed.People))
	v.hovered(-1)
	v.mark(max(0, v.rankOfSubject(v.subject)))
}

// layers puts the points of all sizes into one scatter: those of the first size,
// then those of the next.
func (v *comparePeople) layers(c app.Comparison) controls.Points {
	points := controls.Points{Chosen: -1, XTitle: "PC1 of PAT-" + string(c.Sizes[0].Model), YTitle: "PC2 of PAT-" + string(c.Sizes[0].Model)}
	for _, s := range c.Sizes {
		x, y := columnsOf(s.Aligned)
		points.X, points.Y = append(points.X, x...), append(points.Y, y...)
		for range x {
			points.Marks = append(points.Marks, plots.MarkOf(v.colorOf(s)))
		}
	}
	points.Joined = func(at int) []int { return v.samePoints(at % c.Weeks) }
	return points
}

// colorOf gives a size the same colour in every pair.
func (v *comparePeople) colorOf(s app.ComparedSize) int {
	for i, of := range v.page.result.Sizes {
		if of.Model == s.Model {
			return i
		}
	}
	return 0
}

// samePoints returns the points of a week, one a size.
func (v *comparePeople) samePoints(week int) []int {
	c := v.shown()
	points := make([]int, len(c.Sizes))
	for k := range points {
		points[k] = k*c.Weeks + week
	}
	return points
}

func (v *comparePeople) cell(row, column int) controls.Cell {
	list := v.shown().Agreed.People
	if row >= len(list) {
		return controls.Cell{}
	}
	d := list[row]
	return controls.Cell{Text: [...]string{d.Subject, d.Neighbours.Percent(), d.Shift.Decimals()}[column]}
}

func (v *comparePeople) hovered(point int) {
	c := v.shown()
	if point < 0 || c.Weeks == 0 {
		v.hover.SetText("")
		return
	}
	r := c.Sizes[point/c.Weeks].Set.Results[point%c.Weeks]
	v.hover.SetText(fmt.Sprintf("%s   week from %s", r.Subject, weekFrom(r.WeekStart)))
}

// rankOf returns the row of the participant whose point it is.
func (v *comparePeople) rankOf(point int) int {
	c := v.shown()
	return v.rankOfSubject(c.Sizes[0].Set.Results[point%c.Weeks].Subject)
}

func (v *comparePeople) rankOfSubject(subject string) int {
	for i, d := range v.shown().Agreed.People {
		if d.Subject == subject {
			return i
		}
	}
	return -1
}

// choose makes a participant the one that the other pages show, too.
func (v *comparePeople) choose(row int) {
	v.mark(row)
	if list := v.shown().Agreed.People; row >= 0 && row < len(list) {
		v.page.w.study.choose(list[row].Recording)
	}
}

// mark marks a participant's points and shows their actogram.
func (v *comparePeople) mark(row int) {
	list := v.shown().Agreed.People
	if row < 0 || row >= len(list) {
		return
	}
	d := list[row]
	v.table.Select(row, row)
	var points []int
	for _, week := range d.Weeks {
		points = append(points, v.samePoints(week)...)
	}
	v.points.Select(points, points[0])
	if v.subject == d.Subject {
		return
	}
	v.subject = d.Subject
	v.chosen.SetText(d.Subject)
	load(v.loader, func(ctx context.Context) (plots.Actogram, error) { return readActogram(ctx, v.page.w.wb, d.Recording) },
		func(a plots.Actogram, err error) {
			if err != nil {
				v.page.w.fail("Reading the recording", err)
				return
			}
			v.small.SetChart(a)
		})
}
