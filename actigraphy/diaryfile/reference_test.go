package diaryfile_test

import (
	"path/filepath"
	"testing"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/diaryfile"
	"circascope/actigraphy/format"
	"circascope/actigraphy/sheet"
	"circascope/internal/reference"
)

// TestRealDiaries reads the diaries of other programs.
func TestRealDiaries(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy", "files")
	for _, c := range []struct {
		file    string
		entries int
		nights  int
		first   string
		order   format.DateOrder
	}{
		{"pyActigraphy/example_01_sleepdiary.ods", 0, 0, "EXAMPLE_01 nap 1918-01-24T13:00:00 1918-01-24T13:45:00", ""},
		{"pyActigraphy/example_sstlog.csv", 3, 0, "bad_example analysis 1970-01-01T00:00:00 1970-02-01T00:00:00", ""},
		{"pyActigraphy/example_sstlog.ods", 3, 0, "bad_example analysis 1970-01-01T00:00:00 1970-02-01T00:00:00", ""},
		{"LightLogR/205_sleepdiary_all_20230904.csv", 7, 7, "205 night 2023-08-28T22:37:00 2023-08-29T09:37:00", ""},
		{"arctools/BatchSleepExportDetails_2020-05-01_14-00-46.csv", 0, 0, "ID_1 night 2018-07-13T21:18:00 2018-07-14T04:50:00", ""},
	} {
		in, err := format.Open(filepath.Join(dir, c.file))
		if err != nil {
			t.Fatal(err)
		}
		table, err := sheet.Reader{}.Read(t.Context(), in)
		if err != nil {
			t.Error(err)
			continue
		}
		d, err := diaryfile.Read(in, table, c.order)
		if err != nil {
			t.Error(err)
			continue
		}
		nights := 0
		for _, e := range d.Entries {
			if e.Kind == diary.Night {
				nights++
			}
		}
		e := d.Entries[0]
		got := e.Subject + " " + string(e.Kind) + " " + e.From.String() + " " + e.To.String()
		t.Logf("%s: %d entries, %d nights; %v", c.file, len(d.Entries), nights, d.Notes)
		if got != c.first || c.entries > 0 && (len(d.Entries) != c.entries || nights != c.nights) {
			t.Errorf("%s: got %d entries, %d nights, the first %q; want %d, %d, %q", c.file, len(d.Entries), nights, got, c.entries, c.nights, c.first)
		}
	}
}
