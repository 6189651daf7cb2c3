package prepare_test

import (
	"archive/zip"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/sbinet/npyio"

	"circascope/actigraphy/prepare"
	"circascope/internal/reference"
)

// inputs finds the reference inputs of the model: eight weeks before and after
// scaling, made with scikit-learn and NumPy in float32.
func inputs(t *testing.T) string { return filepath.Join(reference.Dir(t), "pat", "inputs") }

// weeks8 returns a (8, 10080) float32 array as rows.
func weeks8(t *testing.T, name string) [][]float32 {
	t.Helper()
	f, err := os.Open(filepath.Join(inputs(t), name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var flat []float32
	if err := npyio.Read(f, &flat); err != nil {
		t.Fatal(err)
	}
	if len(flat) != 8*prepare.MinutesPerWeek {
		t.Fatalf("%s: got %d values, want 8 x %d", name, len(flat), prepare.MinutesPerWeek)
	}
	rows := make([][]float32, 8)
	for i := range rows {
		rows[i] = flat[i*prepare.MinutesPerWeek:][:prepare.MinutesPerWeek]
	}
	return rows
}

func npzColumn(t *testing.T, name string) []float64 {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(inputs(t), "scaler.npz"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open(name + ".npy")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var column []float64
	if err := npyio.Read(io.Reader(f), &column); err != nil {
		t.Fatal(err)
	}
	return column
}

func rawWeek(row []float32) prepare.Week {
	w := prepare.Week{WeekStart: prepare.FirstMidnight, Values: make([]float64, len(row))}
	for i, v := range row {
		w.Values[i] = float64(v)
	}
	return w
}

func worstDifference(got, want []float32) float64 {
	worst := 0.0
	for i := range want {
		worst = math.Max(worst, math.Abs(float64(got[i])-float64(want[i])))
	}
	return worst
}

// The reference was scaled in float32 arithmetic, values up to 30; in float64 it
// differs by up to 2.45e-6 (NumPy 1.23.5 gives the same 2.449e-6).
func TestApplyAsReferenceCohort(t *testing.T) {
	raw, want := weeks8(t, "weeks8_raw.npy"), weeks8(t, "weeks8.npy")
	s := prepare.Scaler{
		Name: "reference", Kind: prepare.PerCohort, WeekStart: prepare.FirstMidnight, Weeks: 200,
		Mean: npzColumn(t, "mean"), Scale: npzColumn(t, "scale"),
	}
	const tolerance = 3e-6
	for i := range raw {
		got, err := s.Apply(rawWeek(raw[i]))
		if err != nil {
			t.Fatal(err)
		}
		if d := worstDifference(got, want[i]); d > tolerance {
			t.Errorf("week %d: got a difference of %g, want at most %g", i, d, tolerance)
		}
	}
}

// The reference was made in float32 with the population SD; the sample SD would
// be 7e-4 away.
func TestApplyAsReferencePerRecording(t *testing.T) {
	raw, want := weeks8(t, "weeks8_raw.npy"), weeks8(t, "weeks8_perweek.npy")
	const tolerance = 2e-6
	for i := range raw {
		got, err := prepare.RecordingScaler().Apply(rawWeek(raw[i]))
		if err != nil {
			t.Fatal(err)
		}
		if d := worstDifference(got, want[i]); d > tolerance {
			t.Errorf("week %d: got a difference of %g, want at most %g", i, d, tolerance)
		}
	}
}
