package app_test

import (
	"slices"
	"testing"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/format"
	"circascope/app"
)

func TestDiaryReport(t *testing.T) {
	b := newBench(t).withLibrary(t)
	for _, name := range []string{"anna", "ben"} {
		b.write(t, "in/"+name+".AWD", awd(name, 2))
	}
	if _, err := b.Import(t.Context(), []string{b.dir + "/in"}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	path := b.write(t, "diary.csv", []byte("participant,kind,bed,rise\nANNA,night,2026-03-02 22:30,2026-03-03 07:00\nzoe,nap,2026-03-02 13:00,2026-03-02 13:30\n"))
	report, err := b.ImportDiary(t.Context(), path, "")
	if err != nil || !report.Added || report.Entries[diary.Night] != 1 || report.Entries[diary.Nap] != 1 ||
		!slices.Equal(report.People, []string{"anna"}) || !slices.Equal(report.Unknown, []string{"zoe"}) || !slices.Equal(report.Without, []string{"ben"}) {
		t.Errorf("got %+v, %v", report, err)
	}
	if again, err := b.ImportDiary(t.Context(), path, ""); err != nil || again.Added {
		t.Errorf("a second time: got %+v, %v", again, err)
	}
	entries, err := b.DiaryEntries(t.Context(), "anna")
	if err != nil || len(entries) != 1 {
		t.Fatalf("got %+v, %v", entries, err)
	}
	if table, _ := app.DiaryTable(entries); len(table.Rows) != 1 || table.Rows[0][2] != "2026-03-02" {
		t.Errorf("the table has %q", table.Rows)
	}
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(rows, func(r app.Row) bool { return r.Subject == "anna" })
	r, err := b.Recording(t.Context(), rows[at].ID)
	if err != nil {
		t.Fatal(err)
	}
	chart, src, err := app.ActogramChart(rows[at].Info, r, nil, entries)
	if err != nil || src.Details["diary"] == nil && len(chart.Masks) > 0 {
		t.Errorf("the actogram has %d bars, sources %v, %v", len(chart.Masks), src, err)
	}
}
