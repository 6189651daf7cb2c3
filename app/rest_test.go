package app_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/format"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/zone"
	"circascope/app"
)

// slept imports a week of minutes as of sleeper and returns its id.
func (b *bench) slept(t *testing.T) string {
	t.Helper()
	var text bytes.Buffer
	text.WriteString("timestamp,activity\n")
	r := sleeper()
	for i, v := range r.Activity {
		fmt.Fprintf(&text, "%s,%.0f\n", r.Start.Add(time.Duration(i)*time.Minute).Clock().Format(time.DateTime), v)
	}
	return b.imported(t, "sleeper.csv", text.Bytes())
}

// nightly are measures that look for rest, or take what they are given.
func nightly(t *testing.T) []metrics.Metric {
	t.Helper()
	var list []metrics.Metric
	for _, of := range []struct {
		d  metrics.Definition
		id string
	}{{metrics.Paper, "TIB"}, {metrics.Paper, "SE"}, {metrics.Paper, "midsleep"}, {metrics.PyActigraphy, "TIB"}, {metrics.Paper, "IS"}} {
		m, ok := metrics.Find(of.d, of.id)
		if !ok {
			t.Fatal("no measure", of)
		}
		list = append(list, m)
	}
	return list
}

func (b *bench) rest(t *testing.T, id string, from app.RestSource) app.Rest {
	t.Helper()
	now, err := b.Rest(t.Context(), id, from)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

func stated(v metrics.Value) string {
	for _, p := range v.Parameters {
		if p.Name == "rest" {
			return p.Value
		}
	}
	return ""
}

// TestMeasuresFollowRestChangedByHand changes a night, takes it back, and wants the values
// of before, all without a stale one.
func TestMeasuresFollowRestChangedByHand(t *testing.T) {
	b, kept := counted(t, nil)
	b.withLibrary(t)
	id, list := b.slept(t), nightly(t)
	before := b.measures(t, list, id)
	if got := stated(before[0].Values[0]); got != "crespo" {
		t.Fatalf("the rest periods are from %q, want crespo", got)
	}
	was := b.rest(t, id, "")
	if was.Manual() || was.Source != app.RestCrespo || len(was.Periods) < 6 {
		t.Fatalf("got %+v, want six nights by crespo", was)
	}
	edits := rest.NewEdits(was.Periods, was.Recording.Epochs)
	if err := edits.Move(0, rest.End, was.Periods[0].To+60); err != nil {
		t.Fatal(err)
	}
	if err := b.ChangeRest(t.Context(), was, edits.Now(), app.By{Author: "Ada", Reason: "rose later"}); err != nil {
		t.Fatal(err)
	}
	kept.Store(0)
	after := b.measures(t, list, id)
	if kept.Load() == 0 || after[0].Basis.Rest == "" {
		t.Error("the measures were not computed anew")
	}
	tib := func(m app.Measured, i int) float64 { return m.Values[i].Parts[0].Value }
	if got, want := tib(after[0], 0), tib(before[0], 0)+60; got != want {
		t.Errorf("TIB of the first night: got %v, want %v", got, want)
	}
	if got := tib(after[0], 3); got != tib(after[0], 0) || !strings.Contains(before[0].Values[3].Reason, "no rest periods are given") {
		t.Errorf("pyActigraphy's TIB: got %v, want the same", got)
	}
	if !(after[0].Values[1].Value < before[0].Values[1].Value) || after[0].Values[4].Value != before[0].Values[4].Value {
		t.Error("with an hour awake in bed SE does not fall, or IS, which takes no rest, is another")
	}
	if text := app.MeasuresTable(after).TSV(); !strings.Contains(text, "rest=manual, from crespo") {
		t.Errorf("the table does not say where the rest periods are from:\n%s", text)
	}
	if now := b.rest(t, id, app.RestDiary); !now.Manual() || now.Source != app.RestCrespo || !slices.Equal(now.Periods, edits.Now()) {
		t.Errorf("got %+v, want what was kept", now)
	}
	if err := b.ChangeRest(t.Context(), was, edits.Now(), app.By{}); err == nil || !strings.Contains(err.Error(), "changed") {
		t.Errorf("over a change that was not read: got %v", err)
	}
	if err := b.RemoveRest(t.Context(), id, app.By{}); err != nil {
		t.Fatal(err)
	}
	kept.Store(0)
	sameMeasured(t, b.measures(t, list, id), before)
	if kept.Load() != 0 {
		t.Error("the values of before were computed again")
	}
	if err := b.RemoveRest(t.Context(), id, app.By{}); err == nil {
		t.Error("nothing to take off: want an error")
	}
	history, err := b.RestHistory(t.Context(), id)
	if err != nil || len(history) != 2 || history[0].Author != "Ada" || history[1].Act != rest.Removed || len(history[1].Original) != len(was.Periods) {
		t.Errorf("got the history %+v, %v", history, err)
	}
}

// TestAnEarlierStateOfRestIsBroughtBack edits twice, takes the edits off, and makes the
// first edit count again: nothing of the history is lost.
func TestAnEarlierStateOfRestIsBroughtBack(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.slept(t)
	for i, change := range []func(*rest.Edits) error{
		func(e *rest.Edits) error { return e.Move(0, rest.End, e.Now()[0].To+60) },
		func(e *rest.Edits) error { return e.Remove(1) },
	} {
		was := b.rest(t, id, "")
		edits := rest.NewEdits(was.Periods, was.Recording.Epochs)
		if err := change(edits); err != nil {
			t.Fatal(err)
		}
		if err := b.ChangeRest(t.Context(), was, edits.Now(), app.By{Author: "Ada", Reason: fmt.Sprint("reason ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.RemoveRest(t.Context(), id, app.By{Author: "Bob"}); err != nil {
		t.Fatal(err)
	}
	states := func() []app.RestState {
		list, err := b.RestStates(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	before := states()
	info := b.rest(t, id, "").Recording
	var words []string
	for _, s := range before {
		for _, c := range s.Changes {
			words = append(words, fmt.Sprintf("%s %s: %s", s.Author, s.Act, app.RestWords(info, c)))
		}
	}
	want := []string{"Ada created: Night of Mon 4 Mar: up 08:00, was 07:00", "Ada edited: Took the night away, Tue 5 Mar 23:00 to 07:00"}
	if len(before) != 3 || before[2].Act != rest.Removed || len(words) != 2 || words[0] != want[0] || words[1] != want[1] {
		t.Errorf("got %d states:\n%s\nwant:\n%s", len(before), strings.Join(words, "\n"), strings.Join(want, "\n"))
	}
	if err := b.RestoreRest(t.Context(), b.rest(t, id, ""), before[0], app.By{Author: "Cy"}); err != nil {
		t.Fatal(err)
	}
	now, after := b.rest(t, id, ""), states()
	if !now.Manual() || !slices.Equal(now.Periods, before[0].Periods) || now.Layer.Reason != "as they were at "+before[0].At {
		t.Errorf("got %+v, want the first edit", now)
	}
	if len(after) != 4 || after[3].Author != "Cy" || !slices.Equal(after[1].Periods, before[1].Periods) {
		t.Errorf("got %d states, want one more and those of before", len(after))
	}
}

func TestRestSumsAreTheMeasures(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.slept(t)
	was := b.rest(t, id, "")
	r, err := b.Recording(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	sums, err := app.NewRestSums(app.Study{}, r)
	if err != nil {
		t.Fatal(err)
	}
	nights, err := sums.Nights(was.Periods)
	se := b.measures(t, nightly(t)[1:2], id)[0].Values[0].Parts
	if err != nil || len(nights) != len(se) || len(se) == 0 {
		t.Fatalf("got %d nights, %v, want %d", len(nights), err, len(se))
	}
	for i, n := range nights {
		if n.SE != se[i].Value {
			t.Errorf("night %d: got an SE of %v, want %v", i, n.SE, se[i].Value)
		}
	}
}

func TestRestIsOfTheDiaryFirst(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.slept(t)
	path := b.write(t, "diary.csv", []byte("subject,kind,start,end\nsleeper,night,2024-03-04 23:10,2024-03-05 06:50\nsleeper,night,2024-03-03 23:10,2024-03-04 12:30\n"))
	if _, err := b.ImportDiary(t.Context(), path, format.DateOrder("")); err != nil {
		t.Fatal(err)
	}
	was := b.rest(t, id, "")
	want := []rest.Period{rest.Given(diary.Night, 670, 1130, 0, "line 2 of the diary")}
	if was.Source != app.RestDiary || !slices.Equal(was.Periods, want) || len(was.LeftOut) != 1 || !strings.Contains(was.LeftOut[0], "line 3") {
		t.Errorf("got %+v, want the diary's first night, and the other left out", was)
	}
	if err := b.ChangeRest(t.Context(), was, nil, app.By{}); err != nil {
		t.Fatal(err)
	}
	v := b.measures(t, nightly(t)[:1], id)[0].Values[0]
	if !math.IsNaN(v.Value) || stated(v) != "none given" {
		t.Errorf("without rest periods: got %v stated as %q, want none", v.Value, stated(v))
	}
	if _, err := b.Rest(t.Context(), b.imported(t, "short.csv", stamped("2024-03-04 10:00", 60)), app.RestHDCZA); err == nil {
		t.Error("a source that the recording does not allow: want an error")
	}
}

// TestRestKeepsItsEpochsInAnotherZone names a zone whose clock changes in the recording.
func TestRestKeepsItsEpochsInAnotherZone(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.imported(t, "spring.csv", stamped("2024-03-28 10:00", 7*1440))
	was := app.Rest{Source: "", Recording: b.row(t, id).Info}
	late := rest.Period{Kind: diary.Night, From: 6 * 1440, To: 6*1440 + 480} // after the change
	if err := b.ChangeRest(t.Context(), was, []rest.Period{late}, app.By{}); err != nil {
		t.Fatal(err)
	}
	before, err := b.ManualRest(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.SetZones(t.Context(), []zone.Assignment{{Scope: zone.Study, Place: zone.Place{Zone: "Europe/Berlin", Clock: zone.Kept}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	after, err := b.ManualRest(t.Context(), id)
	if err != nil || len(before) != 1 || len(after) != 1 {
		t.Fatalf("got %v and %v, %v", before, after, err)
	}
	if now := b.rest(t, id, ""); now.Periods[0].Len() != 480 {
		t.Errorf("got %+v, want as many epochs", now.Periods)
	}
	if after[0].Stated() != "manual" || after[0].Length() != 8*time.Hour {
		t.Errorf("got %+v, want eight hours that were added by hand", after[0])
	}
}
