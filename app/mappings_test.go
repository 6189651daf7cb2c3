package app_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/actigraphy/format"
)

// unclear is a CSV in which two columns can be the activity.
func unclear(seed int) []byte {
	var b strings.Builder
	b.WriteString("when;left;right\n")
	for i := range 120 {
		fmt.Fprintf(&b, "2020-01-01 %02d:%02d;%d;%d\n", i/60, i%60, i*seed%7, i*seed%11)
	}
	return []byte(b.String())
}

func TestMappingIsRemembered(t *testing.T) {
	b := newBench(t).withLibrary(t)
	first, second := b.write(t, "first.csv", unclear(3)), b.write(t, "second.csv", unclear(5))
	chosen := chosenRight()
	importOne := func(path string, opts format.Options) string {
		t.Helper()
		report, err := b.Import(t.Context(), []string{path}, opts, nil)
		if err != nil || len(report.Outcomes) != 1 {
			t.Fatalf("got %d outcomes, %v, want 1", len(report.Outcomes), err)
		}
		o := report.Outcomes[0]
		return fmt.Sprint(o.Status, o.Error, o.Warnings)
	}
	if got := importOne(second, format.Options{}); !strings.Contains(got, "several columns that it can be") {
		t.Errorf("before a choice: got %s, want a refusal", got)
	}
	if got := importOne(first, format.Options{CSV: chosen}); !strings.HasPrefix(got, "imported") {
		t.Fatalf("with the choice: got %s", got)
	}
	files, err := b.GenericCSVs(t.Context(), []string{second})
	if err != nil || len(files) != 1 || !files[0].Mapping.Equal(*chosen) || files[0].Err != nil {
		t.Errorf("what is offered for the second file: got %+v, %v, want the mapping of the first", files, err)
	}
	if got := importOne(second, format.Options{}); !strings.HasPrefix(got, "imported") || !strings.Contains(got, "remembered from 20") {
		t.Errorf("after the choice: got %s, want it imported with a note", got)
	}
	list, err := b.Mappings(t.Context())
	if err != nil || len(list) != 1 || list[0].Header != "when;left;right" || list[0].At == "" {
		t.Fatalf("got %+v, %v, want the one mapping", list, err)
	}
	if found, err := b.ForgetMapping(t.Context(), "when;left;right"); !found || err != nil {
		t.Errorf("forgetting: got %v, %v", found, err)
	}
	if got := importOne(b.write(t, "third.csv", unclear(2)), format.Options{}); !strings.Contains(got, "several columns that it can be") {
		t.Errorf("after forgetting: got %s, want a refusal", got)
	}
	if found, err := b.ForgetMapping(t.Context(), "when;left;right"); found || err != nil {
		t.Errorf("forgetting again: got %v, %v", found, err)
	}
}

// TestKnownColumnsAreNotRemembered: a choice that the program makes by itself says
// nothing about other files.
func TestKnownColumnsAreNotRemembered(t *testing.T) {
	b := newBench(t).withLibrary(t)
	path := b.write(t, "plain.csv", plainer())
	files, err := b.GenericCSVs(t.Context(), []string{path})
	if err != nil || len(files) != 1 {
		t.Fatalf("got %d files, %v", len(files), err)
	}
	if _, err := b.Import(t.Context(), []string{path}, format.Options{CSV: &files[0].Mapping}, nil); err != nil {
		t.Fatal(err)
	}
	if list, err := b.Mappings(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("got %+v, %v, want none", list, err)
	}
}

// TestTheLastChoiceOfColumnsHolds: who goes back to what the program finds by itself
// is not offered the earlier choice again.
func TestTheLastChoiceOfColumnsHolds(t *testing.T) {
	b := newBench(t).withLibrary(t)
	one, two := b.write(t, "one.csv", plainer()), b.write(t, "two.csv", []byte(strings.Replace(string(plainer()), ";0;0\n", ";1;1\n", 1)))
	files, err := b.GenericCSVs(t.Context(), []string{one})
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	guess := files[0].Mapping
	left := guess
	left.Activity, left.Channel, left.Channels = 2, "left", nil
	for _, m := range []format.Mapping{left, guess} {
		if _, err := b.Import(t.Context(), []string{one}, format.Options{CSV: &m}, nil); err != nil {
			t.Fatal(err)
		}
	}
	files, err = b.GenericCSVs(t.Context(), []string{two})
	if err != nil || !files[0].Mapping.Equal(guess) {
		t.Errorf("offered: got %+v, want the columns chosen last %+v", files[0].Mapping, guess)
	}
}

// plainer is a CSV of which the program finds the activity, beside another column.
func plainer() []byte { return []byte(strings.Replace(string(unclear(3)), "right", "activity", 1)) }

// chosenRight is a choice of columns for unclear.
func chosenRight() *format.Mapping {
	return &format.Mapping{Separator: ";", Header: 1, First: 2, Timestamp: 1, Activity: 3, Channel: "right"}
}

func TestAChoiceForAFileThatIsThereIsRemembered(t *testing.T) {
	b := newBench(t).withLibrary(t)
	one := b.write(t, "one.csv", unclear(3))
	chosen := chosenRight()
	for range 2 {
		if _, err := b.Import(t.Context(), []string{one}, format.Options{CSV: chosen}, nil); err != nil {
			t.Fatal(err)
		}
		if list, err := b.Mappings(t.Context()); err != nil || len(list) != 1 {
			t.Errorf("got %+v, %v, want the mapping", list, err)
		}
		if _, err := b.ForgetMapping(t.Context(), "when;left;right"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPreviewReadsAsTheImport(t *testing.T) {
	b := newBench(t).withLibrary(t)
	one, two := b.write(t, "one.csv", unclear(3)), b.write(t, "two.csv", unclear(5))
	chosen := chosenRight()
	if _, err := b.Import(t.Context(), []string{one}, format.Options{CSV: chosen}, nil); err != nil {
		t.Fatal(err)
	}
	seen, err := b.Preview(t.Context(), two, format.Options{})
	if err != nil || len(seen) != 1 {
		t.Fatal(seen, err)
	}
	report, err := b.Import(t.Context(), []string{two}, format.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := seen[0].Info.ID, report.Outcomes[0].Recording; got != want {
		t.Errorf("preview: got %q (%v), import gives %q", got, seen[0].Err, want)
	}
}

func TestAChosenChannelGoesBeforeRememberedColumns(t *testing.T) {
	b := newBench(t).withLibrary(t)
	one, two := b.write(t, "one.csv", unclear(3)), b.write(t, "two.csv", unclear(5))
	chosen := chosenRight()
	if _, err := b.Import(t.Context(), []string{one}, format.Options{CSV: chosen}, nil); err != nil {
		t.Fatal(err)
	}
	report, err := b.Import(t.Context(), []string{two}, format.Options{ChannelOf: map[string]string{"csv": "left"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Recording(t.Context(), report.Outcomes[0].Recording)
	if err != nil || r.Source.Channel != "left" {
		t.Errorf("got %v, want the channel left", err)
	}
}

// TestRememberedColumnsNameNobody: the name of a file may tell a person, who can be
// deleted.
func TestRememberedColumnsNameNobody(t *testing.T) {
	b := newBench(t).withLibrary(t)
	one, two := b.write(t, "annamueller.csv", unclear(3)), b.write(t, "two.csv", unclear(5))
	chosen := chosenRight()
	if _, err := b.Import(t.Context(), []string{one}, format.Options{CSV: chosen}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Import(t.Context(), []string{two}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := b.DeleteSubject(t.Context(), "annamueller"); err != nil {
		t.Fatal(err)
	}
	lib, err := b.Library()
	if err != nil {
		t.Fatal(err)
	}
	names, _ := filepath.Glob(lib.Path() + "*")
	for _, n := range names {
		c, _ := os.ReadFile(n)
		if i := bytes.Index(c, []byte("annamueller")); i >= 0 {
			t.Errorf("%s still holds the name: %q", n, c[max(0, i-60):min(len(c), i+60)])
		}
	}
}

// TestAChannelOfColumnsChosenByHand: the choice of a preview holds for them too, and
// one that is none of theirs was made for other files.
func TestAChannelOfColumnsChosenByHand(t *testing.T) {
	b := newBench(t).withLibrary(t)
	path := b.write(t, "two.csv", unclear(5))
	m := chosenRight()
	m.Channels = map[string]int{"left": 2}
	for channel, want := range map[string]string{"": "right", "left": "left", "axis 3": "right"} {
		seen, err := b.Preview(t.Context(), path, format.Options{CSV: m, ChannelOf: map[string]string{"csv": channel}})
		if err != nil || len(seen) != 1 || seen[0].Err != nil {
			t.Fatalf("%q: got %+v, %v", channel, seen, err)
		}
		if s := seen[0].Info.Source; s.Channel != want || len(seen[0].Info.Channels) != 1 {
			t.Errorf("%q: got the channel %q beside %v, want %q", channel, s.Channel, seen[0].Info.Channels, want)
		}
	}
}
