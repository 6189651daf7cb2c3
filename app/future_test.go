package app_test

import (
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/app"
)

// A recording that begins in the future is imported, with a warning wherever it is
// shown.
func TestRecordingsOfTheFuture(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	b := newBench(t, func(c *app.Config) { c.Now = func() time.Time { return now } }).withLibrary(t)
	for start, want := range map[string]bool{"2026-11-25 11:00": false, "2026-11-25 13:00": true, "2068-02-28 00:00": true, "2020-01-01 00:00": false} {
		path := b.write(t, strings.ReplaceAll(start, ":", "")+".csv", stamped(start, 1440))
		report, err := b.Import(t.Context(), []string{path}, format.Options{}, nil)
		if err != nil || len(report.Outcomes) != 1 {
			t.Fatalf("%s: %+v, %v", start, report, err)
		}
		preview, err := b.Preview(t.Context(), path, format.Options{})
		if err != nil || len(preview) != 1 {
			t.Fatalf("%s: %+v, %v", start, preview, err)
		}
		inspected := []string{}
		err = b.Inspect(t.Context(), []string{path}, format.Options{}, func(_ string, r *actigraphy.Recording, err error) error {
			inspected = r.Source.Notes
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for where, notes := range map[string][]string{"import": report.Outcomes[0].Warnings, "preview": preview[0].Info.Source.Notes, "inspect": inspected} {
			if got := strings.Contains(strings.Join(notes, " "), "in the future"); got != want {
				t.Errorf("%s, %s: warned %v, want %v", start, where, got, want)
			}
		}
	}
}
