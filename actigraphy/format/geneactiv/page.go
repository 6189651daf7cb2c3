package geneactiv

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"time"
)

// firstOfPage is the line that a page begins with.
const firstOfPage = "Recorded Data"

// page is what stands before the samples of a page, and their line.
type page struct {
	sequence    int // -1 where none is stated
	start       time.Time
	timed       bool
	temperature float64
	rate        float64 // 0 where none is stated
	line        []byte  // valid until the next page is read
	last        bool    // nothing follows: the line may be cut off
}

// pages reads pages one after another.
type pages struct {
	r    *bufio.Reader
	zone *time.Location
	open bool // the first line of a page was read
	torn int  // pages without samples, and lines too long for any
}

// next finds the next page with a line of samples. It returns io.EOF after the
// last one.
func (p *pages) next() (page, error) {
	for {
		if err := p.find(); err != nil {
			return page{}, err
		}
		got, ok, err := p.fields()
		if err != nil || ok {
			return got, err
		}
		p.torn++
	}
}

// find reads until the first line of a page was read.
func (p *pages) find() error {
	for !p.open {
		line, _, err := p.line()
		if err != nil {
			return err
		}
		p.open = string(line) == firstOfPage
	}
	p.open = false
	return nil
}

// fields reads a page after its first line. It returns false where another page
// begins before the samples.
func (p *pages) fields() (page, bool, error) {
	got := page{sequence: -1, temperature: math.NaN()}
	for {
		line, last, err := p.line()
		if errors.Is(err, io.EOF) {
			return got, false, nil
		}
		if err != nil {
			return got, false, err
		}
		key, value, pair := bytes.Cut(line, []byte(":"))
		switch {
		case pair:
			p.field(&got, key, bytes.TrimSpace(value))
		case string(line) == firstOfPage:
			p.open = true
			return got, false, nil
		case len(line) >= digits:
			got.line, got.last = p.whole(line, last)
			return got, true, nil
		}
	}
}

func (p *pages) field(got *page, key, value []byte) {
	switch string(key) {
	case "Sequence Number":
		if n, err := strconv.Atoi(string(value)); err == nil {
			got.sequence = n
		}
	case "Page Time":
		got.start, got.timed = parseTime(value, p.zone)
	case "Temperature":
		got.temperature = number(value)
	case "Measurement Frequency":
		got.rate = exactRate(number(value))
	}
}

// whole looks behind a line that is too short for a page: whether it is the last
// one although it has an end.
func (p *pages) whole(line []byte, last bool) ([]byte, bool) {
	if last || len(line) >= perPage*digits {
		return line, last
	}
	line = bytes.Clone(line) // looking moves what is buffered
	_, err := p.r.Peek(1)
	return line, errors.Is(err, io.EOF)
}

// line returns a line without its end, and whether the file ends with it. What is
// longer than the reader's buffer belongs to no page and comes back empty.
func (p *pages) line() (line []byte, last bool, err error) {
	line, err = p.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		line, p.torn = nil, p.torn+1
	}
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = p.r.ReadSlice('\n')
	}
	if errors.Is(err, io.EOF) && len(line) > 0 {
		last, err = true, nil
	}
	return bytes.TrimRight(line, "\r\n "), last, err
}
