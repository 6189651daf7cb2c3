package store_test

import (
	"errors"
	"strings"
	"testing"

	"circascope/inference"
	"circascope/store"
)

func TestDamageIsNamedAndNeverRead(t *testing.T) {
	tests := []struct {
		name, sql string
		words     []string
	}{
		{
			"a byte of a day", `UPDATE samples SET data = CAST(substr(data, 1, 20) || x'00' || substr(data, 22) AS BLOB) WHERE day = 3 AND channel = ''`,
			[]string{"activity", "day 4 (2020-02-06)", "CRC-32"},
		},
		{
			"a day cut short", `UPDATE samples SET data = substr(data, 1, 50) WHERE day = 1 AND channel = 'light'`,
			[]string{"channel light", "day 2 (2020-02-04)"},
		},
		{
			"another day's blob", `UPDATE samples SET (epochs, encoding, decimals, crc32, data) =
			(SELECT epochs, encoding, decimals, crc32, data FROM samples WHERE day = 2 AND channel = '') WHERE day = 0 AND channel = ''`,
			[]string{"activity", "day 2"},
		},
		{"a wrong count", `UPDATE samples SET epochs = 1439 WHERE day = 2 AND channel = ''`, []string{"day 3", "1439 epochs"}},
		{"the last day gone", `DELETE FROM samples WHERE day = 7 AND channel = ''`, []string{"activity has 9510 epochs, expected 10080"}},
		{"a channel gone", `DELETE FROM samples WHERE channel = 'light'`, []string{"channel light has 0 epochs"}},
		{
			"a channel too many", `INSERT INTO samples SELECT recording, 'x', day, first, epochs, encoding, decimals, crc32, data FROM samples WHERE channel = ''`,
			[]string{"does not list"},
		},
		{"a day from nowhere", `UPDATE recordings SET epochs = 9000`, []string{"10080 epochs, expected 9000"}},
	}
	for _, tt := range tests {
		path := closedLibrary(t, options())
		execute(t, path, tt.sql)
		o := options()
		o.ReadOnly = true
		db, err := store.Open(t.Context(), path, o)
		if err != nil {
			t.Fatal(err)
		}
		id := week("SUBJECT-A", 1).ID()
		r, err := db.Recording(t.Context(), id)
		if r != nil || !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: got %v, %v, want ErrDamaged and no recording", tt.name, r != nil, err)
			continue
		}
		for _, w := range append(tt.words, id, "SUBJECT-A") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q does not say %q", tt.name, err, w)
			}
		}
		if err := db.Check(t.Context()); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: the check found %v", tt.name, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestDamagedResultIsNamed(t *testing.T) {
	path := closedLibrary(t, options())
	execute(t, path, `UPDATE results SET vector = zeroblob(384)`)
	db, err := store.Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	results, err := db.Results(t.Context(), inference.Query{})
	if results != nil || !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "SUBJECT-A") {
		t.Errorf("got %v, %v, want ErrDamaged naming the participant", results, err)
	}
}
