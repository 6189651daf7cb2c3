package look

import (
	"sort"

	"fyne.io/fyne/v2"
)

// Ellipsis returns text, cut and ended with "…" where it is wider than width.
func Ellipsis(text string, width, size float32, style fyne.TextStyle) string {
	if text == "" || fyne.MeasureText(text, size, style).Width <= width {
		return text
	}
	runes := []rune(text)
	cut := func(n int) string { return string(runes[:n]) + "…" }
	tooWide := func(n int) bool { return fyne.MeasureText(cut(n), size, style).Width > width }
	n := sort.Search(len(runes), tooWide)
	if n == 0 {
		return ""
	}
	return cut(n - 1)
}
