package app_test

import (
	"path/filepath"
	"strings"
	"testing"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
	"circascope/actigraphy/wear"
	"circascope/app"
)

// strict is a protocol that looks for non-wear and wants more valid days than a week has.
func strict(t *testing.T, wanted int) protocol.File {
	t.Helper()
	p := protocol.Default("strict", metrics.Paper)
	p.ValidDay.Hours, p.Wanted, p.Measures = 16, wanted, []string{"IS", "IV"}
	method, err := wear.Find(wear.Choi)
	if err != nil {
		t.Fatal(err)
	}
	if p.Wear.Values, err = method.Complete(nil); err != nil {
		t.Fatal(err)
	}
	p.Wear.Method = wear.Choi
	f, err := p.File()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAProtocolSaysWhatItChangesAndChangesThat(t *testing.T) {
	b := newBench(t).withSample(t)
	f := strict(t, 4)
	if err := b.ForProtocol(t.Context(), f); err == nil || !strings.Contains(err.Error(), "not applied") {
		t.Errorf("before: got %v, want that it was not applied", err)
	}
	plan, err := b.PlanProtocol(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	var what []string
	for _, c := range plan.Changes {
		what = append(what, c.What)
	}
	want := "Protocol, Hours worn on a valid day, Valid days wanted, Recordings whose non-wear is looked for"
	if got := strings.Join(what, ", "); got != want {
		t.Errorf("got the changes %s, want %s", got, want)
	}
	if rule, err := b.ValidDay(t.Context()); err != nil || rule != wear.DefaultValidDay() {
		t.Errorf("the plan made the valid day %v, %v", rule, err)
	}
	report, err := b.ApplyProtocol(t.Context(), f, by, nil)
	if err != nil || len(report.Found) != len(b.rows(t)) {
		t.Fatalf("got %d recordings, %v", len(report.Found), err)
	}
	if err := b.ForProtocol(t.Context(), f); err != nil {
		t.Errorf("after: %v", err)
	}
	if plan, err = b.PlanProtocol(t.Context(), f); err != nil || len(plan.Changes) != 0 {
		t.Errorf("a second time it would change %+v, %v", plan.Changes, err)
	}
	now, applied, err := b.Protocol(t.Context())
	if err != nil || !applied || now.SHA256 != f.SHA256 {
		t.Errorf("the library has %+v, %v", now, err)
	}
	if err := b.SetValidDay(t.Context(), wear.ValidDay{Hours: 8}); err != nil {
		t.Fatal(err)
	}
	if err := b.ForProtocol(t.Context(), f); err == nil || !strings.Contains(err.Error(), "8 hours by now") {
		t.Errorf("with another valid day: got %v", err)
	}
	current, err := b.CurrentProtocol(t.Context())
	if err != nil || current.ValidDay.Hours != 8 || current.Wanted != 4 {
		t.Errorf("now it is %+v, %v", current.Protocol, err)
	}
}

func TestTooFewValidDaysHaveNoMeasures(t *testing.T) {
	b, kept := counted(t, nil)
	b.withSample(t)
	list := someMeasures(t)
	before := b.measures(t, list)
	kept.Store(0)
	p := protocol.Default("days", metrics.Paper)
	apply := func(wanted int) {
		t.Helper()
		p.Wanted = wanted
		f, err := p.File()
		if err == nil {
			_, err = b.ApplyProtocol(t.Context(), f, by, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	apply(100)
	for _, m := range b.measures(t, list) {
		for _, v := range m.Values {
			if !strings.Contains(v.Reason, "the study's protocol wants 100") || len(v.Parts) > 0 {
				t.Fatalf("%s: got %v, %q", v.ID, v.Value, v.Reason)
			}
		}
	}
	apply(1)
	sameMeasured(t, b.measures(t, list), before)
	if n := kept.Load(); n != 0 {
		t.Errorf("computed %d values, want none: the data are the same", n)
	}
}

// TestMeasuresWithRestOfTheDiary changes a diary under a protocol that takes rest from it.
func TestMeasuresWithRestOfTheDiary(t *testing.T) {
	b, kept := counted(t, nil)
	b.withLibrary(t)
	id := b.imported(t, "spring.csv", stamped("2024-03-28 10:00", 7*1440))
	tib, ok := metrics.Find(metrics.Paper, "TIB")
	if !ok {
		t.Fatal("no measure TIB")
	}
	list := []metrics.Metric{tib}
	found := b.measures(t, list, id)
	p := protocol.Default("diary", metrics.Paper)
	p.Rest = protocol.RestByDiary
	f, err := p.File()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.ApplyProtocol(t.Context(), f, by, nil); err != nil {
		t.Fatal(err)
	}
	if got := b.measures(t, list, id)[0].Values[0]; !strings.Contains(got.Reason, "rest periods") {
		t.Errorf("without a diary: got %v, %q, want no value", got.Value, got.Reason)
	}
	subject := b.first(t).Subject
	diaryOf := func(name, night string) {
		t.Helper()
		path := b.write(t, name, []byte("participant,kind,bed,rise\n"+subject+",night,"+night+"\n"))
		if _, err := b.ImportDiary(t.Context(), path, ""); err != nil {
			t.Fatal(err)
		}
	}
	diaryOf("one.csv", "2024-03-28 22:00,2024-03-29 06:00")
	kept.Store(0)
	one := b.measures(t, list, id)[0].Values[0]
	if one.Reason != "" || kept.Load() != 1 || one.Value == found[0].Values[0].Value {
		t.Errorf("with a diary: got %v, %q and %d computed", one.Value, one.Reason, kept.Load())
	}
	b.measures(t, list, id)
	if kept.Load() != 1 {
		t.Error("the same diary was computed twice")
	}
	files, err := b.Diaries(t.Context())
	if err == nil {
		err = b.RemoveDiary(t.Context(), files[0].ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	diaryOf("two.csv", "2024-03-28 22:00,2024-03-29 05:00")
	if two := b.measures(t, list, id)[0].Values[0]; kept.Load() != 2 || two.Value == one.Value {
		t.Errorf("with another end of the night: got %v and %d computed", two.Value, kept.Load())
	}
}

func TestMeasuresOfFilesFollowAProtocol(t *testing.T) {
	b := newBench(t)
	paths := []string{b.write(t, "b.csv", stamped("2024-03-28 10:00", 7*1440)), b.write(t, "a.csv", stamped("2024-03-28 10:00", 3*1440)), filepath.Join(b.dir, "gone.csv")}
	f := strict(t, 4)
	list, err := f.Metrics()
	if err != nil {
		t.Fatal(err)
	}
	var got []app.MeasuredFile
	err = b.MeasureFiles(t.Context(), paths, app.FileMeasures{Measures: list, Protocol: &f.Protocol}, nil, func(m app.MeasuredFile) error {
		got = append(got, m)
		return nil
	})
	if err != nil || len(got) != 3 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	byName := map[string]app.MeasuredFile{}
	for _, m := range got {
		byName[filepath.Base(m.Path)] = m
	}
	if m := byName["gone.csv"]; m.Err == nil {
		t.Error("the file that is not there is not told of")
	}
	if v := byName["b.csv"].Values[0]; v.Reason != "" || byName["b.csv"].Mask == "" {
		t.Errorf("a week: got %v, %q, want a value under a mask", v.Value, v.Reason)
	}
	if v := byName["a.csv"].Values[0]; !strings.Contains(v.Reason, "wants 4") {
		t.Errorf("three days: got %v, %q, want too few days", v.Value, v.Reason)
	}
}
