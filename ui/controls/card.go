package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// Surface is a ground that follows the theme, with content on it.
type Surface struct {
	widget.BaseWidget
	content fyne.CanvasObject
	ground  *canvas.Rectangle
	fill    fyne.ThemeColorName
	border  fyne.ThemeColorName
}

// NewSurface puts content on a ground of that colour; border may be "".
func NewSurface(fill, border fyne.ThemeColorName, radius float32, content fyne.CanvasObject) *Surface {
	s := &Surface{content: content, ground: canvas.NewRectangle(color.Transparent), fill: fill, border: border}
	s.ground.CornerRadius = radius
	s.paint()
	s.ExtendBaseWidget(s)
	return s
}

// NewCard puts content on a raised ground with room around it.
func NewCard(content fyne.CanvasObject) *Surface {
	return NewSurface(look.ColorCard, theme.ColorNameSeparator, 6, look.Inset(look.M, content))
}

func (s *Surface) paint() {
	s.ground.FillColor = theme.Color(s.fill)
	if s.border != "" {
		s.ground.StrokeColor, s.ground.StrokeWidth = theme.Color(s.border), 1
	}
}

// Refresh follows the theme.
func (s *Surface) Refresh() {
	s.paint()
	s.BaseWidget.Refresh()
}

// CreateRenderer is for Fyne.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(s.ground, s.content))
}

// NewBadge returns a short word on a coloured ground.
func NewBadge(text string) *Surface {
	return NewSurface(look.ColorDemo, "", 9, look.InsetBy(2, look.S, look.NewText(text, look.Badge)))
}
