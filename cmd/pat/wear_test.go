package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// wearList is what the tests look at in 'pat wear list --json'.
type wearList []struct {
	Subject string `json:"subject"`
	Mask    string `json:"mask"`
	Worn    *int   `json:"worn_minutes"`
	Valid   *int   `json:"valid_days"`
	Days    []struct {
		Date  string `json:"date"`
		Worn  int    `json:"worn_minutes"`
		Valid bool   `json:"valid"`
	} `json:"days"`
	Layers []struct {
		ID        int64   `json:"id"`
		Name      string  `json:"name"`
		On        bool    `json:"on"`
		Author    string  `json:"author"`
		Reason    string  `json:"reason"`
		Intervals [][]int `json:"intervals"`
	} `json:"layers"`
	History []struct {
		Act string `json:"act"`
	} `json:"history"`
}

// TestWear goes through the commands with two days, of which the second has 15
// hours of zeros.
func TestWear(t *testing.T) {
	d := newDesk(t)
	db := filepath.Join(d.dir, "study.circascope")
	var text strings.Builder
	text.WriteString("time,activity\n")
	start := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	for i := range 2 * 1440 {
		v := 12
		if i >= 1440+300 && i < 1440+1200 {
			v = 0
		}
		fmt.Fprintf(&text, "%s,%d\n", start.Add(time.Duration(i)*time.Minute).Format("2006-01-02 15:04:05"), v)
	}
	file := d.write("P1.csv", text.String())
	if got := d.pat("import", "--db", db, file); got.status != 0 {
		t.Fatal(got.errOut)
	}
	var found struct {
		Found []struct {
			Periods, Minutes int
			Already          bool
		}
	}
	d.json(0, &found, "wear", "detect", "--db", db, "--all", "--set", "period=60", "--reason", "protocol", "--author", "Ada")
	if len(found.Found) != 1 || found.Found[0].Periods != 1 || found.Found[0].Minutes != 900 {
		t.Fatalf("got %+v, want one period of 900 minutes", found)
	}
	var list wearList
	d.json(0, &list, "wear", "list", "--db", db)
	l := list[0]
	if l.Mask == "" || l.Worn == nil || *l.Worn != 1980 || *l.Valid != 1 || l.Days[1].Worn != 540 || l.Days[1].Valid || l.Days[1].Date != "2026-11-25" {
		t.Errorf("got %+v, want a second day worn for 540 minutes, not valid", l)
	}
	if layer := l.Layers[0]; layer.Name != "Choi 2011" || !layer.On || layer.Author != "Ada" || layer.Reason != "protocol" || fmt.Sprint(layer.Intervals) != "[[1740 2640]]" {
		t.Errorf("got %+v", layer)
	}
	var rule struct {
		Hours float64 `json:"valid_day_hours"`
	}
	d.json(0, &rule, "wear", "valid-day", "--db", db, "9")
	var recordings []struct {
		Worn  *int   `json:"worn_minutes"`
		Valid *int   `json:"valid_days"`
		Mask  string `json:"mask"`
	}
	d.json(0, &recordings, "list", "--db", db)
	if r := recordings[0]; rule.Hours != 9 || r.Valid == nil || *r.Valid != 2 || r.Mask == l.Mask {
		t.Errorf("by %v hours: got %+v, want 2 valid days and another mask", rule, r)
	}

	out := filepath.Join(d.dir, "mask.csv")
	var files []string
	d.json(0, &files, "wear", "export", "--db", db, "--out", out, "P1")
	text.Reset()
	written, err := os.ReadFile(out)
	if err != nil || len(files) != 2 || !strings.Contains(string(written), "mask_01,2026-11-25 05:00:00,2026-11-25 19:59:00,") {
		t.Errorf("got %s, %v, want the mask that pyActigraphy reads", written, err)
	}
	d.json(0, &list, "wear", "import", "--db", db, "P1", out)
	if len(list[0].Layers) != 2 || fmt.Sprint(list[0].Layers[1].Intervals) != "[[1740 2640]]" {
		t.Errorf("read again: got %+v", list[0].Layers)
	}
	d.json(0, &list, "wear", "switch", "--db", db, "P1", "1", "off")
	d.json(0, &list, "wear", "remove", "--db", db, "P1", "2", "--reason", "twice")
	if l := list[0]; len(l.Layers) != 1 || l.Layers[0].On || l.Mask != "" || l.Worn != nil {
		t.Errorf("got %+v, want one layer, off, and no wear", l)
	}
	d.json(0, &list, "wear", "list", "--db", db, "--history")
	var acts []string
	for _, h := range list[0].History {
		acts = append(acts, h.Act)
	}
	if want := []string{"created", "created", "switched", "removed"}; !slices.Equal(acts, want) {
		t.Errorf("got the history %v, want %v", acts, want)
	}
	if got := d.pat("wear", "list", "--db", db); got.status != 0 || !strings.Contains(got.out, "Choi 2011") {
		t.Errorf("in words: got %d, %s%s", got.status, got.out, got.errOut)
	}
	var cold struct{ Found []struct{ Error string } }
	d.json(1, &cold, "wear", "detect", "--db", db, "--all", "--method", "temperature")
	if !strings.Contains(cold.Found[0].Error, "no temperature channel") {
		t.Errorf("got %+v, want why not", cold)
	}
}

func TestWearUsage(t *testing.T) {
	d := newDesk(t)
	for _, args := range [][]string{
		{"wear"},
		{"wear", "guess"},
		{"wear", "detect"},
		{"wear", "detect", "--all", "--method", "guess"},
		{"wear", "detect", "--all", "--set", "period"},
		{"wear", "detect", "--all", "--set", "x=1"},
		{"wear", "switch", "P1", "1"},
		{"wear", "switch", "P1", "1", "maybe"},
		{"wear", "remove", "P1", "one"},
		{"wear", "export", "P1"},
		{"wear", "valid-day", "9", "10"},
	} {
		if got := d.pat(args...); got.status != 2 || got.errOut == "" {
			t.Errorf("%v: got %d, %s, want 2 and why", args, got.status, got.errOut)
		}
	}
	if got := d.pat("wear", "methods"); got.status != 0 || !strings.Contains(got.out, "10.1249/MSS.0b013e3181ed61a3") {
		t.Errorf("methods: got %d, %s", got.status, got.out)
	}
}
