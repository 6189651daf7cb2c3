package format

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"circascope/actigraphy"
)

// TAL reads the text of Tempatilumi devices (CE Brasil): some lines of header in
// Portuguese and a table separated by semicolons.
type TAL struct{}

// Format describes the format.
func (TAL) Format() Info {
	return Info{ID: "tal", Name: "Tempatilumi", Extensions: []string{".txt"}}
}

// Sniff looks for the names of the columns in the first lines.
func (TAL) Sniff(head []byte) bool {
	for range 20 {
		line, rest, _ := bytes.Cut(head, []byte("\n"))
		if isTalNames(line) {
			return true
		}
		head = rest
	}
	return false
}

func isTalNames(line []byte) bool {
	plain := bytes.ReplaceAll(bytes.TrimPrefix(line, byteOrderMark), []byte(" "), nil)
	return bytes.HasPrefix(plain, []byte("Data;Hora;")) && bytes.Contains(plain, []byte("Atividade"))
}

// talChannels are the columns behind the date and the time.
var talChannels = map[string]string{
	"Atividade": "activity", "Evento": actigraphy.ChannelMarker,
	"Luminosidade": actigraphy.ChannelLight, "Temperatura": actigraphy.ChannelTemperature,
}

// Read reads the one recording of the file.
func (TAL) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	if err := onlyChannel(in, opts, "activity"); err != nil {
		return err
	}
	l, err := in.text(ctx)
	if err != nil {
		return err
	}
	t := &talReading{
		r:    &actigraphy.Recording{Device: "Tempatilumi", Unit: actigraphy.Unit{Quantity: "counts", Device: "Tempatilumi"}},
		rows: epochRows{l: l, sep: ';'},
	}
	if err := l.header("a line of names that begins with Data; Hora;", t.head); err != nil {
		return err
	}
	if !slices.Contains(t.rows.names(), "activity") {
		return l.fault("a column Atividade", strings.Join(t.rows.names(), ", "), "export the file again")
	}
	if name := t.rows.twice(); name != "" {
		return l.fault("columns of different names", fmt.Sprintf("two for %q", name), "export the file again")
	}
	if err := t.rows.read(); err != nil {
		return err
	}
	nameSubject(t.r, in, "")
	if err := t.rows.finish(t.r, opts, "activity"); err != nil {
		return err
	}
	return emit(t.r)
}

// talReading is the state of reading one file.
type talReading struct {
	r    *actigraphy.Recording
	rows epochRows
}

// head takes a line of the header; the names of columns are the last.
func (t *talReading) head(line []byte) (last bool, err error) {
	if isTalNames(line) {
		t.columns(line)
		return true, nil
	}
	name, value, ok := strings.Cut(toUTF8(line), ":")
	value = strings.TrimSpace(value)
	switch {
	case !ok || value == "":
	case strings.Contains(name, "Série"):
		t.r.Device = "Tempatilumi " + value
	default:
		addNote(t.r, strings.TrimSpace(name)+": "+value)
	}
	return false, nil
}

func (t *talReading) columns(line []byte) {
	var left []string
	for i, f := range bytes.Split(bytes.TrimRight(line, "; \t"), []byte(";")) {
		name := toUTF8(trim(f))
		c := epochColumn{role: roleValue, name: talChannels[name], signed: name == "Temperatura"}
		switch {
		case i == 0:
			c = epochColumn{role: roleDate}
		case i == 1:
			c = epochColumn{role: roleClock}
		case c.name == "":
			c.role = roleNone
			left = append(left, name)
		}
		t.rows.columns = append(t.rows.columns, c)
	}
	if len(left) > 0 {
		t.r.Source.Notes = append(t.r.Source.Notes, fmt.Sprintf("Columns that were not read: %s.", strings.Join(left, ", ")))
	}
}
