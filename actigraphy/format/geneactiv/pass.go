package geneactiv

import (
	"bufio"
	"errors"
	"io"
	"math"
	"time"

	"circascope/actigraphy/format/internal/timeline"
	"circascope/actigraphy/raw"
)

// bufferSize is how much is read at a time, and the longest line.
const bufferSize = 256 << 10

// pass is one way through the pages of a file.
type pass struct {
	take    func(*raw.Block) bool // false ends the pass
	stopped bool

	scales *scales
	zone   *time.Location
	rate   float64 // of pages that state none
	stated int     // pages that the header announces

	line     timeline.Line
	block    raw.Block // reused
	sequence int       // of the page taken last
	out      leftOut
}

func newPass(s *source, take func(*raw.Block) bool) *pass {
	zone, ok := parseZone(s.head.get("Configuration Info", "Time Zone"))
	if !ok {
		zone = time.UTC
	}
	return &pass{
		line: timeline.Line{Unchecked: true},
		take: take, scales: s.scales, zone: zone, rate: s.head.rate(), stated: s.head.pages(),
		block: raw.Block{X: make([]float64, perPage), Y: make([]float64, perPage), Z: make([]float64, perPage)},
	}
}

// Read goes through a file until its end, or until nobody wants more.
func (p *pass) Read(content io.Reader) error {
	in := pages{r: bufio.NewReaderSize(content, bufferSize), zone: p.zone}
	for !p.stopped {
		g, err := in.next()
		p.out.torn = in.torn
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		p.page(&g)
	}
	return nil
}

// page yields one page as a block, or counts why not.
func (p *pass) page(g *page) {
	p.out.found++
	if g.rate == 0 {
		g.rate = p.rate
	}
	n := len(g.line) / digits
	partial := len(g.line) < perPage*digits && g.last
	if !g.timed || g.rate == 0 || len(g.line) != perPage*digits && !partial {
		p.out.broken++
		return
	}
	b := &p.block
	b.X, b.Y, b.Z = b.X[:n], b.Y[:n], b.Z[:n]
	d, ok := p.scales.decode(g.line, b.X, b.Y, b.Z)
	if !ok {
		p.out.broken++
		return
	}
	if p.line.Begun() && g.sequence == p.sequence && g.start.Before(p.line.End()) {
		p.out.repeated++
		return
	}
	next := p.line.Begun() && g.sequence == p.sequence+1
	if b.Start, b.Rate, ok = p.line.Place(g.start, n, g.rate, next); !ok {
		return
	}
	if partial {
		p.out.partial = n
	}
	p.sequence = g.sequence
	b.Temperature, b.Light, b.Marker = g.temperature, d.light/float64(n), d.marker
	p.stopped = !p.take(b)
}

// number reads a number of a page; NaN where it is none.
func number(text []byte) float64 {
	v, digits, scale := 0., 0, 0.
	negative := len(text) > 0 && text[0] == '-'
	if negative {
		text = text[1:]
	}
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9' && digits < 15:
			v, digits, scale = v*10+float64(c-'0'), digits+1, scale*10
		case c == '.' && scale == 0:
			scale = 1
		default:
			return math.NaN()
		}
	}
	if digits == 0 {
		return math.NaN()
	}
	if negative {
		v = -v
	}
	return v / max(scale, 1)
}
