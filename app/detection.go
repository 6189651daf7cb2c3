package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
)

// detection is a search for non-wear in recordings.
type detection struct {
	lib      Library
	method   wear.Method
	values   wear.Values
	revision wear.Revision // of layers that are added; without intervals
	report   DetectReport
}

func (wb *Workbench) newDetection(lib Library, o DetectOptions) (*detection, error) {
	method, err := wear.Find(o.Method)
	if err != nil {
		return nil, err
	}
	values, err := method.Complete(o.Values)
	if err != nil {
		return nil, err
	}
	return &detection{
		lib: lib, method: method, values: values, revision: wb.revision(o.By, wear.Created, true, nil),
		report: DetectReport{Method: o.Method, Parameters: values, Found: []Detected{}},
	}, nil
}

// looked is what was found in one recording, and what that changes of its layers.
type looked struct {
	found  Detected
	change wear.Change
}

// all looks in recordings, on all cores, and gives what is to be changed to keep, in
// order.
func (d *detection) all(ctx context.Context, infos []actigraphy.Info, progress Progress, keep func(wear.Change) error) error {
	n := int64(len(infos))
	progress(0, n, "")
	return parallelInOrder(ctx, len(infos), func(ctx context.Context, i int) (looked, error) {
		l, err := d.look(ctx, infos[i])
		if err != nil {
			err = fmt.Errorf("detecting non-wear of %s: %w", infos[i].Subject, err)
		}
		return l, err
	}, func(l looked) error {
		if len(l.change.Layers) > 0 {
			if err := keep(l.change); err != nil {
				return fmt.Errorf("keeping the non-wear of %s: %w", l.found.Subject, err)
			}
		}
		d.report.Found = append(d.report.Found, l.found)
		progress(int64(len(d.report.Found)), n, l.found.Subject)
		return nil
	})
}

// look looks in one recording and stores nothing.
func (d *detection) look(ctx context.Context, info actigraphy.Info) (looked, error) {
	l := looked{found: Detected{Recording: info.ID, Subject: info.Subject}, change: wear.Change{Recording: info.ID}}
	p, err := forDays(ctx, d.lib, info.ID)
	if err != nil {
		return l, err
	}
	if l.change.Seen, err = d.lib.Layers(ctx, info.ID); err != nil {
		return l, err
	}
	list, err := d.method.Detect(p.asRead, d.values)
	if err != nil {
		l.found.Error = err.Error()
		return l, nil
	}
	l.found.Periods = len(list)
	for _, i := range list {
		l.found.Minutes += int(time.Duration(i.Len()) * p.asRead.Epoch / time.Minute)
	}
	after := slices.Clone(l.change.Seen)
	same := slices.IndexFunc(after, d.made)
	switch l.found.Already = same >= 0; {
	case same < 0:
		layer := wear.Layer{Kind: wear.ByMethod, Name: d.method.Name, Method: d.method.ID, Parameters: d.values, Revision: d.revision}
		same, after = len(after), append(after, layer)
	case after[same].On && slices.Equal(after[same].Intervals, list):
		return l, nil
	default:
		after[same].Revision = d.revision
		after[same].Act = wear.Switched
	}
	after[same].Intervals = list
	l.change.Layers = after[same : same+1]
	l.change.Days = p.summary(wear.Combine(after, wear.ValidDay{})).Days
	return l, nil
}

// made reports whether the search made a layer.
func (d *detection) made(l wear.Layer) bool {
	return l.Method == d.method.ID && maps.Equal(l.Parameters, d.values)
}
