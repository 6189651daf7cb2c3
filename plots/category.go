package plots

import "image/color"

// Okabe and Ito's colours tell apart for people with any colour vision (Okabe
// and Ito 2008, "Color Universal Design"). The order puts the pairs that differ
// most first and yellow, weak on white paper, last.
var okabeIto = [8]color.RGBA{
	{0x00, 0x72, 0xB2, 0xFF}, // blue
	{0xE6, 0x9F, 0x00, 0xFF}, // orange
	{0x00, 0x9E, 0x73, 0xFF}, // bluish green
	{0xD5, 0x5E, 0x00, 0xFF}, // vermillion
	{0xCC, 0x79, 0xA7, 0xFF}, // reddish purple
	{0x56, 0xB4, 0xE9, 0xFF}, // sky blue
	{0x59, 0x59, 0x59, 0xFF}, // grey for black, which is the ink
	{0xF0, 0xE4, 0x42, 0xFF}, // yellow
}

// CategoryColor returns the colour of the i-th category, counted from 0. After
// eight the colours come again: CategoryShape then tells them apart.
func CategoryColor(i int) color.RGBA { return okabeIto[i%len(okabeIto)] }

// Shape is the outline of a point.
type Shape uint8

// The shapes of points.
const (
	Disc Shape = iota
	Square
	Triangle
	Diamond
)

const shapes = 4

// MaxCategories is how many categories differ in colour or shape.
const MaxCategories = len(okabeIto) * shapes

// CategoryShape returns the shape of the i-th category: eight discs, eight
// squares, eight triangles, eight diamonds.
func CategoryShape(i int) Shape { return Shape(i / len(okabeIto) % shapes) }

// NoValueColor is the colour of points without a category or a number.
var NoValueColor = color.RGBA{0xA0, 0xA0, 0xA0, 0xFF}
