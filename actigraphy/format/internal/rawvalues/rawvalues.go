// Package rawvalues compares raw recordings with the values that other programs
// give for the reference files. It is for tests only.
package rawvalues

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"circascope/actigraphy/raw"
)

// Values is what is known of one raw file, by scikit-digital-health (skdh) or
// by a decoder written from the maker's description (own). What one of them does
// not say is nil or zero.
type Values struct {
	N           int          `json:"n"`
	Rate        float64      `json:"fs"`
	Configured  float64      `json:"cfg_freq"`
	Range       float64      `json:"cfg_range_g"`
	First       float64      `json:"t_first"`
	Last        float64      `json:"t_last"`
	First5      [][3]float64 `json:"accel_first5"`
	Last2       [][3]float64 `json:"accel_last2"`
	Mean        *[3]float64  `json:"accel_mean"`
	Norm        float64      `json:"norm_mean"`
	Temperature float64      `json:"temperature_mean"` // of samples
	PageTemp    float64      `json:"temp_mean"`        // of pages
	Light       float64      `json:"light_mean"`
	Pages       int          `json:"pages"`
	FirstPage   string       `json:"first_page_time"`
	LastPage    string       `json:"last_page_time"`
	Good        int          `json:"good_blocks"`
	Bad         *int         `json:"bad_blocks"`
}

// Load reads the values that a JSON file in the folder of reference data
// gives for the raw file of a name.
func Load(t testing.TB, reference, values, name string) Values {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(reference, "actigraphy", "values", values))
	if err != nil {
		t.Fatal(err)
	}
	var files map[string]json.RawMessage
	if err := json.Unmarshal(text, &files); err != nil {
		t.Fatal(err)
	}
	if inner, ok := files["files"]; ok {
		if err := json.Unmarshal(inner, &files); err != nil {
			t.Fatal(err)
		}
	}
	var v Values
	if err := json.Unmarshal(files[name], &v); err != nil {
		t.Fatalf("%s in %s: %v", name, values, err)
	}
	return v
}

// Signal is what a pass through a raw source gave.
type Signal struct {
	N           int
	Blocks      int
	Start, Last time.Time // of the first and the last sample
	LastBlock   time.Time // start of the last block
	First5      [][3]float64
	Last2       [][3]float64
	Mean        [3]float64
	Norm        float64
	Temperature float64 // mean of samples
	BlockTemp   float64 // mean of blocks
	Light       float64 // mean of samples
	Markers     int     // blocks with a marker
	Missing     time.Duration
	Damage      raw.Damage
}

// Gather goes through a source and reports blocks out of order or without sense.
func Gather(t testing.TB, s raw.Source) Signal {
	t.Helper()
	var g Signal
	var end time.Time
	for b, err := range s.Blocks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		n := len(b.X)
		if n == 0 || len(b.Y) != n || len(b.Z) != n || !(b.Rate > 0) || math.IsInf(b.Rate, 0) {
			t.Fatalf("block %d: %d, %d, %d values at %v Hz", g.Blocks, len(b.X), len(b.Y), len(b.Z), b.Rate)
		}
		if g.Blocks == 0 {
			g.Start = b.Start
		} else if gap := b.Start.Sub(end); gap < -time.Microsecond {
			t.Fatalf("block %d begins %v before the end of the one before", g.Blocks, -gap)
		} else if gap > time.Microsecond {
			g.Missing += gap
		}
		g.add(b)
		end = b.Start.Add(time.Duration(float64(n) / b.Rate * float64(time.Second)))
	}
	g.finish()
	if d, ok := s.(raw.Damaged); ok {
		g.Damage = d.Damage()
	}
	return g
}

func (g *Signal) add(b *raw.Block) {
	n := len(b.X)
	for i := range n {
		v := [3]float64{b.X[i], b.Y[i], b.Z[i]}
		for k := range v {
			g.Mean[k] += v[k]
		}
		g.Norm += math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2])
		if g.N+i < 5 {
			g.First5 = append(g.First5, v)
		}
		if i >= n-2 {
			g.Last2 = append(g.Last2, v)
		}
	}
	g.N += n
	g.Blocks++
	g.LastBlock, g.Last = b.Start, b.Start.Add(time.Duration(float64(n-1)/b.Rate*float64(time.Second)))
	g.Temperature += b.Temperature * float64(n)
	g.BlockTemp += b.Temperature
	g.Light += b.Light * float64(n)
	g.Last2 = g.Last2[max(0, len(g.Last2)-2):]
	if b.Marker {
		g.Markers++
	}
}

func (g *Signal) finish() {
	n := float64(g.N)
	for k := range g.Mean {
		g.Mean[k] /= n
	}
	g.Norm, g.Temperature, g.Light = g.Norm/n, g.Temperature/n, g.Light/n
	g.BlockTemp /= float64(g.Blocks)
}
