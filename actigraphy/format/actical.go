package format

import (
	"context"
	"fmt"
	"strings"

	"circascope/actigraphy"
)

// Actical reads the list export of Actical (Philips Respironics, Mini Mitter).
// Its times of day may stop at the minute where epochs are shorter; the seconds
// elapsed say when an epoch was.
type Actical struct{}

const acticalElapsed = "elapsed"

// Format describes the format.
func (Actical) Format() Info {
	return Info{ID: "actical", Name: "Actical list export", Extensions: []string{".csv"}}
}

// Sniff looks for the title in the first line, or for the names of the first columns:
// one damaged letter must not make a table of anything out of the file.
func (Actical) Sniff(head []byte) bool {
	return isActicalTitle(head) || contains("\nEpoch#,Day#,Elapsed,Date,Time,")(head)
}

var isActicalTitle = firstLines(1, "Actical")

// Read reads the one recording of the file.
func (Actical) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	if err := onlyChannel(in, opts, "activity"); err != nil {
		return err
	}
	l, err := in.text(ctx)
	if err != nil {
		return err
	}
	a := &acticalReading{
		r:    &actigraphy.Recording{Device: "Actical", Unit: actigraphy.Unit{Quantity: "counts", Device: "Actical"}},
		rows: epochRows{l: l, sep: ','},
	}
	if !isActicalTitle(in.Head) {
		a.r.Source.Notes = append(a.r.Source.Notes, "WARNING: The first line does not name Actical; the file was known by its columns, and may be damaged.")
	}
	if err := l.header("rows of epochs below names of columns that begin with Epoch#", a.head); err != nil {
		return err
	}
	if err := a.rows.read(); err != nil {
		return err
	}
	nameSubject(a.r, in, a.subject)
	if err := a.finish(opts); err != nil {
		return err
	}
	return emit(a.r)
}

// acticalReading is the state of reading one file.
type acticalReading struct {
	r       *actigraphy.Recording
	rows    epochRows
	fields  [][]byte
	subject string
	names   []string // of the columns, each over up to five lines; nil above them
}

// head takes a line of the header, or the first row.
func (a *acticalReading) head(line []byte) (last bool, err error) {
	var ok bool
	if a.fields, ok = split(line, ',', a.fields); !ok || isBlank(a.fields) {
		return false, nil
	}
	first := toUTF8(a.fields[0])
	switch {
	case a.names == nil && first == "Epoch#":
		a.names = make([]string, len(a.fields))
		a.addNames()
	case a.names == nil:
		a.property(first)
	default:
		if _, ok := integer(a.fields[0]); ok {
			if err := a.columns(); err != nil {
				return false, err
			}
			return true, a.rows.row(line)
		}
		a.addNames()
	}
	return false, nil
}

func (a *acticalReading) addNames() {
	for i, f := range a.fields[:min(len(a.fields), len(a.names))] {
		if len(f) > 0 && len(a.names[i]) < 200 {
			a.names[i] = strings.TrimSpace(a.names[i] + " " + strings.ToLower(toUTF8(f)))
		}
	}
}

func (a *acticalReading) property(name string) {
	if len(a.fields) < 2 || len(a.fields[1]) == 0 {
		return
	}
	switch value := toUTF8(a.fields[1]); name {
	case "Identity:":
		a.subject = value
	case "Device Serial Number:":
		a.r.Device = "Actical " + value
	case "Device Location:":
		a.r.Site = strings.ToLower(value)
	}
}

// acticalColumns are the columns by the beginning of their names.
var acticalColumns = []struct {
	name string
	epochColumn
}{
	{"date", epochColumn{role: roleDate}},
	{"time", epochColumn{role: roleClock}},
	{"elapsed", epochColumn{role: roleValue, name: acticalElapsed}},
	{"activity counts", epochColumn{role: roleValue, name: "activity"}},
	{"activity intensity", epochColumn{role: roleValue, name: "intensity"}},
	{"steps", epochColumn{role: roleValue, name: actigraphy.ChannelSteps}},
	{"energy", epochColumn{role: roleValue, name: "energy expenditure"}},
	{"event marker", epochColumn{role: roleValue, name: actigraphy.ChannelMarker}},
}

func (a *acticalReading) columns() error {
	needed := map[role]bool{}
	for _, name := range a.names {
		c := epochColumn{}
		for _, known := range acticalColumns {
			if strings.HasPrefix(name, known.name) {
				c = known.epochColumn
			}
		}
		needed[c.role] = needed[c.role] || c.role != roleValue || c.name == "activity"
		a.rows.columns = append(a.rows.columns, c)
	}
	if !needed[roleDate] || !needed[roleClock] || !needed[roleValue] || a.rows.twice() != "" {
		return a.rows.l.fault("columns of date, time and activity counts", fmt.Sprintf("%q", a.names), "export all columns in the Actical software")
	}
	return nil
}

func (a *acticalReading) finish(opts Options) error {
	choice, err := a.rows.dates.decide(a.rows.l.in, opts.DateOrder)
	if err != nil {
		return err
	}
	choice.keep(&a.r.Source)
	times, err := a.rows.times(choice.order)
	if err != nil {
		return err
	}
	if elapsed := a.rows.take(acticalElapsed); elapsed != nil {
		if err := a.byElapsed(times, elapsed); err != nil {
			return err
		}
	}
	return a.rows.lay(a.r, times, "activity")
}

// byElapsed gives each row the seconds elapsed since the first. They must agree
// with the clock to the minute.
func (a *acticalReading) byElapsed(times []int64, elapsed []float64) error {
	start := times[0]
	for i := range times {
		at := start + int64((elapsed[i]-elapsed[0])*float64(second))
		if off := at - times[i]; off < 0 || off >= minute {
			return &actigraphy.FileError{
				File: a.rows.l.in.Path, Line: a.rows.first + i, Expected: fmt.Sprintf("the time %v by the seconds elapsed", wallTime(at)),
				Found: wallTime(times[i]).String(), Advice: "export the file again",
			}
		}
		times[i] = at
	}
	return nil
}
