package plots

import (
	"image"
	"image/color"

	"gonum.org/v1/plot/vg"
)

// Spot is where a person is drawn.
type Spot struct {
	Group, Person int     // in the groups, and in the group's values
	X, Y          float64 // pixels from the upper left corner
}

// Spots returns where Image draws each person that has a value, in a picture of the
// same size. In a row with a density a person lies where its point would.
func (d Distribution) Spots(w, h int, scale float64) []Spot {
	dots := ptPerInch / (screenDPI * scale) // points of a pixel
	f := &spotFinder{Distribution: d, dot: dots, height: float64(h)}
	drawPage(blindSurface(dots), f, Screen(), float64(w)*dots, float64(h)*dots)
	return f.spots
}

// spotFinder notes where people are in place of drawing them.
type spotFinder struct {
	Distribution
	dot, height float64
	spots       []Spot
}

func (f *spotFinder) draw(p *page, area rect) {
	rows := f.rows()
	pn, _, ok := f.panel(p, area, rows)
	if !ok {
		return
	}
	for i, r := range rows {
		middle, height := f.place(pn, i)
		for k := range r.sorted {
			at := r.spot(pn, middle, groupShare*height/2, k)
			f.spots = append(f.spots, Spot{i, r.persons[k], at.x / f.dot, f.height - at.y/f.dot})
		}
	}
}

// blindSurface draws nothing; it is the size of its pixels.
type blindSurface float64

func (blindSurface) fill(vg.Path, color.NRGBA)               {}
func (blindSurface) stroke(vg.Path, line)                    {}
func (blindSurface) text(text)                               {}
func (blindSurface) raster(rect, func(w, h int) *image.RGBA) {}
func (s blindSurface) pixel() float64                        { return float64(s) }
