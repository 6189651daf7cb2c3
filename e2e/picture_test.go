//go:build e2e

package e2e

import (
	"image"
	"image/color"
)

// share returns the part of the pixels, 0 to 1, in which two pictures differ.
func share(a, b *image.RGBA) float64 {
	differ := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if [4]byte(a.Pix[i:i+4]) != [4]byte(b.Pix[i:i+4]) {
			differ++
		}
	}
	return float64(differ) / float64(len(a.Pix)/4)
}

// colours counts the different colours of a picture.
func colours(p *image.RGBA) int {
	seen := map[[4]byte]bool{}
	for i := 0; i < len(p.Pix); i += 4 {
		seen[[4]byte(p.Pix[i:i+4])] = true
	}
	return len(seen)
}

// vivid reports whether a colour is far from grey: text and frames are grey.
func vivid(c color.RGBA) bool { return max(c.R, c.G, c.B)-min(c.R, c.G, c.B) > 60 }

// brightButton finds the button that a page offers first: of all rows of one vivid
// colour the widest. It returns a point on it.
func brightButton(p *image.RGBA) (at image.Point, width int) {
	for y := range p.Rect.Dy() {
		run := 0
		for x := range p.Rect.Dx() {
			c := p.RGBAAt(x, y)
			switch {
			case !vivid(c):
				run = 0
			case run > 0 && c == p.RGBAAt(x-1, y):
				run++
			default:
				run = 1
			}
			if run > width {
				width, at = run, image.Pt(x-run/2, y+2)
			}
		}
	}
	return at, width
}

// dots counts the vivid spots inside a rectangle that are as large as a point of a
// projection.
func dots(p *image.RGBA, in image.Rectangle) int {
	seen := map[image.Point]bool{}
	n := 0
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if area := spot(p, in, seen, image.Pt(x, y)); area >= 30 && area <= 300 {
				n++
			}
		}
	}
	return n
}

// spot returns the number of vivid pixels that hang together with the one at
// start, and marks them as seen.
func spot(p *image.RGBA, in image.Rectangle, seen map[image.Point]bool, start image.Point) int {
	area := 0
	for todo := []image.Point{start}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !at.In(in) || seen[at] || !vivid(p.RGBAAt(at.X, at.Y)) {
			continue
		}
		seen[at] = true
		area++
		todo = append(todo, at.Add(image.Pt(1, 0)), at.Sub(image.Pt(1, 0)), at.Add(image.Pt(0, 1)), at.Sub(image.Pt(0, 1)))
	}
	return area
}
