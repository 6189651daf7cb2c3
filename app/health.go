package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"circascope/inference"
	"circascope/inference/latency"
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
	DeviceName  string       `json:"device_name,omitempty"`
	DeviceNote  string       `json:"device_note,omitempty"` // why not the GPU, where there is one
	Fingerprint string       `json:"fingerprint,omitempty"` // "matched" or "recorded"
	// Latency is what the machine's record holds of this model, precision and
	// device; its alerts are no reason to be unhealthy.
	Latency   *latency.Stats `json:"latency,omitempty"`
	Error     string         `json:"error,omitempty"`
	Timestamp string         `json:"timestamp,omitempty"` // RFC 3339, UTC; with an error
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
		device := e.Runtime().Device
		h.ModelLoaded, h.Device, h.DeviceName, h.DeviceNote = true, device.Kind, device.Name, device.Note
		check, err := inference.HealthCheck(ctx, e, w.SHA256, wb.cfg.Catalogue)
		h.Features, h.Fingerprint = check.FeatureCount, string(check.Fingerprint)
		h.Working = err == nil
		stats := wb.latency.Stats(latency.KeyOf(e))
		h.Latency = &stats
		return err
	})
}

// firstUsable loads the weights of the first size that has some; the error tells
// why each has none. Only a size without weights is passed over: weights that
// changed or can't be read are not well, whatever the other sizes are.
func (wb *Workbench) firstUsable(ctx context.Context, sizes []models.Size, allowDemo bool) (*models.Weights, error) {
	var reasons []string
	for _, size := range sizes {
		w, _, err := wb.cfg.Catalogue.Load(ctx, size, allowDemo)
		if err == nil {
			return w, nil
		}
		var state *models.StateError
		if !errors.As(err, &state) || state.State != models.Missing {
			return nil, err
		}
		reasons = append(reasons, err.Error())
	}
	return nil, fmt.Errorf("no model can be used: %s", strings.Join(reasons, "; "))
}
