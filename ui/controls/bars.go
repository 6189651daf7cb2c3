package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// Bars is a small chart of bars, a histogram or a series, with its two ends
// written under it.
type Bars struct {
	widget.BaseWidget
	counts []int
	mark   int // the bar that stands out; -1 for none
	bars   []*canvas.Rectangle
	line   *canvas.Rectangle
	lo, hi *look.Text
}

// NewBars returns an empty histogram.
func NewBars() *Bars {
	b := &Bars{mark: -1, line: canvas.NewRectangle(color.Transparent), lo: look.NewText("", look.Caption), hi: look.NewText("", look.Caption)}
	b.ExtendBaseWidget(b)
	return b
}

// SetCounts replaces the bars; lo and hi say what their ends are.
func (b *Bars) SetCounts(counts []int, lo, hi string) {
	b.counts = counts
	b.bars = b.bars[:min(len(b.bars), len(counts))]
	for len(b.bars) < len(counts) {
		b.bars = append(b.bars, canvas.NewRectangle(theme.Color(theme.ColorNamePrimary)))
	}
	b.lo.SetText(lo)
	b.hi.SetText(hi)
	b.Refresh()
}

// SetMark makes one bar stand out; -1 for none.
func (b *Bars) SetMark(bar int) {
	b.mark = bar
	b.Refresh()
}

// CreateRenderer is for Fyne.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer { return &barsRenderer{b} }

type barsRenderer struct{ b *Bars }

func (r *barsRenderer) Layout(size fyne.Size) {
	foot := r.b.lo.MinSize().Height + 2
	room := size.Height - foot - 1
	most := 1
	for _, c := range r.b.counts {
		most = max(most, c)
	}
	for i, bar := range r.b.bars {
		each := size.Width / float32(len(r.b.bars))
		height := room * float32(r.b.counts[i]) / float32(most)
		gap := min(2, each/3)
		bar.Move(fyne.NewPos(float32(i)*each+gap/2, room-height))
		bar.Resize(fyne.NewSize(each-gap, height))
	}
	r.b.line.Move(fyne.NewPos(0, room))
	r.b.line.Resize(fyne.NewSize(size.Width, 1))
	r.b.lo.Move(fyne.NewPos(0, room+2))
	r.b.lo.Resize(r.b.lo.MinSize())
	hi := r.b.hi.MinSize()
	r.b.hi.Move(fyne.NewPos(size.Width-hi.Width, room+2))
	r.b.hi.Resize(hi)
}

func (r *barsRenderer) MinSize() fyne.Size { return fyne.NewSize(180, 74) }

func (r *barsRenderer) Refresh() {
	r.b.line.FillColor = theme.Color(theme.ColorNameSeparator)
	for i, bar := range r.b.bars {
		bar.FillColor = theme.Color(theme.ColorNamePrimary)
		if r.b.mark >= 0 && i != r.b.mark {
			bar.FillColor = theme.Color(theme.ColorNameInputBorder)
		}
	}
	r.Layout(r.b.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *barsRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.b.line, r.b.lo, r.b.hi}
	for _, bar := range r.b.bars {
		objects = append(objects, bar)
	}
	return objects
}

func (r *barsRenderer) Destroy() {}
