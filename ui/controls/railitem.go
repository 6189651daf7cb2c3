package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// The size of an item of the rail.
const (
	railWidth  float32 = 92
	railHeight float32 = 58
	railIcon   float32 = 22
)

// RailItem is one place of the navigation rail: an icon over a word.
type RailItem struct {
	widget.BaseWidget
	OnTapped func()

	on, hovered bool
	resource    fyne.Resource
	icon        *canvas.Image
	word        *look.Text
	ground, bar *canvas.Rectangle
}

// NewRailItem returns an item that is off.
func NewRailItem(icon fyne.Resource, word string, tapped func()) *RailItem {
	i := &RailItem{
		OnTapped: tapped, resource: icon, word: look.NewText(word, look.Caption).Align(fyne.TextAlignCenter),
		icon: canvas.NewImageFromResource(icon), ground: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent),
	}
	i.icon.FillMode = canvas.ImageFillContain
	i.ground.CornerRadius = 6
	i.ExtendBaseWidget(i)
	i.paint()
	return i
}

// SetOn marks the item as the place where the user is.
func (i *RailItem) SetOn(on bool) {
	i.on = on
	i.Refresh()
}

func (i *RailItem) paint() {
	i.ground.FillColor, i.bar.FillColor = color.Transparent, color.Transparent
	ink := look.ColorMuted
	if i.hovered {
		i.ground.FillColor = theme.Color(theme.ColorNameHover)
	}
	if i.on {
		ink = theme.ColorNamePrimary
		i.ground.FillColor = theme.Color(look.ColorMarked)
		i.bar.FillColor = theme.Color(theme.ColorNamePrimary)
	}
	i.icon.Resource = theme.NewColoredResource(i.resource, ink)
	role := look.Caption
	if i.on {
		role = look.CaptionStrong
	}
	i.word.SetRole(role)
}

// Refresh follows the theme and the state.
func (i *RailItem) Refresh() {
	i.paint()
	i.BaseWidget.Refresh()
}

// Tapped goes there.
func (i *RailItem) Tapped(*fyne.PointEvent) { i.OnTapped() }

// MouseIn marks the item under the pointer.
func (i *RailItem) MouseIn(*desktop.MouseEvent) { i.hovered = true; i.Refresh() }

// MouseMoved is for Fyne.
func (i *RailItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (i *RailItem) MouseOut() { i.hovered = false; i.Refresh() }

// CreateRenderer is for Fyne.
func (i *RailItem) CreateRenderer() fyne.WidgetRenderer { return &railRenderer{i} }

type railRenderer struct{ item *RailItem }

func (r *railRenderer) Layout(size fyne.Size) {
	i := r.item
	i.ground.Move(fyne.NewPos(look.XS, 2))
	i.ground.Resize(fyne.NewSize(size.Width-2*look.XS, size.Height-4))
	i.bar.Move(fyne.NewPos(0, look.M))
	i.bar.Resize(fyne.NewSize(3, size.Height-2*look.M))
	i.icon.Move(fyne.NewPos((size.Width-railIcon)/2, 9))
	i.icon.Resize(fyne.NewSize(railIcon, railIcon))
	word := i.word.MinSize()
	i.word.Move(fyne.NewPos(0, 9+railIcon+look.XS))
	i.word.Resize(fyne.NewSize(size.Width, word.Height))
}

func (r *railRenderer) MinSize() fyne.Size { return fyne.NewSize(railWidth, railHeight) }

func (r *railRenderer) Refresh() {
	r.item.ground.Refresh()
	r.item.bar.Refresh()
	r.item.icon.Refresh()
	r.item.word.Refresh()
}

func (r *railRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.item.ground, r.item.bar, r.item.icon, r.item.word}
}

func (r *railRenderer) Destroy() {}
