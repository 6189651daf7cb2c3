package app_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/prepare"
	"circascope/actigraphy/wear"
	"circascope/actigraphy/zone"
	"circascope/app"
	"circascope/inference"
	"circascope/models"
)

var by = app.By{Author: "Ada", Reason: "diary"}

// first returns the first recording of the library.
func (b *bench) first(t *testing.T) app.Row {
	t.Helper()
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return rows[0]
}

// embed runs the model on a recording with the demo weights, filling gaps, and returns what is
// shown of it.
func (b *bench) embed(t *testing.T, id string) (app.RunReport, []inference.Result) {
	t.Helper()
	p := prepare.DefaultOptions()
	p.Missing, p.MaxFilled = prepare.FillByMinute, 1
	report, err := b.Run(t.Context(), app.RunOptions{Models: []models.Size{models.Small}, Recordings: app.Only(id), Prepare: p, AllowDemo: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	sets, err := b.EmbeddingSets(t.Context(), models.Small)
	if err != nil {
		t.Fatal(err)
	}
	var list []inference.Result
	for _, s := range sets {
		list = append(list, s.Results...)
	}
	return report, list
}

// TestAMaskMakesANewResult follows one recording through a mask, a change of it,
// and the mask being off again.
func TestAMaskMakesANewResult(t *testing.T) {
	b := newBench(t).withSample(t)
	row := b.first(t)
	if w := row.Wear(); w.Mask != "" || w.Days != nil {
		t.Errorf("before any mask: got %+v, want nothing judged", w)
	}
	_, plain := b.embed(t, row.ID)
	if len(plain) != 1 || plain[0].Mask != "" {
		t.Fatalf("got %+v, want one result without a mask", plain)
	}
	draw := func(list ...wear.Interval) {
		t.Helper()
		if err := b.DrawMask(t.Context(), row.ID, wear.Drawn, list, by); err != nil {
			t.Fatal(err)
		}
	}
	draw(wear.Interval{From: 600, To: 700})
	if sets, err := b.EmbeddingSets(t.Context(), models.Small); err != nil || len(sets) != 0 {
		t.Errorf("a mask came: got %v, %v, want no result of the data before it", sets, err)
	}
	if row := b.first(t); len(row.Embedded) != 0 || row.Wear().Minutes() != 7*1440-100 || row.Wear().Valid(row.ValidDay) != 7 {
		t.Errorf("got %v, %v, want nothing embedded and 100 minutes not worn", row.Embedded, row.Wear())
	}
	report, masked := b.embed(t, row.ID)
	if report.Done != 1 || len(masked) != 1 || masked[0].Mask != b.first(t).Mask || masked[0].ID == plain[0].ID {
		t.Fatalf("got %+v, %+v, want one new result under the mask", report, masked)
	}
	if got, want := masked[0].Filled, 100.0/10080; math.Abs(got-want) > 1e-12 {
		t.Errorf("got %v of the week filled, want %v: what was not worn is missing", got, want)
	}
	if _, _, err := b.Attention(t.Context(), row.ID, models.Small); err != nil {
		t.Errorf("the week under its mask: %v", err)
	}

	draw(wear.Interval{From: 600, To: 701})
	if _, changed := b.embed(t, row.ID); len(changed) != 1 || changed[0].ID == masked[0].ID {
		t.Errorf("a minute more: got %+v, want another result", changed)
	}
	layers := b.wear(t, row.ID).Layers
	if len(layers) != 1 || layers[0].Number != 2 || layers[0].Author != "Ada" {
		t.Fatalf("got %+v, want one layer by hand, drawn twice", layers)
	}
	if err := b.SwitchLayer(t.Context(), row.ID, layers[0].ID, false, by); err != nil {
		t.Fatal(err)
	}
	report, again := b.embed(t, row.ID)
	if report.Skipped != 1 || len(again) != 1 || again[0].ID != plain[0].ID {
		t.Errorf("the mask off: got %+v, %+v, want the first result again, without computing", report, again)
	}
}

func (b *bench) wear(t *testing.T, id string) app.Wear {
	t.Helper()
	r, err := b.Recording(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	w, err := b.Wear(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestOneRuleOfTheValidDay wants measures and weeks to leave out the same day.
func TestOneRuleOfTheValidDay(t *testing.T) {
	b := newBench(t).withSample(t)
	id := b.first(t).ID
	if rule, err := b.ValidDay(t.Context()); err != nil || rule.Hours != 10 {
		t.Errorf("got %v, %v, want ten hours until somebody chooses", rule, err)
	}
	// 12 hours of the second day are worn.
	if err := b.DrawMask(t.Context(), id, wear.Drawn, []wear.Interval{{From: 1440, To: 2160}}, by); err != nil {
		t.Fatal(err)
	}
	value := func() (float64, string) {
		t.Helper()
		list, err := b.Measures(t.Context(), app.Only(id), metrics.Paper, nil)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(list[0].Values, func(v metrics.Value) bool { return v.ID == "M10" })
		return list[0].Values[i].Value, list[0].Mask
	}
	half, mask := value()
	_, filledHalf := b.embed(t, id)
	if err := b.SetValidDay(t.Context(), wear.ValidDay{Hours: 16}); err != nil {
		t.Fatal(err)
	}
	row := b.first(t)
	if row.Wear().Valid(row.ValidDay) != 6 || row.Mask == mask {
		t.Errorf("got %+v, %v, want 6 valid days and another mask", row.Wear(), row.ValidDay)
	}
	whole, other := value()
	if whole == half || other != row.Mask {
		t.Errorf("M10: got %v before and %v after, of mask %s: want another value of mask %s", half, whole, other, row.Mask)
	}
	_, filledWhole := b.embed(t, id)
	if len(filledWhole) != 1 || filledHalf[0].Filled != 720.0/10080 || filledWhole[0].Filled != 1440.0/10080 {
		t.Errorf("the week: got %v filled before and %v after, want half a day and a day", filledHalf[0].Filled, filledWhole[0].Filled)
	}
	if err := b.SetValidDay(t.Context(), wear.ValidDay{Hours: 25}); err == nil {
		t.Error("a day of 25 hours was taken")
	}
	table := app.ParticipantsTable([]app.Row{row})
	at := slices.Index(table.Header, "valid_days")
	if got, want := table.Rows[0][at-1:], []string{"9360", "6", "16", row.Mask}; !slices.Equal(got, want) {
		t.Errorf("the exported row ends with %v, want %v", got, want)
	}
}

// TestDaysAreCountedAgainInAZone wants the day on which the clock goes forward to
// have 23 hours once a zone says so.
func TestDaysAreCountedAgainInAZone(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.imported(t, "a.csv", stamped("2003-03-29 12:00", 2880))
	if err := b.DrawMask(t.Context(), id, wear.Drawn, []wear.Interval{{From: 0, To: 60}}, by); err != nil {
		t.Fatal(err)
	}
	days := func() []int { return b.first(t).WornDays }
	if got, want := days(), []int{660, 1440, 720}; !slices.Equal(got, want) {
		t.Errorf("without a zone: got %v, want %v", got, want)
	}
	b.name(t, oslo(zone.Study, "", zone.Kept))
	if got, want := days(), []int{660, 1380, 780}; !slices.Equal(got, want) {
		t.Errorf("in Oslo: got %v, want %v", got, want)
	}
}

func TestDetectNonWear(t *testing.T) {
	b := newBench(t).withSample(t)
	detect := func(method string, values wear.Values) app.DetectReport {
		t.Helper()
		report, err := b.DetectNonWear(t.Context(), app.DetectOptions{Recordings: app.All(), Method: method, Values: values, By: by}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	report := detect(wear.Choi, nil)
	if len(report.Found) != 47 || report.Failed() != 0 || report.Parameters["period"] != 90 {
		t.Fatalf("got %s of %v", report.Summary(), report.Parameters)
	}
	for _, d := range report.Found[:5] {
		w := b.wear(t, d.Recording)
		minutes := 0
		for _, i := range w.Mask.NotWorn {
			minutes += i.Len()
		}
		if len(w.Layers) != 1 || w.Layers[0].Reason != "diary" || minutes != d.Minutes || w.Summary().Minutes() != 10080-minutes {
			t.Errorf("%s: got %d minutes in the layer, want %d; worn %d", d.Subject, minutes, d.Minutes, w.Summary().Minutes())
		}
	}
	id := report.Found[0].Recording
	if again := detect(wear.Choi, nil); !again.Found[0].Already || len(b.wear(t, id).Layers) != 1 {
		t.Errorf("a second time: got %+v, want the layer that is there", again.Found[0])
	}
	if err := b.RemoveLayer(t.Context(), id, b.wear(t, id).Layers[0].ID, by); err != nil {
		t.Fatal(err)
	}
	if again := detect(wear.Choi, nil); again.Found[0].Already || len(b.wear(t, id).Layers) != 1 {
		t.Errorf("after removing: got %+v, want a new layer", again.Found[0])
	}
	history, err := b.WearHistory(t.Context(), id)
	if err != nil || len(history) != 3 || history[1].Act != wear.Removed {
		t.Errorf("got %+v, %v, want both layers and the removal", history, err)
	}
	if cold := detect(wear.Temperature, nil); cold.Failed() != 47 || !strings.Contains(cold.Found[0].Error, "no temperature channel") {
		t.Errorf("without a temperature: got %+v", cold.Found[0])
	}
	for name, o := range map[string]app.DetectOptions{
		"a method that is none":    {Recordings: app.All(), Method: "guess"},
		"a parameter that is none": {Recordings: app.All(), Method: wear.Choi, Values: wear.Values{"x": 1}},
		"a recording that is none": {Method: wear.Choi, Recordings: app.Only("nobody")},
	} {
		if _, err := b.DetectNonWear(t.Context(), o, nil); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestDrawnMasksNeedAReason(t *testing.T) {
	b := newBench(t).withSample(t)
	id := b.first(t).ID
	one := []wear.Interval{{From: 1, To: 2}}
	if err := b.DrawMask(t.Context(), id, wear.Drawn, one, app.By{Reason: "  "}); err == nil || !strings.Contains(err.Error(), "give a reason") {
		t.Errorf("got %v, want the reason asked for", err)
	}
	if err := b.DrawMask(t.Context(), id, wear.Drawn, []wear.Interval{{From: 10000, To: 10081}}, by); err == nil || !strings.Contains(err.Error(), "10080") {
		t.Errorf("beyond the end: got %v", err)
	}
	if err := b.SwitchLayer(t.Context(), id, 77, true, by); err == nil || !strings.Contains(err.Error(), "no layer 77") {
		t.Errorf("no such layer: got %v", err)
	}
}

func TestMaskFilesComeAndGo(t *testing.T) {
	b := newBench(t).withLibrary(t)
	var text strings.Builder
	text.WriteString("time,activity\n")
	start := actigraphy.Naive(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	for i := range 2 * 1440 {
		text.WriteString(start.Add(time.Duration(i) * time.Minute).Clock().Format("2006-01-02 15:04:05,12\n"))
	}
	if _, err := b.Import(t.Context(), []string{b.write(t, "dated.csv", []byte(text.String()))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	id := b.first(t).ID
	file := b.write(t, "log.csv", []byte("Mask,Start_time,Stop_time,Remarks\nm,2026-11-24 01:00:00,2026-11-24 01:59:00,\n"))
	if err := b.ImportMask(t.Context(), file, id, by); err != nil {
		t.Fatal(err)
	}
	if err := b.ImportMask(t.Context(), file, id, by); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("a second time: got %v", err)
	}
	w := b.wear(t, id)
	if want := []wear.Interval{{From: 60, To: 120}}; !slices.Equal(w.Mask.NotWorn, want) || w.Layers[0].Name != "log.csv" || len(w.Layers[0].Source) != 64 {
		t.Errorf("got %+v, want %v from log.csv", w, want)
	}
	out := filepath.Join(b.dir, "out.csv")
	files, err := b.ExportMask(t.Context(), out, id)
	if err != nil || len(files) != 2 {
		t.Fatalf("got %v, %v, want the mask and its provenance", files, err)
	}
	got, err := os.ReadFile(out)
	if want := "mask_01,2026-11-24 01:00:00,2026-11-24 01:59:00,"; err != nil || !strings.Contains(string(got), want) {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	if err := b.SwitchLayer(t.Context(), id, w.Layers[0].ID, false, by); err != nil {
		t.Fatal(err)
	}
	if _, err := b.ExportMask(t.Context(), out, id); err == nil || !strings.Contains(err.Error(), "no layer that is on") {
		t.Errorf("nothing on: got %v", err)
	}
	if err := b.ImportMask(t.Context(), filepath.Join(b.dir, "none.csv"), id, by); err == nil {
		t.Error("a file that is not there was read")
	}
}

// TestDaysOfAMaskInAZone wants the days of the table to be those of the recording,
// whatever came first, the mask or the zone.
func TestDaysOfAMaskInAZone(t *testing.T) {
	for name, z := range map[string]zone.Clock{"kept": zone.Kept, "followed": zone.Followed} {
		for _, first := range []string{"zone", "mask"} {
			t.Run(name+first, func(t *testing.T) {
				b := newBench(t).withLibrary(t)
				gone := []string{"2003-03-30 02:00", "2003-03-30 03:00"}
				if z == zone.Kept {
					gone = nil
				}
				id := b.imported(t, "a.csv", stamped("2003-03-29 12:00", 2880, gone...))
				mask := func() {
					r, err := b.Recording(t.Context(), id)
					if err != nil {
						t.Fatal(err)
					}
					n := len(r.Activity)
					if err := b.DrawMask(t.Context(), id, wear.Drawn, []wear.Interval{{From: n - 90, To: n}}, by); err != nil {
						t.Fatal(err)
					}
				}
				if first == "mask" {
					mask()
				}
				b.name(t, oslo(zone.Study, "", z))
				if first == "zone" {
					mask()
				}
				w := b.wear(t, id)
				if got, want := b.first(t).WornDays, w.Summary().Days; !slices.Equal(got, want) {
					t.Errorf("in the table %v, of the recording %v", got, want)
				}
			})
		}
	}
}
