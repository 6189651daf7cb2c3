package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// textOf returns every text drawn by an object, hidden parts left out.
func textOf(o fyne.CanvasObject) string {
	var b strings.Builder
	for _, line := range linesOf(o) {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String()
}

func linesOf(o fyne.CanvasObject) []string {
	var lines []string
	visit(o, func(o fyne.CanvasObject) {
		if text, ok := o.(*canvas.Text); ok {
			lines = append(lines, text.Text)
		}
	})
	return lines
}

// visit calls f with an object and all that is in it, hidden parts left out.
func visit(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	f(o)
	switch v := o.(type) {
	case *fyne.Container:
		for _, c := range v.Objects {
			visit(c, f)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(v).Objects() {
			visit(c, f)
		}
	}
}
