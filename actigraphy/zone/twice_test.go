package zone_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/zone"
)

// passedTwice gives epochs of a recording a second pass, each 1000 more than the first.
func passedTwice(r *actigraphy.Recording, from, to int) *actigraphy.Recording {
	for _, of := range []string{"", actigraphy.ChannelLight} {
		second := make([]float64, len(r.Activity))
		for i := range second {
			second[i] = math.NaN()
			if i >= from && i < to {
				second[i] = 1000 + r.Activity[i]
			}
		}
		r.Channels[actigraphy.SecondPass(of)] = second
	}
	return r
}

// Both passes of an hour that the file has twice are in the recording, in zones of
// whole and of half hours, east and west of Greenwich.
func TestApplySecondPass(t *testing.T) {
	for _, test := range []struct {
		name, zone, start string
		epochs            int // of the file
		from, to          int // the second pass, in epochs of the file
		want              int // epochs
		value             map[int]float64
		wall              map[int]string
	}{
		{
			"Oslo", "Europe/Oslo", "2003-10-26 00:00:00", 300, 120, 180, 360,
			map[int]float64{179: 179, 180: 1120, 239: 1179, 240: 180, 359: 299},
			map[int]string{179: "02:59 +0200", 180: "02:00 +0100", 239: "02:59 +0100", 240: "03:00 +0100"},
		},
		{
			"Adelaide", "Australia/Adelaide", "2024-04-07 00:00:00", 300, 120, 180, 360,
			map[int]float64{180: 1120, 240: 180},
			map[int]string{179: "02:59 +1030", 180: "02:00 +0930"},
		},
		{
			"St. John's", "America/St_Johns", "2024-11-03 00:00:00", 300, 60, 120, 360,
			map[int]float64{119: 119, 120: 1060, 180: 120},
			map[int]string{119: "01:59 -0230", 120: "01:00 -0330"},
		},
		{
			"Lord Howe, half an hour", "Australia/Lord_Howe", "2024-04-07 00:00:00", 300, 90, 120, 330,
			map[int]float64{119: 119, 120: 1090, 149: 1119, 150: 120},
			map[int]string{119: "01:59 +1100", 120: "01:30 +1030"},
		},
		{
			"ends within the second pass", "Europe/Oslo", "2003-10-26 00:00:00", 180, 120, 150, 210,
			map[int]float64{179: 179, 180: 1120, 209: 1149},
			map[int]string{209: "02:29 +0100"},
		},
		{
			"a second pass in part", "Europe/Oslo", "2003-10-26 00:00:00", 300, 130, 140, 360,
			map[int]float64{180: missing, 190: 1130, 199: 1139, 200: missing, 240: 180},
			nil,
		},
	} {
		r := passedTwice(naive(test.start, time.Minute, test.epochs), test.from, test.to)
		placed, err := zone.Place{Zone: test.zone, Clock: zone.Followed}.Apply(r)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		got := placed.Recording
		if len(got.Activity) != test.want || len(got.Channels) != 1 || len(r.Channels) != 3 {
			t.Errorf("%s: got %d epochs and %d channels, want %d and light alone", test.name, len(got.Activity), len(got.Channels), test.want)
			continue
		}
		for i, want := range test.value {
			for _, v := range []float64{got.Activity[i], got.Channels[actigraphy.ChannelLight][i]} {
				if v != want && !(want == missing && math.IsNaN(v)) {
					t.Errorf("%s: epoch %d is %v, want %v", test.name, i, v, want)
				}
			}
		}
		for i, want := range test.wall {
			if wall := got.Start.Add(time.Duration(i) * got.Epoch).Clock().Format("15:04 -0700"); wall != want {
				t.Errorf("%s: epoch %d is at %s, want %s", test.name, i, wall, want)
			}
		}
		if notes := strings.Join(placed.Notes, " "); !strings.Contains(notes, "is in its place") {
			t.Errorf("%s: got the notes %q, want what became of the second pass", test.name, notes)
		}
	}
}

// A file with a second pass comes from a device that followed the clock, where that
// hour came twice.
func TestASecondPassContradicts(t *testing.T) {
	for _, test := range []struct {
		name  string
		place zone.Place
		says  string
	}{
		{"a clock that was kept", zone.Place{Zone: "Europe/Oslo", Clock: zone.Kept}, "followed"},
		{"a zone without summer time", zone.Place{Zone: "Asia/Kolkata", Clock: zone.Followed}, "2003-10-26T02:00:00"},
		{"a zone of another day", zone.Place{Zone: "America/New_York", Clock: zone.Followed}, "showed once"},
	} {
		_, err := test.place.Apply(passedTwice(naive("2003-10-26 00:00:00", time.Minute, 300), 120, 180))
		if !errors.Is(err, zone.ErrContradiction) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v, want a contradiction that says %q", test.name, err, test.says)
		}
	}
}

// Masks count the file's epochs: those of an hour that comes twice are in both passes.
func TestSpansOfASecondPass(t *testing.T) {
	autumn, err := zone.Place{Zone: "Europe/Oslo", Clock: zone.Followed}.Apply(
		passedTwice(naive("2003-10-26 00:00:00", time.Minute, 300), 120, 180))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name      string
		got, want [][2]int
	}{
		{"over the end of the first pass", autumn.FromFile(170, 190), [][2]int{{170, 180}, {230, 250}}},
		{"within the hour", autumn.FromFile(130, 140), [][2]int{{130, 140}, {190, 200}}},
		{"the second pass to the file", autumn.ToFile(190, 230), [][2]int{{130, 170}}},
		{"after it", autumn.ToFile(240, 250), [][2]int{{180, 190}}},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, test.got, test.want)
		}
	}
}
