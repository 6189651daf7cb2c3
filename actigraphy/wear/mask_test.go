package wear_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
)

func TestPaint(t *testing.T) {
	off := func(from, to int) wear.Interval { return wear.Interval{From: from, To: to} }
	on := func(from, to int) wear.Interval { return wear.Interval{From: from, To: to, Worn: true} }
	for _, c := range []struct {
		name string
		list []wear.Interval
		over wear.Interval
		want []wear.Interval
	}{
		{"on nothing", nil, off(3, 5), []wear.Interval{off(3, 5)}},
		{"nothing", []wear.Interval{off(1, 2)}, off(3, 3), []wear.Interval{off(1, 2)}},
		{"beside another", []wear.Interval{off(1, 3)}, off(3, 5), []wear.Interval{off(1, 5)}},
		{"over two", []wear.Interval{off(1, 3), off(6, 8)}, off(2, 7), []wear.Interval{off(1, 8)}},
		{"worn out of the middle", []wear.Interval{off(1, 9)}, on(3, 5), []wear.Interval{off(1, 3), on(3, 5), off(5, 9)}},
		{"not worn over worn", []wear.Interval{on(1, 9)}, off(0, 5), []wear.Interval{off(0, 5), on(5, 9)}},
		{"before all", []wear.Interval{off(5, 9)}, off(0, 2), []wear.Interval{off(0, 2), off(5, 9)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := slices.Clone(c.list)
			if got := wear.Paint(c.list, c.over); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if !slices.Equal(c.list, before) {
				t.Errorf("the list became %v", c.list)
			}
		})
	}
}

func layer(on bool, list ...wear.Interval) wear.Layer {
	return wear.Layer{Revision: wear.Revision{On: on, Intervals: list}}
}

func TestCombine(t *testing.T) {
	found := layer(true, wear.Interval{From: 10, To: 50})
	drawn := layer(true, wear.Interval{From: 20, To: 30, Worn: true}, wear.Interval{From: 60, To: 70})
	got := wear.Combine([]wear.Layer{drawn, found}, wear.DefaultValidDay())
	if want := []wear.Interval{{From: 10, To: 20}, {From: 30, To: 50}, {From: 60, To: 70}}; !slices.Equal(got.NotWorn, want) {
		t.Errorf("got %v, want %v: what a person declared worn is worn, in any order of the layers", got.NotWorn, want)
	}
	drawn.On = false
	off := wear.Combine([]wear.Layer{drawn, found}, wear.DefaultValidDay())
	if want := found.Intervals; !slices.Equal(off.NotWorn, want) {
		t.Errorf("with a layer off: got %v, want %v", off.NotWorn, want)
	}
	if none := wear.Combine([]wear.Layer{drawn}, wear.DefaultValidDay()); none.Judged() || none.ID != "" {
		t.Errorf("no layer on: got %+v, want the mask of a recording without layers", none)
	}
	removed := found
	removed.Act = wear.Removed
	if none := wear.Combine([]wear.Layer{removed}, wear.DefaultValidDay()); none.Judged() {
		t.Errorf("a removed layer: got %+v", none)
	}
}

// TestCombineIsAsPainting compares many layers with painting them epoch by epoch.
func TestCombineIsAsPainting(t *testing.T) {
	const epochs = 200
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var layers []wear.Layer
		off, worn := make([]bool, epochs), make([]bool, epochs)
		for range 1 + random.IntN(4) {
			var list []wear.Interval
			for range random.IntN(6) {
				from := random.IntN(epochs - 1)
				i := wear.Interval{From: from, To: from + 1 + random.IntN(epochs-from-1), Worn: random.IntN(3) == 0}
				list = wear.Paint(list, i)
			}
			for _, i := range list {
				for k := i.From; k < i.To; k++ {
					off[k], worn[k] = off[k] || !i.Worn, worn[k] || i.Worn
				}
			}
			layers = append(layers, layer(true, list...))
		}
		got := make([]bool, epochs)
		end := -1
		for _, i := range wear.Combine(layers, wear.ValidDay{}).NotWorn {
			if i.From <= end || i.To <= i.From || i.Worn {
				t.Fatalf("got %v of %v: want intervals apart and in order", i, layers)
			}
			end = i.To
			for k := i.From; k < i.To; k++ {
				got[k] = true
			}
		}
		for k := range got {
			if want := off[k] && !worn[k]; got[k] != want {
				t.Fatalf("epoch %d of %v: got %v, want %v", k, layers, got[k], want)
			}
		}
	}
}

// TestMaskID wants a new id for every change that changes data, and the same for
// the same mask.
func TestMaskID(t *testing.T) {
	base := wear.Combine([]wear.Layer{layer(true, wear.Interval{From: 10, To: 50})}, wear.ValidDay{Hours: 10}).ID
	same := wear.Combine([]wear.Layer{layer(true, wear.Interval{From: 30, To: 50}), layer(true, wear.Interval{From: 10, To: 31})}, wear.ValidDay{Hours: 10}).ID
	if base != same {
		t.Errorf("the same mask of other layers: got %s, want %s", same, base)
	}
	for name, m := range map[string]wear.Mask{
		"another end":  wear.Combine([]wear.Layer{layer(true, wear.Interval{From: 10, To: 51})}, wear.ValidDay{Hours: 10}),
		"another rule": wear.Combine([]wear.Layer{layer(true, wear.Interval{From: 10, To: 50})}, wear.ValidDay{Hours: 16}),
		"an empty one": wear.Combine([]wear.Layer{layer(true)}, wear.ValidDay{Hours: 10}),
	} {
		if m.ID == base || len(m.ID) != 32 {
			t.Errorf("%s: got id %q, want another of 32 digits", name, m.ID)
		}
	}
}

// TestApply wants three whole days, of which the second is worn for 9 h 59 min.
func TestApply(t *testing.T) {
	r := counts(5, 3*1440)
	r.Channels[actigraphy.ChannelLight] = repeated(8, 3*1440)
	r.Activity[7] = nan
	m := wear.Combine([]wear.Layer{layer(true, wear.Interval{From: 100, To: 200}, wear.Interval{From: 1440, To: 1440 + 841}, wear.Interval{From: 5000, To: 6000})}, wear.DefaultValidDay())
	got := m.Apply(r)
	missing := func(from, to int) int {
		n := 0
		for _, v := range got.Activity[from:to] {
			if math.IsNaN(v) {
				n++
			}
		}
		return n
	}
	for day, want := range []int{101, 1440, 0} {
		if n := missing(day*1440, (day+1)*1440); n != want {
			t.Errorf("day %d: got %d minutes missing, want %d", day+1, n, want)
		}
	}
	if n := r.Missing(); n != 1 {
		t.Errorf("the recording itself: got %d minutes missing, want 1", n)
	}
	if got.Channels[actigraphy.ChannelLight][150] != 8 {
		t.Error("light was masked; it was measured")
	}
	s := m.Summarise(r)
	if want := []int{1339, 599, 1440}; !slices.Equal(s.Days, want) || s.Minutes() != 1339+599+1440 || s.Valid(m.Day) != 2 || s.Mask != m.ID {
		t.Errorf("got %+v, want %v worn and 2 valid days", s, want)
	}
	all := wear.Combine([]wear.Layer{layer(true, wear.Interval{From: 1440, To: 1440 + 841})}, wear.ValidDay{})
	if n := all.Apply(r).Missing(); n != 842 {
		t.Errorf("where every day counts: got %d minutes missing, want 842", n)
	}
	if none := wear.Combine(nil, wear.DefaultValidDay()); none.Apply(r) != r || none.Summarise(r).Days != nil {
		t.Error("without layers: want the recording itself, and no wear")
	}
}

// TestDays counts by the wall clock: the day on which the clock goes forward has
// 23 hours.
func TestDays(t *testing.T) {
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	r := counts(5, 3*1440)
	for _, c := range []struct {
		name  string
		start actigraphy.LocalTime
		want  []wear.Day
	}{
		{"a naive start in the evening", actigraphy.Naive(time.Date(2024, 3, 29, 18, 0, 0, 0, time.UTC)), []wear.Day{
			{Date: "2024-03-29", Worn: 6 * time.Hour},
			{Date: "2024-03-30", Worn: 24 * time.Hour},
			{Date: "2024-03-31", Worn: 24 * time.Hour},
			{Date: "2024-04-01", Worn: 18 * time.Hour},
		}},
		{"a zone that goes forward", actigraphy.Zoned(time.Date(2024, 3, 30, 0, 0, 0, 0, zurich)), []wear.Day{
			{Date: "2024-03-30", Worn: 24 * time.Hour},
			{Date: "2024-03-31", Worn: 23 * time.Hour},
			{Date: "2024-04-01", Worn: 24 * time.Hour},
			{Date: "2024-04-02", Worn: time.Hour},
		}},
		{"no date", actigraphy.Undated(time.Sunday, 12*time.Hour), []wear.Day{
			{Date: "Sun", Worn: 12 * time.Hour}, {Date: "Mon", Worn: 24 * time.Hour}, {Date: "Tue", Worn: 24 * time.Hour}, {Date: "Wed", Worn: 12 * time.Hour},
		}},
		{"no time", actigraphy.LocalTime{}, []wear.Day{
			{Date: "day 1", Worn: 24 * time.Hour}, {Date: "day 2", Worn: 24 * time.Hour}, {Date: "day 3", Worn: 24 * time.Hour},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r.Start = c.start
			got := wear.Combine(nil, wear.DefaultValidDay()).Days(r)
			if len(got) != len(c.want) {
				t.Fatalf("got %v, want %v", got, c.want)
			}
			for i, d := range got {
				if d.Date != c.want[i].Date || d.Worn != c.want[i].Worn || d.Recorded != d.Worn {
					t.Errorf("got %v, want %v", d, c.want[i])
				}
			}
		})
	}
}

func TestIntervalJSON(t *testing.T) {
	list := []wear.Interval{{From: 1, To: 5}, {From: 5, To: 9, Worn: true}}
	text, err := json.Marshal(list)
	if want := `[[1,5],[5,9,"worn"]]`; err != nil || string(text) != want {
		t.Fatalf("got %s, %v, want %s", text, err, want)
	}
	var back []wear.Interval
	if err := json.Unmarshal(text, &back); err != nil || !slices.Equal(back, list) {
		t.Errorf("got %v, %v, want %v", back, err, list)
	}
	for _, bad := range []string{`[[5,1]]`, `[[-1,1]]`, `[[1,2,"on"]]`, `[["a",2]]`, `[{}]`, `[[3]]`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s: got %v, want an error", bad, back)
		}
	}
}
