package app

import (
	"context"
	"encoding/json"
	"fmt"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/measured"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/zone"
)

// bases says what measures of recordings are made from now, without reading samples.
type bases struct {
	book   *zone.Book
	asRead map[string]actigraphy.Info // as the files have them, by id
	diary  *diaries                   // nil where rest is as each measure says
	manual map[string]*rest.Layer     // of recordings with rest periods that were changed by hand
}

func basesOf(ctx context.Context, lib Library, from string) (bases, error) {
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
	layers, err := lib.Rest(ctx, "")
	if err != nil {
		return bases{}, err
	}
	b := bases{book: book, asRead: make(map[string]actigraphy.Info, len(infos)), manual: make(map[string]*rest.Layer, len(layers))}
	for _, info := range infos {
		b.asRead[info.ID] = info
	}
	for i, l := range layers {
		b.manual[l.Recording] = &layers[i]
	}
	if from == protocol.RestByDiary {
		b.diary = &diaries{lib: lib, of: map[string][]diary.Entry{}}
	}
	return b, nil
}

// of returns the basis of a recording.
func (b bases) of(ctx context.Context, id string) (measured.Basis, error) {
	info := b.asRead[id]
	a, _ := b.book.For(info)
	return b.basis(ctx, info, info.Mask, a.Place, b.manual[id])
}

// basis is what measures of a recording are made from under a mask, in a place. Rest
// periods that were changed by hand, nil for none, come before a diary.
func (b bases) basis(ctx context.Context, info actigraphy.Info, mask string, place zone.Place, manual *rest.Layer) (from measured.Basis, err error) {
	from = measured.Basis{Recording: info.ID, RecordingSHA: info.Source.SHA256, Mask: mask, Zone: placeText(place)}
	if manual != nil {
		from.Rest = manual.Hash()
		return from, nil
	}
	from.Rest, err = b.diary.id(ctx, info.Subject)
	return from, err
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
func (b bases) measurable(ctx context.Context, lib Library, info actigraphy.Info) (in metrics.Input, from measured.Basis, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("reading the recording of %s: %w", info.Subject, err)
		}
	}()
	p, mask, err := wornIn(ctx, lib, info.ID, asNamed)
	if err != nil {
		return in, from, err
	}
	manual, err := restLayer(ctx, lib, info.ID)
	if err != nil {
		return in, from, err
	}
	if from, err = b.basis(ctx, info, mask, p.place, manual); err != nil {
		return in, from, err
	}
	in.Recording, in.Rest = p.Recording, p.restOf(manual)
	if manual == nil {
		in.Rest, err = b.diary.rest(ctx, info.Subject, p.Recording.Start)
	}
	return in, from, err
}
