package peoplefile

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/people"
)

// What is taken as a category.
const (
	maxLevels = 30 // words
	maxCodes  = 5  // whole numbers from 0 to 9
)

// recognised is a column with its type, and its values as a table keeps them.
type recognised struct {
	kind   people.Type
	values []string // "" for none
	notes  []string
}

// recognise decides of what type a column is. What a person chose holds, or is refused
// with the line that contradicts it.
func (r *reader) recognise(column int) (recognised, error) {
	cells := make([]string, len(r.rows))
	for i, row := range r.rows {
		if cell := row.Cell(column); !r.missing(cell) {
			cells[i] = cell
		}
	}
	name := r.names[column]
	switch chosen := r.chosen(name); chosen {
	case people.Number:
		values, line, err := r.numbers(cells)
		if err != "" {
			return recognised{}, r.fault(line, fmt.Sprintf("a number in the column %q", name), err, "correct it, or name it as missing")
		}
		return recognised{kind: chosen, values: values}, nil
	case people.Date:
		values, notes, err := r.dates(cells)
		return recognised{kind: chosen, values: values, notes: notes}, err
	case people.Category, people.Text:
		return recognised{kind: chosen, values: cells}, nil
	case "":
		return r.guess(name, cells), nil
	default:
		return recognised{}, r.fault(1, "a type: number, category, date or text", fmt.Sprintf("%q for %q", chosen, name), "choose one of them")
	}
}

func (r *reader) chosen(name string) people.Type {
	for column, t := range r.options.Types {
		if people.Fold(column) == people.Fold(name) {
			return t
		}
	}
	return ""
}

// guess recognises numbers and their codes, dates, categories, and text.
func (r *reader) guess(name string, cells []string) recognised {
	levels, n := levelsOf(cells)
	if n == 0 {
		return recognised{people.Text, cells, []string{fmt.Sprintf("The column %q is empty.", name)}}
	}
	if values, line, wrong := r.numbers(cells); wrong == "" {
		if isCode(levels, n) {
			return recognised{kind: people.Category, values: values}
		}
		return recognised{people.Number, values, standIns(name, values)}
	} else if most(cells) {
		kind := kindOfWords(levels, n)
		return recognised{kind, cells, []string{fmt.Sprintf("The column %q is no number: line %d has %s. Name what stands for no value as missing.", name, line, wrong)}}
	}
	if !slices.ContainsFunc(levels, func(l string) bool { return !likeDate.MatchString(l) }) {
		values, notes, err := r.dates(cells)
		if err == nil {
			return recognised{people.Date, values, notes}
		}
		return recognised{people.Text, cells, []string{fmt.Sprintf("The column %q is kept as text: %v", name, err)}}
	}
	return recognised{kind: kindOfWords(levels, n), values: cells, notes: cases(name, levels)}
}

// levelsOf lists the different cells, and counts those with a value.
func levelsOf(cells []string) (levels []string, n int) {
	seen := map[string]bool{}
	for _, c := range cells {
		if c == "" {
			continue
		}
		if n++; !seen[c] {
			seen[c] = true
			levels = append(levels, c)
		}
	}
	return levels, n
}

// kindOfWords takes words that come again as categories.
func kindOfWords(levels []string, n int) people.Type {
	if len(levels) <= maxLevels && len(levels) < n {
		return people.Category
	}
	return people.Text
}

// isCode reports whether numbers stand for categories, such as 1 and 2 for the sexes:
// few whole numbers from 0 to 9 that come again.
func isCode(levels []string, n int) bool {
	if len(levels) > maxCodes || len(levels) >= n {
		return false
	}
	return !slices.ContainsFunc(levels, func(l string) bool { return len(l) != 1 })
}

// likeDate is a day, month and year, with or without a time of day.
var likeDate = regexp.MustCompile(`^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]([A-Za-z]{3}|\d{1,2})[-/. ]\d{2,4})([ T].*)?$`)

// dates reads the dates of a column; day and month stand in one order.
func (r *reader) dates(cells []string) ([]string, []string, error) {
	in := make([]format.TimeCell, len(cells))
	for i, c := range cells {
		in[i] = format.TimeCell{Line: r.rows[i].Line, Text: c}
	}
	times, notes, err := format.ReadTimes(r.in, in, r.options.DateOrder)
	if err != nil {
		return nil, nil, err
	}
	dated := !slices.ContainsFunc(times, func(t actigraphy.LocalTime) bool {
		return !t.IsZero() && !strings.HasSuffix(t.String(), "T00:00:00")
	})
	values := make([]string, len(times))
	for i, t := range times {
		switch {
		case t.IsZero():
		case dated:
			values[i] = t.Date()
		default:
			values[i] = t.String()
		}
	}
	return values, notes, nil
}

// Numbers as tables write them.
var (
	withPoint = regexp.MustCompile(`^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$`)
	withComma = regexp.MustCompile(`^[-+]?\d+,\d+$`)
	thousands = regexp.MustCompile(`^[-+]?[1-9]\d{0,2},\d{3}$`)
	padded    = regexp.MustCompile(`^[-+]?0\d`) // a code: 007
)

// numbers writes a column of numbers with points. Where a cell is none, it returns the
// line and what stands there.
func (r *reader) numbers(cells []string) (values []string, line int, wrong string) {
	values = make([]string, len(cells))
	commas, grouped := 0, 0
	for i, c := range cells {
		switch {
		case c == "":
			continue
		case withComma.MatchString(c):
			if commas++; thousands.MatchString(c) {
				grouped++
			}
			c = strings.Replace(c, ",", ".", 1)
		case !withPoint.MatchString(c):
			return nil, r.rows[i].Line, format.Quoted([]byte(c))
		case strings.Contains(c, "."):
			grouped = math.MinInt // a point shows what a comma is not
		}
		f, err := strconv.ParseFloat(c, 64)
		if err != nil || padded.MatchString(c) {
			return nil, r.rows[i].Line, format.Quoted([]byte(cells[i]))
		}
		values[i] = strconv.FormatFloat(f, 'g', -1, 64)
	}
	if commas > 0 && (grouped < 0 || grouped == commas) {
		i := slices.IndexFunc(cells, withComma.MatchString)
		return nil, r.rows[i].Line, format.Quoted([]byte(cells[i])) + ", whose comma can be of decimals or of thousands"
	}
	return values, 0, ""
}

// most reports whether all but a few of the cells are numbers.
func most(cells []string) bool {
	n, numbers := 0, 0
	for _, c := range cells {
		if c == "" {
			continue
		}
		if n++; (withPoint.MatchString(c) || withComma.MatchString(c)) && !padded.MatchString(c) {
			numbers++
		}
	}
	return numbers*10 >= n*8
}

// standIns notes numbers that often stand for no value and are taken as they are.
func standIns(name string, values []string) (notes []string) {
	for _, v := range values {
		if f, err := strconv.ParseFloat(v, 64); err == nil && f < 0 && !slices.Contains([]float64{-9, -99, -999, -9999}, f) {
			return nil // negative numbers are values here
		}
	}
	for _, s := range []string{"-9", "-99", "-999", "-9999"} {
		if n := count(values, s); n > 0 {
			notes = append(notes, fmt.Sprintf("The column %q has %s in %d rows, taken as a number. Name it as missing if it stands for no value.", name, s, n))
		}
	}
	return notes
}

func count(values []string, v string) (n int) {
	for _, x := range values {
		if x == v {
			n++
		}
	}
	return n
}

// cases notes levels that differ in their case alone.
func cases(name string, levels []string) []string {
	seen := map[string]string{}
	for _, l := range levels {
		if other, ok := seen[strings.ToLower(l)]; ok {
			return []string{fmt.Sprintf("The column %q has %q and %q: they are two categories.", name, other, l)}
		}
		seen[strings.ToLower(l)] = l
	}
	return nil
}
