package app_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/actigraphy/format"
	"circascope/app"
	"circascope/models"
)

// run runs PAT with the demo weights and the shipped scaler, on some recordings.
func (b *bench) run(t *testing.T, o app.RunOptions) {
	t.Helper()
	if o.Scaler.Kind == "" {
		o.Scaler.Kind = app.ScalerShipped
	}
	if _, err := b.Run(t.Context(), o, nil); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) compare(t *testing.T, o app.CompareOptions) app.Comparison {
	t.Helper()
	c, err := b.Compare(t.Context(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCompareTakesTheWeeksAllSizesHave(t *testing.T) {
	b := newBench(t).withSample(t)
	if c := b.compare(t, app.CompareOptions{}); len(c.Sizes) != 0 {
		t.Fatalf("nothing was run: got %d sizes", len(c.Sizes))
	}
	b.run(t, demoRun(models.Small))
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	some := demoRun(models.Medium)
	some.Recordings = app.Only(idsOf(rows[:20])...)
	b.run(t, some)
	c := b.compare(t, app.CompareOptions{})
	if len(c.Sizes) != 2 || c.Weeks != 20 || c.People != 20 || c.Left != 27 {
		t.Fatalf("got %d sizes, %d weeks of %d people, %d left; want 2, 20, 20, 27", len(c.Sizes), c.Weeks, c.People, c.Left)
	}
	// The fake engine's M is twice its S.
	if p := c.Agreed.Pairs[0]; !isAbout(p.CKA, 1, 1e-9) || !isAbout(p.Overlap, 1, 0) {
		t.Errorf("got %+v, want 1", p)
	}
	if !strings.Contains(c.Summary(), "27 weeks left out") {
		t.Errorf("the summary %q does not say what was left out", c.Summary())
	}
	if one := b.compare(t, app.CompareOptions{Models: []models.Size{models.Small}}); len(one.Sizes) != 1 || one.Weeks != 47 {
		t.Errorf("S alone: got %d sizes, %d weeks; want 1, 47", len(one.Sizes), one.Weeks)
	}
	if other := b.compare(t, app.CompareOptions{State: models.Approved}); len(other.Sizes) != 0 {
		t.Errorf("approved weights only: got %d sizes, want none", len(other.Sizes))
	}
}

func TestScalersAreNotMixed(t *testing.T) {
	b := newBench(t).withSample(t)
	b.run(t, demoRun(models.Small))
	own := demoRun(models.Medium)
	own.Scaler.Kind = app.ScalerRecording
	own.Prepare.WeekStart = "first-sample"
	b.run(t, own)
	c := b.compare(t, app.CompareOptions{})
	if len(c.Sizes) != 1 || len(c.Choices) != 2 {
		t.Fatalf("got %d sizes of %d choices; want one of two, for their scalers differ", len(c.Sizes), len(c.Choices))
	}
	if said := strings.Join(c.Notes, " "); !strings.Contains(said, "made in another way") {
		t.Errorf("the notes %q do not say what was left out", said)
	}
	other := b.compare(t, app.CompareOptions{Condition: &c.Choices[1].Condition})
	if len(other.Sizes) != 1 || other.ScalerID == c.ScalerID {
		t.Errorf("the other choice: got %d sizes with scaler %s", len(other.Sizes), other.Scaler)
	}
	if named := b.compare(t, app.CompareOptions{Scaler: other.Scaler}); named.ScalerID != other.ScalerID {
		t.Errorf("by the scaler's name %s: got %s", other.Scaler, named.Scaler)
	}
}

// timed writes what was measured on this machine before: seconds for 100 weeks.
func (b *bench) timed(t *testing.T, seconds map[models.Size]float64) {
	t.Helper()
	var list []app.Speed
	for size, s := range seconds {
		list = append(list, app.Speed{Model: size, Precision: "float32", DeviceKind: "CPU", Weeks: 100, Seconds: s, Workers: 2, PeakRSS: 400, Source: app.SpeedOfRun, MeasuredAt: "2099-01-01T00:00:00Z"})
	}
	content, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.dir, "state", "speeds.json"), content, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestAdviceIsMadeOfMeasuredSpeeds(t *testing.T) {
	b := newBench(t).withSample(t)
	b.run(t, demoRun(models.Small))
	for _, test := range []struct {
		name    string
		seconds map[models.Size]float64 // for 100 weeks
		want    string
		model   models.Size
	}{
		{
			"all quick",
			map[models.Size]float64{models.Small: 1, models.Medium: 2, models.Large: 400},
			"On this machine 47 weeks without a result take: PAT-L about 3 min, PAT-M about a second, PAT-S has done all. Use PAT-L: it costs little here, and did best in 4 of 5 published tasks.", models.Large,
		},
		{
			"L is slow",
			map[models.Size]float64{models.Small: 1, models.Medium: 200, models.Large: 29000},
			"On this machine 47 weeks without a result take: PAT-L about 3 h 50 min, PAT-M about 2 min, PAT-S has done all. Use PAT-L if you can wait, PAT-M otherwise.", models.Medium,
		},
		{
			"L was never timed",
			map[models.Size]float64{models.Small: 1, models.Medium: 2000},
			"On this machine 47 weeks without a result take: PAT-M about 16 min, PAT-S has done all. Use PAT-M, the largest size that was timed here. PAT-L was never timed on this machine.", models.Medium,
		},
	} {
		b.timed(t, test.seconds)
		if c := b.compare(t, app.CompareOptions{}); c.Advice.Text != test.want || c.Advice.Model != test.model {
			t.Errorf("%s: got  %q, %s\nwant %q, %s", test.name, c.Advice.Text, c.Advice.Model, test.want, test.model)
		}
	}
}

// M has embedded 20 of the weeks, L none.
func TestAdviceTellsHowManyWeeksEachSizeHasLeft(t *testing.T) {
	b := newBench(t).withSample(t)
	b.run(t, demoRun(models.Small))
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	some := demoRun(models.Medium)
	some.Recordings = app.Only(idsOf(rows[:20])...)
	b.run(t, some)
	b.timed(t, map[models.Size]float64{models.Small: 1, models.Medium: 1000, models.Large: 3000})
	want := "On this machine the weeks without a result take: PAT-L about 24 min for 47 weeks, PAT-M about 4 min for 27 weeks, PAT-S has done all. Use PAT-L: it costs little here, and did best in 4 of 5 published tasks."
	if c := b.compare(t, app.CompareOptions{}); c.Advice.Text != want {
		t.Errorf("got  %q\nwant %q", c.Advice.Text, want)
	}
}

func TestAdviceWhereNothingIsLeft(t *testing.T) {
	b := newBench(t).withSample(t)
	b.run(t, demoRun(models.Sizes()...))
	b.timed(t, map[models.Size]float64{models.Small: 1, models.Medium: 2, models.Large: 100})
	c := b.compare(t, app.CompareOptions{})
	want := "Every week here has been embedded in each size. On this machine 1,000 more weeks take: PAT-L about 17 min, PAT-M about 20 s, PAT-S about 10 s. Use PAT-L: it costs little here, and did best in 4 of 5 published tasks."
	if c.Advice.Text != want {
		t.Errorf("got  %q\nwant %q", c.Advice.Text, want)
	}
	if s := c.Sizes[2].Speed; s == nil || s.PerWeek() != 1 || s.PeakRSS != 400 {
		t.Errorf("L: got %+v, want 1 s a week and 400 MB", s)
	}
}

func TestARunIsTimedForTheNextComparison(t *testing.T) {
	b := newBench(t).withSample(t)
	b.run(t, demoRun(models.Small, models.Medium))
	c := b.compare(t, app.CompareOptions{})
	for _, s := range c.Sizes {
		if s.Speed == nil || s.Speed.Weeks != 47 || s.Speed.Source != app.SpeedOfRun || s.Speed.PerWeek() <= 0 {
			t.Errorf("PAT-%s: got %+v, want the speed of the run of 47 weeks", s.Model, s.Speed)
		}
	}
	if got := c.Advice.Unmeasured; len(got) != 1 || got[0] != models.Large {
		t.Errorf("never run here: got %v, want L", got)
	}
}

// From 500 weeks on a comparison is listed as a job, once: how the sizes agree is
// remembered.
func TestALongComparisonIsAJob(t *testing.T) {
	b := newBench(t).withLibrary(t)
	if _, err := b.Import(t.Context(), []string{b.write(t, "a.AWD", awd("a", 8))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	lib, err := b.Library()
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []models.Size{models.Small, models.Medium} {
		set := madeSet(size, make([]string, 500), noise(1))
		for i, r := range set.Results {
			r.Recording, r.RecordingSHA, r.Model, r.Minutes = rows[0].ID, rows[0].Source.SHA256, size, models.WeekMinutes
			r.WeekStart = fmt.Sprintf("2015-01-05T00:%02d:%02d", i/60, i%60)
			r.ID = r.Provenance.ID()
			if err := lib.SaveResult(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
	}
	jobs := func() (n int) {
		for _, j := range b.Jobs().List() {
			if j.Name == "Compare the sizes" && j.State == app.JobDone {
				n++
			}
		}
		return n
	}
	for range 2 {
		c := b.compare(t, app.CompareOptions{})
		if c.Weeks != 500 || c.People != 1 || !isAbout(c.Agreed.Pairs[0].CKA, 1, 1e-9) || c.Agreed.Pairs[0].NullWhy == "" {
			t.Fatalf("got %d weeks of %d people, %+v; want 500 of one who can't change places", c.Weeks, c.People, c.Agreed.Pairs)
		}
	}
	if got := jobs(); got != 1 {
		t.Errorf("%d jobs were listed, want 1", got)
	}
}

func idsOf(rows []app.Row) []string {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}
