package zone_test

import (
	"errors"
	"math"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/zone"
)

// naive is a recording of a device that counts its own epochs.
func naive(start string, epoch time.Duration, epochs int) *actigraphy.Recording {
	at, err := time.Parse(time.DateTime, start)
	if err != nil {
		panic(err)
	}
	r := &actigraphy.Recording{
		Subject: "P1", Device: "GT3X 1", Start: actigraphy.Naive(at), Epoch: epoch,
		Activity: make([]float64, epochs), Channels: map[string][]float64{"light": make([]float64, epochs)},
	}
	for i := range r.Activity {
		r.Activity[i], r.Channels["light"][i] = float64(i), float64(i)
	}
	return r
}

// erase makes epochs missing, as a reader does for a gap.
func erase(r *actigraphy.Recording, from, to int) *actigraphy.Recording {
	for i := from; i < to; i++ {
		r.Activity[i], r.Channels["light"][i] = math.NaN(), math.NaN()
	}
	return r
}

const missing = -1

// Each value is the number of its epoch in the file, so it shows where it went.
func TestApply(t *testing.T) {
	for _, test := range []struct {
		name   string
		place  zone.Place
		r      *actigraphy.Recording
		epochs int
		want   map[int]int    // epoch of elapsed time: epoch in the file
		wall   map[int]string // epoch of elapsed time: wall clock
	}{
		{
			"spring, kept",
			zone.Place{Zone: "Europe/Oslo", Clock: zone.Kept},
			naive("2003-03-30 00:00:00", time.Minute, 300), 300,
			map[int]int{119: 119, 120: 120},
			map[int]string{119: "01:59", 120: "03:00"},
		},
		{
			"spring, followed",
			zone.Place{Zone: "Europe/Oslo", Clock: zone.Followed},
			erase(naive("2003-03-30 00:00:00", time.Minute, 300), 120, 180), 240,
			map[int]int{119: 119, 120: 180, 239: 299},
			map[int]string{119: "01:59", 120: "03:00"},
		},
		{
			"autumn, kept",
			zone.Place{Zone: "Europe/Oslo", Clock: zone.Kept},
			naive("2003-10-26 00:00:00", time.Minute, 300), 300,
			map[int]int{180: 180},
			map[int]string{179: "02:59", 180: "02:00", 240: "03:00"},
		},
		{
			"autumn, followed",
			zone.Place{Zone: "Europe/Oslo", Clock: zone.Followed},
			naive("2003-10-26 00:00:00", time.Minute, 300), 360,
			map[int]int{179: 179, 180: missing, 239: missing, 240: 180, 359: 299},
			map[int]string{180: "02:00", 240: "03:00"},
		},
		{
			"ends with the hour that comes twice",
			zone.Place{Zone: "Europe/Oslo", Clock: zone.Followed},
			naive("2003-10-26 00:00:00", time.Minute, 180), 180,
			map[int]int{179: 179},
			nil,
		},
		{
			"half an hour, Lord Howe",
			zone.Place{Zone: "Australia/Lord_Howe", Clock: zone.Followed},
			erase(naive("2024-10-06 00:00:00", time.Minute, 240), 120, 150), 210,
			map[int]int{119: 119, 120: 150},
			map[int]string{120: "02:30"},
		},
		{
			"half-hour zone",
			zone.Place{Zone: "Asia/Kolkata", Clock: zone.Kept},
			naive("2024-03-30 23:30:00", time.Hour, 48), 48,
			map[int]int{1: 1},
			map[int]string{1: "00:30", 47: "22:30"},
		},
		{
			"St. John's",
			zone.Place{Zone: "America/St_Johns", Clock: zone.Kept},
			naive("2024-03-10 00:00:00", time.Minute, 300), 300,
			nil,
			map[int]string{119: "01:59", 120: "03:00"},
		},
		{
			"1918",
			zone.Place{Zone: "Europe/Berlin", Clock: zone.Kept},
			naive("1918-04-15 00:00:00", time.Minute, 300), 300,
			nil,
			map[int]string{119: "01:59", 120: "03:00"},
		},
		{
			"2068",
			zone.Place{Zone: "Europe/Berlin", Clock: zone.Kept},
			naive("2068-10-28 00:00:00", time.Minute, 300), 300,
			nil,
			map[int]string{179: "02:59", 180: "02:00"},
		},
		{
			"travel east, kept",
			zone.Place{Zone: "Europe/Berlin", Clock: zone.Kept, Moves: []zone.Move{{From: "2024-02-01T18:30:00", Zone: "Asia/Kolkata"}}},
			naive("2024-02-01 12:00:00", time.Minute, 600), 600, nil,
			map[int]string{0: "12:00", 119: "13:59", 120: "18:30"},
		},
		{
			"travel east, followed",
			zone.Place{Zone: "Europe/Berlin", Clock: zone.Followed, Moves: []zone.Move{{From: "2024-02-01T18:30:00", Zone: "Asia/Kolkata"}}},
			erase(naive("2024-02-01 12:00:00", time.Minute, 600), 120, 390), 330,
			map[int]int{119: 119, 120: 390},
			map[int]string{120: "18:30"},
		},
		{
			"travel west, kept",
			zone.Place{Zone: "Europe/London", Clock: zone.Kept, Moves: []zone.Move{{From: "2024-02-01T09:00:00-05:00", Zone: "America/New_York"}}},
			naive("2024-02-01 12:00:00", time.Minute, 600), 600, nil,
			map[int]string{119: "13:59", 120: "09:00"},
		},
	} {
		before := len(test.r.Activity)
		placed, err := test.place.Apply(test.r)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		got := placed.Recording
		if len(got.Activity) != test.epochs || len(got.Channels["light"]) != test.epochs || len(test.r.Activity) != before {
			t.Errorf("%s: got %d epochs, want %d", test.name, len(got.Activity), test.epochs)
			continue
		}
		for i, want := range test.want {
			for _, v := range []float64{got.Activity[i], got.Channels["light"][i]} {
				if want == missing && !math.IsNaN(v) || want != missing && v != float64(want) {
					t.Errorf("%s: epoch %d is %v, want %v", test.name, i, v, want)
				}
			}
		}
		for i, want := range test.wall {
			if wall := got.Start.Add(time.Duration(i) * got.Epoch).Clock().Format("15:04"); wall != want {
				t.Errorf("%s: epoch %d is at %s, want %s", test.name, i, wall, want)
			}
		}
		if _, known := test.r.Start.Zone(); known {
			t.Errorf("%s: the recording itself was changed", test.name)
		}
	}
}

// Epochs of the file stand elsewhere in a recording whose device followed the
// clock, and back again.
func TestSpans(t *testing.T) {
	place := zone.Place{Zone: "Europe/Oslo", Clock: zone.Followed}
	spring, err := place.Apply(erase(naive("2003-03-30 00:00:00", time.Minute, 300), 120, 180))
	if err != nil {
		t.Fatal(err)
	}
	autumn, err := place.Apply(naive("2003-10-26 00:00:00", time.Minute, 300))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := zone.Place{Zone: "Europe/Oslo", Clock: zone.Kept}.Apply(naive("2003-10-26 00:00:00", time.Minute, 300))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		got  [][2]int
		want [][2]int
	}{
		{"spring, over the gap", spring.FromFile(100, 200), [][2]int{{100, 120}, {120, 140}}},
		{"spring, in the gap", spring.FromFile(130, 150), nil},
		{"spring, to the file", spring.ToFile(100, 140), [][2]int{{100, 120}, {180, 200}}},
		{"autumn, over the second pass", autumn.FromFile(170, 190), [][2]int{{170, 180}, {240, 250}}},
		{"autumn, to the file", autumn.ToFile(170, 250), [][2]int{{170, 180}, {180, 190}}},
		{"autumn, the second pass to the file", autumn.ToFile(190, 230), nil},
		{"kept", kept.FromFile(100, 300), [][2]int{{100, 300}}},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, test.got, test.want)
		}
	}
}

// A device that recorded in the hour that was skipped did not follow the clock.
func TestApplyRefuses(t *testing.T) {
	oslo := zone.Place{Zone: "Europe/Oslo", Clock: zone.Followed}
	for _, test := range []struct {
		name  string
		place zone.Place
		r     *actigraphy.Recording
		want  error
		says  string
	}{
		{"recorded in the skipped hour", oslo, naive("2003-03-30 00:00:00", time.Minute, 300), zone.ErrContradiction, "60 epochs between 2003-03-30T02:00:00 and 2003-03-30T03:00:00"},
		{"starts in the skipped hour", oslo, naive("2003-03-30 02:30:00", time.Minute, 300), zone.ErrContradiction, "skipped"},
		{"undated", oslo, &actigraphy.Recording{Start: actigraphy.Undated(time.Monday, 0)}, nil, "no date"},
		{"epochs that do not fit", oslo, naive("2003-03-30 00:00:00", 7*time.Minute, 300), nil, "do not fit"},
		{"no zone", zone.Place{Zone: "Europe/Atlantis"}, naive("2003-03-30 00:00:00", time.Minute, 3), nil, "no time zone"},
	} {
		_, err := test.place.Apply(test.r)
		if err == nil || !strings.Contains(err.Error(), test.says) || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want one that says %q", test.name, err, test.says)
		}
	}
}

func TestSigns(t *testing.T) {
	oslo, err := zone.Load("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		r    *actigraphy.Recording
		want []zone.Clock
	}{
		{"recorded", naive("2003-03-29 12:00:00", time.Minute, 1440), []zone.Clock{zone.Kept}},
		{"just that hour is missing", erase(naive("2003-03-29 12:00:00", time.Minute, 1440), 840, 900), []zone.Clock{zone.Followed}},
		{"a longer gap", erase(naive("2003-03-29 12:00:00", time.Minute, 1440), 700, 900), []zone.Clock{""}},
		{"autumn", naive("2003-10-25 12:00:00", time.Minute, 1440), []zone.Clock{""}},
		{"autumn, both passes", passedTwice(naive("2003-10-25 12:00:00", time.Minute, 1440), 840, 900), []zone.Clock{zone.Followed}},
		{"no change", naive("2003-05-29 12:00:00", time.Minute, 1440), nil},
	} {
		got := zone.Signs(test.r, oslo)
		if len(got) != len(test.want) {
			t.Errorf("%s: got %v, want %d signs", test.name, got, len(test.want))
			continue
		}
		for i := range got {
			if got[i].Clock != test.want[i] {
				t.Errorf("%s: got %q: %s; want %q", test.name, got[i].Clock, got[i].Text, test.want[i])
			}
		}
	}
}

func TestNames(t *testing.T) {
	for _, n := range zone.Names() {
		if _, err := zone.Load(n.Zone); err != nil || n.Country == "" {
			t.Errorf("%v: %v", n, err)
		}
	}
	for _, test := range []struct{ query, first string }{
		{"kolkata", "Asia/Kolkata"}, {"st johns", "America/St_Johns"}, {"germany berlin", "Europe/Berlin"}, {"NEW YORK", "America/New_York"}, {"paris", "Europe/Paris"},
	} {
		if got := zone.Search(test.query); len(got) == 0 || got[0].Zone != test.first {
			t.Errorf("searching %q: got %v, want %s first", test.query, got, test.first)
		}
	}
	for _, bad := range []string{"", "Local", "CET", "+02:00", "Europe/Atlantis", "../etc/passwd", "Europe/"} {
		if loc, err := zone.Load(bad); err == nil {
			t.Errorf("%q: got %v, want an error", bad, loc)
		}
	}
	if _, err := zone.Load("berlin"); err == nil || !strings.Contains(err.Error(), "Europe/Berlin") {
		t.Errorf("got %v, want an error that names Europe/Berlin", err)
	}
	if loc, err := zone.Load("europe/berlin"); err != nil || loc.String() != "Europe/Berlin" {
		t.Errorf("got %v, %v", loc, err)
	}
}

func TestReadTravel(t *testing.T) {
	home, moves, err := zone.ReadTravel("t.csv", strings.NewReader("\ufefffrom;zone\n;europe/berlin\n2024-02-01 18:30;Asia/Kolkata\n2024-02-10T09:00:00+01:00;Europe/Berlin\n"))
	want := []zone.Move{{From: "2024-02-01T18:30:00", Zone: "Asia/Kolkata"}, {From: "2024-02-10T09:00:00+01:00", Zone: "Europe/Berlin"}}
	if err != nil || home != "Europe/Berlin" || len(moves) != 2 || moves[0] != want[0] || moves[1] != want[1] {
		t.Errorf("got %q, %v, %v; want Europe/Berlin, %v", home, moves, err, want)
	}
	for _, test := range []struct{ name, text, says string }{
		{"empty", "", "from and zone"},
		{"other columns", "when,where\n", "from and zone"},
		{"no arrival", "from,zone\n,Europe/Berlin\n", "no arrival"},
		{"no zone", "from,zone\n2024-02-01,Nowhere/City\n", "line 2"},
		{"no time", "from,zone\nyesterday,Asia/Kolkata\n", "line 2"},
		{"a skipped hour", "from,zone\n2024-03-31 02:30,Europe/Berlin\n", "never showed"},
		{"ragged", "from,zone\n2024-02-01\n", "fields"},
		{"too many", "from,zone\n" + strings.Repeat("2024-02-01,Asia/Kolkata\n", 61), "at most"},
	} {
		if _, _, err := zone.ReadTravel("t.csv", strings.NewReader(test.text)); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v, want an error that says %q", test.name, err, test.says)
		}
	}
}

func TestMovesInOrder(t *testing.T) {
	a := zone.Assignment{Scope: zone.Recording, Target: "x", Place: zone.Place{Zone: "Europe/Berlin", Clock: zone.Kept, Moves: []zone.Move{
		{From: "2024-02-10T18:30:00", Zone: "Asia/Kolkata"}, {From: "2024-02-01T09:00:00", Zone: "Europe/Berlin"},
	}}}
	if err := a.Validate(); err == nil || !strings.Contains(err.Error(), "order") {
		t.Errorf("got %v, want an error on the order", err)
	}
}

func TestBook(t *testing.T) {
	kept := func(s zone.Scope, target, name string) zone.Assignment {
		return zone.Assignment{Scope: s, Target: target, Place: zone.Place{Zone: name, Clock: zone.Kept}}
	}
	book, err := zone.NewBook([]zone.Assignment{
		kept(zone.Study, "", "Europe/Paris"), kept(zone.Study, "", "Europe/Berlin"),
		kept(zone.Device, "Band", "Asia/Tokyo"), kept(zone.Recording, "own", "Asia/Kolkata"),
		kept(zone.Recording, "gone", "Asia/Kolkata"),
		{Scope: zone.Recording, Target: "gone"},
	})
	if err != nil {
		t.Fatal(err)
	}
	summer := time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		id, device string
		start      actigraphy.LocalTime
		want       string
	}{
		{"a", "GT3X", actigraphy.Naive(summer), "Europe/Berlin"},
		{"a", "Band", actigraphy.Naive(summer), "Asia/Tokyo"},
		{"own", "Band", actigraphy.Naive(summer), "Asia/Kolkata"},
		{"gone", "GT3X", actigraphy.Naive(summer), "Europe/Berlin"},
		{"a", "GT3X", actigraphy.Zoned(summer), "Europe/Berlin"},
		{"a", "GT3X", actigraphy.Zoned(summer.In(time.FixedZone("", 7200))), "Europe/Berlin"},
		{"a", "GT3X", actigraphy.Zoned(summer.In(time.FixedZone("", 19800))), ""},
		{"a", "GT3X", actigraphy.Zoned(summer.In(tokyo)), ""},
		{"own", "GT3X", actigraphy.Zoned(summer.In(tokyo)), "Asia/Kolkata"},
		{"own", "GT3X", actigraphy.Undated(time.Monday, 0), ""},
	} {
		info := actigraphy.Info{ID: test.id, Device: test.device, Start: test.start}
		got, _ := book.For(info)
		if got.Zone != test.want {
			t.Errorf("%s, %s, %s: got %q, want %q", test.id, test.device, test.start, got.Zone, test.want)
		}
		if test.want != "" && book.Describe(info).Start.Clock().Location().String() != test.want {
			t.Errorf("%s: described as %s", test.id, book.Describe(info).Start)
		}
	}
}

// Machines without a database of zones, as Windows, take the one in the program.
func TestTheDatabaseIsPartOfTheProgram(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").Output()
	if err != nil {
		t.Skip("no go command:", err)
	}
	if !slices.Contains(strings.Fields(string(out)), "time/tzdata") {
		t.Error("time/tzdata is not linked")
	}
}
