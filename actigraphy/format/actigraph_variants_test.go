package format_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// TestActiGraphVariants reads epochs of every length, columns with and without
// names and times, and what a Windows of decimal commas writes.
func TestActiGraphVariants(t *testing.T) {
	tests := []struct {
		name, period, mode, rows string
		epoch                    time.Duration
		sum                      float64
		channels                 string
	}{
		{"1 s", "00:00:01", "12", "1,2,3\n4,5,6\n", time.Second, 5, "axis 2, axis 3"},
		{"5 min, steps", "00:05:00", "13", "1,2,3,9\n4,5,6,9\n", 5 * time.Minute, 5, "axis 2, axis 3, steps"},
		{"mode 61", "00:00:05", "61", "1,2,3,4,5,0,1,2,3\n4,5,6,4,5,0,1,2,3\n", 5 * time.Second, 5, "axis 2, axis 3, light, steps"},
		{"axis 1 alone", "00:01:00", "0", "7\n8\n", time.Minute, 15, ""},
		{"names alone", "00:01:00", "12", "Axis1,Axis2,Axis3\n1,2,3\n4,5,6\n", time.Minute, 5, "axis 2, axis 3"},
		{"date and time", "00:01:00", "12", "Date,Time,Axis1\n7/13/2018,10:00:00,3\n7/13/2018,10:01:00,4\n", time.Minute, 7, ""},
		{"semicolons", "00:01:00", "12", "Axis1;Axis2;Axis3;Vector Magnitude\n1;2;3;3,74\n4;5;6;8,77\n", time.Minute, 5, "axis 2, axis 3, vector magnitude"},
		{"commas padded with semicolons below", "00:01:00", "12", "1;2;3;;\n4;5;6;;\n", time.Minute, 5, "axis 2, axis 3"},
	}
	for _, tt := range tests {
		text := strings.ReplaceAll(strings.ReplaceAll(actigraphHeader, "00:01:00", tt.period), "Mode = 12", "Mode = "+tt.mode)
		in, err := format.NewInput("made.csv", []byte(text+tt.rows))
		if err != nil {
			t.Fatal(err)
		}
		var r *actigraphy.Recording
		err = format.ReadInput(t.Context(), format.Readers(), in, format.Options{}, nil, func(got *actigraphy.Recording) error {
			r = got
			return nil
		})
		if err != nil || r.Source.Format != "actigraph-csv" {
			t.Errorf("%s: got %v", tt.name, err)
			continue
		}
		if sum := r.Activity[0] + r.Activity[1]; r.Epoch != tt.epoch || len(r.Activity) != 2 || sum != tt.sum || r.Start.Date() != "2018-07-13" {
			t.Errorf("%s: got %d epochs of %v from %v, sum %v; want 2 of %v, %v", tt.name, len(r.Activity), r.Epoch, r.Start, sum, tt.epoch, tt.sum)
		}
		if channels := strings.Join(slices.Sorted(maps.Keys(r.Channels)), ", "); channels != tt.channels {
			t.Errorf("%s: channels: got %s, want %s", tt.name, channels, tt.channels)
		}
		if vm := r.Channels["vector magnitude"]; vm != nil && fmt.Sprint(vm) != "[3.74 8.77]" {
			t.Errorf("%s: got vector magnitude %v", tt.name, vm)
		}
	}
}
