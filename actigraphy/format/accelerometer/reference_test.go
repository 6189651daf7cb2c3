package accelerometer_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/accelerometer"
	"circascope/actigraphy/format/gt3x"
	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/counts"
	"circascope/actigraphy/raw/measure"
	"circascope/internal/reference"
)

// agcounts are the counts of x, y and z by epoch.
type agcounts struct {
	N       int
	First10 [][3]float64
	Sum     [3]float64
}

// realFiles are the real ActiGraph files whose counts are known.
func realFiles(t *testing.T) map[string]realFile {
	t.Helper()
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	content, err := os.ReadFile(filepath.Join(dir, "values/gt3x_pygt3x_agcounts.json"))
	if err != nil {
		t.Fatal(err)
	}
	var values struct{ Files map[string]realFile }
	if err := json.Unmarshal(content, &values); err != nil {
		t.Fatal(err)
	}
	for name, f := range values.Files {
		f.File = filepath.Join(dir, f.File)
		values.Files[name] = f
	}
	return values.Files
}

type realFile struct {
	File   string
	Minute agcounts `json:"agcounts_60s"`
	Ten    agcounts `json:"agcounts_10s"`

	ENMO     []float64 `json:"enmo_5s_first10"` // g
	ENMOMean float64   `json:"enmo_5s_mean"`
}

func open(t *testing.T, path string) raw.Source {
	t.Helper()
	in, err := format.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	src, err := gt3x.Open(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// TestCountsOfRealFiles holds the counts of real ActiGraph files against pygt3x
// with agcounts, from the first sample on, sleep of the device as stillness and
// gaps closed, as these have it.
func TestCountsOfRealFiles(t *testing.T) {
	for name, f := range realFiles(t) {
		tenths := tenthsOf(t, open(t, f.File))
		for seconds, want := range map[int]agcounts{60: f.Minute, 10: f.Ten} {
			n := len(tenths[0]) / (10 * seconds)
			if n != want.N {
				t.Errorf("%s, %d s: got %d epochs, want %d", name, seconds, n, want.N)
				continue
			}
			var sum [3]float64
			for i := range n {
				for k := range sum {
					count := 0.0
					for _, v := range tenths[k][i*10*seconds : (i+1)*10*seconds] {
						count += float64(v)
					}
					sum[k] += count
					if i < len(want.First10) && count != want.First10[i][k] {
						t.Errorf("%s, epoch %d of %d s, axis %d: got %v, want %v", name, i, seconds, k, count, want.First10[i][k])
					}
				}
			}
			if sum != want.Sum {
				t.Errorf("%s, %d s: got sums %v, want %v", name, seconds, sum, want.Sum)
			}
			t.Logf("%s: %d epochs of %d s, counts %v", name, n, seconds, sum)
		}
	}
}

func tenthsOf(t *testing.T, src raw.Source) (tenths [3][]uint8) {
	t.Helper()
	var filters [3]*counts.Filter
	for k := range filters {
		filters[k] = counts.NewFilter(src.Header().Rate)
	}
	for b, err := range src.Blocks(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for k, samples := range [][]float64{b.X, b.Y, b.Z} {
			tenths[k] = filters[k].Append(tenths[k], samples)
		}
	}
	return tenths
}

// TestRecordingsOfRealFiles holds whole recordings against the same counts, of the
// files that begin with a minute.
func TestRecordingsOfRealFiles(t *testing.T) {
	axes := []string{actigraphy.ChannelAxis2, actigraphy.ChannelAxis1, actigraphy.ChannelAxis3} // x, y, z
	checked := 0
	for name, f := range realFiles(t) {
		if start := open(t, f.File).Header().Start; start.SinceMidnight()%time.Minute != 0 {
			continue
		}
		checked++
		for k, channel := range axes {
			r := recordingOf(t, f.File, format.Options{Channel: channel, SleepStill: true})
			got := actigraphy.Describe(r)
			if got.Epochs != f.Minute.N || got.Sum != f.Minute.Sum[k] || got.Missing != 0 {
				t.Errorf("%s, %s: got %d minutes with %v counts, %d missing, want %d with %v", name, channel, got.Epochs, got.Sum, got.Missing, f.Minute.N, f.Minute.Sum[k])
			}
			for i, want := range f.Minute.First10 {
				if r.Activity[i] != want[k] {
					t.Errorf("%s, %s, minute %d: got %v, want %v", name, channel, i, r.Activity[i], want[k])
				}
			}
		}
		asleep := actigraphy.Describe(recordingOf(t, f.File, format.Options{}))
		t.Logf("%s: %d minutes, of these %d missing where sleep of the device is", name, asleep.Epochs, asleep.Missing)
	}
	if checked != 4 {
		t.Errorf("%d files begin with a minute, want 4", checked)
	}
}

// TestENMOOfRealFiles holds ENMO over 5 s, without calibration, against sums made
// with NumPy, of the files that begin with such an epoch and cannot be calibrated.
func TestENMOOfRealFiles(t *testing.T) {
	checked := 0
	for name, f := range realFiles(t) {
		src := open(t, f.File)
		s, err := measure.Compute(t.Context(), src, measure.Options{Epoch: 5 * time.Second, HeldStill: true})
		if err != nil {
			t.Fatal(err)
		}
		if s.Calibration.Applied || s.Clipped.Gaps > 0 || src.Header().Start.SinceMidnight()%(5*time.Second) != 0 {
			continue
		}
		checked++
		sum := 0.0
		for i, v := range s.ENMO {
			sum += v
			if i < len(f.ENMO) && math.Abs(v-1000*f.ENMO[i]) > 1e-3 {
				t.Errorf("%s, epoch %d: got %v mg, want %v", name, i, v, 1000*f.ENMO[i])
			}
		}
		if got := sum / float64(len(s.ENMO)); math.Abs(got-1000*f.ENMOMean) > 1e-3 {
			t.Errorf("%s: got a mean of %v mg, want %v", name, got, 1000*f.ENMOMean)
		}
		t.Logf("%s: %d epochs, mean %.4f mg", name, len(s.ENMO), sum/float64(len(s.ENMO)))
	}
	if checked == 0 {
		t.Error("no file could be checked")
	}
}

func recordingOf(t *testing.T, path string, opts format.Options) (r *actigraphy.Recording) {
	t.Helper()
	readers := []format.Reader{accelerometer.New(gt3x.Info(), gt3x.Sniff, gt3x.Open)}
	err := format.Read(t.Context(), readers, path, opts, nil, func(got *actigraphy.Recording) error {
		r = got
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// BenchmarkRead is of a real file from its bytes to the recording.
func BenchmarkRead(b *testing.B) {
	path := filepath.Join(reference.Dir(b), "actigraphy/files/pygt3x/small.gt3x")
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	readers := []format.Reader{accelerometer.New(gt3x.Info(), gt3x.Sniff, gt3x.Open)}
	b.SetBytes(info.Size())
	for b.Loop() {
		if err := format.Read(b.Context(), readers, path, format.Options{}, nil, func(*actigraphy.Recording) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
