// Package formattest compares recordings with the values that pyActigraphy gives
// for the reference files. It is for tests only.
package formattest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
)

// Values is what is known of one recording.
type Values struct {
	File      string `json:"file"`
	Recording struct {
		Start   string  `json:"start"`
		Epochs  int     `json:"n_epochs"`
		Seconds float64 `json:"frequency_s"`
		First   Numbers `json:"first20"`
		Last    Numbers `json:"last5"`
		Sum     float64 `json:"sum"`
		Max     float64 `json:"max"`
		Zeros   int     `json:"zeros"`
		Missing int     `json:"nan"`
		SHA256  string  `json:"sha256_values"`
	} `json:"recording"`
}

// Numbers are values as the references write them: "nan" where one is missing.
type Numbers []float64

// UnmarshalJSON reads numbers and "nan".
func (n *Numbers) UnmarshalJSON(text []byte) error {
	var items []any
	if err := json.Unmarshal(text, &items); err != nil {
		return err
	}
	for _, item := range items {
		v, ok := item.(float64)
		if !ok {
			v = math.NaN()
		}
		*n = append(*n, v)
	}
	return nil
}

// Load reads the values of name in the folder of reference data, and returns the
// path of the file they are of.
func Load(t testing.TB, reference, name string) (v Values, file string) {
	t.Helper()
	dir := filepath.Join(reference, "actigraphy")
	text, err := os.ReadFile(filepath.Join(dir, "values", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v, filepath.Join(dir, v.File)
}

// Compare returns how many of the known values r meets, and of how many. Each
// that it does not meet is an error of t. The start of undated recordings, whose
// date pyActigraphy invents, is left out, and so is the zone, which it drops.
func Compare(t testing.TB, want Values, r *actigraphy.Recording) (met, of int) {
	t.Helper()
	w, got := want.Recording, describe(r)
	check := func(name string, ok bool, got, want any) {
		t.Helper()
		of++
		if ok {
			met++
			return
		}
		t.Errorf("%s: got %v, want %v", name, got, want)
	}
	if r.Start.HasDate() {
		start, err := actigraphy.ParseLocalTime(w.Start)
		got := r.Start
		if _, known := start.Zone(); !known {
			got = actigraphy.Naive(got.Clock())
		}
		check("start", err == nil && got.Equal(start), r.Start, w.Start)
	}
	check("epochs", got.epochs == w.Epochs, got.epochs, w.Epochs)
	check("epoch length", r.Epoch.Seconds() == w.Seconds, r.Epoch, time.Duration(w.Seconds*float64(time.Second)))
	check("first values", near(got.first(len(w.First)), w.First), got.first(len(w.First)), w.First)
	check("last values", near(got.last(len(w.Last)), w.Last), got.last(len(w.Last)), w.Last)
	check("sum", math.Abs(got.sum-w.Sum) <= 1e-9*w.Sum, got.sum, w.Sum)
	check("max", math.Abs(got.max-w.Max) <= 1e-9*w.Max, got.max, w.Max)
	check("zeros", got.zeros == w.Zeros, got.zeros, w.Zeros)
	check("missing", got.missing == w.Missing, got.missing, w.Missing)
	check("hash of all values", hash(r.Activity) == w.SHA256, hash(r.Activity), w.SHA256)
	return met, of
}

type description struct {
	values                 []float64
	epochs, zeros, missing int
	sum, max               float64
}

func describe(r *actigraphy.Recording) description {
	d := description{values: r.Activity, epochs: len(r.Activity)}
	for _, v := range r.Activity {
		switch {
		case math.IsNaN(v):
			d.missing++
			continue
		case v == 0:
			d.zeros++
		}
		d.sum += v
		d.max = max(d.max, v)
	}
	return d
}

func (d description) first(n int) []float64 { return d.values[:min(n, len(d.values))] }
func (d description) last(n int) []float64  { return d.values[max(0, len(d.values)-n):] }

func near(got, want []float64) bool {
	return slices.EqualFunc(got, want, func(a, b float64) bool {
		return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*max(1, math.Abs(b))
	})
}

// hash is the SHA-256 of the values as Python writes them rounded to six digits,
// joined by commas, nothing for a missing one.
func hash(values []float64) string {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteByte(',')
		}
		if !math.IsNaN(v) {
			b.WriteString(python(v))
		}
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

func python(v float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', 6, 64), 64)
	if err != nil {
		return fmt.Sprint(err)
	}
	text := strconv.FormatFloat(rounded, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}
