package format

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"circascope/actigraphy"
)

// Circascope reads recordings that WriteRecording wrote: the same again, but for
// their id, since they come from another file.
type Circascope struct{}

// Format describes the format.
func (Circascope) Format() Info {
	return Info{ID: "circascope", Name: "Circascope recording", Extensions: []string{".csv"}}
}

// Sniff looks for the first line of the header.
func (Circascope) Sniff(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(head, byteOrderMark), []byte(headerMark+keyVersion+":"))
}

// Read reads the one recording of the file. A row whose time is not that of its
// epoch is refused: somebody took rows out, sorted them or let a spreadsheet
// rewrite their times.
func (Circascope) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	if isSideFile(in.Head) {
		return sideFile(in)
	}
	l, err := in.text(ctx)
	if err != nil {
		return err
	}
	h, names, err := readOwnHeader(l)
	if err != nil {
		return err
	}
	if err := onlyChannel(in, opts, h.r.Source.Channel); err != nil {
		return err
	}
	t := &ownTable{l: l, h: h, columns: make([][]float64, 1+len(names))}
	if err := t.read(); err != nil {
		return err
	}
	r := h.r
	r.Activity = t.columns[0]
	for i, name := range names {
		if r.Channels == nil {
			r.Channels = make(map[string][]float64, len(names))
		}
		r.Channels[name] = t.columns[1+i]
	}
	return emit(r)
}

// isSideFile looks for the provenance that stands beside every export.
func isSideFile(head []byte) bool {
	return opens("{")(head) && contains(`"program": "Circascope"`, `"sources": {`)(head)
}

// sideFile is the error of such a file: taken up where the export lies beside it.
func sideFile(in *Input) error {
	e := &actigraphy.FileError{File: in.Path, Found: "what an export of this program was made of", Advice: "import the exported recording"}
	if export, ok := strings.CutSuffix(in.Path, ".provenance.json"); ok {
		if _, err := os.Stat(export); err == nil {
			e.Err, e.Advice = ErrCompanion, "it comes with "+filepath.Base(export)+" beside it"
		}
	}
	return e
}

// readOwnHeader reads the header and the line of columns below it, and returns the
// names of the channels.
func readOwnHeader(l *lines) (*ownHeader, []string, error) {
	h := newOwnHeader()
	var columns []byte
	err := l.header("the header of a Circascope recording and its table", func(line []byte) (bool, error) {
		text, ok := bytes.CutPrefix(line, []byte(headerMark))
		if !ok {
			columns = line
			return true, nil
		}
		return false, h.take(l, text)
	})
	if err != nil {
		return nil, nil, err
	}
	if err := h.complete(l); err != nil {
		return nil, nil, err
	}
	names, err := ownColumns(l, columns)
	return h, names, err
}

// ownColumns returns the names of the channels out of the line of columns.
func ownColumns(l *lines, line []byte) ([]string, error) {
	fields, ok := split(line, ',', nil)
	if !ok || len(fields) < 2 || string(fields[0]) != columnTime || string(fields[1]) != columnActivity {
		return nil, l.fault(fmt.Sprintf("the columns %s,%s and the channels", columnTime, columnActivity), quoted(line), adviceExport)
	}
	var names []string
	seen := make(map[string]bool)
	for _, f := range fields[2:] {
		name, ok := unword(toUTF8(f))
		if !ok || seen[name] {
			return nil, l.fault("the names of channels, each once", quoted(f), adviceExport)
		}
		seen[name] = true
		names = append(names, name)
	}
	return names, nil
}

// ownTable is the state of reading the table.
type ownTable struct {
	l       *lines
	h       *ownHeader
	columns [][]float64 // activity, then the channels
	fields  [][]byte
	n       int // rows
}

func (t *ownTable) read() error {
	if most := min(maxEpochs, maxCells/len(t.columns)); t.h.epochs > most {
		return t.l.fault(fmt.Sprintf("at most %d epochs of %d columns", most, len(t.columns)), fmt.Sprint(t.h.epochs), "split the recording")
	}
	for t.n < t.h.epochs {
		line, err := t.l.next()
		if errors.Is(err, io.EOF) {
			return t.l.truncated(fmt.Sprintf("%d epochs, as the header says, not %d", t.h.epochs, t.n))
		}
		if err != nil {
			return err
		}
		if err := t.row(line); err != nil {
			return err
		}
	}
	return t.l.each(func(line []byte) error {
		if len(trim(line)) == 0 {
			return nil
		}
		return t.l.fault(fmt.Sprintf("%d epochs, as the header says", t.h.epochs), "more rows", adviceExport)
	})
}

func (t *ownTable) row(line []byte) error {
	var ok bool
	if t.fields, ok = split(line, ',', t.fields); !ok || len(t.fields) != 1+len(t.columns) {
		return t.l.fault(fmt.Sprintf("%d columns, as their names say", 1+len(t.columns)), quoted(line), adviceExport)
	}
	at := t.h.r.Start.Add(time.Duration(t.n) * t.h.r.Epoch).String()
	if string(t.fields[0]) != at {
		return t.l.fault(fmt.Sprintf("the time %s of epoch %d", at, t.n+1), quoted(t.fields[0]),
			"rows were taken out or moved, or a spreadsheet rewrote the times; "+adviceExport)
	}
	for i, f := range t.fields[1:] {
		v := math.NaN()
		if len(f) > 0 {
			if v, ok = number(f, '.'); ok && i == 0 && !(v >= 0 && v <= maxActivity) {
				return t.l.fault("an activity of at least 0"+largest(v), quoted(f), adviceExport)
			}
			if !ok {
				return t.l.fault(fmt.Sprintf("a number in column %d, or nothing", i+2), quoted(f), adviceExport)
			}
		}
		t.columns[i] = append(t.columns[i], v)
	}
	t.n++
	return nil
}
