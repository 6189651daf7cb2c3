package store_test

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/app"
	"circascope/inference"
	"circascope/models"
	"circascope/store"
)

var _ app.Library = (*store.DB)(nil)

var testTime = time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)

func options() store.Options {
	return store.Options{Clock: func() time.Time { return testTime }, ProgramVersion: "1.2.3"}
}

// newLibrary creates a library that closes with the test.
func newLibrary(tb testing.TB, o store.Options) *store.DB {
	tb.Helper()
	db, err := store.Create(tb.Context(), filepath.Join(tb.TempDir(), "study.circa"), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

// week returns a recording of 10,080 minutes from half past nine in the
// morning, with quiet nights, a gap, and a light channel.
func week(subject string, seed int) *actigraphy.Recording {
	activity, light := make([]float64, 10080), make([]float64, 10080)
	for i := range activity {
		wave := math.Max(0, math.Sin(float64(i)*2*math.Pi/1440))
		activity[i] = math.Floor(wave * float64((i*7919+seed*104729)%3000))
		light[i] = math.Round(wave*80000) / 100
	}
	for i := 4000; i < 4100; i++ {
		activity[i], light[i] = math.NaN(), math.NaN()
	}
	return &actigraphy.Recording{
		Subject: subject, Device: "ActiGraph GT3X+ NEO1", Site: "wrist",
		Start: actigraphy.Naive(time.Date(2020, 2, 3, 9, 30, 0, 0, time.UTC)), Epoch: time.Minute,
		Activity: activity, Channels: map[string][]float64{actigraphy.ChannelLight: light},
		Unit: actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: "axis 1"},
		Source: actigraphy.Source{
			Name: "cohort.csv", Format: "csv", Subject: subject,
			SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Channel: "axis 1",
			Options: map[string]string{"decimal": ","}, Notes: []string{fmt.Sprintf("seed %d", seed)},
		},
	}
}

// keptFile is the file of one recording, as an import keeps it.
func keptFile(r *actigraphy.Recording, outcomes ...actigraphy.Outcome) actigraphy.ImportedFile {
	return actigraphy.ImportedFile{Name: r.Source.Name, SHA256: r.Source.SHA256, Options: "{}", Outcomes: outcomes}
}

// add imports recordings as one finished import and returns its id.
func add(tb testing.TB, db *store.DB, recordings ...*actigraphy.Recording) int64 {
	tb.Helper()
	ctx := context.Background()
	imp, err := db.BeginImport(ctx)
	if err != nil {
		tb.Fatal(err)
	}
	for _, r := range recordings {
		added, err := db.AddRecording(ctx, imp, r)
		if err != nil {
			tb.Fatal(err)
		}
		o := actigraphy.Outcome{Path: "in/" + r.Source.Name, Status: actigraphy.Imported, Recording: r.ID(), Subject: r.Subject}
		if !added {
			o.Status = actigraphy.Duplicate
		}
		if err := db.KeepFile(ctx, imp, keptFile(r, o)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := db.FinishImport(ctx, imp, nil); err != nil {
		tb.Fatal(err)
	}
	return imp
}

// result returns a result of a recording's first week.
func result(r *actigraphy.Recording, size models.Size) inference.Result {
	vector, profile := make([]float32, models.Dim), make([]float32, 4)
	for i := range vector {
		vector[i] = float32(i)/7 - 3
	}
	copy(profile, []float32{0.1, 0.2, 0.3, 0.4})
	p := inference.Provenance{
		Recording: r.ID(), RecordingSHA: r.Source.SHA256, Subject: r.Subject, WeekStart: r.Start.String(), Minutes: 10080,
		Preparation: `{"missing":"fill-mean"}`, ScalerID: "0123456789abcdef0123456789abcdef", ScalerName: "NHANES 47",
		Model: size, WeightsSHA: "aa", WeightsState: models.Approved, Engine: "tensorflow", EngineVersion: "2.21.0",
		Precision: "float32", DeviceKind: "CPU",
	}
	return inference.Result{
		ID: p.ID(), Provenance: p, Filled: 0.01, Vector: vector, Profile: profile,
		Seconds: 0.25, ProgramVersion: "1.2.3", DeviceName: "a processor", ComputedAt: "2026-11-03T12:00:00Z",
	}
}

// sameRecording reports a difference that reflect would not see past NaN.
func sameRecording(tb testing.TB, got, want *actigraphy.Recording) {
	tb.Helper()
	sameValues(tb, "activity", got.Activity, want.Activity)
	if len(got.Channels) != len(want.Channels) {
		tb.Fatalf("got %d channels, want %d", len(got.Channels), len(want.Channels))
	}
	for name := range want.Channels {
		sameValues(tb, name, got.Channels[name], want.Channels[name])
	}
	g, w := *got, *want
	g.Activity, w.Activity, g.Channels, w.Channels = nil, nil, nil, nil
	if !g.Start.Equal(w.Start) {
		tb.Errorf("start: got %v, want %v", g.Start, w.Start)
	}
	g.Start, w.Start = actigraphy.LocalTime{}, actigraphy.LocalTime{}
	if !reflect.DeepEqual(g, w) {
		tb.Errorf("got  %+v\nwant %+v", g, w)
	}
}

// sameValues wants the same bits, and NaN where NaN was.
func sameValues(tb testing.TB, what string, got, want []float64) {
	tb.Helper()
	if len(got) != len(want) {
		tb.Fatalf("%s: got %d values, want %d", what, len(got), len(want))
	}
	for i := range want {
		if math.Float64bits(got[i]) != math.Float64bits(want[i]) && (!math.IsNaN(got[i]) || !math.IsNaN(want[i])) {
			tb.Fatalf("%s, value %d: got %v, want %v", what, i, got[i], want[i])
		}
	}
}
