package geneactiv

import (
	"fmt"

	"circascope/actigraphy/raw"
)

// leftOut counts the pages that a pass did not yield, the clock's aside.
type leftOut struct {
	found    int // pages with a line of samples
	torn     int // without one
	broken   int // no time, no rate, or samples that are none
	repeated int // that stand twice
	partial  int // samples of a last page that is not full
}

// Damage says what the pass left out.
func (p *pass) Damage() raw.Damage {
	o := &p.out
	d := raw.Damage{Missing: p.line.Missing, Blocks: o.torn + o.broken + o.repeated + p.line.Earlier + p.line.Alone}
	if n := o.torn + o.broken; n > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("%d pages are damaged and were left out: their time is missing.", n))
	}
	if o.repeated > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("%d pages stand twice and were read once.", o.repeated))
	}
	if o.partial > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("The last page is cut off after %d of %d samples.", o.partial, perPage))
	}
	if all := o.found + o.torn; p.stated > 0 && p.stated != all {
		d.Notes = append(d.Notes, fmt.Sprintf("The header announces %d pages, the file has %d.", p.stated, all))
	}
	d.Notes = append(d.Notes, p.line.Notes()...)
	return d
}
