package xpt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// Limits of a table.
const (
	maxMinutes = 1 << 20 // of one participant: two years
	maxPeople  = 200_000
)

// person is one participant's rows: a value a row for every column of the kind.
type person struct {
	in      *format.Input
	id      string
	offset  int64 // of the first row
	width   int64
	columns map[string]*[]float64 // by name
}

// column returns the values of a column, nil where the table has none of the name.
func (p *person) column(name string) []float64 {
	if c := p.columns[name]; c != nil {
		return *c
	}
	return nil
}

// rows is the number of rows.
func (p *person) rows() int { return len(*p.columns[seqn]) }

// fault is a FileError at a row.
func (p *person) fault(row int, expected, found string) error {
	return &actigraphy.FileError{
		File: p.in.Path, Offset: p.offset + int64(row)*p.width, Expected: expected + " for participant " + p.id, Found: found,
		Advice: "check the file; download it again",
	}
}

// survey walks through the participants of a table.
type survey struct {
	in   *format.Input
	t    *table
	kind *kind
	rows *rows
	used []used
	seen map[string]bool
}

// used is a column that is read.
type used struct {
	column
	values *[]float64
}

func openSurvey(ctx context.Context, in *format.Input) (*survey, error) {
	r, err := in.Content(ctx)
	if err != nil {
		return nil, err
	}
	t, err := readHeader(in, r)
	if err != nil {
		return nil, err
	}
	k, err := kindOf(in, t)
	if err != nil {
		return nil, err
	}
	return &survey{in: in, t: t, kind: k, rows: newRows(in, r, t), seen: make(map[string]bool)}, nil
}

// walk calls visit for every participant, whose rows must follow each other. A
// person is valid during the call only.
func (s *survey) walk(visit func(*person) error) error {
	p := s.start()
	var last []byte // SEQN of the row before
	for {
		row, err := s.rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		id := row[s.used[0].offset:][:s.used[0].width]
		switch n := p.rows(); {
		case n >= maxMinutes:
			return s.fault(fmt.Sprintf("at most %d minutes of one participant", maxMinutes), "more", "split the file")
		case n > 0 && !bytes.Equal(id, last):
			if err := visit(p); err != nil {
				return err
			}
			fallthrough
		case n == 0:
			last = append(last[:0], id...)
			if err := s.turn(p, row); err != nil {
				return err
			}
		}
		for _, u := range s.used {
			*u.values = append(*u.values, u.value(row))
		}
	}
	if p.rows() == 0 {
		return nil
	}
	return visit(p)
}

// start returns an empty person, and finds the columns that are read into it.
func (s *survey) start() *person {
	p := &person{in: s.in, width: int64(s.t.width), columns: make(map[string]*[]float64)}
	s.used = s.used[:0]
	for _, name := range append([]string{seqn}, append(s.kind.needs, s.kind.takes...)...) {
		if c, ok := s.t.column(name); ok {
			u := used{column: c, values: new([]float64)}
			s.used, p.columns[name] = append(s.used, u), u.values
		}
	}
	return p
}

// turn begins a participant.
func (s *survey) turn(p *person, row []byte) error {
	for _, u := range s.used {
		*u.values = (*u.values)[:0]
	}
	id := s.used[0].value(row)
	if id != math.Trunc(id) || id < 1 || id >= 1<<53 {
		return s.fault("a whole number as participant (SEQN)", fmt.Sprint(id), "check the file; download it again")
	}
	p.id, p.offset = strconv.FormatFloat(id, 'f', 0, 64), s.rows.offset
	switch {
	case s.seen[p.id]:
		return s.fault("the rows of a participant to follow each other", "more rows of "+p.id, "sort the table by SEQN")
	case len(s.seen) >= maxPeople:
		return s.fault(fmt.Sprintf("at most %d participants", maxPeople), "more", "split the file")
	}
	s.seen[p.id] = true
	return nil
}

func (s *survey) fault(expected, found, advice string) error {
	return &actigraphy.FileError{File: s.in.Path, Offset: max(s.rows.offset, s.t.data), Expected: expected, Found: found, Advice: advice}
}

// value reads a column of a row. Codes may be kept as text.
func (u *used) value(row []byte) float64 {
	field := row[u.offset:][:u.width]
	if !u.text {
		return number(field)
	}
	v, n := 0.0, 0
	for _, c := range field {
		switch {
		case c == ' ' && n == 0, c == ' ':
		case '0' <= c && c <= '9':
			v, n = v*10+float64(c-'0'), n+1
		default:
			return math.NaN()
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return v
}
