package format

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
)

// wide is a wide table: where its columns are, and what a survey of all its rows
// found. Nothing is emitted before the survey, so that a bad row in the middle
// does not leave half a cohort behind.
type wide struct {
	in     *Input
	sep    byte
	id     int // columns, counted from 0
	day    int
	first  int // MIN1
	width  int
	codes  bool // days are NHANES codes, 1 for Sunday
	extra  []string
	people int
	kind   dayKind
	dates  dateEvidence
	seen   map[string]int // people's first lines
	above1 bool           // a value that is no flag occurs
	prefix [][]byte       // fields before MIN1 of the current row
}

// surveyWide reads the header and checks every row.
func surveyWide(ctx context.Context, in *Input) (*wide, error) {
	t := &wide{in: in}
	l, err := in.text(ctx)
	if err != nil {
		return nil, err
	}
	if err := t.header(l); err != nil {
		return nil, err
	}
	err = t.walk(l, func(p *person) error {
		t.people++
		p.reuse = true
		for _, v := range p.values {
			if v > 1 || v != math.Trunc(v) && !math.IsNaN(v) {
				t.above1 = true
				break
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if t.people == 0 {
		return nil, l.truncated("rows of one person and day each")
	}
	return t, nil
}

// flags reports a table of zeros and ones.
func (t *wide) flags() bool { return !t.above1 }

// walk calls visit for every person, whose rows must follow each other.
func (t *wide) walk(l *lines, visit func(*person) error) error {
	t.seen = make(map[string]int)
	var p *person
	for {
		line, err := l.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		rest, err := t.split(l, line)
		if err != nil {
			return err
		}
		if p == nil || string(t.prefix[t.id]) != p.key {
			if p, err = t.turn(l, p, visit); err != nil {
				return err
			}
		}
		if err := t.row(l, p, rest); err != nil {
			return err
		}
	}
	if p == nil {
		return nil
	}
	return t.done(p, visit)
}

// turn finishes a person and begins the next.
func (t *wide) turn(l *lines, p *person, visit func(*person) error) (*person, error) {
	next := &person{}
	if p != nil {
		if err := t.done(p, visit); err != nil {
			return nil, err
		}
		if p.reuse {
			next.values = p.values[:0]
		}
	}
	next.key = string(t.prefix[t.id])
	next.id = toUTF8(t.prefix[t.id])
	if next.id == "" {
		return nil, l.fault("a participant's id", "nothing", "fill in the column")
	}
	if first, ok := t.seen[next.id]; ok {
		return nil, l.fault("the rows of a participant to follow each other",
			fmt.Sprintf("more of %s, whose rows begin on line %d", strconv.Quote(next.id), first), "sort the table by participant and day")
	}
	t.seen[next.id] = l.number
	t.dates.restart()
	return next, nil
}

func (t *wide) done(p *person, visit func(*person) error) error {
	if err := t.arrange(p); err != nil {
		return err
	}
	return visit(p)
}
