package app_test

import (
	"testing"
	"time"

	"circascope/actigraphy/format"
	"circascope/models"
)

func TestAttentionIsOfTheFirstWeek(t *testing.T) {
	b := newBench(t).withLibrary(t)
	b.step = time.Second // each week is computed a second after the one before
	if _, err := b.Import(t.Context(), []string{b.write(t, "anna.AWD", awd("anna", 15))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if report, err := b.Run(t.Context(), demoRun(models.Small), nil); err != nil || report.Done != 2 {
		t.Fatalf("got %d done, %v; want two weeks", report.Done, err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	chart, _, err := b.Attention(t.Context(), rows[0].ID, models.Small)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := chart.Start.String(), "2015-01-05T00:00:00"; got != want {
		t.Errorf("got the week from %s, want that from %s", got, want)
	}
}
