package wear_test

import (
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
)

const maskFile = "Mask,Start_time,Stop_time,Remarks\r\nshower,2024-03-04 01:00:00,2024-03-04 01:09:00,\"in, out\"\r\n,2024-03-05T00:00:30,2024-03-05T00:02:00\r\n"

// readMask reads the rows of a CSV.
func readMask(tb testing.TB, text string) ([]wear.FileMask, error) {
	tb.Helper()
	c := csv.NewReader(strings.NewReader(text))
	c.FieldsPerRecord, c.LazyQuotes = -1, true
	var rows []wear.MaskRow
	for {
		cells, err := c.Read()
		if err != nil {
			break
		}
		line, _ := c.FieldPos(0)
		rows = append(rows, wear.MaskRow{Line: line, Cells: cells})
	}
	return wear.ReadMask(rows, "m.csv")
}

func TestMaskFile(t *testing.T) {
	r := counts(5, 2*1440)
	rows, err := readMask(t, maskFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[0].Name != "shower" || rows[0].Remarks != "in, out" || rows[1].Line != 3 {
		t.Errorf("got %+v", rows)
	}
	got, err := wear.Place(rows, r, "m.csv")
	if err != nil {
		t.Fatal(err)
	}
	if want := []wear.Interval{{From: 60, To: 70}, {From: 1441, To: 1443}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v: both ends belong to a mask", got, want)
	}
	var text strings.Builder
	if err := wear.WriteMaskFile(&text, got, r, "by hand"); err != nil {
		t.Fatal(err)
	}
	want := "Mask,Start_time,Stop_time,Remarks\n" +
		"mask_01,2024-03-04 01:00:00,2024-03-04 01:09:00,by hand\nmask_02,2024-03-05 00:01:00,2024-03-05 00:02:00,by hand\n"
	if text.String() != want {
		t.Errorf("got\n%swant\n%s", text.String(), want)
	}
	again, err := readMask(t, text.String())
	if err != nil {
		t.Fatal(err)
	}
	if back, err := wear.Place(again, r, "m.csv"); err != nil || !slices.Equal(back, got) {
		t.Errorf("read again: got %v, %v, want %v", back, err, got)
	}
}

func TestBadMaskFile(t *testing.T) {
	const head = "Mask,Start_time,Stop_time,Remarks\n"
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "m.csv: expected a line of column names, found an empty table"},
		{"other columns", "from,to\n", "line 1: expected the columns Start_time and Stop_time"},
		{"day first", head + "a,04/03/2024 01:00,04/03/2024 02:00,\n", "line 2: expected a time as 2006-01-31 23:59:00"},
		{"no stop", head + "a,2024-03-04 01:00:00\n", `line 2: expected a time as 2006-01-31 23:59:00, found ""`},
		{"backwards", head + "a,2024-03-04 01:00:00,2024-03-04 00:00:00,\n", "line 2: expected a stop at or after the start"},
		{"another recording", head + "a,2034-03-04 01:00:00,2034-03-04 02:00:00,\n", "line 2: expected a time within the recording of P1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, err := readMask(t, c.text)
			if err == nil {
				_, err = wear.Place(rows, counts(5, 1440), "m.csv")
			}
			var fault *actigraphy.FileError
			if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want a FileError with %q", err, c.want)
			}
		})
	}
}

func TestMaskFileNeedsDates(t *testing.T) {
	r := counts(5, 1440)
	r.Start = actigraphy.Undated(time.Monday, 0)
	if _, err := wear.Place(nil, r, "m.csv"); err == nil || !strings.Contains(err.Error(), "to have dates") {
		t.Errorf("got %v, want a refusal", err)
	}
	if err := wear.WriteMaskFile(&strings.Builder{}, nil, r, ""); err == nil || !strings.Contains(err.Error(), "has no dates") {
		t.Errorf("got %v, want a refusal", err)
	}
}

func FuzzReadMask(f *testing.F) {
	f.Add(maskFile)
	f.Add("Start_time,Stop_time\n2024-03-04 01:00,2024-03-04 01:00\n")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := readMask(t, text)
		if err != nil {
			return
		}
		r := counts(5, 1440)
		list, err := wear.Place(rows, r, "m.csv")
		if err != nil {
			return
		}
		at := 0
		for _, i := range list {
			if i.From < at || i.To <= i.From || i.To > len(r.Activity) {
				t.Fatalf("got %v: want intervals in order within the recording", list)
			}
			at = i.To
		}
	})
}
