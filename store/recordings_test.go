package store_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/store"
)

func TestRecordingsComeBackAsTheyWere(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2020, 3, 28, 17, 45, 30, 0, london)
	tests := []struct {
		name   string
		change func(*actigraphy.Recording)
	}{
		{"a week of counts with light", func(*actigraphy.Recording) {}},
		{"a start in a named zone, over a clock change", func(r *actigraphy.Recording) { r.Start = actigraphy.Zoned(at) }},
		{"a start with an offset", func(r *actigraphy.Recording) {
			r.Start = actigraphy.Zoned(at.In(time.FixedZone("", 5*3600+1800)))
		}},
		{"a start in UTC with a fraction", func(r *actigraphy.Recording) {
			r.Start = actigraphy.Zoned(time.Date(2020, 1, 1, 0, 0, 0, 5e8, time.UTC))
		}},
		{"no date", func(r *actigraphy.Recording) { r.Start = actigraphy.Undated(time.Saturday, 90*time.Minute) }},
		{"no start", func(r *actigraphy.Recording) { r.Start = actigraphy.LocalTime{} }},
		{"epochs of 7 seconds", func(r *actigraphy.Recording) { r.Epoch = 7 * time.Second }},
		{"epochs longer than a day", func(r *actigraphy.Recording) { r.Epoch = 25 * time.Hour }},
		{"one epoch, nothing else known", func(r *actigraphy.Recording) {
			*r = actigraphy.Recording{Subject: "x", Epoch: time.Second, Activity: []float64{math.NaN()}}
		}},
		{"values that only a float64 holds", func(r *actigraphy.Recording) {
			r.Activity[17], r.Activity[5000] = math.Pi, actigraphy.MaxActivity
			r.Channels["temperature"] = slices.Repeat([]float64{-12.345678901}, 10080)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			db := newLibrary(t, options())
			want := week("S1", 1)
			tt.change(want)
			add(t, db, week("S0", 2), want)
			got, err := db.Recording(t.Context(), want.ID())
			if err != nil {
				t.Fatal(err)
			}
			sameRecording(t, got, want)
			if got.Start.String() != want.Start.String() || !got.End().Equal(want.End()) {
				t.Errorf("got %v to %v, want %v to %v", got.Start, got.End(), want.Start, want.End())
			}
		})
	}
}

func TestZoneComesBackWithItsClockChanges(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	db := newLibrary(t, options())
	want := week("S1", 1)
	want.Start = actigraphy.Zoned(time.Date(2020, 3, 28, 12, 0, 0, 0, london))
	add(t, db, want)
	got, err := db.Recording(t.Context(), want.ID())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := got.Start.Add(24*time.Hour).String(), "2020-03-29T13:00:00+01:00"; got != want {
		t.Errorf("a day later got %s, want %s", got, want)
	}
}

func TestRecordingsListsEverythingButSamples(t *testing.T) {
	db := newLibrary(t, options())
	b, a := week("B", 1), week("A", 2)
	imp := add(t, db, b, a)
	infos, err := db.Recordings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(infos) != 2 || infos[0].Subject != "A" || infos[1].Subject != "B" {
		t.Fatalf("got %+v, want A then B", infos)
	}
	want := actigraphy.Describe(a)
	got := infos[0]
	if got.Import != imp {
		t.Errorf("got import %d, want %d", got.Import, imp)
	}
	if got.ID != want.ID || got.Epochs != 10080 || got.Missing != 100 || got.Days != want.Days || got.Sum != want.Sum ||
		got.Zeros != want.Zeros || got.Unit != want.Unit || !slices.Equal(got.Channels, want.Channels) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestSameRecordingTwiceIsADuplicate(t *testing.T) {
	db := newLibrary(t, options())
	add(t, db, week("A", 1))
	if err := db.RenameSubject(t.Context(), "A", "renamed"); err != nil {
		t.Fatal(err)
	}
	imp, err := db.BeginImport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	added, err := db.AddRecording(t.Context(), imp, week("A", 1))
	if err != nil || added {
		t.Fatalf("got added %v, %v, want a duplicate", added, err)
	}
	infos, err := db.Recordings(t.Context())
	if err != nil || len(infos) != 1 {
		t.Fatalf("got %d recordings, %v, want 1", len(infos), err)
	}
}

func TestOneFileHoldsManyAndOptionsMakeAnother(t *testing.T) {
	db := newLibrary(t, options())
	again := week("A", 1)
	again.Source.Options = map[string]string{"decimal": "."}
	add(t, db, week("A", 1), week("B", 1), again)
	infos, err := db.Recordings(t.Context())
	if err != nil || len(infos) != 3 {
		t.Fatalf("got %d recordings, %v, want 3", len(infos), err)
	}
}

func TestUnfitRecordingsAreRefusedWhole(t *testing.T) {
	tests := []struct {
		name, want string
		change     func(*actigraphy.Recording)
	}{
		{"no participant", "no participant", func(r *actigraphy.Recording) { r.Subject = "" }},
		{"infinite activity", "epoch 8", func(r *actigraphy.Recording) { r.Activity[7] = math.Inf(1) }},
		{"a short channel", "light", func(r *actigraphy.Recording) { r.Channels["light"] = []float64{1} }},
		{"a start that text can't hold", "exactly", func(r *actigraphy.Recording) {
			r.Start = actigraphy.Zoned(time.Date(1890, 1, 1, 0, 0, 0, 0, time.FixedZone("local mean time", 43*60+12)))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			db := newLibrary(t, options())
			imp, err := db.BeginImport(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			r := week("A", 1)
			tt.change(r)
			if _, err := db.AddRecording(t.Context(), imp, r); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want one about %q", err, tt.want)
			}
			if infos, err := db.Recordings(t.Context()); err != nil || len(infos) != 0 {
				t.Errorf("got %d recordings, %v, want none", len(infos), err)
			}
		})
	}
}

func TestUnknownRecording(t *testing.T) {
	db := newLibrary(t, options())
	if _, err := db.Recording(t.Context(), "nothing"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

func TestCancelledStoringLeavesNothing(t *testing.T) {
	db := newLibrary(t, options())
	imp, err := db.BeginImport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// A cancelled context meets any step of the transaction, its end too.
	whole := 0
	for i := range 200 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*20*time.Microsecond)
		added, err := db.AddRecording(ctx, imp, week(fmt.Sprint("A", i), i))
		cancel()
		if added {
			whole++
		} else if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("try %d: got %v, want context.DeadlineExceeded", i, err)
		}
	}
	if infos, err := db.Recordings(t.Context()); err != nil || len(infos) != whole {
		t.Errorf("got %d recordings, %v, want the %d that were stored", len(infos), err, whole)
	}
	if _, err := db.AddRecording(t.Context(), imp, week("B", 1)); err != nil {
		t.Errorf("the library does not work after a cancelled step: %v", err)
	}
}
