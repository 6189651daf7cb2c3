package grid

import (
	"fmt"
	"time"

	"circascope/actigraphy"
)

// placing is the state of laying rows onto a grid.
type placing struct {
	g         *Grid
	rows      Rows
	tolerance int64 // a time may be this far off its epoch's

	last                 int   // row placed last
	offGrid              int   // rows a little off
	farthest             int64 // how far
	repeats, firstRepeat int
	doubles, firstDouble int           // rows of a log with the time of the row before and other values
	within               int           // rows of a log that are stamped after the beginning of their epoch
	latest               int64         // how long after
	clockBack            int           // rows of a repeated hour, of which the row before is one
	back                 time.Duration // by which the clock was put back there
	gaps, missing        int
	longest              int // epochs of the longest gap
	longestAfter         int // row before it
}

func (g *Grid) place(rows Rows) error {
	p := &placing{g: g, rows: rows, tolerance: min(int64(g.Epoch)/10, int64(2*time.Second))}
	n := len(rows.Times)
	if n > 1 && rows.Log && rows.Times[1]-rows.Times[0] < int64(g.Epoch)-p.tolerance && rows.Times[1] != rows.Times[0] {
		g.Start = rows.Times[1] - int64(g.Epoch) // the first row is stamped within its epoch
		p.around(rows.Times[0])
	}
	slots := make([]int32, n)
	identity := true
	for i := 1; i < n; i++ {
		slot, err := p.slot(i, slots[p.last])
		if err != nil {
			return err
		}
		slots[i] = slot
		identity = identity && int(slot) == i
		if slot >= 0 {
			p.last = i
		}
	}
	g.Len = int(slots[p.last]) + 1
	p.coverSecondPasses(slots)
	if g.Len > sparseFrom && g.Len/sparsest > n {
		return p.refuse(p.longestAfter, fmt.Sprintf("at least 1 epoch of %d recorded", sparsest),
			fmt.Sprintf("%d rows in the time of %d epochs of %v", n, g.Len, actigraphy.InWords(g.Epoch)), "check the times, and split the file where it holds several recordings")
	}
	if !identity {
		g.slots = slots
	}
	p.note()
	return nil
}

// slot returns the epoch of row i, -1 where the row is left out. before is the
// epoch of the row placed last.
func (p *placing) slot(i int, before int32) (int32, error) {
	t, last := p.rows.Times[i], p.rows.Times[p.last]
	switch {
	case p.clockBack > 0 && t < last+int64(p.g.Epoch)-p.tolerance, t < last && p.isClockBack(t, last):
		return -1, p.secondPass(i, before)
	case t <= last:
		return -1, p.notLater(i, p.last)
	case t-last > int64(MaxGap):
		return 0, p.refuse(i, fmt.Sprintf("gaps of at most %d days", MaxGap/(24*time.Hour)), p.rows.Name(i)+" after "+p.rows.Name(p.last),
			"split the file if it holds two recordings; if the dates are read in the wrong order, name the date order")
	}
	return p.place(i, t, before)
}

// notLater leaves out row i, which has the time of a row before it or an earlier
// one, or says what is wrong with it.
func (p *placing) notLater(i, before int) error {
	switch {
	case p.rows.Times[i] < p.rows.Times[before]:
		return goesBack(p.rows, i, before)
	case p.rows.Same(i, before):
		if p.repeats++; p.repeats == 1 {
			p.firstRepeat = i
		}
		return nil
	case p.rows.Log:
		p.double(i)
		return nil
	default:
		return p.refuse(i, "a later time than in the row before", "the same time with other values",
			"if the epochs are shorter than the times show, export times with seconds; otherwise remove one of the rows")
	}
}

func (p *placing) place(i int, t int64, before int32) (int32, error) {
	slot, err := p.onto(i, t, before)
	if err != nil || slot < 0 {
		return slot, err
	}
	if gap := int(slot) - int(before) - 1; gap > 0 {
		p.gaps++
		p.missing += gap
		if gap > p.longest {
			p.longest, p.longestAfter = gap, p.last
		}
		p.noteClockForward(gap, i)
	}
	p.clockBack = 0
	return slot, nil
}

// onto returns the epoch of row i, -1 where a log has one before it there. before
// is the epoch of the row before.
func (p *placing) onto(i int, t int64, before int32) (int32, error) {
	slot, off := p.nearest(t)
	if p.rows.Log && off > p.tolerance {
		slot, off = p.around(t), 0
	}
	if p.rows.Log && slot == int64(before) {
		p.double(i)
		return -1, nil
	}
	if off > p.tolerance || slot == int64(before) {
		return 0, p.refuse(i, fmt.Sprintf("a time on the epochs of %v that begin at %s", actigraphy.InWords(p.g.Epoch), p.rows.Name(0)), p.rows.Name(i),
			"export the recording with a fixed epoch length")
	}
	if slot >= MaxEpochs {
		return 0, p.refuse(i, fmt.Sprintf("at most %d epochs", MaxEpochs), "more", "split the file")
	}
	if off > 0 {
		p.offGrid++
		p.farthest = max(p.farthest, off)
	}
	return int32(slot), nil
}

// double leaves out a row of a log that falls into the epoch of the row before.
func (p *placing) double(i int) {
	if p.doubles++; p.doubles == 1 {
		p.firstDouble = i
	}
}

// nearest returns the epoch that begins nearest to t, and how far off t is.
func (p *placing) nearest(t int64) (slot, off int64) {
	epoch := int64(p.g.Epoch)
	t -= p.g.Start
	slot = (t + epoch/2) / epoch
	off = t - slot*epoch
	return slot, max(off, -off)
}

// around returns the epoch of which t is a part. Devices stamp the epoch in which
// the button was pressed with the time of that, and go on at any second after a
// pause.
func (p *placing) around(t int64) (slot int64) {
	epoch := int64(p.g.Epoch)
	t -= p.g.Start
	p.within++
	p.latest = max(p.latest, t%epoch)
	return t / epoch
}

func (p *placing) refuse(row int, expected, found, advice string) error {
	return &Error{Row: row, Expected: expected, Found: found, Advice: advice}
}

func goesBack(rows Rows, row, before int) error {
	return &Error{
		Row: row, Expected: "times that increase", Found: rows.Name(row) + " after " + rows.Name(before),
		Advice: "sort the rows by time; if the device's clock was set back here, split the file at this row into two recordings; " +
			"if the dates are read in the wrong order, name the date order",
	}
}

// noteClockForward notes a missing hour that looks like the start of summer time.
func (p *placing) noteClockForward(gap, i int) {
	at := time.Unix(0, p.rows.Times[i]).UTC()
	missing := time.Duration(gap) * p.g.Epoch
	if p.rows.Wall && missing == time.Hour && at.Hour() < 5 {
		p.g.Notes = append(p.g.Notes, fmt.Sprintf(
			"The clock jumps from %s to %s, as at the start of summer time; the hour between is marked as not recorded.",
			p.rows.Name(p.last), p.rows.Name(i)))
	}
}

func (p *placing) note() {
	if p.repeats > 0 {
		p.g.Notes = append(p.g.Notes, fmt.Sprintf("%d repeated rows with the same values were left out, the first at %s.",
			p.repeats, p.rows.Name(p.firstRepeat)))
	}
	if p.doubles > 0 {
		p.g.Notes = append(p.g.Notes, fmt.Sprintf("%d rows fall into the epoch of the row before, with other values, and were left out; the first of them is at %s.",
			p.doubles, p.rows.Name(p.firstDouble)))
	}
	if p.within > 0 {
		p.g.Notes = append(p.g.Notes, fmt.Sprintf("%d rows are stamped up to %v after the beginning of their epoch, as when the button was pressed or the device paused, and were put onto it.",
			p.within, actigraphy.InWords(time.Duration(p.latest))))
	}
	if p.gaps > 0 {
		p.g.Notes = append(p.g.Notes, fmt.Sprintf("Marked as not recorded: gaps %d, epochs %d in all; the longest, of %v, follows %s.",
			p.gaps, p.missing, actigraphy.InWords(time.Duration(p.longest)*p.g.Epoch), p.rows.Name(p.longestAfter)))
	}
	if p.offGrid > 0 {
		p.g.Notes = append(p.g.Notes, fmt.Sprintf("%d rows begin up to %v off their epoch and were moved onto it.",
			p.offGrid, actigraphy.InWords(time.Duration(p.farthest))))
	}
}
