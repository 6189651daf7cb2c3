package metrics_test

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"testing"
	"time"

	"circascope/actigraphy/metrics"
	"circascope/internal/reference"
	"circascope/internal/reference/pyact"
)

// TestCosinorAsLeastSquares compares with NumPy's least squares on every
// recording, and counts how often pyActigraphy's own search came as low.
func TestCosinorAsLeastSquares(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	met, optima := tally{}, 0
	for _, s := range series {
		var want struct {
			Mesor     float64 `json:"mesor"`
			Amplitude float64 `json:"amplitude"`
			Phi       float64 `json:"acrophase_phi"`
			Peak      string  `json:"peak_clock"`
			R2        float64 `json:"R2"`
		}
		var own struct {
			Params struct{ Amplitude float64 } `json:"params"`
		}
		k := pyact.ReadKnown(t, dir, s.values)
		if json.Unmarshal(k.Metrics["cosinor_linear_check"].Value, &want) != nil || want.Mesor == 0 {
			t.Logf("%s: the reference has no fit: %s", s.values, k.Metrics["cosinor_linear_check"].Value)
			continue
		}
		r, _ := s.read(t, dir)
		ids, values := []string{"mesor", "amplitude", "acrophase", "R2"}, []float64{want.Mesor, want.Amplitude, want.Phi, want.R2}
		var fit []metrics.Metric
		for _, id := range ids {
			fit = append(fit, lookup(metrics.PyActigraphy, "cosinor_"+id))
		}
		for i, got := range metrics.ComputeAll(metrics.Input{Recording: r}, fit) {
			id, value := ids[i], values[i]
			off := math.Abs(got.Value - value)
			if id == "acrophase" {
				off = math.Abs(math.Remainder(got.Value-value, 2*math.Pi))
			}
			ok := off <= 1e-9*max(math.Abs(value), 1e-3)
			met.add(id, ok)
			if !ok && k.Recording.Epochs-k.Recording.NaN > 3 { // three epochs fit any cosine: no number here
				t.Errorf("%s: cosinor_%s is %v (%s), want %v", s.values, id, got.Value, got.Reason, value)
			}
		}
		peak, err := time.Parse("15:04:05", want.Peak)
		if err != nil {
			t.Fatal(err)
		}
		hours := float64(peak.Hour()) + float64(peak.Minute())/60 + float64(peak.Second())/3600
		got := lookup(metrics.Paper, "cosinor_acrophase").Compute(metrics.Input{Recording: r}).Value
		if math.IsNaN(got) && float64(len(r.Activity))*r.Epoch.Hours() < 24 {
			continue // Paper wants a period
		}
		ok := math.Abs(math.Remainder(got-hours, 24)) <= 1.0/3600
		met.add("peak", ok)
		if !ok {
			t.Errorf("%s: the peak is at %v h, want %v", s.values, got, want.Peak)
		}
		if json.Unmarshal(k.Metrics["cosinor_native"].Value, &own) == nil && math.Abs(own.Params.Amplitude-want.Amplitude) <= 1e-4*want.Amplitude {
			optima++
		}
	}
	t.Log(fmt.Sprintf("met of known, within 1e-9 relative (peak: 1 s); pyActigraphy's own search came to the optimum on %d:\n", optima) + met.String())
}
