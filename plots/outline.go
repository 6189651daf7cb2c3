package plots

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
	"gonum.org/v1/plot/vg"
)

// The faces are Liberation Sans, whose widths are those of Arial and Helvetica.
var (
	regular = newFace(liberationsansregular.TTF)
	bold    = newFace(liberationsansbold.TTF)
)

// Heights of Liberation Sans over the font size.
const (
	capHeight = 0.688
	ascent    = 0.905
	descent   = 0.212
)

// face is a font whose glyphs are taken as outlines, which every format draws
// alike and which need no font on the reader's machine. A rune without a glyph
// is drawn as the font's empty box.
type face struct {
	font *sfnt.Font
	em   float64

	mu     sync.Mutex
	buf    sfnt.Buffer
	glyphs map[rune]glyph
	kerns  map[[2]sfnt.GlyphIndex]float64
}

// glyph is an outline in units of the em, y upwards.
type glyph struct {
	index    sfnt.GlyphIndex
	advance  float64
	segments sfnt.Segments
}

func newFace(ttf []byte) *face {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic(fmt.Sprintf("plots: the font that is compiled in does not parse: %v", err))
	}
	return &face{
		font: f, em: float64(f.UnitsPerEm()),
		glyphs: make(map[rune]glyph), kerns: make(map[[2]sfnt.GlyphIndex]float64),
	}
}

func faceOf(isBold bool) *face {
	if isBold {
		return bold
	}
	return regular
}

// glyph returns the outline of a rune. The caller holds the lock.
func (f *face) glyph(r rune) glyph {
	if g, ok := f.glyphs[r]; ok {
		return g
	}
	ppem := fixed.Int26_6(f.em)
	index, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil {
		index = 0
	}
	g := glyph{index: index}
	if segments, err := f.font.LoadGlyph(&f.buf, index, ppem, nil); err == nil {
		g.segments = append(sfnt.Segments(nil), segments...) // the buffer is used again
	}
	if advance, err := f.font.GlyphAdvance(&f.buf, index, ppem, font.HintingNone); err == nil {
		g.advance = float64(advance)
	}
	f.glyphs[r] = g
	return g
}

// kern returns the correction between two glyphs. The caller holds the lock.
func (f *face) kern(a, b sfnt.GlyphIndex) float64 {
	key := [2]sfnt.GlyphIndex{a, b}
	if k, ok := f.kerns[key]; ok {
		return k
	}
	k, err := f.font.Kern(&f.buf, a, b, fixed.Int26_6(f.em), font.HintingNone)
	if err != nil {
		k = 0 // the pair has no entry
	}
	f.kerns[key] = float64(k)
	return float64(k)
}

// walk calls visit for every glyph with its distance from the start in em units,
// and returns the whole advance.
func (f *face) walk(s string, visit func(g glyph, x float64)) float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	x := 0.0
	var last sfnt.GlyphIndex
	for i, r := range s {
		g := f.glyph(r)
		if i > 0 {
			x += f.kern(last, g.index)
		}
		visit(g, x)
		x += g.advance
		last = g.index
	}
	return x
}

// textWidth returns the width of a line of text in points.
func textWidth(s string, size float64, isBold bool) float64 {
	f := faceOf(isBold)
	return f.walk(s, func(glyph, float64) {}) * size / f.em
}

// outline returns the text as a path. Quadratic curves become cubic ones, the
// only ones that PDF has.
func (t text) outline() vg.Path {
	f := faceOf(t.bold)
	scale := t.size / f.em
	sin, cos := math.Sincos(t.angle)
	var path vg.Path
	f.walk(t.s, func(g glyph, x0 float64) {
		place := func(p fixed.Point26_6) vg.Point {
			x, y := (x0+float64(p.X))*scale, -float64(p.Y)*scale
			return xy{t.at.x + x*cos - y*sin, t.at.y + x*sin + y*cos}.vg()
		}
		path = appendGlyph(path, g.segments, place)
	})
	return path
}

func appendGlyph(path vg.Path, segments sfnt.Segments, place func(fixed.Point26_6) vg.Point) vg.Path {
	var at vg.Point
	for i, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				path.Close()
			}
			at = place(s.Args[0])
			path.Move(at)
		case sfnt.SegmentOpLineTo:
			at = place(s.Args[0])
			path.Line(at)
		case sfnt.SegmentOpQuadTo:
			q, end := place(s.Args[0]), place(s.Args[1])
			path.CubeTo(twoThirds(at, q), twoThirds(end, q), end)
			at = end
		case sfnt.SegmentOpCubeTo:
			at = place(s.Args[2])
			path.CubeTo(place(s.Args[0]), place(s.Args[1]), at)
		}
	}
	if len(segments) > 0 {
		path.Close()
	}
	return path
}

// twoThirds returns the point two thirds of the way from a to b.
func twoThirds(a, b vg.Point) vg.Point {
	return vg.Point{X: a.X + (b.X-a.X)*2/3, Y: a.Y + (b.Y-a.Y)*2/3}
}

// clean makes text from a file fit to draw: valid UTF-8, accents composed,
// control characters and line breaks as spaces.
func clean(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r): // marks of direction and joining have no picture
			return -1
		default:
			return r
		}
	}, s)
}

// shorten cuts text with an ellipsis where it is wider than width points.
func shorten(s string, width, size float64, isBold bool) string {
	if textWidth(s, size, isBold) <= width {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes) // the longest prefix that fits
	for low < high {
		mid := (low + high + 1) / 2
		if textWidth(strings.TrimRight(string(runes[:mid]), " ")+"…", size, isBold) <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 {
		return "…"
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}

// wrap breaks text into lines no wider than width points, and shortens a word
// that is wider alone.
func wrap(s string, width, size float64) []string {
	var lines []string
	current := ""
	for _, word := range strings.Fields(s) {
		word = shorten(word, width, size, false)
		switch {
		case current == "":
			current = word
		case textWidth(current+" "+word, size, false) <= width:
			current += " " + word
		default:
			lines = append(lines, current)
			current = word
		}
	}
	if current != "" {
		lines = append(lines, current)
	}
	return lines
}
