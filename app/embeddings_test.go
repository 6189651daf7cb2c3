package app_test

import (
	"testing"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
)

// Two devices on one wrist begin at the same minute, and were run in another order
// with each model.
func TestComparedSetsHaveTheSameOrder(t *testing.T) {
	set := func(size models.Size, recordings ...string) app.EmbeddingSet {
		s := app.EmbeddingSet{Group: app.Group{Model: size}}
		for i, id := range recordings {
			r := inference.Result{Vector: make([]float32, models.Dim)}
			r.Recording, r.Subject, r.WeekStart = id, "anna", "2015-01-05T00:00:00"
			r.Vector[i] = 1
			s.Results = append(s.Results, r)
		}
		return s
	}
	c, err := app.CompareSets(app.Comparable{Sets: []app.EmbeddingSet{set(models.Small, "a", "b", "c"), set(models.Medium, "c", "a", "b")}})
	if err != nil {
		t.Fatal(err)
	}
	if c.Weeks != 3 || len(c.Sizes) != 2 {
		t.Fatalf("got %d weeks of %d sizes, want 3 of 2", c.Weeks, len(c.Sizes))
	}
	for i, r := range c.Sizes[0].Set.Results {
		if got := c.Sizes[1].Set.Results[i].Recording; got != r.Recording {
			t.Errorf("week %d: got recording %s beside %s", i+1, got, r.Recording)
		}
	}
}
