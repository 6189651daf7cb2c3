package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/format"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
	"circascope/app"
)

// byProtocol applies a protocol of PyActigraphy's definition, with bins of half an hour.
func (f *fixture) byProtocol(t *testing.T) {
	t.Helper()
	p := protocol.Default("Shift workers", metrics.PyActigraphy)
	p.All = map[string]string{"bin": "30 min"}
	file, err := p.File()
	if err == nil {
		_, err = f.wb.ApplyProtocol(t.Context(), file, app.By{}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	f.settle()
}

// shownIS returns the value on the page of measures.
func shownIS(t *testing.T, p *measuresPage) float64 {
	t.Helper()
	for _, r := range p.rows {
		if r.id == "IS" {
			return r.values[0].Value
		}
	}
	t.Fatal("the page does not show IS")
	return 0
}

// TestPagesFollowTheProtocol applies a protocol with the page of measures open, looks at
// another definition and goes back.
func TestPagesFollowTheProtocol(t *testing.T) {
	f := withFew(t, 2)
	p := measuresOf(f)
	id := f.study.chosen
	want := func(bin string, d metrics.Definition) float64 {
		t.Helper()
		m, _ := metrics.Find(d, "IS")
		list, err := metrics.Set([]metrics.Metric{m}, []string{"bin=" + bin})
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.wb.MeasuresOf(t.Context(), app.Only(id), list, nil)
		if err != nil {
			t.Fatal(err)
		}
		return got[0].Values[0].Value
	}
	shows := func(step string, d metrics.Definition, is float64, words string, follows bool) {
		t.Helper()
		if got := shownIS(t, p); p.set.Selected != string(d) || got != is {
			t.Errorf("%s: the page shows %s with IS %v, want %s and %v", step, p.set.Selected, got, d, is)
		}
		if text := p.by.words.Text(); p.by.content.Visible() != (words != "") || words != "" && !strings.Contains(text, words) {
			t.Errorf("%s: the line says %q, want %q", step, text, words)
		}
		if words != "" && p.by.back.Visible() == follows {
			t.Errorf("%s: the way back is shown: %v", step, !follows)
		}
	}
	shows("before", metrics.Paper, want("60", metrics.Paper), "", true)
	f.byProtocol(t)
	shows("applied", metrics.PyActigraphy, want("30", metrics.PyActigraphy), "By the study's protocol Shift workers", true)
	p.set.SetSelected(string(metrics.Paper))
	f.settle()
	shows("another set", metrics.Paper, want("60", metrics.Paper), "Not the protocol Shift workers", false)
	f.goTo(cohortPlace)
	f.settle()
	if c := f.pages[cohortPlace].(*cohortPage); c.definition() != metrics.Paper || !c.protocol.back.Visible() {
		t.Error("the cohort does not show the other set, or does not say that it is not the protocol's")
	}
	f.goTo(measuresPlace)
	p.by.back.OnTapped()
	f.settle()
	shows("back", metrics.PyActigraphy, want("30", metrics.PyActigraphy), "By the study's protocol", true)
	if err := f.wb.RemoveProtocol(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.settle()
	shows("removed", metrics.Paper, want("60", metrics.Paper), "", true)
}

// TestRecordingsNotYetUnderTheProtocol shows how many there are, and brings them under it.
func TestRecordingsNotYetUnderTheProtocol(t *testing.T) {
	f := withFew(t, 2)
	p := measuresOf(f)
	file := protocol.Default("Worn", metrics.Paper)
	file.Wear.Method = "choi"
	with, err := file.File()
	if err == nil {
		_, err = f.wb.ApplyProtocol(t.Context(), with, app.By{}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	f.settle()
	if p.by.follow.Visible() {
		t.Error("all are under it, and the page says that some are not")
	}
	f.importCutOff(t)
	if text := p.by.words.Text(); !p.by.follow.Visible() || !strings.Contains(text, "1 recording not yet under it") {
		t.Errorf("one is not: the line says %q", text)
	}
	f.openProtocol(f.study.how)
	if text := f.dialogText(); !strings.Contains(text, "Bring 1 recording under it") || !strings.Contains(text, with.SHA256) {
		t.Errorf("the sheet says %s", text)
	}
	p.by.follow.OnTapped()
	f.settle()
	if p.by.follow.Visible() || strings.Contains(p.by.words.Text(), "not yet") || len(f.study.how.Pending) != 0 {
		t.Errorf("brought under it: the line says %q", p.by.words.Text())
	}
}

// importCutOff imports a recording and cancels before the protocol's non-wear is looked
// for in it.
func (f *fixture) importCutOff(t *testing.T) {
	t.Helper()
	var text strings.Builder
	text.WriteString("timestamp,activity\n")
	start := time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)
	for i := range 3 * 1440 {
		fmt.Fprintf(&text, "%s,%d\n", start.Add(time.Duration(i)*time.Minute).Format(time.DateTime), i%97)
	}
	path := filepath.Join(t.TempDir(), "late.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	imported := false
	_, err := f.wb.Import(ctx, []string{path}, format.Options{}, func(done, total int64, _ string) {
		if imported && done == 0 {
			cancel()
		}
		imported = imported || done == total
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want it cancelled", err)
	}
	f.settle()
}
