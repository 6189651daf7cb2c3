package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"circascope/inference"
	"circascope/models"
)

// Health says whether PAT works on this machine.
type Health struct {
	Status      string       `json:"status"` // "healthy" or "unhealthy"
	ModelLoaded bool         `json:"model_loaded"`
	Working     bool         `json:"inference_working"`
	Features    int          `json:"feature_count"`
	Model       models.Size  `json:"model,omitempty"`
	State       models.State `json:"weights_state,omitempty"`
	WeightsSHA  string       `json:"weights_sha256,omitempty"`
	Device      string       `json:"device,omitempty"`
	Fingerprint string       `json:"fingerprint,omitempty"` // "matches", "recorded now" ...
	Error       string       `json:"error,omitempty"`
	Timestamp   string       `json:"timestamp,omitempty"` // RFC 3339, UTC; with an error
}

// Health loads the first of the sizes whose weights may be used, embeds a fixed
// week and compares it with the fingerprint kept for these weights. What is wrong
// stands in the result.
func (wb *Workbench) Health(ctx context.Context, sizes []models.Size, allowDemo bool) Health {
	h := Health{Status: "healthy"}
	if err := wb.health(ctx, sizes, allowDemo, &h); err != nil {
		h.Status, h.Error = "unhealthy", err.Error()
		h.Timestamp = wb.cfg.Now().UTC().Format(time.RFC3339)
	}
	return h
}

func (wb *Workbench) health(ctx context.Context, sizes []models.Size, allowDemo bool, h *Health) error {
	w, err := wb.firstUsable(ctx, sizes, allowDemo)
	if err != nil {
		return err
	}
	h.Model, h.State, h.WeightsSHA = w.Spec.Size, w.State, w.SHA256
	return wb.engines.with(ctx, w, inference.Options{Workers: 1}, func(e inference.Engine) error {
		h.ModelLoaded, h.Device = true, e.Runtime().Device.Kind
		check, err := inference.HealthCheck(ctx, e, w.SHA256, wb.cfg.Catalogue)
		h.Features, h.Fingerprint = check.FeatureCount, string(check.Fingerprint)
		h.Working = err == nil
		return err
	})
}

// firstUsable loads the weights of the first size that has some; the error tells
// why each has none.
func (wb *Workbench) firstUsable(ctx context.Context, sizes []models.Size, allowDemo bool) (*models.Weights, error) {
	var reasons []string
	for _, size := range sizes {
		w, _, err := wb.cfg.Catalogue.Load(ctx, size, allowDemo)
		if err == nil {
			return w, nil
		}
		reasons = append(reasons, err.Error())
	}
	return nil, fmt.Errorf("no model can be used: %s", strings.Join(reasons, "; "))
}
