package diaryfile

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/format"
	"circascope/actigraphy/sheet"
)

// Diary is what a file of entries holds.
type Diary struct {
	Entries []diary.Entry // sorted
	Notes   []string      // what the reader decided, in sentences
}

// headLines is in how many rows the names of columns are looked for.
const headLines = 12

// Read reads a diary from a table: pyActigraphy's sleep diary and SST log, ActiLife's
// diary and batch sleep export, diaries kept in REDCap, or a table of our own with
// the columns participant, kind, bed, rise, lights off, wake and note. Only the times
// of beginning and end must be there. Dates that can be read two ways are refused
// unless order tells how. Errors are *actigraphy.FileError with the line.
func Read(in *format.Input, table sheet.Sheet, order format.DateOrder) (Diary, error) {
	r := &reader{in: in}
	rows, err := r.head(table.Rows)
	if err != nil {
		return Diary{}, err
	}
	if err := r.entries(rows); err != nil {
		return Diary{}, err
	}
	notes, err := r.times(order)
	if err != nil {
		return Diary{}, err
	}
	if err := r.check(); err != nil {
		return Diary{}, err
	}
	diary.Sort(r.list)
	d := Diary{Entries: r.list, Notes: append(slices.Concat(table.Notes, r.notes), notes...)}
	return d, nil
}

// reader is the state of reading one diary.
type reader struct {
	in      *format.Input
	columns columns
	person  string     // of the whole file
	only    diary.Kind // of all entries, where no column says it
	list    []diary.Entry
	cells   [4][]format.TimeCell // from, to, asleep and awake of each entry
	notes   []string
}

// head finds the line of names, and a participant's name above it.
func (r *reader) head(rows []sheet.Row) ([]sheet.Row, error) {
	for i, row := range rows[:min(len(rows), headLines)] {
		if c := find(row); c.complete() {
			if slices.ContainsFunc(row.Cells, func(cell string) bool { return plain(cell) == "mask" }) {
				return nil, r.fault(row.Line, "a sleep diary", "a mask file", "import it as a mask of its recording")
			}
			r.columns = c
			return rows[i+1:], r.kindOfAll(row)
		}
		if name := plain(row.Cell(0)); len(row.Cells) >= 2 && slices.Contains(names[subject], name) {
			r.person = row.Cell(1)
		}
	}
	return nil, r.fault(1, "a line of column names with the beginning and the end of each entry", "none in the first lines",
		"name the columns participant, kind, bed and rise")
}

// kindOfAll decides of what the entries are where no column says it.
func (r *reader) kindOfAll(head sheet.Row) error {
	if r.columns[kind] >= 0 {
		return nil
	}
	begin, end := plain(head.Cell(max(r.columns[from], r.columns[fromDate]))), plain(head.Cell(max(r.columns[to], r.columns[toDate])))
	switch {
	case strings.Contains(begin, "bed"):
		r.only = diary.Night
	case strings.HasPrefix(begin, "start") && strings.HasPrefix(end, "stop"):
		r.only = diary.Analysis
		r.notes = append(r.notes, "Start and stop are taken as the period of each participant to analyse.")
	default:
		return r.fault(head.Line, "a column that tells nights from naps", strings.Join(head.Cells, ", "),
			"add a column kind with the words night, nap, not worn or analysis")
	}
	return nil
}

func (r *reader) entries(rows []sheet.Row) error {
	for _, row := range rows {
		start, end := r.columns.cell(row, from, fromDate, fromTime), r.columns.cell(row, to, toDate, toTime)
		if start == "" && end == "" {
			continue // a form that was not filled in
		}
		if start == "" || end == "" {
			return r.fault(row.Line, "a beginning and an end", fmt.Sprintf("%q and %q", start, end), "fill in what is missing, or take the line out")
		}
		e := diary.Entry{Subject: row.Cell(r.columns[subject]), Kind: r.only, Note: row.Cell(r.columns[note]), Line: row.Line}
		if e.Subject == "" {
			e.Subject = r.person
		}
		if e.Subject == "" {
			return r.fault(row.Line, "a participant", "none", "add a column participant")
		}
		if r.only == "" {
			var ok bool
			if e.Kind, ok = kindOf(row.Cell(r.columns[kind])); !ok {
				return r.fault(row.Line, "night, nap, not worn, active or analysis", fmt.Sprintf("%q", row.Cell(r.columns[kind])), "correct the kind of the entry")
			}
		}
		r.list = append(r.list, e)
		for i, text := range []string{start, end, row.Cell(r.columns[asleep]), row.Cell(r.columns[awake])} {
			r.cells[i] = append(r.cells[i], format.TimeCell{Line: row.Line, Text: text})
		}
	}
	if len(r.list) == 0 {
		return r.fault(0, "at least one entry", "none", "fill in the diary")
	}
	return nil
}

// kindOf reads the word of a kind, as people and programs write it.
func kindOf(word string) (diary.Kind, bool) {
	switch plain(word) {
	case "night", "sleep", "bed", "inbed", "mainsleep":
		return diary.Night, true
	case "nap":
		return diary.Nap, true
	case "nowear", "notworn", "nonwear", "off", "removed":
		return diary.NotWorn, true
	case "active", "activity":
		return diary.Active, true
	case "analysis", "period", "sst":
		return diary.Analysis, true
	}
	return "", false
}

// times reads the times of all entries at once: day and month stand in one order.
// What only some diaries tell may be a duration or a word there, and is then left
// out with a note.
func (r *reader) times(order format.DateOrder) ([]string, error) {
	must := slices.Concat(r.cells[0], r.cells[1])
	times, notes, err := format.ReadTimes(r.in, must, order)
	if err != nil {
		return nil, err
	}
	n := len(r.list)
	for i := range r.list {
		r.list[i].From, r.list[i].To = times[i], times[n+i]
	}
	for i, set := range map[int]func(*diary.Entry, actigraphy.LocalTime){
		2: func(e *diary.Entry, t actigraphy.LocalTime) { e.Asleep = t },
		3: func(e *diary.Entry, t actigraphy.LocalTime) { e.Awake = t },
	} {
		more, _, err := format.ReadTimes(r.in, slices.Concat(must, r.cells[i]), order)
		if err != nil {
			notes = append(notes, fmt.Sprintf("The column of the %s is left out: it holds no times.", []role{2: asleep, 3: awake}[i]))
			continue
		}
		for k := range r.list {
			set(&r.list[k], more[2*n+k])
		}
	}
	slices.Sort(notes)
	return notes, nil
}

// maxSleep is the longest night or nap: what is longer has a wrong date.
const maxSleep = 24 * time.Hour

func (r *reader) check() error {
	for i, e := range r.list {
		length := e.To.Sub(e.From)
		switch {
		case length <= 0:
			return r.fault(e.Line, "an end after the beginning", e.From.String()+" to "+e.To.String(), "correct the times; a night ends on the next day")
		case length > maxSleep && (e.Kind == diary.Night || e.Kind == diary.Nap):
			return r.fault(e.Line, fmt.Sprintf("a %s of at most %.0f h", e.Kind, maxSleep.Hours()), e.From.String()+" to "+e.To.String(), "correct the date")
		}
		outside := func(t actigraphy.LocalTime) bool { return !t.IsZero() && (t.Sub(e.From) < 0 || e.To.Sub(t) < 0) }
		if outside(e.Asleep) || outside(e.Awake) {
			r.notes = append(r.notes, fmt.Sprintf("Line %d: falling asleep or waking lies outside the time in bed, and is left out.", e.Line))
			r.list[i].Asleep, r.list[i].Awake = actigraphy.LocalTime{}, actigraphy.LocalTime{}
		}
	}
	return nil
}

func (r *reader) fault(line int, expected, found, advice string) error {
	return &actigraphy.FileError{File: r.in.Path, Line: line, Expected: expected, Found: found, Advice: advice}
}
