package controls

import "fyne.io/fyne/v2"

// Column is one column of a Table.
type Column struct {
	Title   string
	Note    string  // a second line below the title, of the second rank
	Width   float32 // the least it gets
	Stretch float32 // its part of the room that is left, relative to the other columns
	Align   fyne.TextAlign
	Mono    bool
	Spread  bool // its cells may hold a Spread
}

// cellPad is the room left and right of a cell's text.
const cellPad float32 = 8

// span is where a column lies.
type span struct{ x, width float32 }

// spans shares out width. Where it is too little, every column shrinks alike.
func spans(columns []Column, width float32) []span {
	var fixed, stretch float32
	for _, c := range columns {
		fixed += c.Width
		stretch += c.Stretch
	}
	shrink, extra := float32(1), width-fixed
	if extra < 0 && fixed > 0 {
		shrink, extra = width/fixed, 0
	}
	list := make([]span, len(columns))
	x := float32(0)
	for i, c := range columns {
		w := c.Width * shrink
		if stretch > 0 {
			w += extra * c.Stretch / stretch
		}
		list[i] = span{x, w}
		x += w
	}
	return list
}
