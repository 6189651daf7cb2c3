package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/prepare"
	"circascope/actigraphy/wear"
	"circascope/actigraphy/zone"
	"circascope/app"
	"circascope/internal/reference"
	"circascope/models"
)

// stamped is a CSV of minutes from a local time on. The rows between the times
// gone are left out, as by a device that followed the wall clock in spring.
func stamped(from string, minutes int, gone ...string) []byte {
	parse := func(s string) time.Time {
		at, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			panic(err)
		}
		return at
	}
	var b bytes.Buffer
	b.WriteString("timestamp,activity\n")
	for i := range minutes {
		at := parse(from).Add(time.Duration(i) * time.Minute)
		if len(gone) == 2 && !at.Before(parse(gone[0])) && at.Before(parse(gone[1])) {
			continue
		}
		fmt.Fprintf(&b, "%s,%d\n", at.Format(time.DateTime), i%997)
	}
	return b.Bytes()
}

// imported puts a file into the library and returns the recording's id.
func (b *bench) imported(t *testing.T, name string, content []byte) string {
	t.Helper()
	report, err := b.Import(t.Context(), []string{b.write(t, name, content)}, format.Options{}, nil)
	if err != nil || len(report.Outcomes) != 1 || report.Outcomes[0].Recording == "" {
		t.Fatalf("importing %s: %+v, %v", name, report, err)
	}
	return report.Outcomes[0].Recording
}

func (b *bench) name(t *testing.T, a zone.Assignment) app.ZoneReport {
	t.Helper()
	report, err := b.SetZones(t.Context(), []zone.Assignment{a}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func oslo(s zone.Scope, target string, c zone.Clock) zone.Assignment {
	return zone.Assignment{Scope: s, Target: target, Place: zone.Place{Zone: "Europe/Oslo", Clock: c}, Reason: "worn in Bergen"}
}

// A zone stands beside the recording: it can be changed and taken away, and the
// recording is then as it was read.
func TestZonesComeAndGo(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.imported(t, "a.csv", stamped("2003-03-29 12:00", 2880))
	report := b.name(t, oslo(zone.Study, "", zone.Kept))
	if report.Recordings != 1 || report.Changes != 1 || len(report.Signs) != 0 {
		t.Errorf("got %+v, want one recording over a change", report)
	}
	r, err := b.Recording(t.Context(), id)
	if err != nil || r.Start.String() != "2003-03-29T12:00:00+01:00" || r.End().String() != "2003-03-31T13:00:00+02:00" {
		t.Errorf("got %v to %v, %v", r.Start, r.End(), err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil || rows[0].Start.String() != "2003-03-29T12:00:00+01:00" {
		t.Errorf("the table has %v, %v", rows[0].Start, err)
	}
	b.name(t, zone.Assignment{Scope: zone.Recording, Target: id, Place: zone.Place{Zone: "asia/kolkata", Clock: zone.Kept}, By: "A. N."})
	if r, err = b.Recording(t.Context(), id); err != nil || r.Start.String() != "2003-03-29T12:00:00+05:30" {
		t.Errorf("the recording's own zone: got %v, %v", r.Start, err)
	}
	b.name(t, zone.Assignment{Scope: zone.Recording, Target: id})
	b.name(t, zone.Assignment{Scope: zone.Study})
	if r, err = b.Recording(t.Context(), id); err != nil || r.Start.String() != "2003-03-29T12:00:00" || len(r.Activity) != 2880 {
		t.Errorf("with no zone: got %v, %v", r.Start, err)
	}
	now, err := b.Zones(t.Context(), false)
	all, errAll := b.Zones(t.Context(), true)
	if err != nil || errAll != nil || len(now) != 0 || len(all) != 4 || all[1].By != "A. N." || all[1].Zone != "Asia/Kolkata" || all[1].At == "" || all[0].Reason != "worn in Bergen" {
		t.Errorf("got %v now and %+v in all, %v, %v", now, all, err, errAll)
	}
}

func TestZonesThatAreRefused(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.imported(t, "a.csv", stamped("2003-03-29 12:00", 2880))
	for _, test := range []struct {
		name string
		a    zone.Assignment
		want string
	}{
		{"recorded in the skipped hour", oslo(zone.Study, "", zone.Followed), "did not follow the wall clock"},
		{"an unknown device", oslo(zone.Device, "GT9X", zone.Kept), "no recording of a device"},
		{"an unknown recording", oslo(zone.Recording, "0123", zone.Kept), "no recording has the id"},
		{"an unknown zone", zone.Assignment{Scope: zone.Study, Place: zone.Place{Zone: "Europe/Bergen", Clock: zone.Kept}}, "no time zone"},
		{"no clock", zone.Assignment{Scope: zone.Study, Place: zone.Place{Zone: "Europe/Oslo"}}, "kept"},
		{"travel of a study", zone.Assignment{Scope: zone.Study, Place: zone.Place{Zone: "Europe/Oslo", Clock: zone.Kept, Moves: []zone.Move{{From: "2024-01-01T00:00:00", Zone: "Asia/Kolkata"}}}}, "one recording"},
	} {
		list := []zone.Assignment{test.a}
		if test.a.Clock != zone.Followed { // beside one that is fit, of which nothing may be kept
			list = append(list, oslo(zone.Recording, id, zone.Kept))
		}
		_, err := b.SetZones(t.Context(), list, nil)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want an error that says %q", test.name, err, test.want)
		}
	}
	if now, err := b.Zones(t.Context(), true); err != nil || len(now) != 0 {
		t.Errorf("kept %v, %v; want nothing", now, err)
	}
}

// A file whose clock shows an hour twice has both passes in a day of 25 hours, whether
// the zone is named before the import or after it, and masks and weeks go with it. A
// file whose times run on is as it always was.
func TestTheSecondPassOfAnHour(t *testing.T) {
	file := append(stamped("2003-10-25 12:00", 900), bytes.TrimPrefix(stamped("2003-10-26 02:00", 2880), []byte("timestamp,activity\n"))...)
	before, after := newBench(t).withLibrary(t), newBench(t).withLibrary(t)
	before.imported(t, "other.csv", stamped("2003-05-01 00:00", 1440))
	before.name(t, oslo(zone.Study, "", zone.Followed))
	first := before.imported(t, "a.csv", file)
	second := after.imported(t, "a.csv", file)
	if r, err := after.Recording(t.Context(), second); err != nil || len(r.Activity) != 840+2880 || !slices.Contains(slices.Collect(maps.Keys(r.Channels)), actigraphy.SecondPass("")) {
		t.Errorf("without a zone: got %d epochs and the channels %v, %v", len(r.Activity), slices.Collect(maps.Keys(r.Channels)), err)
	}
	_, err := after.SetZones(t.Context(), []zone.Assignment{oslo(zone.Study, "", zone.Kept)}, nil)
	if err == nil || !strings.Contains(err.Error(), `with the clock "followed"`) {
		t.Errorf("a clock that was kept: got %v, want a refusal", err)
	}
	_, err = after.SetZones(t.Context(), []zone.Assignment{{Scope: zone.Study, Place: zone.Place{Zone: "Asia/Kolkata", Clock: zone.Followed}}}, nil)
	if err == nil || !strings.Contains(err.Error(), "showed once") {
		t.Errorf("a zone without summer time: got %v, want a refusal", err)
	}
	after.name(t, oslo(zone.Study, "", zone.Followed))
	for _, in := range []struct {
		name string
		b    *bench
		id   string
	}{{"before", before, first}, {"after", after, second}} {
		r, err := in.b.Recording(t.Context(), in.id)
		if err != nil || len(r.Activity) != 900+2880 || r.Missing() != 0 || len(r.Channels) != 0 {
			t.Errorf("zone named %s the import: got %d epochs, %d missing, channels %d, %v", in.name, len(r.Activity), r.Missing(), len(r.Channels), err)
			continue
		}
		for i, v := range r.Activity { // the rows of the file in its order
			if want := float64(i % 997); i < 900 && v != want || i >= 900 && v != float64((i-900)%997) {
				t.Errorf("zone named %s the import: epoch %d is %v", in.name, i, v)
				break
			}
		}
		if end := r.End().String(); end != "2003-10-28T02:00:00+01:00" {
			t.Errorf("zone named %s the import: it ends at %s", in.name, end)
		}
	}
}

// A mask drawn on the second pass is on the place of the clock that both share.
func TestAMaskOnASecondPass(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.imported(t, "a.csv", append(stamped("2003-10-25 12:00", 900), bytes.TrimPrefix(stamped("2003-10-26 02:00", 2880), []byte("timestamp,activity\n"))...))
	b.name(t, oslo(zone.Study, "", zone.Followed))
	drawn := []wear.Interval{{From: 890, To: 910}}
	if err := b.DrawMask(t.Context(), id, wear.Drawn, drawn, app.By{Author: "A. N.", Reason: "bath"}); err != nil {
		t.Fatal(err)
	}
	r, err := b.Recording(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	w, err := b.Wear(t.Context(), r)
	want := []wear.Interval{{From: 840, To: 850}, {From: 890, To: 910}, {From: 950, To: 960}}
	if err != nil || !slices.Equal(w.Mask.NotWorn, want) {
		t.Errorf("got %v, %v; want %v", w.Mask.NotWorn, err, want)
	}
}

// A recording that comes later and contradicts its zone is a problem of the run,
// not its end; a zone of its own puts it right.
func TestALaterRecordingThatContradictsItsZone(t *testing.T) {
	b := newBench(t).withLibrary(t)
	b.imported(t, "follows.csv", stamped("2003-03-30 00:00", 15*1440, "2003-03-30 02:00", "2003-03-30 03:00"))
	b.name(t, oslo(zone.Study, "", zone.Followed))
	id := b.imported(t, "keeps.csv", stamped("2003-03-29 12:00", 15*1440))
	if _, err := b.Recording(t.Context(), id); !errors.Is(err, zone.ErrContradiction) {
		t.Errorf("got %v, want a contradiction", err)
	}
	o := demoRun(models.Small)
	o.Prepare.Missing = prepare.FillByMinute
	report, err := b.Run(t.Context(), o, nil)
	if err != nil || report.Done != 2 || report.Failed != 1 || !strings.Contains(report.Problems[0].Reason, "did not follow") {
		t.Errorf("got %+v, %v; want two weeks, and one recording left out", report, err)
	}
	b.name(t, oslo(zone.Recording, id, zone.Kept))
	if report, err = b.Run(t.Context(), o, nil); err != nil || report.Done != 2 || report.Failed != 0 {
		t.Errorf("got %+v, %v; want its two weeks", report, err)
	}
}

// Naming a zone computes again only where the clock changes during the recording,
// and each result can be explained as it was made.
func TestZonesInProvenance(t *testing.T) {
	b := newBench(t).withLibrary(t)
	b.imported(t, "summer.csv", stamped("2003-06-01 00:00", 8*1440))
	autumn := b.imported(t, "autumn.csv", stamped("2003-10-20 00:00", 8*1440))
	run := func(o app.RunOptions) app.RunReport {
		t.Helper()
		report, err := b.Run(t.Context(), o, nil)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	if got := run(demoRun(models.Small)); got.Done != 2 {
		t.Fatalf("got %+v, want two weeks", got)
	}
	before, err := b.Explainable(t.Context(), autumn, models.Small)
	if err != nil {
		t.Fatal(err)
	}
	b.name(t, oslo(zone.Study, "", zone.Kept))
	if got := run(demoRun(models.Small)); got.Done != 1 || got.Skipped != 1 {
		t.Errorf("after naming the zone: got %d done, %d skipped; want 1, 1", got.Done, got.Skipped)
	}
	elapsed := demoRun(models.Small)
	elapsed.Prepare.Clock = prepare.Elapsed
	if got := run(elapsed); got.Done != 2 {
		t.Errorf("by another rule: got %d done, want 2", got.Done)
	}
	results, err := b.Explainable(t.Context(), autumn, models.Small)
	if err != nil || len(before) != 1 || len(results) != 2 {
		t.Fatalf("got %d results and then %d, %v; want 1 and 2: those of the clock that holds", len(before), len(results), err)
	}
	results = append(results, before...)
	clocks := map[string]bool{}
	b.name(t, zone.Assignment{Scope: zone.Study}) // they say what they were made by
	for _, r := range results {
		clocks[r.Clock] = true
		if _, err := b.Explain(t.Context(), r, app.ExplainOptions{AllowDemo: true}); err != nil {
			t.Errorf("clock %q: %v", r.Clock, err)
		}
	}
	want := `{"zone":"Europe/Oslo","clock":"kept","rule":"wall-first"}`
	if len(clocks) != 3 || !clocks[""] || !clocks[want] {
		t.Errorf("got the clocks %v, want none, %s and one by another rule", clocks, want)
	}
}

// Control 1 of Depresjon has no minute between 02:00 and 03:00 on 2003-03-30, when
// Norway's clocks went forward: the file's times followed the wall clock.
func TestDepresjonFollowedTheClock(t *testing.T) {
	content, err := os.ReadFile(reference.Dir(t) + "/actigraphy/files/depresjon/control_1.csv")
	if err != nil {
		t.Skip(err)
	}
	b := newBench(t).withLibrary(t)
	id := b.imported(t, "control_1.csv", content)
	asRead, err := b.Recording(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	signs, err := b.ZoneSigns(t.Context(), id, "Europe/Oslo")
	if err != nil || len(signs) != 1 || signs[0].Clock != zone.Followed {
		t.Errorf("got %v, %v; want one sign that the clock followed", signs, err)
	}
	if report := b.name(t, oslo(zone.Study, "", zone.Kept)); len(report.Signs) != 1 {
		t.Errorf("kept against the samples: got %v, want one sentence", report.Signs)
	}
	b.name(t, oslo(zone.Study, "", zone.Followed))
	r, err := b.Recording(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(asRead.Activity)-len(r.Activity), 60; got != want || asRead.Missing()-r.Missing() != want {
		t.Errorf("%d epochs fewer, %d missing ones fewer; want %d", got, asRead.Missing()-r.Missing(), want)
	}
	if got, want := r.End().Clock().Format(time.DateTime), asRead.End().Clock().Format(time.DateTime); got != want {
		t.Errorf("it ends at %s, want %s as the file", got, want)
	}
	for _, at := range []struct {
		wall string
		want float64
	}{{"2003-03-30T01:59:00+01:00", 683}, {"2003-03-30T03:00:00+02:00", 512}} {
		when, err := time.Parse(time.RFC3339, at.wall)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Activity[when.Sub(r.Start.Clock())/r.Epoch]; got != at.want {
			t.Errorf("at %s: got %v, want %v as the file", at.wall, got, at.want)
		}
	}
}

// A masked recording that contradicts its zone stands in the way of no other.
func TestAMaskOnARecordingThatContradictsItsZone(t *testing.T) {
	b := newBench(t).withLibrary(t)
	other := b.imported(t, "follows.csv", stamped("2003-03-30 00:00", 15*1440, "2003-03-30 02:00", "2003-03-30 03:00"))
	b.name(t, oslo(zone.Study, "", zone.Followed))
	id := b.imported(t, "keeps.csv", stamped("2003-03-29 12:00", 15*1440))
	if _, err := b.DetectNonWear(t.Context(), app.DetectOptions{Recordings: app.Only(id), Method: wear.Choi, By: by}, nil); err != nil {
		t.Fatal(err)
	}
	b.name(t, oslo(zone.Recording, other, zone.Followed))
}

// Naming a zone takes the results that were made without one out of sight, and
// taking it away brings them back.
func TestResultsOfAnotherClockAreNotShown(t *testing.T) {
	for _, clock := range []zone.Clock{zone.Kept, zone.Followed} {
		t.Run(string(clock), func(t *testing.T) { resultsComeAndGo(t, clock) })
	}
}

func resultsComeAndGo(t *testing.T, clock zone.Clock) {
	b := newBench(t).withLibrary(t)
	b.imported(t, "autumn.csv", stamped("2003-10-20 00:00", 8*1440))
	count := func() (n int) {
		sets, err := b.EmbeddingSets(t.Context(), models.Small)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sets {
			n += len(s.Results)
		}
		return n
	}
	for i, a := range []zone.Assignment{{Scope: zone.Study}, oslo(zone.Study, "", clock), {Scope: zone.Study}} {
		if i > 0 {
			b.name(t, a)
		}
		if i == 1 && (count() != 0 || len(b.first(t).Embedded) > 0) {
			t.Error("in a zone the result without one is still shown")
		}
		if _, err := b.Run(t.Context(), demoRun(models.Small), nil); err != nil {
			t.Fatal(err)
		}
		if got := count(); got != 1 || len(b.first(t).Embedded) != 1 {
			t.Errorf("step %d: got %d results of one week, want 1", i, got)
		}
	}
}

// What goes with a recording: masks, its zone, results, and that its file was read.
func TestUndoAndDeletionTakeAllThatHangsOnARecording(t *testing.T) {
	for name, remove := range map[string]func(*bench, *testing.T, int64) (int, error){
		"undo":   func(b *bench, t *testing.T, id int64) (int, error) { return b.UndoImport(t.Context(), id) },
		"delete": func(b *bench, t *testing.T, _ int64) (int, error) { return b.DeleteSubject(t.Context(), "a") },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t).withLibrary(t)
			path := b.write(t, "a.csv", stamped("2003-10-20 00:00", 8*1440))
			for range 2 { // the second time nothing of the first is left
				report, err := b.Import(t.Context(), []string{path}, format.Options{}, nil)
				if err != nil || report.Count(actigraphy.Imported) != 1 {
					t.Fatalf("got %+v, %v, want one recording", report, err)
				}
				id := report.Outcomes[0].Recording
				if list, err := b.WearHistory(t.Context(), id); err != nil || len(list) > 0 {
					t.Errorf("got the masks %+v, %v, want none", list, err)
				}
				if list, err := b.Zones(t.Context(), true); err != nil || len(list) > 0 {
					t.Errorf("got the zones %+v, %v, want none", list, err)
				}
				b.name(t, oslo(zone.Recording, id, zone.Followed))
				if err := b.DrawMask(t.Context(), id, wear.Drawn, []wear.Interval{{From: 100, To: 200}}, by); err != nil {
					t.Fatal(err)
				}
				if report, list := b.embed(t, id); report.Done != 1 || len(list) != 1 {
					t.Errorf("got %+v, want a result made anew", report)
				}
				if n, err := remove(b, t, report.Import); err != nil || n != 1 {
					t.Fatalf("got %d removed, %v", n, err)
				}
			}
		})
	}
}
