package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"circascope/app"
	"circascope/inference/latency"
	"circascope/models"
	"circascope/ui/controls"
)

// fakeKey is what the embeddings of the fake engine count under.
func fakeKey(f *fixture) latency.Key {
	return latency.RuntimeKey(models.Small, f.wb.EngineStatus().Runtime)
}

func TestLatencyPanelFollowsTheRecord(t *testing.T) {
	f := withSample(t)
	f.goTo(modelsPlace)
	f.settle()
	if got := textOf(f.body); !strings.Contains(got, "Nothing was embedded on this machine yet") {
		t.Errorf("the page shows %q", got)
	}
	if h := f.wb.Health(t.Context(), app.HealthOptions{Sizes: []models.Size{models.Small}, AllowDemo: true}); h.Error != "" {
		t.Fatal(h.Error)
	}
	f.settle()
	if got := textOf(f.body); !strings.Contains(got, "mean of 4") || !strings.Contains(got, "1 ms") || strings.Contains(got, "more than 1000 ms") {
		t.Errorf("after a health check the page shows %q", got)
	}
	if f.status.alert.Visible() {
		t.Error("the status bar alerts where all is well")
	}

	f.wb.Latency().Observe(fakeKey(f), 6*time.Second)
	f.wb.Latency().Fail(fakeKey(f))
	f.settle()
	got := textOf(f.body)
	for _, want := range []string{"more than 1000 ms", "1 of the last 6 embeddings", "mean of 5"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not show %q: %q", want, got)
		}
	}
	if !f.status.alert.Visible() || f.status.alert.Text != "PAT-S is slow and failing" {
		t.Errorf("the status bar shows %q", f.status.alert.Text)
	}

	if items := f.pages[modelsPlace].(exporting).exports(); len(items) != 2 || items[0].table == nil || items[1].chart == nil {
		t.Errorf("the page exports %+v, want a table and a chart", items)
	}
	f.pages[modelsPlace].(*modelsPage).latency.askReset()
	f.settle()
	if got := f.dialogText(); !strings.Contains(got, "forgotten") {
		t.Fatalf("resetting asks %q", got)
	}
	visit(f.win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if b, ok := o.(*controls.Button); ok && b.Text == "Forget them" {
			b.OnTapped()
		}
	})
	f.settle()
	if got := textOf(f.body); !strings.Contains(got, "Nothing was embedded") || f.status.alert.Visible() {
		t.Errorf("after the reset the page shows %q", got)
	}
}

func TestLatencyPanelCatchesUpWhenItIsOpened(t *testing.T) {
	f := withSample(t)
	f.goTo(modelsPlace)
	f.goTo(participantsPlace)
	f.wb.Latency().Observe(latency.Key{Model: models.Large, Precision: "float32", DeviceKind: "CPU"}, time.Millisecond)
	f.settle()
	f.goTo(modelsPlace)
	f.settle()
	if got := textOf(f.body); !strings.Contains(got, "mean of 1") {
		t.Errorf("the page shows %q", got)
	}
}

func TestLatencyLimitIsSetInTheSettings(t *testing.T) {
	f := newFixture(t)
	for _, tc := range []struct {
		typed string
		want  time.Duration // 0: refused
	}{
		{"250", 250 * time.Millisecond},
		{" 0.5 ", 500 * time.Microsecond},
		{"", 0},
		{"fast", 0},
		{"0", 0},
		{"-3", 0},
		{"NaN", 0},
		{"1e9", 0},
	} {
		got, err := parseMilliseconds(tc.typed)
		if got != tc.want || (err == nil) != (tc.want > 0) {
			t.Errorf("%q: got %v, %v; want %v", tc.typed, got, err, tc.want)
		}
	}
	f.showSettings()
	visit(f.win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if entry, ok := o.(*controls.Entry); ok {
			entry.SetText("250")
			entry.OnSubmitted(entry.Text)
		}
	})
	f.settle()
	if got := f.wb.Latency().MeanAbove(); got != 250*time.Millisecond {
		t.Errorf("the limit is %v, want 250 ms", got)
	}
	if got := f.dialogText(); !strings.Contains(got, "an alert above 250 ms") {
		t.Errorf("the settings say %q", got)
	}
}
