package cwa

import (
	"fmt"

	"circascope/actigraphy/raw"
)

// leftOut counts the sectors that a pass did not yield, the clock's aside.
type leftOut struct {
	broken   int  // a bad checksum, an impossible layout or time
	foreign  int  // of another session
	repeated int  // written twice
	cut      bool // the file ends within a sector
}

// Damage says what the pass left out.
func (p *pass) Damage() raw.Damage {
	o := &p.out
	d := raw.Damage{Missing: p.line.Missing, Blocks: o.broken + o.foreign + o.repeated + p.line.Earlier}
	if o.broken > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf(
			"%d sectors of %d bytes are damaged (checksum, layout or time) and were left out: their time is missing.", o.broken, sectorSize))
	}
	if o.foreign > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf(
			"%d sectors belong to another session than %d, to which the first one belongs, and were left out.", o.foreign, p.first.session))
	}
	if o.repeated > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("%d sectors stand twice and were read once.", o.repeated))
	}
	if o.cut {
		d.Notes = append(d.Notes, "The file ends within a sector: it was cut off.")
	}
	d.Notes = append(d.Notes, p.line.Notes()...)
	return d
}
