package app

import (
	"context"
	"encoding/json"
	"fmt"

	"circascope/actigraphy"
	"circascope/actigraphy/measured"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/zone"
)

// bases says what measures of recordings are made from now, without reading samples.
type bases struct {
	book   *zone.Book
	asRead map[string]actigraphy.Info // as the files have them, by id
}

func basesOf(ctx context.Context, lib Library) (bases, error) {
	zones, err := lib.Zones(ctx)
	if err != nil {
		return bases{}, err
	}
	book, err := zone.NewBook(zones)
	if err != nil {
		return bases{}, err
	}
	infos, err := stored(lib).Recordings(ctx)
	if err != nil {
		return bases{}, err
	}
	b := bases{book, make(map[string]actigraphy.Info, len(infos))}
	for _, info := range infos {
		b.asRead[info.ID] = info
	}
	return b, nil
}

// of returns the basis of a recording.
func (b bases) of(id string) measured.Basis {
	info := b.asRead[id]
	a, _ := b.book.For(info)
	return basis(info.ID, info.Source, info.Mask, a.Place)
}

func basis(id string, src actigraphy.Source, mask string, place zone.Place) measured.Basis {
	return measured.Basis{Recording: id, RecordingSHA: src.SHA256, Mask: mask, Zone: placeText(place)}
}

// placeText writes a place as JSON, "" for none.
func placeText(p zone.Place) string {
	if p.Zone == "" {
		return ""
	}
	b, err := json.Marshal(p)
	if err != nil {
		panic(fmt.Sprintf("app: a place of plain strings did not marshal: %v", err))
	}
	return string(b)
}

// measurable reads what measures of a recording are computed from, and what that is.
func measurable(ctx context.Context, lib Library, info actigraphy.Info) (metrics.Input, measured.Basis, error) {
	p, mask, err := wornIn(ctx, lib, info.ID, asNamed)
	if err != nil {
		return metrics.Input{}, measured.Basis{}, fmt.Errorf("reading the recording of %s: %w", info.Subject, err)
	}
	return metrics.Input{Recording: p.Recording}, basis(info.ID, info.Source, mask, p.place), nil
}
