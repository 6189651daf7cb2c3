package prepare_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/prepare"
)

//go:generate go test -run ^TestShippedScaler$ -update

var update = flag.Bool("update", false, "write the scaler that ships with the program")

const (
	sampleFile  = "../../assets/sample/act.csv.gz"
	shippedFile = "../../assets/scaler/nhanes47.json.gz"
	shippedAt   = "2026-11-24T00:00:00Z" // the day the sample was chosen
)

// sampleRecordings reads the 47 people of the sample: a header, then one row for
// each person and day with the id, the weekday and 1440 counts.
func sampleRecordings(t *testing.T) []*actigraphy.Recording {
	t.Helper()
	f, err := os.Open(sampleFile)
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
	days := map[string]time.Weekday{}
	for d := time.Sunday; d <= time.Saturday; d++ {
		days[d.String()[:3]] = d
	}
	var list []*actigraphy.Recording
	for _, row := range rows[1:] {
		if len(list) == 0 || list[len(list)-1].Subject != row[0] {
			list = append(list, &actigraphy.Recording{
				Subject: row[0], Start: actigraphy.Undated(days[row[1]], 0), Epoch: time.Minute,
				Unit: actigraphy.Unit{Quantity: "counts", Device: "ActiGraph"}, Site: "hip",
			})
		}
		r := list[len(list)-1]
		for _, cell := range row[2:] {
			v, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(err)
			}
			r.Activity = append(r.Activity, v)
		}
	}
	return list
}

func fitSample(t *testing.T) prepare.Scaler {
	t.Helper()
	var all []prepare.Week
	var unit string
	for _, r := range sampleRecordings(t) {
		weeks, skipped, _, err := prepare.Weeks(r, prepare.DefaultOptions())
		if err != nil || len(skipped) > 0 {
			t.Fatalf("%s: skipped %v, %v", r.Subject, skipped, err)
		}
		all, unit = append(all, weeks...), r.Unit.String()
	}
	s, err := prepare.FitCohort("NHANES 2003-2006, 47 people", prepare.FirstMidnight, unit, prepare.Each(all))
	if err != nil {
		t.Fatal(err)
	}
	s.FittedAt = shippedAt
	return s
}

func TestShippedScaler(t *testing.T) {
	want := fitSample(t)
	if *update {
		if err := os.MkdirAll(filepath.Dir(shippedFile), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(shippedFile, written(t, want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(shippedFile)
	if err != nil {
		t.Fatal(err)
	}
	got, err := prepare.ReadScaler(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the shipped scaler is not the one fitted on the sample (ids %s and %s); run go generate ./actigraphy/prepare", got.ID, want.ID)
	}
}

// The expected numbers are those of scikit-learn 1.5.2:
// StandardScaler().fit(pandas.read_csv("act.csv").iloc[:, 2:].to_numpy(float).reshape(47, 10080)).
func TestShippedScalerAsScikitLearn(t *testing.T) {
	s := fitSample(t)
	if s.Weeks != 47 || len(s.Mean) != prepare.MinutesPerWeek {
		t.Fatalf("got %d weeks of %d minutes, want 47 of %d", s.Weeks, len(s.Mean), prepare.MinutesPerWeek)
	}
	for _, want := range []struct {
		minute      int
		mean, scale float64
	}{
		{0, 29.914893617021278, 117.33600230856099},
		{720, 170.87234042553192, 245.664328762719},
		{5000, 153.95744680851064, 325.62221665061475},
		{10079, 40.57446808510638, 274.1591977867971},
	} {
		if s.Mean[want.minute] != want.mean || s.Scale[want.minute] != want.scale {
			t.Errorf("minute %d: got %v and %v, want %v and %v", want.minute, s.Mean[want.minute], s.Scale[want.minute], want.mean, want.scale)
		}
	}
	// Every column counts in these; 22 do not vary.
	var sumMean, sumScale float64
	constant := 0
	for i := range s.Mean {
		sumMean += s.Mean[i]
		sumScale += s.Scale[i]
		if s.Scale[i] == 1 {
			constant++
		}
	}
	const wantMean, wantScale, wantConstant = 1421336.9148936172, 3259312.213947834, 22
	if math.Abs(sumMean/wantMean-1) > 1e-13 || math.Abs(sumScale/wantScale-1) > 1e-13 || constant != wantConstant {
		t.Errorf("got sums %v and %v and %d constant columns, want %v, %v and %d", sumMean, sumScale, constant, wantMean, wantScale, wantConstant)
	}
}
