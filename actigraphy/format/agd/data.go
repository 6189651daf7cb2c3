package agd

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/actilife"
	"circascope/actigraphy/format/internal/grid"
)

// Ticks are the time of .NET: units of 100 ns since 0001-01-01.
const (
	ticksAtUnixEpoch = 621_355_968_000_000_000
	nanosPerTick     = 100
	firstTick        = 599_266_080_000_000_000 // 1900-01-01
	lastTick         = 694_241_280_000_000_000 // 2200-12-31
)

// data is the table data in its order.
type data struct {
	times    []int64 // Unix nanoseconds of the wall clock
	channels actilife.Channels
	notes    []string
}

// readData reads the columns whose names are known.
func readData(ctx context.Context, db *sql.DB, in *format.Input) (_ *data, err error) {
	columns, err := columnsOf(ctx, db)
	if err != nil {
		return nil, err
	}
	wanted, d := choose(columns)
	if !slices.ContainsFunc(columns, func(c string) bool { return strings.EqualFold(c, "dataTimestamp") }) || len(wanted) == 0 {
		return nil, &actigraphy.FileError{
			File: in.Path, Expected: "the columns dataTimestamp and axis1 in table data", Found: strings.Join(columns, ", "),
			Advice: "export the file again in ActiLife",
		}
	}
	query := "SELECT dataTimestamp, " + strings.Join(wanted, ", ") + " FROM data ORDER BY rowid"
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if err := d.scan(rows, in, wanted); err != nil {
		return nil, err
	}
	return d, rows.Err()
}

func columnsOf(ctx context.Context, db *sql.DB) (_ []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT name FROM pragma_table_info('data')`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// choose returns the columns to read. Only known names go into the query.
func choose(columns []string) ([]string, *data) {
	d := &data{channels: make(actilife.Channels)}
	var wanted, left []string
	for _, c := range columns {
		name, ok := actilife.Name(c)
		_, twice := d.channels[name]
		switch {
		case ok && !twice && plain(c):
			d.channels[name] = nil
			wanted = append(wanted, c)
		case !strings.EqualFold(c, "dataTimestamp"):
			left = append(left, c)
		}
	}
	if len(left) > 0 {
		d.notes = append(d.notes, "Columns that were not read: "+strings.Join(left, ", ")+".")
	}
	return wanted, d
}

// plain reports whether a column's name needs no quotes in SQL.
func plain(column string) bool {
	return !strings.ContainsFunc(column, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
}

func (d *data) scan(rows *sql.Rows, in *format.Input, wanted []string) error {
	values := make([]any, len(wanted)+1)
	into := make([]any, len(values))
	for i := range values {
		into[i] = &values[i]
	}
	names := make([]string, len(wanted))
	columns := make([][]float64, len(wanted))
	for i, c := range wanted {
		names[i], _ = actilife.Name(c)
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if len(d.times) >= grid.MaxEpochs {
			return &actigraphy.FileError{File: in.Path, Expected: fmt.Sprintf("at most %d epochs", grid.MaxEpochs), Found: "more", Advice: "split the file"}
		}
		if err := d.time(values[0], in); err != nil {
			return err
		}
		for i := range columns {
			v, err := d.count(values[i+1], wanted[i], in)
			if err != nil {
				return err
			}
			columns[i] = append(columns[i], v)
		}
	}
	for i, name := range names {
		d.channels[name] = columns[i]
	}
	return nil
}

func (d *data) time(v any, in *format.Input) error {
	ticks, ok := v.(int64)
	if !ok || ticks < firstTick || ticks > lastTick {
		return &actigraphy.FileError{
			File: in.Path, Expected: "a time in .NET ticks of the years 1900 to 2200",
			Found: fmt.Sprintf("%v (row %d of table data)", v, len(d.times)+1), Advice: "copy or export the file again",
		}
	}
	d.times = append(d.times, (ticks-ticksAtUnixEpoch)*nanosPerTick)
	return nil
}

// count takes a number of at least 0; an empty cell is not recorded.
func (d *data) count(v any, column string, in *format.Input) (float64, error) {
	var count float64
	switch x := v.(type) {
	case nil:
		return math.NaN(), nil
	case int64:
		count = float64(x)
	case float64:
		count = x
	default:
		count = -1
	}
	if count < 0 || math.IsInf(count, 0) || math.IsNaN(count) {
		return 0, &actigraphy.FileError{
			File: in.Path, Expected: "a count of at least 0 in column " + column,
			Found: fmt.Sprintf("%.40q (row %d of table data)", fmt.Sprint(v), len(d.times)), Advice: "copy or export the file again",
		}
	}
	return count, nil
}

// same reports whether two rows hold the same values.
func (d *data) same(i, j int) bool {
	for _, v := range d.channels {
		if v[i] != v[j] && !(math.IsNaN(v[i]) && math.IsNaN(v[j])) {
			return false
		}
	}
	return true
}

// fitsEpoch refuses settings that name a shorter epoch than the rows have: most
// of the recording would be gaps.
func (d *data) fitsEpoch(in *format.Input, g *grid.Grid) error {
	if g.Len < 2*len(d.times) {
		return nil
	}
	return &actigraphy.FileError{
		File: in.Path, Expected: fmt.Sprintf("a row every %v, the epoch length of the settings", actigraphy.InWords(g.Epoch)),
		Found: fmt.Sprintf("%d rows in the time of %d epochs", len(d.times), g.Len), Advice: "export the file again in ActiLife",
	}
}
