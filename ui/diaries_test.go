package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDiaryInTheWindow(t *testing.T) {
	f := newFixture(t)
	f.createLibrary(f.opts.DefaultLibrary)
	f.startImports([]batch{{paths: []string{plainCSV(t, filepath.Join(f.dir, "anna.csv"))}}})
	f.settle()
	path := filepath.Join(f.dir, "diary.csv")
	content := "participant,kind,bed,rise\nanna,night,03/02/2026 01:00,03/02/2026 07:00\nzoe,nap,03/02/2026 13:00,03/02/2026 13:30\n"
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	f.importDiary(path, "")
	f.settle()
	if got := f.dialogText(); !strings.Contains(got, "Which comes first") {
		t.Fatalf("the dialog says %q, want a question about the dates", got)
	}
	f.importDiary(path, "mdy")
	f.settle()
	if got := f.dialogText(); !strings.Contains(got, "Not in the library: zoe") || !strings.Contains(got, "night: 1") {
		t.Errorf("the report says %q", got)
	}
	f.goTo(activityPlace)
	f.settle()
	p := f.pages[activityPlace].(*activity)
	if len(p.told.entries) != 1 || p.told.on.Text != "1 night" {
		t.Fatalf("the page knows %+v and says %q, want the night of anna", p.told.entries, p.told.on.Text)
	}
	if chart, _ := p.figure(); len(chart.Masks) != 1 {
		t.Errorf("the actogram has %d bars, want the night", len(chart.Masks))
	}
	p.told.on.SetChecked(false)
	if chart, _ := p.figure(); len(chart.Masks) != 0 {
		t.Errorf("switched off: %d bars", len(chart.Masks))
	}
	f.showDiaries()
	f.settle()
	if got := f.dialogText(); !strings.Contains(got, "2 entries of 2 people") {
		t.Errorf("the list says %q", got)
	}
}

// TestDroppedDiaryIsOffered imports a folder that holds a diary beside a recording.
func TestDroppedDiaryIsOffered(t *testing.T) {
	f := newFixture(t)
	f.createLibrary(f.opts.DefaultLibrary)
	diary := filepath.Join(f.dir, "diary.csv")
	if err := os.WriteFile(diary, []byte("participant,kind,bed,rise\nanna,night,2026-03-02 01:00,2026-03-02 07:00\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	f.startImports([]batch{{paths: []string{plainCSV(t, filepath.Join(f.dir, "anna.csv")), diary}}})
	f.settle()
	if got := f.dialogText(); !strings.Contains(got, "1 imported, 0 already there, 1 refused") || !strings.Contains(got, "Sleep diaries (1) ...") {
		t.Fatalf("the report says %q, want the diary to be offered", got)
	}
	f.importDiaries([]string{diary})
	f.settle()
	if entries, err := f.wb.DiaryEntries(t.Context(), "anna"); err != nil || len(entries) != 1 {
		t.Errorf("the library has %+v, %v", entries, err)
	}
}
