package gt3x_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/actigraphy/format"
	"circascope/actigraphy/format/gt3x"
	"circascope/actigraphy/raw"
	"circascope/internal/reference"
)

// known are pygt3x's values of one file. Its samples are rounded to float32.
type known struct {
	File     string            `json:"file"`
	Info     map[string]string `json:"info_txt"`
	Rate     float64           `json:"fs"`
	N        int               `json:"n"`
	First    float64           `json:"t_first"`
	Last     float64           `json:"t_last"`
	First5   [][3]float64      `json:"first5"`
	Last2    [][3]float64      `json:"last2"`
	Mean     [3]float64        `json:"mean"`
	Std      [3]float64        `json:"std"`
	NormMean float64           `json:"norm_mean"`
	Held     int               `json:"idle_sleep_samples"`
	MaxStep  float64           `json:"max_dt"`
	Gaps     int               `json:"gaps_gt_1s"`
}

// TestReferenceValues compares real files with pygt3x 0.7.1.
func TestReferenceValues(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	text, err := os.ReadFile(filepath.Join(dir, "values", "gt3x_pygt3x_agcounts.json"))
	if err != nil {
		t.Fatal(err)
	}
	var values struct{ Files map[string]known }
	if err := json.Unmarshal(text, &values); err != nil {
		t.Fatal(err)
	}
	for name, want := range values.Files {
		t.Run(name, func(t *testing.T) {
			in, err := format.Open(filepath.Join(dir, want.File))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = in.Close() }()
			if !gt3x.Sniff(in.Head) {
				t.Error("not recognised")
			}
			met, of := want.compare(t, in)
			t.Logf("%s: %d values met of %d known", want.File, met, of)
		})
	}
}

func (want known) compare(t *testing.T, in *format.Input) (met, of int) {
	t.Helper()
	source, err := gt3x.Open(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	check := func(name string, ok bool, got, want any) {
		t.Helper()
		of++
		if ok {
			met++
			return
		}
		t.Errorf("%s: got %v, want %v", name, got, want)
	}
	h, got := source.Header(), summarize(t, source)
	check("rate", h.Rate == want.Rate, h.Rate, want.Rate)
	check("samples", got.n == want.N, got.n, want.N)
	// pygt3x takes the ticks of activity.bin's start for Unix time; the difference is known.
	first, last := want.First, want.Last
	if first == 637755981 {
		const start = 1640001300 // 2021-12-20 11:55:00 on the device's clock, as ActiLife's export has it
		first, last = start, last-first+start
	}
	check("first time", got.firstTime == first, got.firstTime, first)
	check("last time", math.Abs(got.lastTime-last) < 1e-6, got.lastTime, last)
	check("first samples", same32(got.first, want.First5), got.first, want.First5)
	check("last samples", same32(got.last, want.Last2), got.last, want.Last2)
	for axis := range 3 {
		// The bound is what float32 takes from pygt3x's mean, not from ours.
		check("mean", math.Abs(got.mean[axis]-want.Mean[axis]) < 1e-7, got.mean[axis], want.Mean[axis])
		check("standard deviation", math.Abs(got.std[axis]-want.Std[axis]) < 1e-7, got.std[axis], want.Std[axis])
	}
	check("mean norm", math.Abs(got.norm-want.NormMean) < 1e-7, got.norm, want.NormMean)
	check("idle sleep", got.held == want.Held, got.held, want.Held)
	check("gaps over 1 s", got.gaps == want.Gaps, got.gaps, want.Gaps)
	check("longest step", math.Abs(got.maxStep-want.MaxStep) < 1e-6, got.maxStep, want.MaxStep)
	check("serial", strings.HasSuffix(h.Device, " "+want.Info["Serial Number"]), h.Device, want.Info["Serial Number"])
	check("subject", h.Subject == want.Info["Subject Name"], h.Subject, want.Info["Subject Name"])
	if d, ok := source.(raw.Damaged); ok && d.Damage().Blocks != 0 {
		t.Errorf("damage: got %+v", d.Damage())
	}
	return met, of
}

func same32(got, want [][3]float64) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		for j := range got[i] {
			if float32(got[i][j]) != float32(want[i][j]) {
				return false
			}
		}
	}
	return true
}

// summary is what pygt3x's values say of a recording. Times are those of the
// device's clock.
type summary struct {
	n, held, gaps       int
	firstTime, lastTime float64
	maxStep             float64
	first, last         [][3]float64
	mean, std           [3]float64
	norm                float64
}

func summarize(t testing.TB, source raw.Source) summary {
	t.Helper()
	var s summary
	var sum, squares [3]float64
	for b, err := range source.Blocks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		_, offset := b.Start.Zone()
		start := float64(b.Start.Unix()+int64(offset)) + float64(b.Start.Nanosecond())*1e-9
		if s.n == 0 {
			s.firstTime = start
		} else if step := start - s.lastTime; step > 1 {
			s.gaps++
			s.maxStep = max(s.maxStep, step)
		}
		if len(b.X) > 1 {
			s.maxStep = max(s.maxStep, 1/b.Rate)
		}
		for i := range b.X {
			v := [3]float64{b.X[i], b.Y[i], b.Z[i]}
			if len(s.first) < 5 {
				s.first = append(s.first, v)
			}
			if s.last = append(s.last, v); len(s.last) > 2 {
				s.last = s.last[1:]
			}
			for j, x := range v {
				sum[j] += x
				squares[j] += x * x
			}
			s.norm += math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2])
		}
		s.n += len(b.X)
		if b.Held {
			s.held += len(b.X)
		}
		s.lastTime = start + float64(len(b.X)-1)/b.Rate
	}
	n := float64(s.n)
	for j := range sum {
		s.mean[j] = sum[j] / n
		s.std[j] = math.Sqrt(squares[j]/n - s.mean[j]*s.mean[j])
	}
	s.norm /= n
	return s
}
