package main_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

type restList []struct {
	Manual  bool   `json:"manual"`
	Source  string `json:"source"`
	Author  string `json:"author"`
	Reason  string `json:"reason"`
	Periods []struct {
		Kind   string `json:"kind"`
		From   string `json:"from"`
		To     string `json:"to"`
		Edited bool   `json:"edited"`
		By     string `json:"by"`
	} `json:"periods"`
	History []struct {
		Act string `json:"act"`
	} `json:"history"`
}

// TestRest changes the nights of a diary, adds a nap, and takes all of it off.
func TestRest(t *testing.T) {
	d := newDesk(t)
	db := filepath.Join(d.dir, "study.circascope")
	var text strings.Builder
	text.WriteString("time,activity\n")
	start := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for i := range 3 * 1440 {
		fmt.Fprintf(&text, "%s,%d\n", start.Add(time.Duration(i)*time.Minute).Format("2006-01-02 15:04:05"), i%7)
	}
	told := "subject,kind,start,end\nP1,night,2026-11-23 23:00,2026-11-24 07:00\nP1,night,2026-11-24 23:30,2026-11-25 06:30\n"
	for _, args := range [][]string{{"import", "--db", db, d.write("P1.csv", text.String())}, {"diary", "import", "--db", db, d.write("diary.csv", told)}} {
		if got := d.pat(args...); got.status != 0 {
			t.Fatal(got.errOut)
		}
	}
	rest := func(args ...string) restList {
		t.Helper()
		var list restList
		got := d.pat(append([]string{"rest", "--json", "--db", db}, args...)...)
		if err := json.Unmarshal([]byte(got.out), &list); err != nil || len(list) != 1 {
			t.Fatalf("got %d recordings, %v, want one: %s", len(list), err, got.errOut)
		}
		return list
	}
	if l := rest("list")[0]; l.Manual || l.Source != "diary" || len(l.Periods) != 2 || !strings.HasPrefix(l.Periods[0].From, "2026-11-23T23:00") {
		t.Fatalf("got %+v, want the diary's nights", l)
	}
	l := rest("set", "P1", "1", "--to", "07:45", "--author", "Ada", "--reason", "light")[0]
	if !l.Manual || l.Source != "diary" || l.Author != "Ada" || l.Reason != "light" || !strings.HasPrefix(l.Periods[0].To, "2026-11-24T07:45") || !l.Periods[0].Edited || l.Periods[1].Edited {
		t.Errorf("got %+v, want the first night longer", l)
	}
	l = rest("set", "P1", "new", "--from", "2026-11-25 13:00", "--to", "14:00", "--kind", "nap")[0]
	if len(l.Periods) != 3 || l.Periods[2].Kind != "nap" || l.Periods[2].By != "" || !strings.HasPrefix(l.Periods[2].To, "2026-11-25T14:00") {
		t.Errorf("got %+v, want a nap in the third place", l)
	}
	if l = rest("remove", "P1", "2")[0]; len(l.Periods) != 2 {
		t.Errorf("got %+v, want the second night gone", l)
	}
	if got := d.pat("metrics", "--db", db, "--long"); got.status != 0 || !strings.Contains(got.out, "rest=manual, from diary") {
		t.Errorf("the measures do not say where their rest periods are from: %.300s", got.out)
	}
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"set", "P1", "1", "--to", "2026-11-25 13:30"}, "overlap"},
		{[]string{"set", "P1", "1", "--from", "2026-11-24 08:00"}, "end before it begins"},
		{[]string{"set", "P1", "1", "--from", "2026-11-23 11:00"}, "before the recording"},
		{[]string{"set", "P1", "1", "--from", "late"}, "is no time"},
		{[]string{"set", "P1", "9", "--kind", "nap"}, "from 1 to 2"},
		{[]string{"set", "P1", "1"}, "say what to change"},
	} {
		if got := d.pat(append([]string{"rest", "--db", db}, tt.args...)...); got.status == 0 || !strings.Contains(got.errOut, tt.want) {
			t.Errorf("%v: got %d %q, want an error with %q", tt.args, got.status, got.errOut, tt.want)
		}
	}
	if l = rest("reset", "P1")[0]; l.Manual || len(l.Periods) != 2 || l.Periods[1].Edited {
		t.Errorf("got %+v, want the diary's nights back", l)
	}
	if l = rest("restore", "P1", "2", "--author", "Bob")[0]; !l.Manual || len(l.Periods) != 3 || l.Author != "Bob" || !strings.HasPrefix(l.Reason, "as they were at ") {
		t.Errorf("got %+v, want the three periods of the second change", l)
	}
	if got := d.pat("rest", "--db", db, "restore", "P1", "6"); got.status == 0 || !strings.Contains(got.errOut, "there are 5") {
		t.Errorf("a state that never was: got %d %q", got.status, got.errOut)
	}
	var acts []string
	for _, h := range rest("list", "--history")[0].History {
		acts = append(acts, h.Act)
	}
	if got, want := strings.Join(acts, " > "), "created > edited > edited > removed > created"; got != want {
		t.Errorf("the history is %q, want %q", got, want)
	}
}
