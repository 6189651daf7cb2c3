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
	if !o.Visible() {
		return nil
	}
	var children []fyne.CanvasObject
	switch v := o.(type) {
	case *canvas.Text:
		return []string{v.Text}
	case *fyne.Container:
		children = v.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(v).Objects()
	}
	var lines []string
	for _, c := range children {
		lines = append(lines, linesOf(c)...)
	}
	return lines
}
