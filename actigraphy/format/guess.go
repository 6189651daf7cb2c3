package format

import (
	"bytes"
	"fmt"

	"circascope/actigraphy"
)

// Bounds of the search for a table in the head of a file.
const (
	maxPreamble = 100 // lines before the first row of data
	sampleRows  = 200 // rows that decide what a column holds
	previewRows = 12
)

// GuessMapping finds the columns of a generic CSV from its head, and shows its
// first rows. Where a choice is open the error says which.
func GuessMapping(in *Input) (Mapping, Preview, error) {
	g := &guess{in: in, lines: headLines(in)}
	if err := g.table(); err != nil {
		return Mapping{}, Preview{}, err
	}
	if err := g.columns(""); err != nil {
		return g.m, g.preview(), err
	}
	return g.m, g.preview(), nil
}

// guess is the state of finding a mapping.
type guess struct {
	in     *Input
	lines  [][]byte // whole lines of the head
	rows   [][][]byte
	names  []string // of the columns; "" where the file gives none
	m      Mapping
	notes  []string
	isTime []bool // columns that hold dates or times
}

// headLines returns the lines of the head that are there in full.
func headLines(in *Input) [][]byte {
	head := bytes.TrimPrefix(in.Head, byteOrderMark)
	l := bytes.Split(head, []byte("\n"))
	if len(in.Head) == HeadSize || len(l[len(l)-1]) == 0 {
		l = l[:len(l)-1]
	}
	for i := range l {
		l[i] = bytes.TrimSuffix(l[i], []byte("\r"))
	}
	return l
}

// separators in the order they are tried: a comma may be a decimal comma and a
// space stands in most timestamps.
var separators = []byte{';', '\t', '|', ',', ' '}

// table finds the separator, the first row of data and the columns of time.
func (g *guess) table() error {
	for _, sep := range separators {
		if g.timedTable(sep) {
			return g.ambiguousTimes()
		}
	}
	for _, sep := range separators {
		if ok, err := g.untimedTable(sep); ok || err != nil {
			return err
		}
	}
	if e := g.noTimes(); e != nil {
		return e
	}
	return g.fault(0, "rows of a time and a number, separated by commas, semicolons or tabs", "none in the first lines",
		"export CSV with a column of times and a column of activity", actigraphy.ErrFormat)
}

// timedTable looks for the first line from which rows begin with times.
func (g *guess) timedTable(sep byte) bool {
	for first := range min(len(g.lines), maxPreamble) {
		fields, ok := split(g.lines[first], sep, nil)
		if !ok || len(fields) < 2 {
			continue
		}
		m := Mapping{Separator: string(sep), First: first + 1}
		if g.findTime(fields, first, &m) && g.follows(first, len(fields), m) {
			g.m = m
			g.take(sep, first)
			return true
		}
	}
	return false
}

// follows reports whether the two lines after the first are rows of the same kind.
func (g *guess) follows(first, columns int, m Mapping) bool {
	for i := first + 1; i < min(first+3, len(g.lines)); i++ {
		fields, ok := split(g.lines[i], m.Separator[0], nil)
		if ok && isBlank(fields) {
			continue
		}
		if !ok || len(fields) < columns-1 {
			return false
		}
		for _, c := range []int{m.Timestamp, m.Date, m.TimeOfDay} {
			if c > len(fields) || c > 0 && !isTemporal(fields[c-1]) {
				return false
			}
		}
	}
	return true
}

// untimedTable looks for rows of numbers below lines that name a start and an
// epoch length.
func (g *guess) untimedTable(sep byte) (bool, error) {
	start, epoch := g.preambleTimes(sep)
	if start.IsZero() || epoch <= 0 {
		return false, nil
	}
	for first := range min(len(g.lines), maxPreamble) {
		if g.numericRows(sep, first) {
			g.m = Mapping{Separator: string(sep), First: first + 1, Start: start, Epoch: epoch}
			g.take(sep, first)
			g.notes = append(g.notes, fmt.Sprintf("The rows have no times; the lines before them name the start %v and an epoch of %v.", start, actigraphy.InWords(epoch)))
			return true, nil
		}
	}
	return false, nil
}

func (g *guess) numericRows(sep byte, first int) bool {
	seen := 0
	for i := first; i < min(first+3, len(g.lines)); i++ {
		fields, ok := split(g.lines[i], sep, nil)
		if !ok {
			return false
		}
		for _, f := range fields {
			if _, ok := anyNumber(f); !ok && !missing(f) {
				return false
			}
		}
		if len(bytes.TrimSpace(g.lines[i])) > 0 {
			seen++
		}
	}
	return seen > 0
}

// take keeps the sample rows and the names of the columns.
func (g *guess) take(sep byte, first int) {
	for _, line := range g.lines[first:min(len(g.lines), first+sampleRows)] {
		if fields, ok := split(line, sep, nil); ok && len(bytes.TrimSpace(line)) > 0 {
			g.rows = append(g.rows, fields)
		}
	}
	g.names = make([]string, len(g.rows[0]))
	if first == 0 {
		return
	}
	fields, ok := split(g.lines[first-1], sep, nil)
	if !ok || len(fields) < 2 && len(g.names) > 1 {
		return
	}
	g.m.Header = first
	for i := range min(len(g.names), len(fields)) {
		g.names[i] = toUTF8(fields[i])
	}
	if first > 1 {
		g.notes = append(g.notes, fmt.Sprintf("The first %d lines are not part of the table.", first-1))
	}
}

func (g *guess) fault(line int, expected, found, advice string, err error) error {
	return &actigraphy.FileError{File: g.in.Path, Line: line, Expected: expected, Found: found, Advice: advice, Err: err}
}

func (g *guess) columnName(i int) string {
	if g.names[i] == "" {
		return fmt.Sprintf("column %d", i+1)
	}
	return g.names[i]
}

func (g *guess) preview() Preview {
	p := Preview{Notes: g.notes}
	for i := range g.names {
		p.Columns = append(p.Columns, g.columnName(i))
	}
	for _, fields := range g.rows[:min(len(g.rows), previewRows)] {
		row := make([]string, len(g.names))
		for i := range min(len(row), len(fields)) {
			row[i] = toUTF8(fields[i])
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}
