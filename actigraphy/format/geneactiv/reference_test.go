package geneactiv_test

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/format"
	"circascope/actigraphy/format/geneactiv"
	"circascope/actigraphy/format/internal/rawvalues"
	"circascope/actigraphy/raw"
	"circascope/internal/reference"
)

func openFile(t *testing.T, dir, file string) (raw.Source, rawvalues.Signal) {
	t.Helper()
	in, err := format.Open(filepath.Join(dir, "actigraphy", "files", file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	s, err := geneactiv.Open(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return s, rawvalues.Gather(t, s)
}

// TestReferenceSkdh compares with scikit-digital-health, which takes local times
// for UTC. It refuses the other file, whose last page is cut off.
func TestReferenceSkdh(t *testing.T) {
	dir := reference.Dir(t)
	w := rawvalues.Load(t, dir, "skdh_raw_accel.json", "GENEAread_TESTfile_bin")
	s, got := openFile(t, dir, "GENEAread/TESTfile.bin")
	c := rawvalues.Tally{T: t}
	_, offset := got.Start.Zone()
	c.Is("n", got.N, w.N)
	c.Is("rate", s.Header().Rate, w.Rate)
	c.Within("first time", seconds(got.Start)+float64(offset), w.First, 1e-6)
	c.Within("last time", seconds(got.Last)+float64(offset), w.Last, 1e-6)
	c.Triples("first samples", got.First5, w.First5, 0)
	c.Triples("last samples", got.Last2, w.Last2, 0)
	c.Triples("mean", [][3]float64{got.Mean}, [][3]float64{*w.Mean}, 1e-12)
	c.Within("mean norm", got.Norm, w.Norm, 1e-12)
	c.Within("temperature", got.Temperature, w.Temperature, 1e-9)
	c.Within("light", got.Light, w.Light, 1e-9)
	t.Logf("GENEAread/TESTfile.bin: %d values met of %d known", c.Met, c.Of)
}

// TestReferenceOwn compares with a decoder written from the maker's manual. It
// states rates as the file rounds them.
func TestReferenceOwn(t *testing.T) {
	for _, file := range []string{"GENEAread/TESTfile.bin", "GGIRread/GENEActiv_testfile.bin"} {
		t.Run(file, func(t *testing.T) {
			dir := reference.Dir(t)
			w := rawvalues.Load(t, dir, "own_raw_accel.json", file)
			s, got := openFile(t, dir, file)
			c := rawvalues.Tally{T: t}
			c.Is("n", got.N, w.N)
			c.Is("pages", got.Blocks, w.Pages)
			c.Within("rate", s.Header().Rate, w.Rate, 0.05)
			c.Is("first page", pageTime(got.Start), w.FirstPage)
			c.Is("last page", pageTime(got.LastBlock), w.LastPage)
			c.Triples("first samples", got.First5, w.First5, 0)
			c.Triples("mean", [][3]float64{got.Mean}, [][3]float64{*w.Mean}, 1e-12)
			c.Within("mean norm", got.Norm, w.Norm, 1e-12)
			c.Within("temperature", got.BlockTemp, w.PageTemp, 1e-9)
			t.Logf("%s: %d values met of %d known", file, c.Met, c.Of)
			if got.Damage.Blocks != 0 || got.Damage.Missing != 0 || math.IsNaN(got.Light) {
				t.Errorf("damage: got %+v, light %v", got.Damage, got.Light)
			}
		})
	}
}

func pageTime(t time.Time) string {
	return strings.Replace(t.Format("2006-01-02 15:04:05.000"), ".", ":", 1)
}

func seconds(t time.Time) float64 { return float64(t.UnixNano()) / 1e9 }
