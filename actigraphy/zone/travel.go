package zone

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits of a table of travel.
const (
	maxTravelBytes = 1 << 20
	maxMoves       = 60
)

// ReadTravel reads a table of travel: CSV with a line "from,zone" and a line for
// each arrival, in the order of time. Commas, semicolons and tabs separate. A
// first line without a time names the zone at the start, which is returned as
// home, else "". Name stands in errors.
func ReadTravel(name string, r io.Reader) (home string, moves []Move, err error) {
	text, err := io.ReadAll(io.LimitReader(r, maxTravelBytes+1))
	if err != nil {
		return "", nil, fmt.Errorf("reading the table of travel %s: %w", name, err)
	}
	if len(text) > maxTravelBytes {
		return "", nil, fmt.Errorf("%s: more than %d kB is no table of travel", name, maxTravelBytes>>10)
	}
	rows, err := travelRows(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	if err != nil {
		return "", nil, fmt.Errorf("%s: %w", name, err)
	}
	for i, row := range rows {
		if i == 0 && row.from == "" {
			loc, err := Load(row.zone)
			if err != nil {
				return "", nil, fmt.Errorf("%s, line %d: %w", name, row.line, err)
			}
			home = loc.String()
			continue
		}
		m, err := NewMove(row.from, row.zone)
		if err != nil {
			return "", nil, fmt.Errorf("%s, line %d: %w", name, row.line, err)
		}
		moves = append(moves, m)
	}
	switch {
	case len(moves) == 0:
		return "", nil, fmt.Errorf("%s: no arrival in it; want lines such as 2024-03-10 14:00,Asia/Kolkata under the line from,zone", name)
	case len(moves) > maxMoves:
		return "", nil, fmt.Errorf("%s: %d arrivals; at most %d are taken for one recording", name, len(moves), maxMoves)
	}
	return home, moves, nil
}

type travelRow struct {
	line       int
	from, zone string
}

func travelRows(text []byte) ([]travelRow, error) {
	head, _, _ := bytes.Cut(text, []byte("\n"))
	r := csv.NewReader(bytes.NewReader(text))
	for _, c := range []byte(";\t") {
		if bytes.IndexByte(head, c) >= 0 {
			r.Comma = rune(c)
		}
	}
	names, err := r.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	from, zone := -1, -1
	for i, n := range names {
		switch strings.ToLower(strings.TrimSpace(n)) {
		case "from":
			from = i
		case "zone":
			zone = i
		}
	}
	if from < 0 || zone < 0 {
		return nil, fmt.Errorf("line 1: expected the columns from and zone, found %q", head)
	}
	var rows []travelRow
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		rows = append(rows, travelRow{line, strings.TrimSpace(fields[from]), strings.TrimSpace(fields[zone])})
	}
}
