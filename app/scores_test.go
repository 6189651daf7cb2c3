package app_test

import (
	"math"
	"slices"
	"testing"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
)

func TestScoresInTablesAndColours(t *testing.T) {
	b := newBench(t).withSample(t)
	scored := inference.Result{Vector: make([]float32, models.Dim), Score: &inference.Score{Name: "PAT-S_sleep", Value: 0.1}}
	without := inference.Result{Vector: make([]float32, models.Dim)}
	table := app.EmbeddingsTable([]app.EmbeddingSet{{Results: []inference.Result{scored, without}}}, nil)
	typed(t, table, "subject", "recording", "recording_sha256", "week_start", "model", "weights_sha256", "weights_state", "scaler", "scaler_id",
		"preparation", "clock", "engine", "engine_version", "precision", "device_kind", "mask", "program_version", "result_id", "score_name")
	name, value := slices.Index(table.Header, "score_name"), slices.Index(table.Header, "score")
	if name < 0 || value < 0 || len(table.Rows[0]) != len(table.Header) || len(table.Rows[1]) != len(table.Header) {
		t.Fatalf("the columns are %v", table.Header)
	}
	if r := table.Rows[0]; r[name] != "PAT-S_sleep" || r[value] != "0.1" {
		t.Errorf("got %q %q", r[name], r[value])
	}
	if r := table.Rows[1]; r[name] != "" || r[value] != "" {
		t.Errorf("without a score: got %q %q", r[name], r[value])
	}
	c, err := b.Coloring(t.Context(), app.ColorScore, []inference.Result{without, scored})
	if err != nil || c.Name != "score PAT-S_sleep" || !math.IsNaN(c.Numbers[0]) || c.Numbers[1] != float64(float32(0.1)) {
		t.Errorf("got %+v, %v", c, err)
	}
	if c, err := b.Coloring(t.Context(), app.ColorScore, []inference.Result{without}); err != nil || c.Name != "score (these weights give none)" {
		t.Errorf("with no score at all: got %+v, %v", c, err)
	}
}
