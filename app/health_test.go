package app_test

import (
	"strings"
	"testing"

	"circascope/app"
	"circascope/models"
)

func TestHealthPassesOverMissingWeightsOnly(t *testing.T) {
	b := newBench(t)
	if h := b.Health(t.Context(), app.HealthOptions{Sizes: models.Sizes()}); h.Status != "unhealthy" || !strings.Contains(h.Error, "PAT-L") || h.Timestamp == "" {
		t.Errorf("without weights: got %+v, want unhealthy with a reason for every size", h)
	}
	if h := b.Health(t.Context(), app.HealthOptions{Sizes: models.Sizes(), AllowDemo: true}); h.Status != "healthy" || h.Model != models.Small || h.Features != models.Dim {
		t.Errorf("with demo weights: got %+v, want PAT-S healthy", h)
	}
	// A damaged approval of S must not make M the model that answers.
	b.write(t, "models/approved/PAT-S.json", []byte("{"))
	if h := b.Health(t.Context(), app.HealthOptions{Sizes: models.Sizes()}); h.Status != "unhealthy" || strings.Contains(h.Error, "PAT-M") {
		t.Errorf("with a damaged approval of S: got %+v, want that as the reason", h)
	}
}
