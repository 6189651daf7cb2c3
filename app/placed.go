package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"circascope/actigraphy"
	"circascope/actigraphy/prepare"
	"circascope/actigraphy/wear"
	"circascope/actigraphy/zone"
)

// zoned is a library whose recordings are in the time zones that people named for
// them. What is stored stays as it was read.
type zoned struct{ Library }

func (z zoned) Recordings(ctx context.Context) ([]actigraphy.Info, error) {
	infos, err := z.Library.Recordings(ctx)
	if err != nil {
		return nil, err
	}
	book, err := z.book(ctx)
	if err != nil {
		return nil, err
	}
	for i := range infos {
		infos[i] = book.Describe(infos[i])
	}
	return infos, nil
}

func (z zoned) Recording(ctx context.Context, id string) (*actigraphy.Recording, error) {
	p, err := placedIn(ctx, z, id, asNamed)
	return p.Recording, err
}

func (z zoned) book(ctx context.Context) (*zone.Book, error) {
	list, err := z.Zones(ctx)
	if err != nil {
		return nil, err
	}
	return zone.NewBook(list)
}

// placed is a recording in the zone that holds for it.
type placed struct {
	zone.Placed
	asRead *actigraphy.Recording
	place  zone.Place // empty where none was named
}

// placing puts a recording into a zone; the book is that of the library.
type placing func(id string, r *actigraphy.Recording, book *zone.Book) (placed, error)

// asNamed puts a recording into the zone that is named for it now.
func asNamed(id string, r *actigraphy.Recording, book *zone.Book) (placed, error) {
	p := placed{Placed: zone.Placed{Recording: r}, asRead: r}
	a, ok := book.For(actigraphy.Info{ID: id, Device: r.Device, Start: r.Start})
	if !ok {
		return p, nil
	}
	var err error
	p.place = a.Place
	p.Placed, err = book.Apply(id, r)
	return p, err
}

// asResult puts a recording into the zone in the provenance of a result, as it was
// when that was made.
func asResult(clock string) placing {
	return func(_ string, r *actigraphy.Recording, _ *zone.Book) (placed, error) {
		p := placed{Placed: zone.Placed{Recording: r}, asRead: r}
		if clock == "" {
			return p, nil
		}
		var c clockOf
		err := json.Unmarshal([]byte(clock), &c)
		if err != nil {
			return p, fmt.Errorf("reading the clock of the result: %w", err)
		}
		p.place = c.Place
		p.Placed, err = c.Apply(r)
		return p, err
	}
}

// stored returns the library whose recordings are as they were read.
func stored(lib Library) Library {
	if z, ok := lib.(zoned); ok {
		return z.Library
	}
	return lib
}

// placedIn reads a recording of a library and puts it into a zone.
func placedIn(ctx context.Context, lib Library, id string, how placing) (placed, error) {
	list, err := lib.Zones(ctx)
	if err != nil {
		return placed{}, err
	}
	book, err := zone.NewBook(list)
	if err != nil {
		return placed{}, err
	}
	r, err := stored(lib).Recording(ctx, id)
	if err != nil {
		return placed{}, err
	}
	return how(id, r, book)
}

// wearOf returns a mask of the file's epochs in those of the placed recording.
func (p placed) wearOf(m wear.Mask) wear.Mask {
	m.NotWorn = moved(m.NotWorn, p.FromFile)
	return m
}

// moved returns intervals in other epochs, in order. Epochs of the file may stand in
// two places, of an hour that came twice.
func moved(list []wear.Interval, to func(from, until int) [][2]int) []wear.Interval {
	var out []wear.Interval
	for _, i := range list {
		for _, span := range to(i.From, i.To) {
			out = wear.Paint(out, wear.Interval{From: span[0], To: span[1], Worn: i.Worn})
		}
	}
	return out
}

// clockOf is the wall clock of a result as its provenance has it.
type clockOf struct {
	zone.Place
	Rule string `json:"rule"` // of prepare: what a minute of the week is
}

// clock returns the wall clock for the provenance of results, "" where the zone
// makes no difference to the weeks: the id of a result then is what it was before
// the zone was named.
func (p placed) clock(rule prepare.ClockRule) string {
	_, read := p.asRead.Start.Zone()
	moved := read && p.Recording.Start.SinceMidnight() != p.asRead.Start.SinceMidnight()
	if len(p.Recording.ClockChanges()) == 0 && !moved {
		return ""
	}
	c := clockOf{Place: p.place, Rule: rule.Name()}
	if c.Zone == "" {
		loc, _ := p.Recording.Start.Zone() // the file's own
		c.Place = zone.Place{Zone: loc.String(), Clock: zone.Kept}
	}
	b, err := json.Marshal(c)
	if err != nil {
		panic(fmt.Sprintf("app: a clock of plain strings did not marshal: %v", err))
	}
	return string(b)
}

// weekStart returns a week's start for the provenance: as the file has its times
// where the zone makes no difference.
func (p placed) weekStart(w prepare.Week, clock string) string {
	if _, known := p.asRead.Start.Zone(); !known && clock == "" && w.Start.HasDate() {
		return actigraphy.Naive(w.Start.Clock()).String()
	}
	return w.Start.String()
}

// contradicts reports whether a recording could not be read because it speaks
// against the zone named for it.
func contradicts(err error) bool { return errors.Is(err, zone.ErrContradiction) }
