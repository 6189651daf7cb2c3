package main_test

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"circascope/internal/reference"
)

// TestEmbedWritesScores approves a fine-tuned file, holds its scores against
// Keras, and takes the approval back.
func TestEmbedWritesScores(t *testing.T) {
	pat := filepath.Join(reference.Dir(t), "pat")
	d := newDesk(t)
	weights := filepath.Join(pat, "weights", "PAT-S_finetuned_full.h5")
	input := filepath.Join(pat, "inputs", "weeks8.npy")
	var files []struct {
		State, Score string
		Fingerprints []struct {
			Inputs  int
			Problem string
		}
	}
	d.json(0, &files, "models", "approve", weights)
	if f := files[0]; f.State != "approved" || f.Score != "PAT-S_finetuned_full" || len(f.Fingerprints) != 1 || f.Fingerprints[0].Inputs != 4 || f.Fingerprints[0].Problem != "" {
		t.Errorf("approved: got %+v", f)
	}
	var report struct{ Score string }
	d.json(0, &report, "embed", "--weights", weights, "--input", input, "--output", "e.npy", "--score", "s.npy")
	if report.Score != "PAT-S_finetuned_full" {
		t.Errorf("the score is called %q", report.Score)
	}
	got, want := npy(t, filepath.Join(d.dir, "s.npy")), npy(t, filepath.Join(pat, "ref", "finetuned_prob_S.npy"))
	for i := range want {
		if len(got) != len(want) || math.Abs(float64(got[i]-want[i])) > 1e-5 {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
	refused(t, d.pat("embed", "--weights", filepath.Join(pat, "weights", "PAT-S_weights.h5"), "--input", input, "--output", "e.npy", "--score", "s.npy"), "has no head")

	var health struct {
		Status, Fingerprint string
		Check               struct{ Inputs int }
	}
	d.json(0, &health, "health", "--model", "S")
	if health.Fingerprint != "matched" || health.Check.Inputs != 4 {
		t.Errorf("the health check: got %+v", health)
	}
	d.json(1, &health, "health", "--model", "S", "--accept")
	if health.Status != "unhealthy" {
		t.Errorf("accepting with nothing changed: got %+v", health)
	}
	if got := d.pat("models", "remove", "S"); got.status != 2 || !strings.Contains(got.errOut, "--yes") {
		t.Errorf("removing unasked: got %+v", got)
	}
	var removed struct{ Path string }
	d.json(0, &removed, "models", "remove", "S", "--yes")
	if removed.Path != weights {
		t.Errorf("removed %+v", removed)
	}
	refused(t, d.pat("models", "remove", "S", "--yes"), "no weights are approved")
}
