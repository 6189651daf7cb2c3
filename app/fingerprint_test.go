package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/actigraphy/prepare"
	"circascope/app"
	"circascope/inference"
	"circascope/inference/fingerprint"
	"circascope/internal/reference"
	"circascope/models"
)

// approveSmall approves the reference file of PAT-S and unloads the model, as a
// new start of the program has it.
func (b *bench) approveSmall(t *testing.T) models.File {
	t.Helper()
	path := filepath.Join(reference.Dir(t), "pat", "weights", "PAT-S_weights.h5")
	f, err := b.CheckModel(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if f, err = b.ApproveModel(t.Context(), path, f.SHA256); err != nil || len(f.Checks) != 1 || f.Checks[0].TakenFor != "approval" {
		t.Fatalf("approving: %+v, %v", f, err)
	}
	b.unload(t)
	return f
}

// unload puts another model in place of the loaded one.
func (b *bench) unload(t *testing.T) {
	t.Helper()
	demo, err := b.Weights(t.Context(), models.Medium, true)
	if err != nil {
		t.Fatal(err)
	}
	nothing := func(func(inference.Week, error) bool) {}
	if _, err := b.Embed(t.Context(), demo, inference.Options{}, nothing, nil); err != nil {
		t.Fatal(err)
	}
}

func TestNothingIsEmbeddedWithAnotherAnswer(t *testing.T) {
	b := newBench(t).withSample(t)
	b.approveSmall(t)
	run := func() (app.RunReport, error) {
		return b.Run(t.Context(), app.RunOptions{Recordings: app.All(), Models: []models.Size{models.Small}, Prepare: prepare.DefaultOptions()}, nil)
	}
	health := func(accept bool) app.Health {
		return b.Health(t.Context(), app.HealthOptions{Sizes: []models.Size{models.Small}, Accept: accept})
	}
	if h := health(false); h.Fingerprint != "matched" || h.Check.Inputs != 4 || !h.Working {
		t.Errorf("sound: got %+v", h)
	}
	b.unload(t)

	b.wrong = 1e-3 // a fault
	report, err := run()
	var mismatch *fingerprint.MismatchError
	if !errors.As(err, &mismatch) || report.Done != 0 {
		t.Fatalf("with a fault: got %+v, %v", report, err)
	}
	if status := b.EngineStatus(); status.Phase != app.EngineWrong || status.Model != models.Small {
		t.Errorf("the engine is %+v", status)
	}
	if h := health(false); h.Fingerprint != "differs" || h.Explained || h.Working || h.Status != "unhealthy" {
		t.Errorf("with a fault: got %+v", h)
	}
	if h := health(true); h.Status != "unhealthy" || !strings.Contains(h.Error, "not accepted") {
		t.Errorf("accepting a fault: got %+v", h)
	}
	if files, err := b.Models(t.Context()); err != nil || len(files[0].Checks) != 1 || files[0].Checks[0].Problem == "" {
		t.Errorf("the list says %+v, %v", files[0].Checks, err)
	}

	b.version = "2" // an upgrade explains it
	if _, err := run(); err == nil || !strings.Contains(err.Error(), "fake 1 gave it, this is 2") {
		t.Errorf("after an upgrade: got %v", err)
	}
	if h := health(true); h.Fingerprint != "accepted" || h.Status != "healthy" {
		t.Errorf("accepting an upgrade: got %+v", h)
	}
	if report, err := run(); err != nil || report.Done == 0 {
		t.Errorf("once accepted: got %+v, %v", report, err)
	}
}

func TestRemovingAnApproval(t *testing.T) {
	b := newBench(t)
	f := b.approveSmall(t)
	if removed, err := b.RemoveModel(t.Context(), models.Small); err != nil || removed.SHA256 != f.SHA256 {
		t.Errorf("got %+v, %v", removed, err)
	}
	if _, err := b.Weights(t.Context(), models.Small, false); err == nil {
		t.Error("the weights can still be used")
	}
	if _, err := os.Stat(f.Path); err != nil {
		t.Errorf("the user's own file: %v", err)
	}
	var state *models.StateError
	if _, err := b.RemoveModel(t.Context(), models.Small); !errors.As(err, &state) {
		t.Errorf("with nothing approved: got %v", err)
	}
}
