package rawcsv_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"circascope/actigraphy/format"
	"circascope/actigraphy/format/gt3x"
	"circascope/actigraphy/format/rawcsv"
	"circascope/actigraphy/raw"
	"circascope/internal/reference"
)

func files(t *testing.T) string { return filepath.Join(reference.Dir(t), "actigraphy", "files") }

// samples are all of a source: their times in seconds since 1970 on the device's
// clock, and their values.
type samples struct {
	at   []float64
	v    [][3]float64
	held []bool
}

func all(t testing.TB, source raw.Source) samples {
	t.Helper()
	var s samples
	for b, err := range source.Blocks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		_, offset := b.Start.Zone()
		for i := range b.X {
			s.at = append(s.at, float64(b.Start.UnixNano())/1e9+float64(offset)+float64(i)/b.Rate)
			s.v = append(s.v, [3]float64{b.X[i], b.Y[i], b.Z[i]})
			s.held = append(s.held, b.Held)
		}
	}
	return s
}

func open(t testing.TB, path string, with func(context.Context, *format.Input) (raw.Source, error)) raw.Source {
	t.Helper()
	in, err := format.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	source, err := with(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func openCSV(ctx context.Context, in *format.Input) (raw.Source, error) {
	return rawcsv.Open(ctx, in, format.Options{})
}

// TestAgainstGT3X compares ActiLife's raw CSV with the device file that it was
// exported from: sample by sample, to the three decimals of the CSV.
func TestAgainstGT3X(t *testing.T) {
	tests := []struct {
		csv, gt3x string
		samples   int // in the CSV, without what only zeros fill
		compared  int
	}{
		{"pygt3x/neo.csv", "pygt3x/neo.gt3x", 18004, 18004},
		{"read.gt3x/TAS1H30182785_2019-09-17.csv.gz", "read.gt3x/TAS1H30182785_2019-09-17.gt3x", 240500 - 25200, 215200},
	}
	for _, tt := range tests {
		t.Run(tt.csv, func(t *testing.T) {
			source := open(t, filepath.Join(files(t), tt.csv), openCSV)
			got, want := all(t, source), all(t, open(t, filepath.Join(files(t), tt.gt3x), gt3x.Open))
			if len(got.v) != tt.samples {
				t.Errorf("got %d samples, want %d", len(got.v), tt.samples)
			}
			compared, worst := 0, 0.0
			for i, j := 0, 0; i < len(want.v) && j < len(got.v); {
				switch d := got.at[j] - want.at[i]; {
				case d < -0.001:
					j++
				case d > 0.001:
					i++
				default:
					for k := range 3 {
						worst = max(worst, math.Abs(got.v[j][k]-want.v[i][k]))
					}
					compared++
					i, j = i+1, j+1
				}
			}
			if compared != tt.compared || worst > 0.0005+1e-9 {
				t.Errorf("got %d samples compared, want %d; the largest difference is %v g", compared, tt.compared, worst)
			}
			t.Logf("%d of %d samples of the device file met, the largest difference %.6f g", compared, len(want.v), worst)
		})
	}
}

// TestAxivity compares the CSV of Axivity's software with the values of the CWA
// file that it was exported from.
func TestAxivity(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(reference.Dir(t), "actigraphy", "values", "own_raw_accel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var known map[string]struct {
		First5 [][3]float64 `json:"accel_first5"`
	}
	if err := json.Unmarshal(text, &known); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		csv, cwa, start string
		last            float64
		lastSample      [3]float64
	}{
		{"GGIR/ax3_testfile_unix_timestamps.csv", "GGIRread/ax3_testfile.cwa", "2019-02-26T10:55:06Z", 1551178508.1075, [3]float64{0.8125, -0.390625, -0.453125}},
		{"GGIR/ax6_testfile_formatted_timestamps.csv", "GGIRread/ax6_testfile.cwa", "2019-12-23T21:04:06.69", 1577135048.8, [3]float64{-0.011719, 0.076172, 0.007324}},
	}
	for _, tt := range tests {
		t.Run(tt.csv, func(t *testing.T) {
			source := open(t, filepath.Join(files(t), tt.csv), openCSV)
			h := source.Header()
			if h.Start.String() != tt.start || h.Rate != 100 {
				t.Errorf("got start %v, %v Hz, want %s, 100 Hz", h.Start, h.Rate, tt.start)
			}
			got := all(t, source)
			n := len(got.v)
			if n != 209 && n != 210 {
				t.Errorf("got %d samples", n)
			}
			if math.Abs(got.at[n-1]-tt.last) > 0.005 || got.v[n-1] != tt.lastSample {
				t.Errorf("last: got %v at %.4f, want %v at %.4f", got.v[n-1], got.at[n-1], tt.lastSample, tt.last)
			}
			for i, w := range known[tt.cwa].First5 {
				for k := range w {
					if math.Abs(got.v[i][k]-w[k]) > 5.1e-7 { // six decimals
						t.Errorf("sample %d: got %v, want %v", i, got.v[i], w)
					}
				}
			}
		})
	}
}

// TestWrist reads ActiLife's special 32 Hz files: the calibrated one, and not the
// one in steps.
func TestWrist(t *testing.T) {
	source := open(t, filepath.Join(files(t), "pygt3x", "WRIST_rawCalibrated_032Hz.csv"), openCSV)
	h, got := source.Header(), all(t, source)
	if h.Rate != 32 || h.Start.String() != "2017-11-01T11:45:00" || h.Device != "ActiGraph GT3X+ TAS1D12345678" || len(got.v) != 1920 {
		t.Errorf("got %+v, %d samples", h, len(got.v))
	}
	if want := [3]float64{1.234432211285849013, 0.158658064504479085, 0.167436018814795001}; got.v[0] != want {
		t.Errorf("got %v, want %v", got.v[0], want)
	}
	in, err := format.Open(filepath.Join(files(t), "pygt3x", "WRIST_rawLSB_032Hz.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	_, err = openCSV(context.Background(), in)
	checkFault(t, err, in.Path, "line 12: expected acceleration in g")
}

// TestEpochsAreLeft passes over the files of epochs.
func TestEpochsAreLeft(t *testing.T) {
	for _, name := range []string{"*/*.csv", "*/*.AWD", "*/*.txt", "*/*.json", "*/*.gt3x", "*/*.agd"} {
		matches, err := filepath.Glob(filepath.Join(files(t), name))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range matches {
			in, err := format.Open(path)
			if err != nil {
				continue
			}
			base := filepath.Base(path)
			want := base == "neo.csv" || len(base) > 10 && (base[:9] == "WRIST_raw" || base[:4] == "ax3_" || base[:4] == "ax6_") && filepath.Ext(base) == ".csv"
			if got := rawcsv.Sniff(in.Head); got != want {
				t.Errorf("%s: got %v, want %v", path, got, want)
			}
			_ = in.Close()
		}
	}
}
