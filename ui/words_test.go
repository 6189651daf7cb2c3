package ui

import (
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/app"
	"circascope/plots"
)

func TestWords(t *testing.T) {
	tests := []struct{ got, want string }{
		{count(1, "week"), "1 week"},
		{count(0, "week"), "0 weeks"},
		{count(2, "person"), "2 people"},
		{count(3, "day"), "3 days"},
		{length(10080, time.Minute), "7 d"},
		{length(329, time.Minute), "5 h 29 min"},
		{length(10140, time.Minute), "7 d 1 h"},
		{length(2879, 30*time.Second), "1 d"},
		{share(0, 100), "0 %"},
		{share(1, 100000), "<0.1 %"},
		{share(1, 8), "12.5 %"},
		{seconds(0.0123), "12.3 ms"},
		{seconds(1.234), "1.23 s"},
		{seconds(0), "-"},
		{duration(8149 * time.Millisecond), "8.1 s"},
		{duration(95 * time.Second), "1 min 35 s"},
		{duration(2*time.Hour + 5*time.Minute), "2 h 5 min"},
		{moment("2026-11-24T07:32:42Z"), "2026-11-24 07:32:42 UTC"},
		{sentence("monday"), "Monday"},
		{sentence(""), ""},
		{remaining(1400 * time.Millisecond), "about 1 s left"},
		{remaining(95 * time.Second), "about 1 min 35 s left"},
		{plots.TimeOfDay(7.583), "07:35"},
		{plots.TimeOfDay(23.999), "00:00"},
		{weekFrom("Sun 00:00:00"), "Sun 00:00"},
		{weekFrom("2006-01-02T00:00:00+02:00"), "2006-01-02 00:00"},
		{bytesOf(274720 * 4), "1.1 MB"},
		{thousands(1984192), "1 984 192"},
		{thousands(96), "96"},
		{dotted("a", "", "b"), "a  ·  b"},
		{app.FileName(`a/b:c`), "a-b-c"},
		{quoted("/home/x/a b.db"), "'/home/x/a b.db'"},
		{quoted("it's"), `'it'\''s'`},
		{quoted("plain"), "plain"},
		{startOf(actigraphy.LocalTime{}), "unknown"},
		{startOf(actigraphy.Undated(time.Saturday, 0)), "Sat 00:00"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestStudyKeepsWhatIsStillThere(t *testing.T) {
	rows := func(ids ...string) []app.Row {
		list := make([]app.Row, len(ids))
		for i, id := range ids {
			list[i].Info = actigraphy.Info{ID: id, Subject: "of " + id}
		}
		return list
	}
	s := newStudy()
	s.set(rows("a", "b", "c"), app.Study{})
	s.choose("b")
	s.mark([]string{"a", "b"})
	s.set(rows("a", "c"), app.Study{})
	if s.chosen != "a" {
		t.Errorf("chosen is %q, want the first row after the chosen one went", s.chosen)
	}
	if got := s.markedIDs(); len(got) != 1 || got[0] != "a" {
		t.Errorf("marked are %v, want [a]", got)
	}
	s.step(5)
	if s.chosen != "c" {
		t.Errorf("a step beyond the end leads to %q, want the last, c", s.chosen)
	}
}

func TestAnOutcomeNamesItsFileOnce(t *testing.T) {
	o := actigraphy.Outcome{Path: "/data/a.csv", Status: actigraphy.Refused, Error: "/data/a.csv:3: no number"}
	if got, want := withoutPath(o), "3: no number"; got != want {
		t.Errorf("beside the file's name stands %q, want %q", got, want)
	}
	o.Error = "/data/a.csv: no header"
	if got, want := withoutPath(o), "no header"; got != want {
		t.Errorf("beside the file's name stands %q, want %q", got, want)
	}
	if got, want := inFull(o), "/data/a.csv: no header"; got != want {
		t.Errorf("in full it is %q, want %q", got, want)
	}
}
