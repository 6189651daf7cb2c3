package wear_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
)

var monday = actigraphy.Naive(time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC))

// counts builds a recording of minutes from runs: value, length, value, length ...
func counts(pairs ...float64) *actigraphy.Recording {
	r := &actigraphy.Recording{
		Subject: "P1", Start: monday, Epoch: time.Minute, Unit: actigraphy.Unit{Quantity: "counts"}, Channels: map[string][]float64{},
	}
	r.Activity = repeated(pairs...)
	return r
}

func repeated(pairs ...float64) []float64 {
	var list []float64
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, slices.Repeat([]float64{pairs[i]}, int(pairs[i+1]))...)
	}
	return list
}

var nan = math.NaN()

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		name   string
		method string
		values wear.Values
		r      *actigraphy.Recording
		want   []wear.Interval
	}{
		{"89 zeros are worn", wear.Choi, nil, counts(5, 10, 0, 89, 5, 10), nil},
		{"90 are not", wear.Choi, nil, counts(5, 10, 0, 90, 5, 10), []wear.Interval{{From: 10, To: 100}}},
		{"an artefact of 2 min between 30 zeros", wear.Choi, nil, counts(0, 60, 9, 2, 0, 30, 5, 1), []wear.Interval{{To: 92}}},
		{"3 min are no artefact", wear.Choi, nil, counts(0, 60, 9, 3, 0, 60, 5, 1), nil},
		{"29 zeros after are too few", wear.Choi, nil, counts(0, 90, 9, 2, 0, 29, 5, 1), []wear.Interval{{To: 90}}},
		{"an artefact needs zeros to the end of its window", wear.Choi, nil, counts(5, 1, 0, 90, 9, 1), []wear.Interval{{From: 1, To: 91}}},
		{"two movements within 3 min", wear.Choi, nil, counts(0, 60, 9, 1, 0, 1, 9, 1, 0, 60), nil},
		{"missing minutes count as zeros", wear.Choi, nil, counts(5, 1, 0, 40, nan, 20, 0, 40, 5, 1), []wear.Interval{{From: 1, To: 101}}},
		{"what is missing anyway needs no mask", wear.Choi, nil, counts(5, 1, nan, 200, 5, 1), nil},
		{"a smaller window", wear.Choi, wear.Values{"window": 10, "period": 30}, counts(0, 15, 9, 1, 0, 14), []wear.Interval{{To: 30}}},

		{"60 zeros", wear.Troiano, nil, counts(5, 1, 0, 60, 5, 1), []wear.Interval{{From: 1, To: 61}}},
		{"2 min of 100 again and again", wear.Troiano, nil, counts(0, 20, 100, 2, 0, 20, 100, 2, 0, 20), []wear.Interval{{To: 64}}},
		{"one of 101 ends it", wear.Troiano, nil, counts(0, 59, 101, 1, 0, 60), []wear.Interval{{From: 60, To: 120}}},
		{"3 min end it", wear.Troiano, nil, counts(0, 59, 5, 3, 0, 59), nil},
		{"in all of the period", wear.Troiano, wear.Values{"total": 1}, counts(0, 20, 9, 2, 0, 20, 9, 2, 0, 39), []wear.Interval{{From: 22, To: 83}}},

		{"runs of two hours", wear.ZeroRun, nil, counts(0, 119, 1, 1, 0, 60, nan, 60), []wear.Interval{{From: 120, To: 240}}},
		{"below a threshold", wear.ZeroRun, wear.Values{"below": 3}, counts(2, 130, 3, 5), []wear.Interval{{To: 130}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			method, err := wear.Find(c.method)
			if err != nil {
				t.Fatal(err)
			}
			before := slices.Clone(c.r.Activity)
			got, err := method.Detect(c.r, c.values)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			for i, v := range c.r.Activity {
				if v != before[i] && !math.IsNaN(v) {
					t.Fatalf("epoch %d was changed", i)
				}
			}
		})
	}
}

// TestShortEpochs wants 30 s epochs summed to minutes from the first epoch on, and
// verdicts in epochs.
func TestShortEpochs(t *testing.T) {
	r := counts(7, 3, 0, 180, 7, 2)
	r.Epoch = 30 * time.Second
	method, _ := wear.Find(wear.Choi)
	got, err := method.Detect(r, wear.Values{"period": 89})
	if err != nil {
		t.Fatal(err)
	}
	if want := []wear.Interval{{From: 4, To: 182}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v: minute 1 has counts in one half, minute 91 too", got, want)
	}
}

func TestTemperature(t *testing.T) {
	r := counts(0, 20, 8, 20, 0, 100, 4, 10, 4, 10, 0, 30)
	r.Channels[actigraphy.ChannelTemperature] = append(
		repeated(33, 20, 33, 20, 22, 100, 22.5, 1, 23, 1, 23.5, 1, 24, 1, 24.5, 1, 25, 1, 26, 4), repeated(nan, 5, 33, 5, 33, 30)...)
	method, _ := wear.Find(wear.Temperature)
	got, err := method.Detect(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := []wear.Interval{{From: 40, To: 140}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v: still and cold, then moving and warming", got, want)
	}
	if got, err := method.Detect(r, wear.Values{"period": 101}); err != nil || got != nil {
		t.Errorf("of at least 101 minutes: got %v, %v, want none", got, err)
	}
}

func TestFlags(t *testing.T) {
	r := counts(3, 6)
	r.Channels[actigraphy.ChannelWear] = []float64{1, 0, 0, nan, 0, 1}
	method, _ := wear.Find(wear.Flags)
	got, err := method.Detect(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := []wear.Interval{{From: 1, To: 3}, {From: 4, To: 5}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNotForThisRecording(t *testing.T) {
	long := counts(0, 100)
	long.Epoch = 5 * time.Minute
	odd := counts(0, 100)
	odd.Epoch = 25 * time.Second
	mg := counts(0, 100)
	mg.Unit.Quantity = "mg"
	cold := counts(0, 100)
	cold.Channels[actigraphy.ChannelTemperature] = repeated(20, 100)
	for _, c := range []struct {
		name, method string
		values       wear.Values
		r            *actigraphy.Recording
		want         string
	}{
		{"long epochs", wear.Choi, nil, long, "longer than the minute"},
		{"odd epochs", wear.Troiano, nil, odd, "do not divide a minute"},
		{"accelerations", wear.Choi, nil, mg, "an average acceleration"},
		{"no temperature", wear.Temperature, nil, long, "no temperature channel"},
		{"never warm", wear.Temperature, nil, cold, "never reaches the threshold"},
		{"no flags", wear.Flags, nil, long, "no wear channel"},
		{"an unknown parameter", wear.Choi, wear.Values{"stop": 3}, long, `takes no "stop": it takes period, spike, window`},
		{"no parameters", wear.Flags, wear.Values{"stop": 3}, long, "it takes no parameters"},
		{"a part of a minute", wear.Choi, wear.Values{"period": 1.5}, long, "want a number from 1 to 10080, whole"},
		{"out of range", wear.Temperature, wear.Values{"threshold": 90}, long, "want a number from 0 to 45"},
	} {
		t.Run(c.name, func(t *testing.T) {
			method, err := wear.Find(c.method)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := method.Detect(c.r, c.values); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
	if _, err := wear.Find("guess"); err == nil || !strings.Contains(err.Error(), "choi, troiano, zero-run, temperature, flags") {
		t.Errorf("got %v, want the methods there are", err)
	}
}

func TestMethodsAreDocumented(t *testing.T) {
	for _, m := range wear.Methods() {
		if m.Name == "" || m.Rule == "" || !strings.Contains(m.Reference, "doi:") {
			t.Errorf("%s: want a name, a rule and a reference with a DOI, got %+v", m.ID, m)
		}
		values, err := m.Complete(nil)
		if err != nil || len(values) != len(m.Parameters) {
			t.Errorf("%s: its defaults: got %v, %v", m.ID, values, err)
		}
	}
	got, err := (wear.Method{Parameters: []wear.Parameter{{ID: "b", Default: 2}, {ID: "a", Default: 1.5, Max: 2}}}).Complete(wear.Values{"b": 0})
	if want := (wear.Values{"a": 1.5, "b": 0}); err != nil || !reflect.DeepEqual(got, want) || got.String() != "a=1.5 b=0" {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}
