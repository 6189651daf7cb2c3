package controls

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"circascope/ui/look"
)

// Distances of an actogram.
const (
	dayGutter    float32 = 108 // room for the names of the days
	dayLeast     float32 = 9   // least height of a day
	dayMost      float32 = 76
	stripHeight  float32 = 54
	hourHeight   float32 = 20
	labelSpacing float32 = 15
	hourGap      float32 = 2
	partWidth    float32 = 4
)

// shownRows returns how many days fit.
func (a *Actogram) shownRows() int {
	rows := a.chart.Activity.Rows()
	return max(1, min(rows, int(a.heatRoom()/dayLeast)))
}

// heatRoom is the height left for the heatmap.
func (a *Actogram) heatRoom() float32 {
	return max(dayLeast, a.Size().Height-hourHeight-float32(a.strips())*(stripHeight+look.S))
}

func (a *Actogram) strips() int {
	switch {
	case a.compact:
		return 0
	case a.lit() && a.averaged():
		return 2
	case a.lit() || a.averaged():
		return 1
	default:
		return 0
	}
}

func (a *Actogram) averaged() bool { return !a.compact && !a.chart.NoAverage }

// bottom is where the last strip ends; the hours stand under it.
func (a *Actogram) bottom() float32 {
	return a.raster.Position().Y + a.raster.Size().Height + float32(a.strips())*(stripHeight+look.S)
}

// CreateRenderer is for Fyne.
func (a *Actogram) CreateRenderer() fyne.WidgetRenderer { return &actogramRenderer{a} }

type actogramRenderer struct{ a *Actogram }

func (r *actogramRenderer) gutter() float32 {
	if r.a.compact {
		return dayGutter - 4
	}
	return dayGutter
}

func (r *actogramRenderer) Layout(size fyne.Size) {
	a := r.a
	width := max(1, size.Width-r.gutter()-look.M)
	height := min(a.heatRoom(), float32(a.shownRows())*dayMost)
	a.first = max(0, min(a.first, a.chart.Activity.Rows()-a.shownRows())) // more days may fit than before
	a.raster.Move(fyne.NewPos(r.gutter(), 0))
	a.raster.Resize(fyne.NewSize(width, height))
	y := height + look.S
	for i, s := range []*strip{a.activity, a.light} {
		shown := []bool{a.averaged(), a.lit()}[i]
		s.raster.Hidden, a.names[i].Hidden = !shown, !shown
		if !shown {
			continue
		}
		s.raster.Move(fyne.NewPos(r.gutter(), y))
		s.raster.Resize(fyne.NewSize(width, stripHeight))
		r.right(a.names[i], y+stripHeight/2)
		y += stripHeight + look.S
	}
	r.placeWindows(width)
	r.placePart(r.gutter()+width, height)
	r.placeDays(height)
	r.placeHours(width)
}

// placePart marks beside the heatmap which part of the days it shows.
func (r *actogramRenderer) placePart(x, height float32) {
	a := r.a
	rows, shown := a.chart.Activity.Rows(), a.shownRows()
	a.part.Hidden = shown >= rows
	if a.part.Hidden {
		return
	}
	each := height / float32(rows)
	a.part.Move(fyne.NewPos(x+(look.M-partWidth)/2, float32(a.first)*each))
	a.part.Resize(fyne.NewSize(partWidth, float32(shown)*each))
}

// placeWindows names the windows of the day on the average day, where there is room.
func (r *actogramRenderer) placeWindows(width float32) {
	a := r.a
	a.windows = a.windows[:0]
	if !a.averaged() || a.chart.Activity.Rows() == 0 {
		return
	}
	hour := width / float32(24*max(1, a.view.Days))
	for _, w := range a.chart.Windows {
		from, to := float32(w.From), min(24, float32(w.From+w.Hours))
		if over := float32(w.From+w.Hours) - 24; over > to-from {
			from, to = 0, over // the longer part of one that reaches over midnight
		}
		t := look.NewText(w.Name, look.CaptionStrong)
		s := t.MinSize()
		if s.Width > (to-from)*hour {
			continue
		}
		t.Resize(s)
		t.Move(a.activity.raster.Position().AddXY((from+to)/2*hour-s.Width/2, 0))
		a.windows = append(a.windows, t)
	}
}

// right places a line at the right end of the gutter, centred at y.
func (r *actogramRenderer) right(t *look.Text, y float32) {
	s := t.MinSize()
	t.Resize(s)
	t.Move(fyne.NewPos(r.gutter()-look.S-s.Width, y-s.Height/2))
}

// placeDays names every day, or every few where they are close.
func (r *actogramRenderer) placeDays(height float32) {
	a := r.a
	a.days = a.days[:0]
	if a.chart.Activity.Rows() == 0 {
		return
	}
	shown := a.shownRows()
	each := height / float32(shown)
	every := 1
	for each*float32(every) < labelSpacing {
		every++
	}
	for i := 0; i < shown; i += every {
		t := look.NewText(a.chart.DayLabel(a.first+i), look.Caption)
		r.right(t, (float32(i)+0.5)*each)
		a.days = append(a.days, t)
	}
}

// placeHours marks the hours under everything.
func (r *actogramRenderer) placeHours(width float32) {
	a := r.a
	a.hours = a.hours[:0]
	if a.chart.Activity.Rows() == 0 {
		return
	}
	total := 24 * max(1, a.view.Days)
	every := 3
	for width*float32(every)/float32(total) < 34 {
		every *= 2
	}
	for h := 0; h <= total; h += every {
		t := look.NewText(fmt.Sprintf("%02d", h%24), look.Caption)
		s := t.MinSize()
		t.Resize(s)
		x := r.gutter() + width*float32(h)/float32(total) - s.Width/2
		t.Move(fyne.NewPos(x, a.bottom()+hourGap))
		a.hours = append(a.hours, t)
	}
}

func (r *actogramRenderer) MinSize() fyne.Size {
	if r.a.compact {
		return fyne.NewSize(240, 150)
	}
	return fyne.NewSize(420, 260)
}

func (r *actogramRenderer) Refresh() {
	r.Layout(r.a.Size())
	r.a.cursor.StrokeColor = theme.Color(theme.ColorNameForeground)
	r.a.part.FillColor = theme.Color(theme.ColorNameScrollBar)
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *actogramRenderer) Objects() []fyne.CanvasObject {
	a := r.a
	objects := []fyne.CanvasObject{a.raster, a.activity.raster, a.light.raster, a.names[0], a.names[1]}
	for _, t := range slices.Concat(a.days, a.hours, a.windows) {
		objects = append(objects, t)
	}
	return append(objects, a.part, a.cursor)
}

func (r *actogramRenderer) Destroy() {}
