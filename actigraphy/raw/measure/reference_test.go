package measure_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"
	"time"

	"circascope/actigraphy/raw/measure"
	"circascope/actigraphy/raw/rawtest"
)

// The recording of scripts/calibration-goldens.py.
const (
	rate    = 4
	minutes = 72 * 60
)

var (
	offset = [3]float64{0.03, -0.02, 0.015}
	scale  = [3]float64{1.02, 0.985, 1.01}
	drift  = [3]float64{0.0008, -0.0005, 0.0003}
)

// generator is Knuth's linear congruential generator, the upper 31 bits.
type generator uint64

func (g *generator) below(n int) int {
	*g = *g*6364136223846793005 + 1442695040888963407
	return int(*g>>33) % n
}

// position is a direction in space.
func (g *generator) position() (p [3]float64) {
	for {
		var v [3]int
		n := 0
		for k := range v {
			v[k] = g.below(2001) - 1000
			n += v[k] * v[k]
		}
		if n > 250000 {
			for k := range v {
				p[k] = float64(v[k]) / math.Sqrt(float64(n))
			}
			return p
		}
	}
}

// lying lies in a new position every minute, with an error of the device, and
// moves in every seventh minute.
func lying(warm bool) *rawtest.Source {
	g := generator(7)
	s := rawtest.New(rawtest.Start, rate)
	for minute := range minutes {
		p, degrees := g.position(), 20+float64(g.below(150))/10
		size := 0.005
		if minute%7 == 0 {
			size = 0.5
		}
		b := s.Add(rawtest.Start.Add(time.Duration(minute)*time.Minute), 60*rate, func(int) (x, y, z float64) {
			var v [3]float64
			for k := range v {
				noise := float64(g.below(2001)-1000) / 1000 * size
				v[k] = (p[k]+noise-(degrees-25)*drift[k])/scale[k] - offset[k]
			}
			return v[0], v[1], v[2]
		})
		if warm {
			b.Temperature = degrees
		}
	}
	return s
}

type calibrated struct {
	Offset, Scale, Drift [3]float64
	ENMOFirst            []float64 `json:"enmo_first"` // g
	ENMOMean             float64   `json:"enmo_mean"`
}

// truth is the correction that undoes the error, as Fit writes it: around the mean
// temperature of the windows.
func truth(mean float64) (t [3]float64) {
	for k := range t {
		t[k] = offset[k] + (mean-25)*drift[k]/scale[k]
	}
	return t
}

// TestCalibration holds the correction against the truth, and ENMO against
// scikit-digital-health, whose iteration stops before it stands still.
func TestCalibration(t *testing.T) {
	goldens := map[string]json.RawMessage{}
	content, err := os.ReadFile("testdata/skdh.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &goldens); err != nil {
		t.Fatal(err)
	}
	for name, near := range map[string]struct{ scale, offset, skdh, enmo, mean float64 }{
		"without temperature": {0.0005, 0.001, 0.001, 1, 0.02}, // the temperature is noise here
		"with temperature":    {0.00002, 0.00003, 0.001, 0.8, 0.05},
	} {
		t.Run(name, func(t *testing.T) {
			warm := name == "with temperature"
			var want calibrated
			if err := json.Unmarshal(goldens[name], &want); err != nil {
				t.Fatal(err)
			}
			source := lying(warm)
			s, err := measure.Compute(t.Context(), source, measure.Options{})
			if err != nil {
				t.Fatal(err)
			}
			c := s.Calibration
			if !c.Applied || c.Temperature != warm || c.Windows != 22212 || source.Passes != 2 {
				t.Fatalf("got %+v in %d passes", c, source.Passes)
			}
			t.Logf("error %.2f mg, then %.2f mg", 1000*c.Before, 1000*c.After)
			mean := 25.0
			if warm {
				mean = c.MeanTemperature
			}
			for k, d := range truth(mean) {
				t.Logf("axis %d: offset %.5f, true %.5f, skdh %.5f; scale %.5f, true %.5f, skdh %.5f",
					k, c.Offset[k], d, want.Offset[k], c.Scale[k], scale[k], want.Scale[k])
				if warm && math.Abs(c.Offset[k]-d) > near.offset || math.Abs(c.Scale[k]-scale[k]) > near.scale {
					t.Errorf("axis %d is not near the truth", k)
				}
				if math.Abs(c.Offset[k]-want.Offset[k]) > near.skdh || math.Abs(c.Scale[k]-want.Scale[k]) > near.skdh {
					t.Errorf("axis %d is not near the reference", k)
				}
			}
			compareENMO(t, s.ENMO, want.ENMOFirst, near.enmo)
			if got := meanOf(s.ENMO); math.Abs(got-1000*want.ENMOMean) > near.mean {
				t.Errorf("mean ENMO: got %.4f mg, want %.4f", got, 1000*want.ENMOMean)
			}
		})
	}
}

// TestENMO holds ENMO without calibration against scikit-digital-health.
func TestENMO(t *testing.T) {
	content, err := os.ReadFile("testdata/skdh.json")
	if err != nil {
		t.Fatal(err)
	}
	var goldens struct{ Uncalibrated calibrated }
	if err := json.Unmarshal(content, &goldens); err != nil {
		t.Fatal(err)
	}
	source := lying(false)
	source.List = source.List[:9] // too few windows for a calibration
	s, err := measure.Compute(t.Context(), source, measure.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Calibration.Applied {
		t.Fatal("nine minutes were calibrated")
	}
	compareENMO(t, s.ENMO, goldens.Uncalibrated.ENMOFirst[:9], 1e-9)
}

// compareENMO compares mg with g.
func compareENMO(t *testing.T, got, want []float64, near float64) {
	t.Helper()
	worst := 0.0
	for i, w := range want {
		worst = max(worst, math.Abs(got[i]-1000*w))
	}
	t.Logf("ENMO of the first %d minutes: worst difference %.3g mg", len(want), worst)
	if !(worst <= near) || len(want) == 0 {
		t.Errorf("ENMO: worst difference %v mg, want at most %v", worst, near)
	}
}

func meanOf(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
