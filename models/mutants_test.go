package models_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/models"
)

// TestMutants holds Load against h5py on mutated weights files, which
// `scripts/hdf5.sh pipeline` makes: whatever is accepted has the digest of what
// h5py reads of the same mutant, and what h5py can't read is refused.
func TestMutants(t *testing.T) {
	folder := os.Getenv("CIRCASCOPE_MUTANTS")
	if folder == "" {
		t.Skip("CIRCASCOPE_MUTANTS names no folder: `scripts/hdf5.sh pipeline FILE...` makes one")
	}
	table, err := os.ReadFile(filepath.Join(folder, "expected.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	accepted, refused, slowest := 0, 0, time.Duration(0)
	for line := range strings.Lines(string(table)) {
		name, want, _ := strings.Cut(strings.TrimSpace(line), "\t")
		start := time.Now()
		w, _, err := models.Load(context.Background(), filepath.Join(folder, name), reader(t))
		slowest = max(slowest, time.Since(start))
		var reason *models.RefusedError
		switch {
		case errors.As(err, &reason):
			refused++
		case err != nil:
			t.Errorf("%s: %v, which is no refusal", name, err)
		case digest(w) != want:
			t.Errorf("%s has digest %s, h5py reads %s", name, digest(w), want)
		default:
			accepted++
		}
	}
	t.Logf("%d accepted, equal to h5py; %d refused; slowest %v", accepted, refused, slowest)
}
