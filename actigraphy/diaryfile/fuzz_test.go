package diaryfile_test

import (
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/diaryfile"
	"circascope/actigraphy/format"
	"circascope/actigraphy/sheet"
)

// FuzzRead wants of whatever is read as a diary that its entries can be: whole, in
// order, of a participant, and the same again through our own table. What is not
// read has a place and an advice.
func FuzzRead(f *testing.F) {
	for _, order := range []string{"", string(format.DayMonthYear)} {
		for _, text := range []string{
			"participant,kind,bed,rise,lights off,wake,note\nP1,night,2026-03-01 22:30,2026-03-02 07:00,2026-03-01 23:00,2026-03-02 06:45,fine\nP1,nap,2026-03-02 13:00,2026-03-02 13:30,,,\n",
			"Subject Name,In Bed Date,In Bed Time,Out Bed Date,Out Bed Time\nA,3/13/2026,10:30 PM,3/14/2026,7:00 AM\n",
			"Subject_id,Start_time,Stop_time,Remarks\nA,2026-03-01 08:00:00,2026-03-09 08:00:00,\n",
			"SUBJECT ID,A,\nTYPE,START,END\nNOWEAR,2026-03-01 08:00:00,2026-03-01 09:00:00\nNIGHT,2026-03-01 23:00:00,2026-03-02 07:00:00\n",
			"record_id;bedtime;sleep;offset;out_ofbed\n205;;;;\n205;28.08.2023 22:37;28.08.2023 23:20;29.08.2023 09:30;29.08.2023 09:37\n",
			"id,bed,rise\nA,03/02/2026 22:30,04/02/2026 07:00\n",
		} {
			f.Add([]byte(text), order)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte, order string) {
		in, err := format.NewInput("diary.csv", content)
		if err != nil || !format.DateOrder(order).Valid() {
			return
		}
		table, err := sheet.Reader{}.Read(t.Context(), in)
		if err != nil {
			return
		}
		d, err := diaryfile.Read(in, table, format.DateOrder(order))
		if err != nil {
			var at *actigraphy.FileError
			if !errors.As(err, &at) || at.Advice == "" {
				t.Fatalf("got %v, want a FileError with advice", err)
			}
			return
		}
		checkEntries(t, d.Entries)
		again, err := readAgain(t, d.Entries)
		if err != nil || words(again.Entries) != words(d.Entries) {
			t.Fatalf("our own table: got %q, %v, want %q", words(again.Entries), err, words(d.Entries))
		}
	})
}

func checkEntries(t *testing.T, list []diary.Entry) {
	t.Helper()
	sorted := slices.Clone(list)
	if diary.Sort(sorted); len(list) == 0 || words(sorted) != words(list) {
		t.Fatalf("got %q, want entries in order", words(list))
	}
	for _, e := range list {
		sleep := e.Kind == diary.Night || e.Kind == diary.Nap
		if e.Subject == "" || !slices.Contains(diary.Kinds(), e.Kind) || e.To.Sub(e.From) <= 0 || sleep && e.To.Sub(e.From) > 24*time.Hour {
			t.Fatalf("got %+v", e)
		}
		for _, at := range []actigraphy.LocalTime{e.Asleep, e.Awake} {
			if !at.IsZero() && (at.Sub(e.From) < 0 || e.To.Sub(at) < 0) {
				t.Fatalf("%v lies outside %v to %v", at, e.From, e.To)
			}
		}
	}
}

// readAgain reads entries out of our own table.
func readAgain(t *testing.T, list []diary.Entry) (diaryfile.Diary, error) {
	t.Helper()
	var b strings.Builder
	c := csv.NewWriter(&b)
	rows := [][]string{diary.Header()}
	for _, e := range list {
		rows = append(rows, e.Row())
	}
	if err := c.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return read(t, b.String(), "")
}
