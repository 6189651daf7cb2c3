package app_test

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"circascope/actigraphy/format"
	"circascope/actigraphy/prepare"
	"circascope/app"
	"circascope/assets"
	"circascope/models"
)

func demoRun(sizes ...models.Size) app.RunOptions {
	return app.RunOptions{Recordings: app.All(), Models: sizes, Prepare: prepare.DefaultOptions(), AllowDemo: true}
}

func TestRunStoresEachWeekOnce(t *testing.T) {
	b := newBench(t).withSample(t)
	report, err := b.Run(t.Context(), demoRun(models.Small), nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Done != 47 || report.Skipped != 0 || report.Failed != 0 || !report.Demo {
		t.Errorf("first run: got %+v, want 47 done with demo weights", report)
	}
	again, err := b.Run(t.Context(), demoRun(models.Small), nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.Done != 0 || again.Skipped != 47 || b.weeks != 47 {
		t.Errorf("second run: got %d done, %d skipped, %d weeks through the engine; want 0, 47, 47", again.Done, again.Skipped, b.weeks)
	}
	sets, err := b.EmbeddingSets(t.Context(), models.Small)
	if err != nil || len(sets) != 1 || len(sets[0].Results) != 47 {
		t.Fatalf("got %d sets, %v; want one of 47", len(sets), err)
	}
	r := sets[0].Results[0]
	if !r.Demo() || r.ID != r.Provenance.ID() || r.RecordingSHA == "" || r.ScalerID == "" || r.ProgramVersion != "test" {
		t.Errorf("provenance is not whole: %+v", r)
	}
}

func TestWithoutDemoNothingIsUsedInSilence(t *testing.T) {
	b := newBench(t).withSample(t)
	o := demoRun(models.Small)
	o.AllowDemo = false
	_, err := b.Run(t.Context(), o, nil)
	var state *models.StateError
	if !errors.As(err, &state) || b.weeks != 0 {
		t.Errorf("got %v after %d weeks, want a StateError before any", err, b.weeks)
	}
}

func TestAnImportDoesNotChangeYesterdaysScaler(t *testing.T) {
	b := newBench(t).withSample(t)
	first, err := b.Run(t.Context(), demoRun(models.Small), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Import(t.Context(), []string{b.write(t, "new.csv", nhanesLike(t))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	second, err := b.Run(t.Context(), demoRun(models.Small), nil)
	if err != nil {
		t.Fatal(err)
	}
	if second.ScalerID != first.ScalerID || second.Done != 1 || second.Skipped != 47 {
		t.Errorf("after an import: got scaler %s, %d done, %d skipped; want %s, 1, 47", second.ScalerID, second.Done, second.Skipped, first.ScalerID)
	}
	if !strings.HasPrefix(first.Scaler, "NHANES") {
		t.Errorf("the sample's own scaler is called %q, want the shipped scaler's name, for it is the same", first.Scaler)
	}
	refit := demoRun(models.Small)
	refit.Scaler.Kind = app.ScalerRefit
	third, err := b.Run(t.Context(), refit, nil)
	if err != nil {
		t.Fatal(err)
	}
	if third.ScalerID == first.ScalerID || third.Done != 48 {
		t.Errorf("after refitting: got scaler %s, %d done; want another scaler, 48", third.ScalerID, third.Done)
	}
	if sets, err := b.EmbeddingSets(t.Context(), models.Small); err != nil || len(sets) != 2 {
		t.Errorf("got %d sets (%v), want the results of both scalers apart", len(sets), err)
	}
}

// nhanesLike returns a wide table with one person who is not in the sample.
func nhanesLike(t *testing.T) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString("ID,Date")
	for i := range 1440 {
		b.WriteString(",MIN" + strconv.Itoa(i+1))
	}
	b.WriteByte('\n')
	for day, name := range []string{"Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"} {
		b.WriteString("21006," + name)
		for i := range 1440 {
			b.WriteString("," + strconv.Itoa((i*13+day*101)%700))
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

func TestSmallLibrariesUseTheShippedScalerByName(t *testing.T) {
	b := newBench(t).withLibrary(t)
	if _, err := b.Import(t.Context(), []string{b.write(t, "one.csv", nhanesLike(t))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	report, err := b.Run(t.Context(), demoRun(models.Small), nil)
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := prepare.ReadScaler(assets.SampleScaler())
	if err != nil {
		t.Fatal(err)
	}
	if report.Done != 1 || report.ScalerID != shipped.ID || report.Scaler != shipped.Name {
		t.Errorf("got %d done with scaler %q, want 1 with %q", report.Done, report.Scaler, shipped.Name)
	}
}

func TestFirstSampleNeedsTheScalerPerRecording(t *testing.T) {
	b := newBench(t).withSample(t)
	o := demoRun(models.Small)
	o.Prepare.WeekStart = prepare.FirstSample
	report, err := b.Run(t.Context(), o, nil)
	if err != nil || report.ScalerID != prepare.RecordingScaler().ID {
		t.Errorf("got scaler %q, %v; want the one per recording", report.Scaler, err)
	}
	o.Scaler.Kind = app.ScalerShipped
	if _, err := b.Run(t.Context(), o, nil); err == nil {
		t.Error("weeks from the first sample went through a cohort scaler")
	}
}

func TestShortRecordingsAreLeftOutWithAReason(t *testing.T) {
	b := newBench(t).withLibrary(t)
	if _, err := b.Import(t.Context(), []string{b.write(t, "short.AWD", awd("short", 3))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	report, err := b.Run(t.Context(), demoRun(models.Small), nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Done != 0 || report.Failed != 1 || len(report.Problems) != 1 || report.Problems[0].Reason == "" {
		t.Errorf("got %+v, want one left out with its reason", report)
	}
	if !strings.Contains(strings.Join(report.Notes, " "), "Actiwatch") {
		t.Errorf("no warning of a unit that PAT has never seen: %q", report.Notes)
	}
}

func TestACancelledRunKeepsWhatIsDone(t *testing.T) {
	b := newBench(t).withSample(t)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := b.Run(ctx, demoRun(models.Small), func(done, _ int64, _ string) {
		if done == 20 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want context.Canceled", err)
	}
	sets, err := b.EmbeddingSets(t.Context(), models.Small)
	if err != nil || len(sets) != 1 || len(sets[0].Results) != 20 {
		t.Errorf("got %d sets, %v; want one of 20 results", len(sets), err)
	}
}

func TestAFailingEngineIsAnErrorThatNamesTheModel(t *testing.T) {
	b := newBench(t).withSample(t)
	b.fail = errors.New("out of memory")
	_, err := b.Run(t.Context(), demoRun(models.Small), nil)
	if err == nil || !strings.Contains(err.Error(), "PAT-S") {
		t.Errorf("got %v, want an error that names PAT-S", err)
	}
	if stats := b.Latency().All(); len(stats) != 1 || stats[0].Errors != 1 || stats[0].Key != fakeKey(models.Small) {
		t.Errorf("the latency monitor has %+v, want one error of PAT-S", stats)
	}
}

func TestRunTakesParticipantsByName(t *testing.T) {
	b := newBench(t).withSample(t)
	o := demoRun(models.Small)
	o.Recordings = app.Only("21275", "21061")
	if report, err := b.Run(t.Context(), o, nil); err != nil || report.Done != 2 {
		t.Errorf("got %d done, %v; want 2", report.Done, err)
	}
	o.Recordings = app.Only("21275", "nobody")
	if _, err := b.Run(t.Context(), o, nil); err == nil || !strings.Contains(err.Error(), "nobody") {
		t.Errorf("got %v, want an error that names nobody", err)
	}
}

func TestARecordingNamedByItsIDComesAlone(t *testing.T) {
	b := newBench(t).withLibrary(t)
	for _, days := range []int{8, 9} { // two recordings of one participant
		path := b.write(t, "anna"+strconv.Itoa(days)+".AWD", awd("anna", days))
		if _, err := b.Import(t.Context(), []string{path}, format.Options{Subject: "anna"}, nil); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := b.Rows(t.Context())
	if err != nil || len(rows) != 2 || rows[0].Subject != rows[1].Subject {
		t.Fatalf("got %d recordings, %v; want two of one participant", len(rows), err)
	}
	o := demoRun(models.Small)
	o.Recordings = app.Only(rows[0].ID)
	if report, err := b.Run(t.Context(), o, nil); err != nil || report.Done != 1 {
		t.Errorf("got %d done, %v; want the one week of the recording named", report.Done, err)
	}
}

func TestSampleIsMadeOnce(t *testing.T) {
	b := newBench(t).withSample(t)
	if err := b.OpenSample(t.Context(), filepath.Join(b.dir, "sample.circascope"), nil); err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil || len(rows) != 47 {
		t.Fatalf("got %d recordings, %v; want 47", len(rows), err)
	}
	if imports, err := b.Imports(t.Context()); err != nil || len(imports) != 1 {
		t.Errorf("got %d imports, %v; want one", len(imports), err)
	}
}

// TestProgressCountsTheWork runs S and L: 27 of 28 parts of the work are L's.
func TestProgressCountsTheWork(t *testing.T) {
	b := newBench(t).withSample(t)
	before, all := int64(-1), int64(0)
	o := demoRun(models.Small)
	o.Models = []models.Size{models.Small, models.Large}
	if _, err := b.Run(t.Context(), o, func(done, total int64, what string) {
		if done < before {
			t.Errorf("it went back from %d to %d", before, done)
		}
		if before = done; strings.HasPrefix(what, "PAT-L") && all == 0 {
			all = total
			if want := total / 28; done != want {
				t.Errorf("L begins at %d of %d, want %d", done, total, want)
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	if all == 0 || before != all {
		t.Errorf("it ended at %d of %d", before, all)
	}
}
