package app_test

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/format"
	"circascope/app"
	"circascope/inference"
	"circascope/models"
	"circascope/plots"
)

// explained is a bench with one recording of two weeks, embedded by the demo
// weights, and the results to explain.
func explained(t *testing.T, size models.Size) (*bench, []inference.Result) {
	t.Helper()
	b := newBench(t).withLibrary(t)
	b.step = time.Second
	if _, err := b.Import(t.Context(), []string{b.write(t, "anna.AWD", awd("anna", 15))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if report, err := b.Run(t.Context(), demoRun(size), nil); err != nil || report.Done != 2 {
		t.Fatalf("got %d done, %v; want two weeks", report.Done, err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	results, err := b.Explainable(t.Context(), rows[0].ID, size)
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 2 || results[0].WeekStart != "2015-01-05T00:00:00" {
		t.Fatalf("got %d results, the first from %s; want both weeks in order", len(results), results[0].WeekStart)
	}
	return b, results
}

func TestExplainTakesTheLayerAndHeadAskedFor(t *testing.T) {
	b, results := explained(t, models.Medium)
	for _, tc := range []struct {
		options app.ExplainOptions
		layer   int
		want    string
	}{
		{app.ExplainOptions{AllowDemo: true}, 2, "attention of layer 2 of 2, mean over heads"},
		{app.ExplainOptions{AllowDemo: true, Layer: 1, Head: 3}, 1, "attention of layer 1 of 2, head 3"},
		{app.ExplainOptions{AllowDemo: true, Rollout: true}, 0, "attention rolled out through 2 layers"},
	} {
		e, err := b.Explain(t.Context(), results[1], tc.options)
		if err != nil {
			t.Fatal(err)
		}
		if e.Describe() != tc.want || e.Attention.Layer != tc.layer || e.Attention.Head != tc.options.Head || e.Difference != 0 {
			t.Errorf("got %q of layer %d, head %d, off by %g; want %q", e.Describe(), e.Attention.Layer, e.Attention.Head, e.Difference, tc.want)
		}
		if got := e.Week.Start.String(); got != results[1].WeekStart {
			t.Errorf("got the week from %s, want %s", got, results[1].WeekStart)
		}
		table, src := e.ProfileTable()
		typed(t, table, "start")
		if len(table.Rows) != 560 || len(table.Header) != 9 || table.Rows[1][2] != "2015-01-12T00:18:00" || !src.Demo {
			t.Errorf("got %d rows of %d columns, the second from %s, demo %v", len(table.Rows), len(table.Header), table.Rows[1][2], src.Demo)
		}
	}
}

func TestExplainNeverMixesWeights(t *testing.T) {
	b, results := explained(t, models.Small)
	other := results[0]
	other.WeightsSHA = strings.Repeat("0", 64)
	approved := results[0]
	approved.WeightsState = models.Approved
	moved := results[0]
	moved.Vector = append([]float32(nil), moved.Vector...)
	moved.Vector[40] += 1e-3
	gone := results[0]
	gone.WeekStart = "2014-01-05T00:00:00"
	for name, tc := range map[string]struct {
		result inference.Result
		allow  bool
		want   string
	}{
		"demo unasked":           {results[0], false, "--demo"},
		"other weights":          {other, true, "it was embedded with weights 000000000000"},
		"approved, there's none": {approved, true, "PAT-S"},
		"another embedding":      {moved, true, "differs from the stored one by 0.001"},
		"no such week":           {gone, true, "no week from 2014-01-05"},
	} {
		_, err := b.Explain(t.Context(), tc.result, app.ExplainOptions{AllowDemo: tc.allow})
		if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "anna") {
			t.Errorf("explain, %s: got %v, want it to say %q", name, err, tc.want)
		}
		if _, err = b.Occlude(t.Context(), tc.result, tc.allow, nil); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("occlude, %s: got %v, want it to say %q", name, err, tc.want)
		}
	}
	if _, err := b.Explain(t.Context(), results[0], app.ExplainOptions{AllowDemo: true, Layer: 2}); err == nil || !strings.Contains(err.Error(), "no layer 2") {
		t.Errorf("a layer that is not there: got %v", err)
	}
}

func TestOcclusionIsAJobBesideTheAttention(t *testing.T) {
	b, results := explained(t, models.Small)
	before := b.weeks
	var last int64
	o, err := b.Occlude(t.Context(), results[0], true, func(done, total int64, _ string) {
		if total != 169 {
			t.Errorf("got %d steps, want 169", total)
		}
		last = done
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Hours) != 168 || b.weeks-before != 169 || last != 169 {
		t.Errorf("got %d hours from %d embeddings, progress up to %d; want 168 from 169", len(o.Hours), b.weeks-before, last)
	}
	if job := b.Jobs().List()[0]; job.State != app.JobDone || !strings.Contains(job.Name, "anna") {
		t.Errorf("got job %+v, want one done", job)
	}
	// The engine looks at every hundredth minute: hours without one move nothing.
	for i, h := range o.Hours {
		look := (h.From + 99) / 100 // the first minute looked at from here on
		if (look >= models.Dim || 100*look >= h.To) && (h.Euclidean != 0 || h.Cosine != 0) {
			t.Errorf("hour %d: moved by %g and %g, and the engine does not look there", i+1, h.Cosine, h.Euclidean)
		}
	}
	e, err := b.Explain(t.Context(), results[0], app.ExplainOptions{AllowDemo: true})
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Agree(e, o)
	if err != nil || a.Hours != 168 || a.Last != 60 || math.Abs(a.Cosine) > 1 || math.Abs(a.Euclidean) > 1 {
		t.Errorf("got %+v, %v", a, err)
	}
	table, src, err := app.OcclusionTable(o, e)
	typed(t, table, "start")
	if err != nil || len(table.Rows) != 168 || table.Rows[25][2] != "2015-01-06T01:00:00" || src.Details["agreement"] != a {
		t.Errorf("got %d rows, %v, %v", len(table.Rows), src.Details["agreement"], err)
	}
	other, err := b.Explain(t.Context(), results[1], app.ExplainOptions{AllowDemo: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := app.OcclusionChart(o, other); err == nil {
		t.Error("the attention of one week beside the occlusion of another: want an error")
	}
}

func TestExplanationsExportWithWhatMadeThem(t *testing.T) {
	b, results := explained(t, models.Small)
	e, err := b.Explain(t.Context(), results[0], app.ExplainOptions{AllowDemo: true, Head: 2})
	if err != nil {
		t.Fatal(err)
	}
	o, err := b.Occlude(t.Context(), results[0], true, nil)
	if err != nil {
		t.Fatal(err)
	}
	style := plots.PaperColumn()
	style.DPI = 72
	for name, draw := range map[string]func() (plots.Chart, app.Sources, error){
		"week": func() (plots.Chart, app.Sources, error) { c, src := e.WeekChart(); return c, src, nil },
		"days": func() (plots.Chart, app.Sources, error) { c, src := e.DaysChart(true); return c, src, nil },
		"map":  func() (plots.Chart, app.Sources, error) { c, src := e.MapChart(); return c, src, nil },
		"occlusion": func() (plots.Chart, app.Sources, error) {
			c, src, err := app.OcclusionChart(o, e)
			return c, src, err
		},
	} {
		chart, src, err := draw()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(chart.Title(), "head 2") {
			t.Errorf("%s: the title is %q, want it to name the head", name, chart.Title())
		}
		files, err := b.ExportChart(t.Context(), filepath.Join(b.dir, name+".png"), chart, style, src)
		if err != nil {
			t.Fatal(err)
		}
		side, err := os.ReadFile(files[1])
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{results[0].ID, results[0].WeightsSHA, `"layer": 1`, `"head": "2"`, `"demo_weights": true`, `"method": "attention"`} {
			if !strings.Contains(string(side), want) {
				t.Errorf("%s: the side file lacks %s", name, want)
			}
		}
		if name == "occlusion" && !strings.Contains(string(side), `"spearman_cosine"`) {
			t.Error("the side file of the occlusion lacks the agreement")
		}
	}
	average, _ := e.AverageDayTable()
	sum := 0.0
	for _, row := range average.Rows {
		v, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += v
	}
	// Each of the 560 tokens stands at 18 of the 10,080 minutes, over 7 days.
	if len(average.Rows) != 1440 || average.Rows[61][1] != "01:01" || math.Abs(sum-18.0/7) > 1e-5 {
		t.Errorf("the average day has %d rows, the 62nd at %s, and sums to %g; want 1440, 01:01, 18/7", len(average.Rows), average.Rows[61][1], sum)
	}
	typed(t, average, "clock")
	table, _ := e.MapTable()
	typed(t, table)
	if len(table.Rows) != 560 || len(table.Header) != 561 || len(table.Rows[559]) != 561 {
		t.Errorf("the map has %d rows of %d columns, want 560 of 561", len(table.Rows), len(table.Header))
	}
}

func TestAgreementNamesAPartialHour(t *testing.T) {
	a := app.Agreement{Hours: 3, Last: 6, Cosine: 0.5, Euclidean: 1}
	want := "Spearman's rank correlation of rollout and occlusion over 3 hours (the last of 6 minutes): 0.50 with the cosine distance, 1.00 with the Euclidean (1: they rank the hours alike, 0: not at all)."
	if got := a.Sentence("rollout"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	e := app.Explanation{Profile: []float32{0.5, 0.25, 0.125, 0.0625, 0.0625, 0, 0}}
	e.Result.Minutes = 126
	o := app.Occlusion{Hours: []inference.Shift{
		{Span: inference.Span{To: 60}, Cosine: 3, Euclidean: 1},
		{Span: inference.Span{From: 60, To: 120}, Cosine: 2, Euclidean: 2},
		{Span: inference.Span{From: 120, To: 126}, Cosine: 1, Euclidean: 3},
	}}
	if got, err := app.Agree(e, o); err != nil || got != (app.Agreement{Hours: 3, Last: 6, Cosine: 1, Euclidean: -1}) {
		t.Errorf("got %+v, %v; want the hours ranked alike by the cosine and backwards by the length", got, err)
	}
}

func TestOcclusionStopsWhenCancelled(t *testing.T) {
	b, results := explained(t, models.Small)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := b.Occlude(ctx, results[0], true, func(done, _ int64, _ string) {
		if done == 3 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || b.Jobs().List()[0].State != app.JobCancelled {
		t.Errorf("got %v and a job %s, want it cancelled", err, b.Jobs().List()[0].State)
	}
}
