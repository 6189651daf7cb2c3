package prepare

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// RecordingScaler returns the scaler that standardises each week by its own
// mean and population standard deviation. It has no numbers of its own.
func RecordingScaler() Scaler {
	s := Scaler{Name: "each week by its own mean and SD", Kind: PerRecording}
	s.ID = s.fingerprint()
	return s
}

// Apply returns the standardised week, (x - mean) / scale in float64 rounded to
// float32, as long as the week. A cohort scaler refuses a week of another length
// and one that was placed by another rule than its own weeks: its columns are
// minutes of the week. A week without variation becomes zeros, whatever kind the
// scaler is.
func (s Scaler) Apply(w Week) ([]float32, error) {
	if err := s.checkShape(); err != nil {
		return nil, fmt.Errorf("applying the scaler %q: %w", s.Name, err)
	}
	if s.Kind == PerRecording {
		return standardiseAlone(w)
	}
	return s.standardiseByColumn(w)
}

func (s Scaler) standardiseByColumn(w Week) ([]float32, error) {
	switch {
	case w.WeekStart != s.WeekStart:
		return nil, fmt.Errorf("the week of %v starts at %q and the scaler %q was fitted on weeks that start at %q; "+
			"prepare the weeks with that start, or use another scaler", w.Start, w.WeekStart, s.Name, s.WeekStart)
	case len(w.Values) != len(s.Mean):
		return nil, fmt.Errorf("the week of %v has %d minutes and the scaler %q was fitted on %d; "+
			"prepare stretches of that length, or use another scaler", w.Start, len(w.Values), s.Name, len(s.Mean))
	}
	out := make([]float32, len(w.Values))
	for i, x := range w.Values {
		out[i] = float32((x - s.Mean[i]) / s.Scale[i])
	}
	return out, finite(w, out)
}

func standardiseAlone(w Week) ([]float32, error) {
	if len(w.Values) == 0 {
		return nil, fmt.Errorf("the week of %v has no minutes", w.Start)
	}
	n := float64(len(w.Values))
	mean := floats.Sum(w.Values) / n
	scale := scaleOf(mean, populationVariance(w.Values, mean), n)
	out := make([]float32, len(w.Values))
	for i, x := range w.Values {
		out[i] = float32((x - mean) / scale)
	}
	return out, finite(w, out)
}

// populationVariance returns the mean squared distance from mean, corrected for
// the rounding of mean (Chan, Golub and LeVeque 1983, doi:10.1080/00031305.1983.10483115).
func populationVariance(x []float64, mean float64) float64 {
	var sum, squares float64
	for _, v := range x {
		d := v - mean
		sum += d
		squares += d * d
	}
	n := float64(len(x))
	return (squares - sum*sum/n) / n
}

// finite refuses values that no model can take.
func finite(w Week, values []float32) error {
	for i, v := range values {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return fmt.Errorf("minute %d of the week of %v is %v after standardising, from %v; "+
				"prepare the week again with its missing minutes filled", i+1, w.Start, v, w.Values[i])
		}
	}
	return nil
}

// fingerprint returns 32 hex digits of the SHA-256 of what makes the scaler's
// results: kind, week start, means and scales. Names and units do not count.
func (s Scaler) fingerprint() string {
	h := sha256.New()
	fmt.Fprintf(h, "scaler\x00%s\x00%s\x00%d\x00", s.Kind, s.WeekStart, len(s.Mean))
	for _, column := range [][]float64{s.Mean, s.Scale} {
		for _, v := range column {
			var b [8]byte
			binary.LittleEndian.PutUint64(b[:], math.Float64bits(v))
			h.Write(b[:])
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
