package format_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/internal/reference"
)

const fitbitSteps = `[{
  "dateTime" : "06/24/95 23:58:00",
  "value" : "7"
},{
  "dateTime" : "06/24/95 23:59:00",
  "value" : "0"
},{
  "dateTime" : "06/25/95 00:01:00",
  "value" : "12"
}]`

const fitbitHeart = `[{"dateTime":"01/02/21 10:00:05","value":{"bpm":60,"confidence":0}},
{"dateTime":"01/02/21 10:00:10","value":{"bpm":70,"confidence":2}},
{"dateTime":"01/02/21 10:01:00","value":{"bpm":81,"confidence":3}},
{"dateTime":"01/02/21 10:03:59","value":{"confidence":1,"bpm":90}}]`

// makeFitbit is a file of steps.
func makeFitbit(minutes int) []byte {
	var b bytes.Buffer
	b.WriteString("[")
	at := time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC)
	for i, v := range counts(minutes) {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "{\n  \"dateTime\" : \"%s\",\n  \"value\" : \"%d\"\n}", at.Add(time.Duration(i)*time.Minute).Format("01/02/06 15:04:05"), v)
	}
	b.WriteString("]")
	return b.Bytes()
}

func TestFitbitJSON(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name, content, channel, unit, start string
		activity                            []float64
		confidence                          []float64
		note                                string
	}{
		{"steps-1995-06-24.json", fitbitSteps, "steps", "Fitbit steps", "1995-06-24T23:58:00", []float64{7, 0, nan, 12}, nil, "69 to 99 of the 1900s"},
		{"Calories-1995.json", fitbitSteps, "energy", "Fitbit kcal", "1995-06-24T23:58:00", []float64{7, 0, nan, 12}, nil, "known by the name of the file"},
		{"renamed.json", fitbitSteps, "value", "Fitbit unknown unit", "1995-06-24T23:58:00", []float64{7, 0, nan, 12}, nil, "it is unknown"},
		{
			"heart_rate-2021-01-02.json", fitbitHeart, "heart rate", "Fitbit beats a minute", "2021-01-02T10:00:00",
			[]float64{65, 81, nan, 90},
			[]float64{1, 3, nan, 1},
			"month, day, year, as Fitbit writes them",
		},
	}
	for _, tt := range tests {
		r := readOne(t, tt.name, tt.content, format.Options{})
		if r.Source.Channel != tt.channel || r.Unit.String() != tt.unit || r.Start.String() != tt.start || r.Epoch != time.Minute {
			t.Errorf("%s: got %s, %s, %s, %v; want %s, %s, %s, 1m", tt.name, r.Source.Channel, r.Unit, r.Start, r.Epoch, tt.channel, tt.unit, tt.start)
		}
		if len(r.Activity) != len(tt.activity) || !beginsWith(r.Activity, tt.activity) || !beginsWith(r.Channels["confidence"], tt.confidence) {
			t.Errorf("%s: got %v with %v, want %v with %v", tt.name, r.Activity, r.Channels, tt.activity, tt.confidence)
		}
		if notes := strings.Join(r.Source.Notes, "\n"); !strings.Contains(notes, tt.note) {
			t.Errorf("%s: got notes %q, want %q in them", tt.name, notes, tt.note)
		}
	}
}

func TestBadFitbitJSON(t *testing.T) {
	tests := []struct {
		name, content string
		line          int
		want          string
	}{
		{"cut.json", fitbitSteps[:len(fitbitSteps)-1], 10, "expected the end of the array, found the end of the file"},
		{"comma.json", strings.Replace(fitbitSteps, `},{`, `}{`, 1), 4, "a comma or the end of the array"},
		{"value.json", strings.Replace(fitbitSteps, `"7"`, `"7x"`, 1), 1, "a number in column 2"},
		{"word.json", strings.Replace(fitbitSteps, `"7"`, `sieben`, 1), 3, "a value"},
		{"negative.json", strings.Replace(fitbitSteps, `"12"`, `"-12"`, 1), 7, "activity of at least 0"},
		{"date.json", strings.Replace(fitbitSteps, "06/25/95 00:01", "06/25/95 24:01", 1), 7, "a date and time"},
		{"back.json", strings.Replace(fitbitSteps, "06/25/95 00:01", "06/24/95 20:01", 1), 7, "times that increase"},
		{"list.json", strings.Replace(fitbitSteps, `"7"`, `[1]`, 1), 3, "a value, or a bpm and a confidence"},
		{"deep.json", `[{"dateTime":"01/02/21 10:00:05","value":"1","x":` + strings.Repeat("[", 100) + `}]`, 1, "nested at most 64 deep"},
		{"long.json", `[{"dateTime":"01/02/21 10:00:05","value":"` + strings.Repeat("1", 1<<20) + `"}]`, 1, "texts of at most 4096 bytes"},
		{"behind.json", fitbitSteps + "7", 10, "the end of the file"},
		{"sleep.json", `[{"logId" : 1, "dateOfSleep" : "1995-07-11", "levels":{"data":[{"dateTime":"1995-07-11T02:28:30.000","value":1}]}}]`, 0, "Fitbit sleep logs"},
		{"other.json", `{"a": 1}`, 0, "a JSON file"},
	}
	for _, tt := range tests {
		out, err := readBytes(tt.name, []byte(tt.content), format.Options{})
		var file *actigraphy.FileError
		if !errors.As(err, &file) || len(out) > 0 || file.Line != tt.line || !strings.Contains(err.Error(), tt.want) || file.Advice == "" {
			t.Errorf("%s: got %v, want %q on line %d, with advice", tt.name, err, tt.want, tt.line)
		}
	}
}

// TestFitbitReference compares with what is known of the real files, and with
// encoding/json.
func TestFitbitReference(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	text, err := os.ReadFile(filepath.Join(dir, "values", "consumer_and_misc.json"))
	if err != nil {
		t.Fatal(err)
	}
	known := make(map[string]json.RawMessage)
	if err := json.Unmarshal(text, &known); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"steps-1995-06-23_Fitbit.json", "calories-1995-06-23_Fitbit.json"} {
		var want struct {
			N, Zeros   int
			Start, End string
			Sum        float64
		}
		if err := json.Unmarshal(known[name], &want); err != nil {
			t.Fatal(err)
		}
		r := read(t, filepath.Join(dir, "files", "GGIRread", name), format.Options{})[0]
		got := actigraphy.Describe(r)
		at := func(l actigraphy.LocalTime) string { return l.Clock().Format(time.DateTime) }
		last := at(r.End().Add(-r.Epoch))
		if n := got.Epochs - got.Missing; n != want.N || got.Zeros != want.Zeros || at(r.Start) != want.Start || last != want.End || math.Abs(got.Sum-want.Sum) > 1e-9 {
			t.Errorf("%s: got %d, %d zeros, %s to %s, sum %v; want %+v", name, n, got.Zeros, at(r.Start), last, got.Sum, want)
		}
		t.Logf("%s: 5 values met of 5 known (epochs, zeros, start, end, sum)", name)
	}
	checkFitbitHeart(t, filepath.Join(dir, "files", "GGIRread", "heart_rate-1995-06-24.json"))
}

// checkFitbitHeart compares with the means of minutes by encoding/json.
func checkFitbitHeart(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var values []struct {
		DateTime string
		Value    struct{ BPM float64 }
	}
	if err := json.Unmarshal(text, &values); err != nil {
		t.Fatal(err)
	}
	sum, n, total := make(map[string]float64), make(map[string]float64), 0.0
	for _, v := range values {
		key := v.DateTime[:14]
		sum[key], n[key], total = sum[key]+v.Value.BPM, n[key]+1, total+v.Value.BPM
	}
	if mean := strconv.FormatFloat(total/float64(len(values)), 'f', 6, 64); len(values) != 201 || mean != "78.432836" {
		t.Errorf("got %d values of mean %s, want 201 of 78.432836", len(values), mean)
	}
	r := read(t, path, format.Options{})[0]
	minutes := 0
	for i, got := range r.Activity {
		key := r.Start.Add(time.Duration(i) * time.Minute).Clock().Format("01/02/06 15:04")
		if want := sum[key] / n[key]; math.Abs(got-want) > 1e-9 && !(math.IsNaN(got) && n[key] == 0) {
			t.Errorf("%s: got %v, want %v", key, got, want)
		}
		if n[key] > 0 {
			minutes++
		}
	}
	if minutes != len(n) {
		t.Errorf("got %d minutes with values, want %d", minutes, len(n))
	}
	t.Logf("%s: %d minutes met of %d", filepath.Base(path), minutes, len(n))
}
