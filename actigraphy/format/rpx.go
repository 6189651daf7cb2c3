package format

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"circascope/actigraphy"
)

// RPX reads the CSV that Actiware (Philips Respironics) exports from Actiwatch 2,
// Spectrum and their kin, in the language of the program that wrote it. What does
// not depend on the language decides: the order of sections and lines, and what
// their values look like.
type RPX struct{}

// Format describes the format.
func (RPX) Format() Info {
	return Info{ID: "rpx", Name: "Actiware (Philips Respironics) export", Extensions: []string{".csv"}}
}

// Sniff looks for the program's name in the first line.
func (RPX) Sniff(head []byte) bool { return firstLines(1, "Actiware")(head) }

// Read reads the one recording of the file.
func (RPX) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	if err := onlyChannel(in, opts, rpxActivity); err != nil {
		return err
	}
	l, err := in.text(ctx)
	if err != nil {
		return err
	}
	p := &rpxReading{l: l, r: &actigraphy.Recording{Unit: actigraphy.Unit{Quantity: "counts", Device: "Actiwatch"}}}
	p.rows = epochRows{l: l, missing: rpxMissing}
	if err := p.top(); err != nil {
		return err
	}
	if err := p.rows.read(); err != nil {
		return err
	}
	if err := p.finish(opts); err != nil {
		return err
	}
	return emit(p.r)
}

// rpxReading is the state of reading one export.
type rpxReading struct {
	l       *lines
	r       *actigraphy.Recording
	h       rpxHeader
	section int
	rows    epochRows
	fields  [][]byte
	names   []string // the line that may name the columns of the rows below it
}

const rpxExpected = "rows of epochs below a line of names with the activity among them, in English, French, German, Dutch, Spanish, Italian or Portuguese"

// top reads up to the first row of the epochs, which it hands to rows.
func (p *rpxReading) top() error {
	return p.l.header(rpxExpected, func(line []byte) (bool, error) {
		if p.rows.sep == 0 {
			p.rows.sep = rpxSeparator(line)
			return false, nil
		}
		if p.isEpoch(line) {
			return true, p.rows.row(line)
		}
		p.headLine()
		return false, nil
	})
}

// rpxSeparator takes the character behind the first label, 0 where the line has
// no label: the second line is "Filename:","...".
func rpxSeparator(line []byte) byte {
	_, rest, _ := bytes.Cut(line, []byte(":"))
	rest = bytes.TrimLeft(rest, `" `)
	if len(rest) > 0 && bytes.IndexByte([]byte(",;\t"), rest[0]) >= 0 {
		return rest[0]
	}
	return 0
}

// isEpoch splits the line and reports whether it is a row of the epochs: it
// begins with its number, has a date and a time of day, and the names above it
// have the activity. The list of markers has no activity.
func (p *rpxReading) isEpoch(line []byte) bool {
	var ok bool
	if p.fields, ok = split(line, p.rows.sep, p.fields); !ok || len(p.names) == 0 {
		return false
	}
	if _, ok := integer(p.fields[0]); !ok {
		return false
	}
	date := -1
	for i := 1; i+1 < min(len(p.fields), len(p.names)); i++ {
		if isDate(p.fields[i]) && isClock(p.fields[i+1]) {
			date = i
			break
		}
	}
	return date > 0 && p.columns(date)
}

// headLine takes the line just split, which is no row.
func (p *rpxReading) headLine() {
	if isBlank(p.fields) {
		return
	}
	if first := p.fields[0]; bytes.HasPrefix(first, []byte("-----")) {
		if len(bytes.Trim(first, "-")) > 0 {
			p.section++
		}
		return
	}
	if p.section <= rpxProperties {
		p.h.line(p.section, p.l.number, p.fields)
		return
	}
	if _, ok := integer(p.fields[0]); ok {
		return // a marker
	}
	p.names = p.names[:0]
	for _, f := range p.fields {
		p.names = append(p.names, rpxLabel(f))
	}
	for n := len(p.names); n > 0 && p.names[n-1] == ""; n-- {
		p.names = p.names[:n-1]
	}
}

// rpxLabel returns a label without the colon behind it. French has a no-break space
// before the colon.
func rpxLabel(f []byte) string {
	text := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(toUTF8(f))
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), ":"))
}

func (p *rpxReading) finish(opts Options) error {
	h, r := &p.h, p.r
	h.name(p.l.in, r)
	h.declare(&p.rows.dates)
	r.Epoch = time.Duration(h.epoch * float64(time.Second))
	if err := p.rows.finish(r, opts, rpxActivity); err != nil {
		return err
	}
	if off := r.Channels[rpxOffWrist]; off != nil {
		for i := range off {
			off[i] = 1 - off[i]
		}
		delete(r.Channels, rpxOffWrist)
		r.Channels[actigraphy.ChannelWear] = off
	}
	if seconds := r.Epoch.Seconds(); h.epoch != 0 && seconds != h.epoch && seconds != h.epoch*60 {
		return &actigraphy.FileError{
			File: p.l.in.Path, Line: h.epochLine, Expected: fmt.Sprintf("the epoch of the rows, %v", actigraphy.InWords(r.Epoch)),
			Found: fmt.Sprint(h.epoch), Advice: "export the file again; its header does not fit its rows",
		}
	}
	h.notes(r, p.rows.n)
	return nil
}
