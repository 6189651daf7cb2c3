package plots

import (
	"image"
	"image/color"
)

// colorBar is a colour scale with its ticks and name.
type colorBar struct {
	colors *ColorMap
	norm   func(v float64) float64 // 0 to 1 along the bar
	ticks  []tick
	name   string
	more   bool    // values beyond the upper end have its colour
	room   float64 // for the name, where it may be wider than the bar
}

// barHeight is the thickness of a colour bar over the em.
const barHeight = 0.8

// horizontalBarHeight is the room a horizontal bar takes, over the em.
const horizontalBarHeight = capHeight + gap + barHeight + tickLength + gap + tickSize

// horizontal draws the name, the bar and the ticks within a width, from the top
// of r downwards.
func (b colorBar) horizontal(p *page, r rect) {
	p.put(shorten(clean(b.name), max(b.room, r.width()), p.em, false), xy{r.x0, r.y1 - capHeight*p.em}, label{})
	top := r.y1 - (capHeight+gap+descent*0.5)*p.em
	bar := rect{r.x0, top - barHeight*p.em, r.x1, top}
	p.raster(bar, func(w, h int) *image.RGBA {
		return gradient(w, h, func(x, _ int) color.RGBA { return b.colors.At((float64(x) + 0.5) / float64(w)) })
	})
	p.stroke(bar.path(), line{color: p.ink, width: hairline * p.em})
	y := bar.y0 - (tickLength+gap*0.6+tickSize*capHeight)*p.em
	free := r.x0 - p.em
	for _, t := range b.ticks {
		x := bar.x0 + bar.width()*b.norm(t.at)
		p.rule(xy{x, bar.y0}, xy{x, bar.y0 - tickLength*p.em}, p.axisLine())
		half := textWidth(t.label, tickSize*p.em, false) / 2
		if x-half < free {
			continue // no room between its neighbours
		}
		p.put(t.label, xy{x, y}, label{size: tickSize * p.em, h: 0.5})
		free = x + half + 0.5*p.em
	}
	if b.more {
		at := xy{bar.x1, bar.y0 - (tickLength+gap*0.6+tickSize*capHeight)*p.em}
		if words := "and more"; at.x-textWidth(words, tickSize*p.em, false) > free {
			p.put(words, at, label{size: tickSize * p.em, h: 1, color: &p.muted})
		}
	}
}

// verticalWidth is the room a vertical bar takes.
func (b colorBar) verticalWidth(p *page) float64 {
	w := 0.0
	for _, t := range b.ticks {
		w = max(w, textWidth(t.label, tickSize*p.em, false))
	}
	return w + (barHeight+tickLength+gap+1+gap)*p.em
}

// vertical draws the bar along the height of r, its ticks and name to the right.
func (b colorBar) vertical(p *page, r rect) {
	bar := rect{r.x0, r.y0, r.x0 + barHeight*p.em, r.y1}
	p.raster(bar, func(w, h int) *image.RGBA {
		return gradient(w, h, func(_, y int) color.RGBA { return b.colors.At(1 - (float64(y)+0.5)/float64(h)) })
	})
	p.stroke(bar.path(), line{color: p.ink, width: hairline * p.em})
	widest := 0.0
	for _, t := range b.ticks {
		y := bar.y0 + bar.height()*b.norm(t.at)
		p.rule(xy{bar.x1, y}, xy{bar.x1 + tickLength*p.em, y}, p.axisLine())
		p.put(t.label, xy{bar.x1 + (tickLength+gap*0.6)*p.em, y}, label{size: tickSize * p.em, v: 0.5})
		widest = max(widest, textWidth(t.label, tickSize*p.em, false))
	}
	x := bar.x1 + (tickLength+gap+gap+capHeight)*p.em + widest
	name := shorten(clean(b.name), r.height(), p.em, false)
	p.put(name, xy{x, (r.y0 + r.y1) / 2}, label{h: 0.5, angle: quarterTurn})
}

func gradient(w, h int, at func(x, y int) color.RGBA) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, at(x, y))
		}
	}
	return img
}

// boxed draws a box that is filled by a function, and what it means, and returns
// where the words end.
func (p *page) boxed(at xy, words string, fill func(rect)) float64 {
	box := rect{at.x, at.y, at.x + swatchWidth*p.em, at.y + barHeight*p.em}
	fill(box)
	p.stroke(box.path(), line{color: p.ink, width: hairline * p.em})
	x := box.x1 + gap*p.em
	p.put(words, xy{x, at.y + barHeight*p.em/2}, label{size: tickSize * p.em, v: 0.5})
	return x + textWidth(words, tickSize*p.em, false)
}

// swatchWidth is the width of a box of a legend, over the em.
const swatchWidth = 1.6

// marked fills a rectangle as cells that the clock skipped or showed twice.
func (p *page) marked(r rect, kind ClockMarkKind) {
	m := DayMatrix{Labels: []string{""}, Columns: 1, Values: []float64{0}, To: 1, Marks: []ClockMark{{kind, 0, 1}}}
	p.raster(r, func(w, h int) *image.RGBA {
		var raster HeatmapRaster
		return raster.Draw(m, w, h, HeatmapView{Days: 1, Scale: Scale{Max: 1}, Dark: p.dark, Dot: p.dot()})
	})
}

// hatched fills a rectangle with the pattern for missing data.
func (p *page) hatched(r rect) {
	dot := p.dot()
	p.raster(r, func(w, h int) *image.RGBA {
		return gradient(w, h, func(x, y int) color.RGBA { return hatch(x, y, dot, p.dark) })
	})
}

// dot returns how many pixels make a line of the em's weight.
func (p *page) dot() int { return max(1, round(hairline*1.5*p.em/p.pixel())) }

// key is one entry of a legend of points or lines.
type key struct {
	name  string
	color color.NRGBA
	shape Shape
	line  *line // drawn instead of a point
	long  bool  // the name may take a whole row
}

// keyRows lays keys out in rows of a width and calls place with each entry's
// place; it returns the height of the rows.
func (p *page) keyRows(keys []key, width float64, place func(k key, name string, x, y float64)) float64 {
	size := tickSize * p.em
	x, y := 0.0, 0.0
	for _, k := range keys {
		mark := p.markWidth(k)
		room := width - mark
		if k.line == nil && !k.long {
			room = min(room, 16*p.em)
		}
		name := shorten(clean(k.name), room, size, false)
		w := mark + textWidth(name, size, false)
		if x > 0 && x+w > width {
			x, y = 0, y+lineHeight*p.em
		}
		if place != nil {
			place(k, name, x, y)
		}
		x += w + 1.1*p.em
	}
	if len(keys) == 0 {
		return 0
	}
	return y + lineHeight*p.em
}

func (p *page) markWidth(k key) float64 {
	if k.line != nil {
		return 2.1 * p.em
	}
	return 0.95 * p.em
}

// keys draws a legend at the top of an area and returns the area below it.
func (p *page) keys(keys []key, area rect) rect {
	if len(keys) == 0 {
		return area
	}
	size := tickSize * p.em
	h := p.keyRows(keys, area.width(), func(k key, name string, x, y float64) {
		x += area.x0
		middle := area.y1 - y - 0.5*lineHeight*p.em
		if k.line != nil {
			p.rule(xy{x, middle}, xy{x + 1.6*p.em, middle}, *k.line)
		} else {
			p.fill(marker(k.shape, xy{x + 0.4*p.em, middle}, 0.32*p.em), k.color)
		}
		p.put(name, xy{x + p.markWidth(k), middle}, label{size: size, v: 0.5})
	})
	area.y1 -= h + gap*p.em
	return area
}
