package app

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/zone"
	"circascope/inference"
)

// Results leaves out the results that were made on another clock than the one that
// holds for their recording now: beside the others they would count a week twice.
func (z zoned) Results(ctx context.Context, q inference.Query) ([]inference.Result, error) {
	list, err := z.Library.Results(ctx, q)
	if err != nil {
		return nil, err
	}
	return onClock(ctx, z, list, func(r inference.Result) (string, string) { return r.Recording, r.Clock })
}

// Ran leaves out what Results leaves out.
func (z zoned) Ran(ctx context.Context) ([]inference.Ran, error) {
	list, err := z.Library.Ran(ctx)
	if err != nil {
		return nil, err
	}
	return onClock(ctx, z, list, func(r inference.Ran) (string, string) { return r.Recording, r.Clock })
}

// Scores leaves out what Results leaves out.
func (z zoned) Scores(ctx context.Context) ([]inference.Scored, error) {
	list, err := z.Library.Scores(ctx)
	if err != nil {
		return nil, err
	}
	return onClock(ctx, z, list, func(s inference.Scored) (string, string) { return s.Recording, s.Clock })
}

// onClock returns the items whose clock holds now. of gives an item's recording and
// clock.
func onClock[T any](ctx context.Context, z zoned, list []T, of func(T) (recording, clock string)) ([]T, error) {
	zones, err := z.Zones(ctx)
	if err != nil {
		return nil, err
	}
	clocked := slices.ContainsFunc(list, func(item T) bool { _, clock := of(item); return clock != "" })
	if len(zones) == 0 && !clocked { // as in most libraries
		return list, nil
	}
	now, err := z.places(ctx, zones)
	if err != nil {
		return nil, err
	}
	kept := list[:0]
	for _, item := range list {
		recording, clock := of(item)
		place, err := placeOf(clock)
		if err != nil {
			return nil, err
		}
		if place == now[recording] {
			kept = append(kept, item)
		}
	}
	return kept, nil
}

// places returns, by recording, the place that results have in their clock now, as
// placeOf gives it. Samples are not read: only those of a device that followed
// another clock speak against a zone, and such a recording is not in it.
func (z zoned) places(ctx context.Context, zones []zone.Assignment) (map[string]string, error) {
	infos, err := z.Library.Recordings(ctx)
	if err != nil {
		return nil, err
	}
	book, err := zone.NewBook(zones)
	if err != nil {
		return nil, err
	}
	now := make(map[string]string, len(infos))
	var none []float64 // not recorded, as long as any recording
	for _, info := range infos {
		for len(none) < info.Epochs {
			none = append(none, math.NaN())
		}
		r := &actigraphy.Recording{Subject: info.Subject, Device: info.Device, Start: info.Start, Epoch: info.Epoch, Activity: slices.Clip(none[:info.Epochs])}
		p, err := asNamed(info.ID, r, book)
		if contradicts(err) {
			p = placed{Placed: zone.Placed{Recording: r}, asRead: r}
		} else if err != nil {
			return nil, err
		}
		if now[info.ID], err = placeOf(p.clock("")); err != nil {
			return nil, err
		}
	}
	return now, nil
}

// placeOf returns the place of a result's clock, without the rule for weeks, as
// JSON; "" for the clock "".
func placeOf(clock string) (string, error) {
	if clock == "" {
		return "", nil
	}
	var p zone.Place
	if err := json.Unmarshal([]byte(clock), &p); err != nil {
		return "", fmt.Errorf("reading the clock of a result: %w", err)
	}
	b, err := json.Marshal(p)
	return string(b), err
}
