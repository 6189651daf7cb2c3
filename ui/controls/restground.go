package controls

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"circascope/ui/look"
)

// restGround is what a RestEditor draws over its actogram: a frame over each period,
// handles at the edges of the chosen one, and words beside the chosen edge.
type restGround struct {
	frames, handles rectangles
	plate           *canvas.Rectangle
	lines           []*look.Text
}

func newRestGround() *restGround {
	g := &restGround{plate: canvas.NewRectangle(color.Transparent)}
	g.plate.CornerRadius, g.plate.StrokeWidth = 3, 1
	return g
}

// Sizes of a handle.
const (
	handleWidth float32 = 8
	handleMost  float32 = 26
)

func (g *restGround) place(e *RestEditor) {
	g.frames.begin()
	g.handles.begin()
	g.plate.Hide()
	g.lines = nil
	for i, s := range e.view.Spans {
		chosen := i == e.view.Chosen
		for _, b := range e.Chart.boxes(s[0], s[1]) {
			g.frame(b, chosen)
			if !chosen {
				continue
			}
			if b.begins {
				g.edge(e, RestBegin, b.at, b.size.Height)
			}
			if b.ends {
				g.edge(e, RestEnd, b.at.AddXY(b.size.Width, 0), b.size.Height)
			}
		}
	}
	g.frames.end()
	g.handles.end()
}

// The frame of a period: a light line in a dark one stands out from any colour map, in
// either theme.
var (
	restLine = color.NRGBA{0xff, 0xff, 0xff, 0xff}
	restEdge = color.NRGBA{0, 0, 0, 0xb0}
)

func (g *restGround) frame(b box, chosen bool) {
	if chosen {
		g.rectangle(b, theme.Color(theme.ColorNameSelection), theme.Color(theme.ColorNamePrimary), 2)
		return
	}
	g.rectangle(b, color.Transparent, restEdge, 3)
	g.rectangle(box{at: b.at.AddXY(1, 1), size: b.size.SubtractWidthHeight(2, 2)}, color.Transparent, restLine, 1)
}

func (g *restGround) rectangle(b box, fill, stroke color.Color, width float32) {
	f := g.frames.next()
	f.FillColor, f.StrokeColor, f.StrokeWidth = fill, stroke, width
	f.Move(b.at)
	f.Resize(b.size)
}

// edge draws the handle of an edge of the chosen period, and the words beside the one
// that is chosen where it is shown first.
func (g *restGround) edge(e *RestEditor, edge RestPart, top fyne.Position, height float32) {
	if e.editing {
		h := g.handles.next()
		h.CornerRadius, h.StrokeWidth = 3, 2
		h.StrokeColor, h.FillColor = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNameBackground)
		long := min(height, handleMost)
		if edge == e.view.Edge {
			h.FillColor = theme.Color(theme.ColorNamePrimary)
			long = height
		}
		h.Move(top.AddXY(-handleWidth/2, (height-long)/2))
		h.Resize(fyne.NewSize(handleWidth, long))
	}
	if edge == e.view.Edge && !g.plate.Visible() {
		g.say(e, top, height)
	}
}

// say puts the words over the row of an edge, or under it where there is no room.
func (g *restGround) say(e *RestEditor, top fyne.Position, height float32) {
	if len(e.view.Words) == 0 {
		return
	}
	const pad = 6
	var size fyne.Size
	for i, words := range e.view.Words {
		role := look.Body
		if i == 0 {
			role = look.Strong
		}
		t := look.NewText(words, role)
		s := t.MinSize()
		t.Resize(s)
		t.Move(fyne.NewPos(0, size.Height))
		size = fyne.NewSize(max(size.Width, s.Width), size.Height+s.Height)
		g.lines = append(g.lines, t)
	}
	at := fyne.NewPos(top.X+handleWidth, top.Y-size.Height-2*pad)
	at.X = max(pad, min(at.X, e.Size().Width-size.Width-pad))
	if at.Y < pad {
		at.Y = top.Y + height + pad
	}
	for _, t := range g.lines {
		t.Move(t.Position().Add(at))
	}
	g.plate.FillColor, g.plate.StrokeColor = theme.Color(theme.ColorNameOverlayBackground), theme.Color(theme.ColorNamePrimary)
	g.plate.Move(at.SubtractXY(pad, pad/2))
	g.plate.Resize(size.AddWidthHeight(2*pad, pad))
	g.plate.Show()
}

func (g *restGround) objects() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, r := range g.frames.list {
		list = append(list, r)
	}
	for _, r := range g.handles.list {
		list = append(list, r)
	}
	list = append(list, g.plate)
	for _, t := range g.lines {
		list = append(list, t)
	}
	return list
}

// rectangles are drawn again and again: those of the last time are used first.
type rectangles struct {
	list []*canvas.Rectangle
	used int
}

func (r *rectangles) begin() { r.used = 0 }

func (r *rectangles) next() *canvas.Rectangle {
	if r.used == len(r.list) {
		r.list = append(r.list, canvas.NewRectangle(color.Transparent))
	}
	r.used++
	r.list[r.used-1].Show()
	return r.list[r.used-1]
}

// end hides those that were not used.
func (r *rectangles) end() {
	for _, left := range r.list[r.used:] {
		left.Hide()
	}
}
