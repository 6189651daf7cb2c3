package cwa_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"circascope/actigraphy/format"
	"circascope/actigraphy/format/cwa"
	"circascope/actigraphy/format/internal/rawvalues"
	"circascope/actigraphy/raw"
	"circascope/internal/reference"
)

const (
	ax3     = "GGIRread/ax3_testfile.cwa"
	corrupt = "GGIRread/ax3_testfile_corrupt_blocks_0_13_14_142_143_144.cwa"
	ax6     = "GGIRread/ax6_testfile.cwa"
)

// exact is what sums in another order may differ by.
const exact = 1e-12

// skdhCelsius is the temperature as skdh computes it from the same raw steps: its
// formula is not the maker's.
func skdhCelsius(maker float64) float64 { return ((maker+50)*256/75 - 171) / float64(float32(3.142)) }

func open(t *testing.T, dir, file string) (raw.Source, rawvalues.Signal) {
	t.Helper()
	in, err := format.Open(filepath.Join(dir, "actigraphy", "files", file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	s, err := cwa.Open(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return s, rawvalues.Gather(t, s)
}

// TestReferenceSkdh compares with scikit-digital-health, which drops the fraction
// of a second that the firmware states: its times are up to a sample earlier.
func TestReferenceSkdh(t *testing.T) {
	tests := []struct{ file, values string }{
		{ax3, "GGIRread_ax3_testfile_cwa"},
		{ax6, "GGIRread_ax6_testfile_cwa"},
	}
	for _, tt := range tests {
		t.Run(tt.values, func(t *testing.T) {
			dir := reference.Dir(t)
			want := rawvalues.Load(t, dir, "skdh_raw_accel.json", tt.values)
			s, got := open(t, dir, tt.file)
			c := rawvalues.Tally{T: t}
			sample := 1 / want.Rate
			c.Is("n", got.N, want.N)
			c.Is("rate", s.Header().Rate, want.Rate)
			c.Within("first time + half a sample", seconds(got.Start), want.First+sample/2, sample/2)
			c.Within("last time + half a sample", seconds(got.Last), want.Last+sample/2, sample/2)
			c.Triples("first samples", got.First5, want.First5, 0)
			c.Triples("last samples", got.Last2, want.Last2, 0)
			c.Triples("mean", [][3]float64{got.Mean}, [][3]float64{*want.Mean}, exact)
			c.Within("mean norm", got.Norm, want.Norm, exact)
			c.Within("temperature by skdh's formula", skdhCelsius(got.Temperature), want.Temperature, 1e-9)
			t.Logf("%s: %d values met of %d known", tt.file, c.Met, c.Of)
		})
	}
}

// TestReferenceOwn compares with a decoder written from the maker's description.
func TestReferenceOwn(t *testing.T) {
	for _, file := range []string{ax3, corrupt, ax6} {
		t.Run(file, func(t *testing.T) {
			dir := reference.Dir(t)
			want := rawvalues.Load(t, dir, "own_raw_accel.json", file)
			s, got := open(t, dir, file)
			c := rawvalues.Tally{T: t}
			c.Is("n", got.N, want.N)
			c.Is("rate", s.Header().Rate, want.Configured)
			c.Is("range", s.Header().Range, want.Range)
			c.Is("good sectors", got.Blocks, want.Good)
			c.Is("bad sectors", got.Damage.Blocks, *want.Bad)
			c.Triples("first samples", got.First5, want.First5, 0)
			c.Triples("mean", [][3]float64{got.Mean}, [][3]float64{*want.Mean}, exact)
			c.Within("mean norm", got.Norm, want.Norm, exact)
			t.Logf("%s: %d values met of %d known", file, c.Met, c.Of)
		})
	}
}

// TestCorruptSectorsAreGaps wants the bad sectors' time missing, and nothing else
// moved: every sample is where the whole file has it.
func TestCorruptSectorsAreGaps(t *testing.T) {
	dir := reference.Dir(t)
	_, whole := open(t, dir, ax3)
	s, got := open(t, dir, corrupt)
	if gap := got.Start.Sub(whole.Start); gap < 1200*time.Millisecond || gap > 1220*time.Millisecond {
		t.Errorf("the first of 145 sectors is bad: begins %v later, want about 1.2 s", gap)
	}
	// Two sectors in the middle, 2.44 s; three at the end are after the last sample.
	if got, want := got.Damage.Missing.Round(10*time.Millisecond), 2440*time.Millisecond; got != want {
		t.Errorf("missing: got %v, want %v", got, want)
	}
	if got.Missing.Round(time.Microsecond) != got.Damage.Missing.Round(time.Microsecond) {
		t.Errorf("gaps between blocks are %v, reported as missing %v", got.Missing, got.Damage.Missing)
	}
	if h := s.Header(); h.Subject != "26" || h.Device != "Axivity AX3 39434" || h.Site != "right wrist" {
		t.Errorf("header: got %+v", h)
	}
}

func seconds(t time.Time) float64 { return float64(t.UnixNano()) / 1e9 }
