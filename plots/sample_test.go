package plots_test

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"strconv"
	"testing"
	"time"

	"circascope/actigraphy"
)

// sample returns a participant of the sample that ships with the program: one
// week of ActiGraph counts, undated.
func sample(t testing.TB, index int) *actigraphy.Recording {
	t.Helper()
	f, err := os.Open("../assets/sample/act.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows = rows[1+7*index : 8+7*index]
	r := &actigraphy.Recording{
		Subject: rows[0][0], Epoch: time.Minute, Start: actigraphy.Undated(time.Saturday, 0),
		Unit: actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: "axis 1"},
	}
	for _, row := range rows {
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
