package app_test

import (
	"fmt"
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
	chosen := &format.Mapping{Separator: ";", Header: 1, First: 2, Timestamp: 1, Activity: 3, Channel: "right"}
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
	if got := importOne(second, format.Options{}); !strings.HasPrefix(got, "imported") || !strings.Contains(got, "remembered from first.csv") {
		t.Errorf("after the choice: got %s, want it imported with a note", got)
	}
	list, err := b.Mappings(t.Context())
	if err != nil || len(list) != 1 || list[0].Header != "when;left;right" || list[0].File != "first.csv" {
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
	text := strings.Replace(string(unclear(3)), "right", "activity", 1)
	path := b.write(t, "plain.csv", []byte(text))
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
