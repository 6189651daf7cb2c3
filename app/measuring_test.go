package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/measured"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/wear"
	"circascope/actigraphy/zone"
	"circascope/app"
)

// counting counts the values that a library is asked to keep, and what was read.
type counting struct {
	app.Library
	kept  *atomic.Int64
	after func() // called after each save
}

func (c counting) SaveMeasures(ctx context.Context, formulas []measured.Formula, sets []measured.Set, replace bool) error {
	for _, s := range sets {
		c.kept.Add(int64(len(s.Values)))
	}
	err := c.Library.SaveMeasures(ctx, formulas, sets, replace)
	if c.after != nil {
		c.after()
	}
	return err
}

// counted is a workbench that counts the values it computes.
func counted(t *testing.T, after func()) (*bench, *atomic.Int64) {
	t.Helper()
	kept := new(atomic.Int64)
	return newBench(t, func(c *app.Config) {
		open, create := c.OpenLibrary, c.CreateLibrary
		c.OpenLibrary = func(ctx context.Context, path string, readOnly bool) (app.Library, error) {
			lib, err := open(ctx, path, readOnly)
			return counting{lib, kept, after}, err
		}
		c.CreateLibrary = func(ctx context.Context, path string) (app.Library, error) {
			lib, err := create(ctx, path)
			return counting{lib, kept, after}, err
		}
	}), kept
}

// someMeasures are one with parts, one on sleep and two on their own.
func someMeasures(t *testing.T) []metrics.Metric {
	t.Helper()
	var list []metrics.Metric
	for _, id := range []string{"IS", "ISp", "L5_onset", "SRI"} {
		m, ok := metrics.Find(metrics.PyActigraphy, id)
		if !ok {
			t.Fatal("no measure", id)
		}
		list = append(list, m)
	}
	return list
}

func (b *bench) measures(t *testing.T, list []metrics.Metric, ids ...string) []app.Measured {
	t.Helper()
	got, err := b.MeasuresOf(t.Context(), app.OnlyOrAll(ids), list, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// sameMeasured reports values that differ in anything that is shown or exported.
func sameMeasured(t *testing.T, got, want []app.Measured) {
	t.Helper()
	if g, w := app.MeasuresTable(got).TSV(), app.MeasuresTable(want).TSV(); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

func TestMeasuresAreComputedOnce(t *testing.T) {
	b, kept := counted(t, nil)
	b.withSample(t)
	list := someMeasures(t)
	first := b.measures(t, list)
	if got, want := kept.Swap(0), int64(len(first)*len(list)); got != want || len(first) < 2 {
		t.Fatalf("kept %d values of %d recordings, want %d", got, len(first), want)
	}
	sameMeasured(t, b.measures(t, list), first)
	if got := kept.Load(); got != 0 {
		t.Errorf("a second pass computed %d values, want none", got)
	}
	more := append(slices.Clone(list), metrics.All(metrics.Paper)[0])
	b.measures(t, more)
	if got, want := kept.Swap(0), int64(len(first)); got != want {
		t.Errorf("one measure more: computed %d values, want %d", got, want)
	}
	b.measures(t, list, first[1].ID)
	if got := kept.Load(); got != 0 {
		t.Errorf("of one recording: computed %d values, want none", got)
	}
	err := b.Measure(t.Context(), app.MeasureOptions{Recordings: app.All(), Measures: list, Again: true}, nil, func(app.Measured) error { return nil })
	if got, want := kept.Load(), int64(len(first)*len(list)); err != nil || got != want {
		t.Errorf("again: computed %d values, %v, want %d", got, err, want)
	}
	sameMeasured(t, b.measures(t, list), first)
}

// TestMeasuresAreThoseOfNow changes what a recording is measured with, one thing after the
// other: each time every value is that of a workbench which never stored any.
func TestMeasuresAreThoseOfNow(t *testing.T) {
	b, kept := counted(t, nil)
	b.withLibrary(t)
	list := someMeasures(t)
	id := b.imported(t, "spring.csv", stamped("2024-03-28 10:00", 7*1440)) // Europe's clocks change in it
	// As the values are without the store.
	fresh := func() []app.Measured {
		var got []app.Measured
		err := b.Measure(t.Context(), app.MeasureOptions{Recordings: app.Only(id), Measures: list, Again: true}, nil, func(m app.Measured) error {
			got = append(got, m)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	before := b.measures(t, list, id)
	study := zone.Assignment{Scope: zone.Study, Place: zone.Place{Zone: "America/New_York", Clock: zone.Kept}}
	layer := func() int64 {
		r, err := b.Recording(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		w, err := b.Wear(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		return w.Layers[0].ID
	}
	changes := []struct {
		name string
		do   func() error
		back bool // to what was stored before
	}{
		{"a mask", func() error {
			return b.DrawMask(t.Context(), id, wear.Drawn, []wear.Interval{{From: 0, To: 3000}}, by)
		}, false},
		{"another mask", func() error {
			return b.DrawMask(t.Context(), id, wear.Drawn, []wear.Interval{{From: 0, To: 2000}}, by)
		}, false},
		{"the valid day", func() error { return b.SetValidDay(t.Context(), wear.ValidDay{Hours: 23}) }, false},
		{"the mask off", func() error { return b.SwitchLayer(t.Context(), id, layer(), false, by) }, true},
		{"the mask on", func() error { return b.SwitchLayer(t.Context(), id, layer(), true, by) }, true},
		{"a zone", func() error { _, err := b.SetZones(t.Context(), []zone.Assignment{study}, nil); return err }, false},
		{"another zone", func() error {
			study.Zone = "Europe/Berlin"
			_, err := b.SetZones(t.Context(), []zone.Assignment{study}, nil)
			return err
		}, false},
		{"no zone", func() error {
			study.Place = zone.Place{}
			_, err := b.SetZones(t.Context(), []zone.Assignment{study}, nil)
			return err
		}, true},
	}
	for _, change := range changes {
		if err := change.do(); err != nil {
			t.Fatalf("%s: %v", change.name, err)
		}
		kept.Store(0)
		got := b.measures(t, list, id)
		if computed := kept.Load() > 0; computed == change.back {
			t.Errorf("%s: computed is %v, want %v", change.name, computed, !change.back)
		}
		sameMeasured(t, got, fresh())
	}
	if err := b.SwitchLayer(t.Context(), id, layer(), false, by); err != nil {
		t.Fatal(err)
	}
	sameMeasured(t, b.measures(t, list, id), before)
}

func TestMeasuresOfAnotherVersionAreNotTaken(t *testing.T) {
	b, kept := counted(t, nil)
	b.withSample(t)
	list := someMeasures(t)[:1]
	id := b.first(t).ID
	first := b.measures(t, list, id)
	lib, err := b.Library()
	if err != nil {
		t.Fatal(err)
	}
	var pairs [][2]string
	for _, p := range list[0].Parameters {
		pairs = append(pairs, [2]string{p.Name, p.Value})
	}
	parameters, err := json.Marshal(pairs)
	if err != nil {
		t.Fatal(err)
	}
	now := measured.Formula{Measure: "IS", Definition: "pyactigraphy", Parameters: string(parameters), Version: list[0].Version()}
	old := now
	old.Version++
	wrong := measured.Set{Basis: first[0].Basis, Values: map[string]measured.Value{old.ID(): {Value: 7}}}
	if err := lib.SaveMeasures(t.Context(), []measured.Formula{old}, []measured.Set{wrong}, false); err != nil {
		t.Fatal(err)
	}
	kept.Store(0)
	sameMeasured(t, b.measures(t, list, id), first)
	if kept.Load() != 0 {
		t.Error("the value that was stored is not found")
	}
	wrong.Values = map[string]measured.Value{now.ID(): {Value: 7}} // so that the ids above are known to be those in use
	if err := lib.SaveMeasures(t.Context(), []measured.Formula{now}, []measured.Set{wrong}, true); err != nil {
		t.Fatal(err)
	}
	if got := b.measures(t, list, id)[0].Values[0].Value; got != 7 {
		t.Errorf("got %v, want what was put in the place of this version", got)
	}
}

func TestACancelKeepsWhatIsMeasured(t *testing.T) {
	var cancel context.CancelFunc
	b, kept := counted(t, func() { cancel() })
	ctx, stop := context.WithCancel(t.Context())
	cancel = stop
	b.withSample(t)
	list := someMeasures(t)
	all := int64(len(b.rows(t)) * len(list))
	if _, err := b.MeasuresOf(ctx, app.All(), list, nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want a cancel", err)
	}
	done := kept.Swap(0)
	if done == 0 || done == all {
		t.Fatalf("kept %d values of %d, want some", done, all)
	}
	b.measures(t, list)
	if got := kept.Load(); got != all-done {
		t.Errorf("computed %d values after the cancel, want the %d that were missing", got, all-done)
	}
}

func (b *bench) rows(t *testing.T) []app.Row {
	t.Helper()
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestMeasuresOfALibraryOpenForReading(t *testing.T) {
	b, kept := counted(t, nil)
	b.withSample(t)
	lib, err := b.Library()
	if err != nil {
		t.Fatal(err)
	}
	path := lib.Path()
	list := someMeasures(t)
	want := b.measures(t, list)[1:]
	if err := errors.Join(b.CloseLibrary(), b.OpenLibrary(t.Context(), path, true)); err != nil {
		t.Fatal(err)
	}
	kept.Store(0)
	list = append(list, metrics.All(metrics.Paper)[0])
	got := b.measures(t, list)
	for i := range got {
		got[i].Values = got[i].Values[:len(list)-1]
	}
	sameMeasured(t, got[1:], want)
	if kept.Load() != 0 {
		t.Error("something was stored")
	}
}

var errDamaged = errors.New("day 3 is damaged")

// damaged is a library in which one recording can't be read.
type damaged struct {
	app.Library
	id *string
}

func (d damaged) Recording(ctx context.Context, id string) (*actigraphy.Recording, error) {
	if id == *d.id {
		return nil, errDamaged
	}
	return d.Library.Recording(ctx, id)
}

func TestARecordingThatCannotBeReadCostsItsOwnMeasures(t *testing.T) {
	var bad string
	b := newBench(t, func(c *app.Config) {
		create := c.CreateLibrary
		c.CreateLibrary = func(ctx context.Context, path string) (app.Library, error) {
			lib, err := create(ctx, path)
			return damaged{lib, &bad}, err
		}
	}).withSample(t)
	bad = b.first(t).ID
	for _, m := range b.measures(t, someMeasures(t)) {
		isBad := m.ID == bad
		if isBad != errors.Is(m.Err, errDamaged) || isBad != (strings.Contains(m.Values[0].Reason, "damaged") && math.IsNaN(m.Values[0].Value)) {
			t.Errorf("%s: got %v and %+v", m.Subject, m.Err, m.Values[0].Reason)
		}
	}
}

// TestMeasuresComeInOrder has many recordings, so that several are worked on at once.
func TestMeasuresComeInOrder(t *testing.T) {
	b := newBench(t).withSample(t)
	rows := b.rows(t)
	var told atomic.Int64
	got, err := b.MeasuresOf(t.Context(), app.All(), someMeasures(t)[:1], func(done, total int64, _ string) {
		if total != int64(len(rows)) {
			t.Errorf("of %d recordings, want %d", total, len(rows))
		}
		told.Store(max(told.Load(), done))
	})
	if err != nil || len(got) != len(rows) {
		t.Fatalf("got %d, %v, want %d", len(got), err, len(rows))
	}
	for i := range rows {
		if got[i].ID != rows[i].ID {
			t.Errorf("%d is %s, want %s", i, got[i].Subject, rows[i].Subject)
		}
	}
	if told.Load() != int64(len(rows)) {
		t.Errorf("told of %d recordings, want %d", told.Load(), len(rows))
	}
	if jobs := b.Jobs().List(); jobs[0].Name != fmt.Sprintf("Measure %d recordings", len(rows)) {
		t.Errorf("got the job %q", jobs[0].Name)
	}
}
