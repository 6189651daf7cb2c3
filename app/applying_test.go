package app_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
	"circascope/actigraphy/wear"
	"circascope/app"
)

// breaking is a library that fails in the steps of a protocol's application.
type breaking struct {
	app.Library
	reads  *atomic.Int64 // of recordings until one fails; below 0 none does
	change *atomic.Bool  // whether the last step fails
}

var errBroken = errors.New("the disk is gone")

func (l breaking) Recording(ctx context.Context, id string) (*actigraphy.Recording, error) {
	if l.reads.Load() == 0 {
		return nil, errBroken
	}
	l.reads.Add(-1)
	return l.Library.Recording(ctx, id)
}

func (l breaking) ChangeStudy(ctx context.Context, settings map[string]string, changes []wear.Change, mask func([]wear.Layer) string) error {
	if !l.change.Load() {
		return l.Library.ChangeStudy(ctx, settings, changes, mask)
	}
	// The last change is of no recording, so that the transaction fails at its end.
	return l.Library.ChangeStudy(ctx, settings, append(changes, wear.Change{Recording: "gone"}), mask)
}

// TestAProtocolIsAppliedWholeOrNotAtAll makes each step of an application fail, after
// others have worked.
func TestAProtocolIsAppliedWholeOrNotAtAll(t *testing.T) {
	reads, change := new(atomic.Int64), new(atomic.Bool)
	reads.Store(-1)
	b := newBench(t, func(c *app.Config) {
		create := c.CreateLibrary
		c.CreateLibrary = func(ctx context.Context, path string) (app.Library, error) {
			lib, err := create(ctx, path)
			return breaking{lib, reads, change}, err
		}
	}).withLibrary(t)
	var ids []string
	for _, day := range []string{"28", "29", "30"} {
		ids = append(ids, b.imported(t, day+".csv", stamped("2024-03-"+day+" 10:00", 5*1440)))
	}
	p := protocol.Default("first", metrics.PyActigraphy)
	before, err := p.File()
	if err == nil {
		_, err = b.ApplyProtocol(t.Context(), before, by, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	was := b.study(t)
	ctx, cancel := context.WithCancel(t.Context())
	for _, tt := range []struct {
		name  string
		ctx   context.Context
		start func()
		step  app.Progress
		want  error
	}{
		{"a recording can't be read", t.Context(), func() { reads.Store(2) }, nil, errBroken},
		{"the library can't be written to", t.Context(), func() { change.Store(true) }, nil, nil},
		{"it is cancelled midway", ctx, func() {}, func(done, _ int64, _ string) {
			if done == 2 {
				cancel()
			}
		}, context.Canceled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.start()
			_, err := b.ApplyProtocol(tt.ctx, strict(t, 2), by, tt.step)
			reads.Store(-1)
			change.Store(false)
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), "nothing was changed") {
				t.Fatalf("got %v, want %v and that nothing was changed", err, tt.want)
			}
			now := b.study(t)
			if now.Key() != was.Key() || now.Protocol.Name != "first" || now.Applied.At != was.Applied.At {
				t.Errorf("the study is %q now, want %q as before", now.Key(), was.Key())
			}
			for _, id := range ids {
				if history, err := b.WearHistory(t.Context(), id); err != nil || len(history) != 0 {
					t.Errorf("recording %s has layers %+v, %v, want none", id, history, err)
				}
			}
			for _, row := range b.rows(t) {
				if row.Mask != "" || row.WornDays != nil {
					t.Errorf("%s is under a mask", row.Subject)
				}
			}
		})
	}
	report, err := b.ApplyProtocol(t.Context(), strict(t, 2), by, nil)
	if err != nil || len(report.Found) != 3 {
		t.Fatalf("without a failure: got %+v, %v", report, err)
	}
	for _, row := range b.rows(t) {
		if w := b.wear(t, row.ID); row.Mask == "" || row.Mask != w.Mask.ID || len(row.WornDays) == 0 || w.Layers[0].Reason != by.Reason {
			t.Errorf("%s: got the mask %q, days %v and layers %+v", row.Subject, row.Mask, row.WornDays, w.Layers)
		}
	}
}

func (b *bench) study(t *testing.T) app.Study {
	t.Helper()
	s, err := b.Study(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// everyTwoMinutes is a CSV whose epochs are too long for the algorithms of minutes.
func everyTwoMinutes() []byte {
	var text strings.Builder
	for i, line := range strings.Split(string(stamped("2024-03-28 10:00", 4*1440)), "\n") {
		if i == 0 || i%2 == 1 {
			text.WriteString(line + "\n")
		}
	}
	return []byte(text.String())
}

// TestWhatIsImportedFallsUnderTheProtocol imports with a protocol: it holds for what
// comes, for an algorithm that a recording is not for the report says so, and what a
// cancel leaves can be brought under it.
func TestWhatIsImportedFallsUnderTheProtocol(t *testing.T) {
	b := newBench(t).withLibrary(t)
	b.imported(t, "a.csv", stamped("2024-03-28 10:00", 5*1440))
	if _, err := b.ApplyProtocol(t.Context(), strict(t, 2), by, nil); err != nil {
		t.Fatal(err)
	}
	bring := func(ctx context.Context, name string, content []byte, progress app.Progress) (app.ImportReport, error) {
		return b.Import(ctx, []string{b.write(t, name, content)}, format.Options{}, progress)
	}
	said := func(r app.ImportReport) string { return strings.Join(r.Notes, "\n") }

	report, err := bring(t.Context(), "b.csv", stamped("2024-03-28 10:00", 6*1440), nil)
	if err != nil || !strings.Contains(said(report), "protocol strict") || !strings.Contains(said(report), "in 1 recordings, 0 left out") {
		t.Fatalf("got %q, %v", report.Notes, err)
	}
	if row := b.row(t, report.Outcomes[0].Recording); row.Mask == "" || len(b.study(t).Pending) != 0 {
		t.Errorf("what was imported has the mask %q, and %v are pending", row.Mask, b.study(t).Pending)
	}

	report, err = bring(t.Context(), "c.csv", everyTwoMinutes(), nil)
	if err != nil || !strings.Contains(said(report), "has no non-wear of the protocol") {
		t.Errorf("epochs of 2 minutes: got %q, %v", report.Notes, err)
	}
	if s := b.study(t); len(s.Pending) != 0 || s.Applied.LeftOut[report.Outcomes[0].Recording] == "" || s.Applied.By != by.Author {
		t.Errorf("epochs of 2 minutes: the study is %+v", s.Applied)
	}

	ctx, cancel := context.WithCancel(t.Context())
	imported := false
	report, err = bring(ctx, "d.csv", stamped("2024-03-28 10:00", 7*1440), func(done, total int64, _ string) {
		if imported && done == 0 { // the search for non-wear begins
			cancel()
		}
		imported = imported || done == total
	})
	if !errors.Is(err, context.Canceled) || report.Count(actigraphy.Imported) != 1 || !strings.Contains(said(report), "1 are not yet under") {
		t.Fatalf("cancelled: got %+v, %v", report, err)
	}
	id := report.Outcomes[0].Recording
	if s := b.study(t); len(s.Pending) != 1 || s.Pending[0] != id || b.row(t, id).Mask != "" {
		t.Errorf("cancelled: pending are %v, want %s", s.Pending, id)
	}
	if found, err := b.FollowProtocol(t.Context(), nil); err != nil || len(found.Found) != 1 || b.row(t, id).Mask == "" || len(b.study(t).Pending) != 0 {
		t.Errorf("brought under it: got %+v, %v", found, err)
	}
	if found, err := b.FollowProtocol(t.Context(), nil); err != nil || len(found.Found) != 0 {
		t.Errorf("a second time: got %+v, %v", found, err)
	}
}

func (b *bench) row(t *testing.T, id string) app.Row {
	t.Helper()
	for _, row := range b.rows(t) {
		if row.ID == id {
			return row
		}
	}
	t.Fatalf("there is no recording %s", id)
	return app.Row{}
}

// TestRemoveProtocol wants the defaults again, and masks and valid day as they are.
func TestRemoveProtocol(t *testing.T) {
	b, kept := counted(t, nil)
	b.withLibrary(t)
	id := b.imported(t, "a.csv", stamped("2024-03-28 10:00", 5*1440))
	if _, err := b.ApplyProtocol(t.Context(), strict(t, 2), by, nil); err != nil {
		t.Fatal(err)
	}
	mask := b.row(t, id).Mask
	is, _ := metrics.Find(metrics.Paper, "IS")
	before := b.measures(t, []metrics.Metric{is}, id)
	kept.Store(0)
	if err := b.RemoveProtocol(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := b.study(t)
	if s.ByProtocol() || s.ValidDay.Hours != 16 || b.row(t, id).Mask != mask || len(s.Pending) != 0 {
		t.Errorf("got %+v under the mask %q, want no protocol, 16 h and %q", s, b.row(t, id).Mask, mask)
	}
	sameMeasured(t, b.measures(t, []metrics.Metric{is}, id), before)
	if kept.Load() != 0 {
		t.Error("what was stored is computed again")
	}
}
