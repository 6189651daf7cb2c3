package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"circascope/inference"
	"circascope/inference/fingerprint"
	"circascope/inference/latency"
	"circascope/models"
)

// Health says whether PAT works on this machine.
type Health struct {
	Status      string        `json:"status"` // "healthy" or "unhealthy"
	ModelLoaded bool          `json:"model_loaded"`
	Working     bool          `json:"inference_working"`
	Features    int           `json:"feature_count"`
	Model       models.Size   `json:"model,omitempty"`
	State       models.State  `json:"weights_state,omitempty"`
	WeightsSHA  string        `json:"weights_sha256,omitempty"`
	Device      string        `json:"device,omitempty"`
	DeviceName  string        `json:"device_name,omitempty"`
	DeviceNote  string        `json:"device_note,omitempty"` // why not the GPU, where there is one
	Fingerprint string        `json:"fingerprint,omitempty"` // "matched", "recorded", "accepted" or "differs"
	Explained   bool          `json:"explained,omitempty"`   // it differs, and something that may be why changed: it can be accepted
	Check       *models.Check `json:"check,omitempty"`       // the comparison with the fingerprint
	// Latency is what the machine's record holds of this model, precision and
	// device; its alerts are no reason to be unhealthy.
	Latency   *latency.Stats `json:"latency,omitempty"`
	Error     string         `json:"error,omitempty"`
	Timestamp string         `json:"timestamp,omitempty"` // RFC 3339, UTC; with an error
}

// HealthOptions choose what Health checks.
type HealthOptions struct {
	Sizes     []models.Size // the first whose weights may be used is checked
	AllowDemo bool
	Accept    bool // take the answers of now as the fingerprint, where something changed that explains them
}

// Health loads the first of the sizes whose weights may be used, embeds the fixed
// inputs and compares the answers with the fingerprint of these weights, or
// accepts them as the fingerprint. What is wrong stands in the result.
func (wb *Workbench) Health(ctx context.Context, o HealthOptions) Health {
	h := Health{Status: "healthy"}
	if err := wb.health(ctx, o, &h); err != nil {
		h.Status, h.Error = "unhealthy", err.Error()
		h.Timestamp = wb.cfg.Now().UTC().Format(time.RFC3339)
	}
	return h
}

func (wb *Workbench) health(ctx context.Context, o HealthOptions, h *Health) error {
	w, err := wb.firstUsable(ctx, o.Sizes, o.AllowDemo)
	if err != nil {
		return err
	}
	h.Model, h.State, h.WeightsSHA = w.Spec.Size, w.State, w.SHA256
	compare := wb.checker.Full
	if o.Accept {
		compare = wb.checker.Accept
	}
	defer wb.notify(ModelsChanged)
	return wb.engines.checking(ctx, w, checkOptions, func(e inference.Engine) error {
		device := e.Runtime().Device
		h.ModelLoaded, h.Device, h.DeviceName, h.DeviceNote = true, device.Kind, device.Name, device.Note
		check, err := compare(ctx, wb.watch(e), w)
		h.compared(check, err)
		stats := wb.latency.Stats(latency.KeyOf(e))
		h.Latency = &stats
		return err
	})
}

// checkOptions set up the engine of a check: one worker is enough.
var checkOptions = inference.Options{Workers: 1}

// compared fills in how the comparison with the fingerprint went.
func (h *Health) compared(check models.Check, err error) {
	if check.Inputs > 0 {
		h.Check = &check
	}
	var mismatch *fingerprint.MismatchError
	switch {
	case errors.As(err, &mismatch):
		h.Fingerprint, h.Explained = "differs", mismatch.Explained()
	case err != nil:
		return
	case !check.Fresh:
		h.Fingerprint = "matched"
	case check.TakenFor == "accepted":
		h.Fingerprint = "accepted"
	default:
		h.Fingerprint = "recorded"
	}
	h.Features = models.Dim
	h.Working = err == nil
}

// checkStart compares a model that was just loaded with its fingerprint: see
// fingerprint.Checker.Start.
func (wb *Workbench) checkStart(ctx context.Context, e inference.Engine, w *models.Weights) error {
	check, err := wb.checker.Start(ctx, e, w)
	if err != nil || check.Fresh {
		wb.notify(ModelsChanged)
	}
	return err
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
