// Package pyact reads the recordings of the reference data, and what pyActigraphy
// gives for them. It is for tests only.
package pyact

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/agd"
	"circascope/actigraphy/format/rdata"
)

// Known is what the reference holds of one recording: pyActigraphy 1.2.2's own
// reading and its measures, each with the call that gave it.
type Known struct {
	Recording struct {
		Epochs int     `json:"n_epochs"`
		Epoch  float64 `json:"frequency_s"`
		Start  string  `json:"start"`
		Sum    float64 `json:"sum"`
		NaN    int     `json:"nan"`
	} `json:"recording"`
	Metrics map[string]Value `json:"metrics"`
}

// Value is one measure, or why there is none.
type Value struct {
	Value json.RawMessage `json:"value"`
	Error string          `json:"error"`
}

// ReadKnown reads the values of a recording out of the folder of actigraphy's
// reference data.
func ReadKnown(t testing.TB, dir, values string) (k Known) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "values", "pyactigraphy_"+values+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &k); err != nil {
		t.Fatal(err)
	}
	return k
}

// Read returns the recording of those values: of a file, or where that is "" of one
// person of the NHANES table.
func Read(t testing.TB, dir, values, file, channel string) *actigraphy.Recording {
	t.Helper()
	if file == "" {
		return nhanes(t, filepath.Join(dir, "nhanes47", "act.csv"), strings.TrimPrefix(values, "nhanes_"))
	}
	return ReadFile(t, filepath.Join(dir, "files", file), channel)
}

// ReadFile returns the last recording of a file, as the workbench's readers give it.
func ReadFile(t testing.TB, path, channel string) *actigraphy.Recording {
	t.Helper()
	var r *actigraphy.Recording
	readers := append([]format.Reader{agd.Reader{}, rdata.Reader{}}, format.Readers()...)
	err := format.Read(context.Background(), readers, path, format.Options{Channel: channel}, nil,
		func(read *actigraphy.Recording) error { r = read; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// nhanes returns one person of the wide table, with the date that the reference
// invented for it.
func nhanes(t testing.TB, path, id string) *actigraphy.Recording {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	r := &actigraphy.Recording{Subject: id, Epoch: time.Minute, Start: actigraphy.Naive(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))}
	for _, row := range rows {
		if row[0] != id {
			continue
		}
		for _, cell := range row[2:] {
			v, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(err)
			}
			r.Activity = append(r.Activity, v)
		}
	}
	return r
}
