package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Role is what a line of text is for; it gives its size, weight and colour.
type Role int

// The roles.
const (
	Body Role = iota
	Strong
	Muted
	Caption
	CaptionStrong
	Subheading
	Heading
	Mono
	Warning
	Failure
	Success
	Badge // on the demo ground
)

func (r Role) size() fyne.ThemeSizeName {
	switch r {
	case Caption, CaptionStrong, Badge:
		return theme.SizeNameCaptionText
	case Subheading:
		return theme.SizeNameSubHeadingText
	case Heading:
		return theme.SizeNameHeadingText
	default:
		return theme.SizeNameText
	}
}

func (r Role) color() fyne.ThemeColorName {
	switch r {
	case Muted, Caption:
		return ColorMuted
	case Warning:
		return theme.ColorNameWarning
	case Failure:
		return theme.ColorNameError
	case Success:
		return theme.ColorNameSuccess
	case Badge:
		return ColorDemoText
	default:
		return theme.ColorNameForeground
	}
}

func (r Role) style() fyne.TextStyle {
	switch r {
	case Strong, CaptionStrong, Subheading, Heading, Badge:
		return fyne.TextStyle{Bold: true}
	case Mono:
		return fyne.TextStyle{Monospace: true}
	default:
		return fyne.TextStyle{}
	}
}

// Text is a line without padding that follows the theme. It shortens itself with
// an ellipsis where it has less room than it needs, if Shorten is set.
type Text struct {
	widget.BaseWidget
	Shorten bool

	text  string
	role  Role
	align fyne.TextAlign
}

// NewText returns a line in a role.
func NewText(text string, role Role) *Text {
	t := &Text{text: text, role: role}
	t.ExtendBaseWidget(t)
	return t
}

// NewShortText returns a line that may be shortened.
func NewShortText(text string, role Role) *Text {
	t := NewText(text, role)
	t.Shorten = true
	return t
}

// Text returns what stands there in full.
func (t *Text) Text() string { return t.text }

// SetText changes the line; the same text costs nothing.
func (t *Text) SetText(text string) {
	if t.text == text {
		return
	}
	t.text = text
	t.Refresh()
}

// SetRole changes what the line is for.
func (t *Text) SetRole(role Role) {
	if t.role == role {
		return
	}
	t.role = role
	t.Refresh()
}

// Align places the line within its room.
func (t *Text) Align(align fyne.TextAlign) *Text {
	t.align = align
	return t
}

// CreateRenderer is for Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{text: t, line: canvas.NewText("", nil)}
	r.update()
	return r
}

type textRenderer struct {
	text *Text
	line *canvas.Text
	full fyne.Size
}

func (r *textRenderer) update() {
	r.line.Color = theme.Color(r.text.role.color())
	r.line.TextSize = theme.Size(r.text.role.size())
	r.line.TextStyle = r.text.role.style()
	r.line.Alignment = r.text.align
	r.full = fyne.MeasureText(r.text.text, r.line.TextSize, r.line.TextStyle)
	r.fit(r.text.Size().Width)
}

func (r *textRenderer) fit(width float32) {
	if r.text.Shorten {
		r.line.Text = Ellipsis(r.text.text, width, r.line.TextSize, r.line.TextStyle)
		return
	}
	r.line.Text = r.text.text
}

func (r *textRenderer) Layout(size fyne.Size) {
	r.fit(size.Width)
	r.line.Resize(size)
}

func (r *textRenderer) MinSize() fyne.Size {
	if r.text.Shorten {
		return fyne.NewSize(min(r.full.Width, XL), r.full.Height)
	}
	return r.full
}

func (r *textRenderer) Refresh() {
	r.update()
	r.line.Refresh()
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }
func (r *textRenderer) Destroy()                     {}
