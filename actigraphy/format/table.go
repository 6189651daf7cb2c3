package format

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"circascope/actigraphy"
)

// maxSeries bounds the participants of one long table.
const maxSeries = 10_000

// table is the state of reading a generic CSV. Rows are kept with their dates
// undecided until the whole file has been seen.
type table struct {
	in     *Input
	m      Mapping
	opts   Options
	source actigraphy.Source
	lines  *lines
	usual  DateOrder // of dates that the file leaves open; "" refuses them
	tool   string    // who writes them so
	name   string    // the participant's where no column gives it; "" takes the file's
	spread int       // values in a row, from the activity column on, one a minute; 0 means one

	sep, mark byte
	markOpen  bool // the decimal mark is still to be seen
	fields    [][]byte
	width     int      // columns of the first row
	names     []string // of the further channels, sorted
	series    []*series
	current   *series
	bySubject map[string]bool
	rows      int
	expected  int // rows, about; 0 where that is not known
	blank     int // lines without any value
	dates     dateEvidence
	last      stamp  // of the row before
	lastDate  []byte // its text
	zone      zoneName
	fractions fractions
}

// series is one participant's rows.
type series struct {
	key      string // the bytes of the id
	subject  string
	stamps   stamps
	lines    []int32
	activity []float64
	channels [][]float64
	zone     *time.Location // where the file names it
}

// prepare sets what the rows are read with.
func (t *table) prepare() {
	t.sep, t.mark = t.m.Separator[0], '.'
	if t.m.Decimal != "" {
		t.mark = t.m.Decimal[0]
	}
	t.markOpen = t.m.Decimal == ""
	t.names = slices.Sorted(maps.Keys(t.m.Channels))
}

func (t *table) row(line []byte) error {
	fields, ok := split(line, t.sep, t.fields)
	t.fields = fields
	if !ok {
		return t.lines.fault("quotes that are closed on the line", quoted(line), "correct the line")
	}
	return t.keep()
}

// keep keeps the fields of a row.
func (t *table) keep() error {
	if isBlank(t.fields) {
		t.blank++
		return nil
	}
	if err := t.checkWidth(); err != nil {
		return err
	}
	if err := t.choose(); err != nil {
		return err
	}
	s := t.current
	if t.rows == manyRows {
		s.reserve(t.expected)
	}
	var at stamp
	if err := t.time(&at); err != nil {
		return err
	}
	for i := range max(t.spread, 1) {
		if err := t.epoch(s, at, t.m.Activity+i); err != nil {
			return err
		}
		at.clock += minute
	}
	for i, name := range t.names {
		v, err := t.value(t.m.Channels[name], false)
		if err != nil {
			return err
		}
		s.channels[i] = append(s.channels[i], v)
	}
	return nil
}

// epoch keeps one value of activity and its time.
func (t *table) epoch(s *series, at stamp, column int) error {
	v, err := t.value(column, true)
	if err != nil {
		return err
	}
	t.rows++
	switch {
	case t.rows > maxEpochs:
		return t.lines.fault(fmt.Sprintf("at most %d rows", maxEpochs), "more", "split the file")
	case t.rows > maxUnforeseen && t.rows > 2*t.expected:
		return t.lines.fault(fmt.Sprintf("at most %d rows of a file that does not say its length", maxUnforeseen), "more", "unpack the file, or split it")
	}
	s.stamps.add(at)
	s.lines = append(s.lines, int32(t.lines.number))
	s.activity = append(s.activity, v)
	return nil
}

func isBlank(fields [][]byte) bool {
	for _, f := range fields {
		if len(f) > 0 {
			return false
		}
	}
	return true
}

// checkWidth refuses a row with more or fewer columns than the first. Empty ones
// at the end make no difference.
func (t *table) checkWidth() error {
	n := len(t.fields)
	if t.width == 0 {
		t.width = n
		for _, c := range []int{t.m.Timestamp, t.m.Date, t.m.TimeOfDay, t.m.Activity, t.m.Subject} {
			t.width = max(t.width, c)
		}
	}
	for n > t.width && len(t.fields[n-1]) == 0 {
		n--
	}
	if n == t.width {
		return nil
	}
	return t.lines.fault(fmt.Sprintf("%d columns, as in the first row", t.width), fmt.Sprint(n),
		"the line may be damaged or the file cut off; a decimal comma may stand in a table separated by commas")
}

// choose finds the series of the row's participant.
func (t *table) choose() error {
	if t.m.Subject == 0 {
		if t.current == nil {
			t.open("", cmp.Or(t.name, stem(t.in.Name)))
		}
		return nil
	}
	id := t.fields[t.m.Subject-1]
	if t.current != nil && t.current.key == string(id) {
		return nil
	}
	if len(id) == 0 {
		return t.lines.fault("the participant's id", "nothing", "fill in the column, or choose a mapping without it")
	}
	subject := toUTF8(id)
	if t.bySubject[subject] {
		return t.lines.fault("the rows of a participant to follow each other", "more rows of "+quoted(id), "sort the file by participant and time")
	}
	if len(t.series) >= maxSeries {
		return t.lines.fault(fmt.Sprintf("at most %d participants", maxSeries), "more", "split the file")
	}
	t.bySubject[subject] = true
	t.open(string(id), subject)
	return nil
}

func (t *table) open(key, subject string) {
	t.current = &series{key: key, subject: subject, channels: make([][]float64, len(t.names))}
	t.series = append(t.series, t.current)
	t.dates.restart()
}

// reserve makes room for the rows that are expected.
func (s *series) reserve(expected int) {
	s.stamps.clocks = roomFor(s.stamps.clocks, expected)
	s.lines = roomFor(s.lines, expected)
	s.activity = roomFor(s.activity, expected)
	for i := range s.channels {
		s.channels[i] = roomFor(s.channels[i], expected)
	}
}

// chosenOrder is the date order that the user named, with the columns or beside
// them.
func (t *table) chosenOrder() DateOrder {
	if t.opts.DateOrder != OrderFromFile {
		return t.opts.DateOrder
	}
	return t.m.DateOrder
}

// value parses a column of the row; activity is never negative.
func (t *table) value(column int, activity bool) (float64, error) {
	if column > len(t.fields) || missing(t.fields[column-1]) {
		return math.NaN(), nil
	}
	f := t.fields[column-1]
	v, ok := number(f, t.mark)
	if !ok && t.markOpen && bytes.IndexByte(f, ',') >= 0 {
		t.mark, t.markOpen = ',', false
		t.source.Notes = append(t.source.Notes, fmt.Sprintf("Numbers have decimal commas, the first on line %d.", t.lines.number))
		v, ok = number(f, ',')
	}
	if t.markOpen && bytes.IndexByte(f, '.') >= 0 {
		t.markOpen = false
	}
	if !ok && !activity {
		v, ok = truth(f)
	}
	switch {
	case !ok || activity && v > maxActivity:
		return 0, t.lines.fault(fmt.Sprintf("a number in column %d", column), quoted(f), "correct the value, or leave it empty where nothing was recorded")
	case activity && v < 0:
		return 0, t.lines.fault(fmt.Sprintf("activity of at least 0 in column %d", column), quoted(f),
			"choose the column of activity counts, or leave the value empty where nothing was recorded")
	}
	if activity {
		t.fractions.see(f, t.mark, t.lines.number)
	}
	return v, nil
}

// truth parses the words for yes and no of R and Python.
func truth(f []byte) (float64, bool) {
	switch string(f) {
	case "TRUE", "True", "true":
		return 1, true
	case "FALSE", "False", "false":
		return 0, true
	default:
		return 0, false
	}
}
