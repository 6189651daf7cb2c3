package diaryfile_test

import (
	"errors"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/diaryfile"
	"circascope/actigraphy/format"
	"circascope/actigraphy/sheet"
)

func read(t *testing.T, content string, order format.DateOrder) (diaryfile.Diary, error) {
	t.Helper()
	in, err := format.NewInput("diary.csv", []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	table, err := sheet.Reader{}.Read(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return diaryfile.Read(in, table, order)
}

func words(list []diary.Entry) string {
	var b strings.Builder
	for _, e := range list {
		b.WriteString(strings.Join([]string{e.Subject, string(e.Kind), e.From.String(), e.To.String(), e.Asleep.String(), e.Awake.String(), e.Note}, "|") + "\n")
	}
	return b.String()
}

func TestLayouts(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"our own": {
			"participant,kind,bed,rise,lights off,wake,note\nP1,night,2026-03-01 22:30,2026-03-02 07:00,2026-03-01 23:00,2026-03-02 06:45,fine\nP1,nap,2026-03-02 13:00,2026-03-02 13:30,,,\n",
			"P1|night|2026-03-01T22:30:00|2026-03-02T07:00:00|2026-03-01T23:00:00|2026-03-02T06:45:00|fine\nP1|nap|2026-03-02T13:00:00|2026-03-02T13:30:00|||\n",
		},
		"dates apart": {
			"Subject Name,In Bed Date,In Bed Time,Out Bed Date,Out Bed Time\nA,3/13/2026,10:30 PM,3/14/2026,7:00 AM\n",
			"A|night|2026-03-13T22:30:00|2026-03-14T07:00:00|||\n",
		},
		"SST log": {
			"Subject_id,Start_time,Stop_time,Remarks\nA,2026-03-01 08:00:00,2026-03-09 08:00:00,\n",
			"A|analysis|2026-03-01T08:00:00|2026-03-09T08:00:00|||\n",
		},
		"pyActigraphy's": {
			"SUBJECT ID,A,\nTYPE,START,END\nNOWEAR,2026-03-01 08:00:00,2026-03-01 09:00:00\nNIGHT,2026-03-01 23:00:00,2026-03-02 07:00:00\n",
			"A|not worn|2026-03-01T08:00:00|2026-03-01T09:00:00|||\nA|night|2026-03-01T23:00:00|2026-03-02T07:00:00|||\n",
		},
		"forms left empty": {
			"record_id;bedtime;sleep;offset;out_ofbed\n205;;;;\n205;28.08.2023 22:37;28.08.2023 23:20;29.08.2023 09:30;29.08.2023 09:37\n",
			"205|night|2023-08-28T22:37:00|2023-08-29T09:37:00|2023-08-28T23:20:00|2023-08-29T09:30:00|\n",
		},
		"words where times may stand": {
			"participant,bed,rise,sleep\nA,2026-03-01 22:30,2026-03-02 07:00,7 h\n",
			"A|night|2026-03-01T22:30:00|2026-03-02T07:00:00|||\n",
		},
	} {
		d, err := read(t, c.content, "")
		if err != nil || words(d.Entries) != c.want {
			t.Errorf("%s: got %q, %v, want %q", name, words(d.Entries), err, c.want)
		}
	}
}

func TestBadDiaries(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"no names":          {"1,2,3\n4,5,6\n", "line 1: expected a line of column names"},
		"no participant":    {"bed,rise\n2026-03-01 22:30,2026-03-02 07:00\n", "line 2: expected a participant"},
		"half an entry":     {"id,bed,rise\nA,2026-03-01 22:30,\n", "line 2: expected a beginning and an end"},
		"end before":        {"id,bed,rise\nA,2026-03-02 22:30,2026-03-02 07:00\n", "line 2: expected an end after the beginning"},
		"a wrong date":      {"id,bed,rise\nA,2026-03-02 22:30,2026-03-12 07:00\n", "at most 24 h"},
		"no time":           {"id,bed,rise\nA,late,2026-03-02 07:00\n", `found "late"`},
		"unknown kind":      {"id,kind,bed,rise\nA,party,2026-03-01 22:30,2026-03-02 07:00\n", `found "party"`},
		"kinds untold":      {"id,start,end\nA,2026-03-01 22:30,2026-03-02 07:00\n", "tells nights from naps"},
		"a mask":            {"Mask,Start_time,Stop_time\nm,2026-03-01 22:30:00,2026-03-02 07:00:00\n", "found a mask file"},
		"nothing":           {"id,bed,rise\n", "at least one entry"},
		"31 in both":        {"id,bed,rise\nA,31/01/2026 22:30,01/31/2026 07:00\n", "dates in one order"},
		"a date that isn't": {"id,bed,rise\nA,2026-02-30 22:30,2026-03-02 07:00\n", "2026-02-30"},
	} {
		_, err := read(t, c.content, "")
		var at *actigraphy.FileError
		if !errors.As(err, &at) || !strings.Contains(err.Error(), c.want) || at.Advice == "" {
			t.Errorf("%s: got %v, want a FileError with %q and advice", name, err, c.want)
		}
	}
}

func TestDatesThatCanBeReadTwoWaysAreAskedAbout(t *testing.T) {
	const content = "id,bed,rise\nA,03/02/2026 22:30,04/02/2026 07:00\n"
	if _, err := read(t, content, ""); !errors.Is(err, actigraphy.ErrDateOrder) {
		t.Errorf("got %v, want ErrDateOrder", err)
	}
	d, err := read(t, content, format.DayMonthYear)
	if err != nil || d.Entries[0].From.String() != "2026-02-03T22:30:00" {
		t.Errorf("day first: got %q, %v", words(d.Entries), err)
	}
}

// TestOwnTable reads what Header and Row write.
func TestOwnTable(t *testing.T) {
	const content = "participant,kind,bed,rise,lights off,note\nA,night,2026-03-01 22:30,2026-03-02 07:00,2026-03-01 23:00,\"a, b\"\nB,not worn,2026-03-01 12:00,2026-03-01 13:00,,\n"
	first, err := read(t, content, "")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(strings.Join(diary.Header(), ";") + "\n")
	for _, e := range first.Entries {
		b.WriteString(strings.Join(e.Row(), ";") + "\n")
	}
	again, err := read(t, b.String(), "")
	if err != nil || words(again.Entries) != words(first.Entries) {
		t.Errorf("got %q, %v, want %q", words(again.Entries), err, words(first.Entries))
	}
}

func TestNightsAreNamedByTheirEvening(t *testing.T) {
	for from, want := range map[string]string{
		"2026-03-01T22:30:00": "2026-03-01", "2026-03-02T01:30:00": "2026-03-01", "2026-03-02T11:59:00": "2026-03-01", "2026-03-02T12:00:00": "2026-03-02",
	} {
		at, err := actigraphy.ParseLocalTime(from)
		if err != nil {
			t.Fatal(err)
		}
		if got := (diary.Entry{From: at}).Evening(); got != want {
			t.Errorf("%s: got %s, want %s", from, got, want)
		}
	}
}
