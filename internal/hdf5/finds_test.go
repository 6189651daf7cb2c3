package hdf5_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// finds are mutants that this reader once accepted and h5py can't read, or reads
// otherwise.
var finds = map[string]string{
	"free_space_index.h5":  "an index of free space",
	"time_of_change.h5":    "its time of change can't be read",
	"huge_next.h5":         "huge names or attributes",
	"huge_tree.h5":         "huge names or attributes",
	"shareable_nothing.h5": "a message of kind 0x0 can't be shared",
	"gap.h5":               "it has free messages, and a gap beside them",
	"character_version.h5": "its version 0 is unknown",
	"array_reach.h5":       "of its 70 chunks were never written",
	"heap_size.h5":         "bytes at 223 is impossible",
	"link_kind.h5":         "its kind 8 is unknown",
	"link_target.h5":       "it leads nowhere",
	"text_properties.h5":   "its text has the unknown properties",
}

func TestFindsAreRefused(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "finds", "*.h5"))
	if err != nil || len(files) != len(finds) {
		t.Fatalf("%d files, want %d: %v", len(files), len(finds), err)
	}
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := read(content, limits)
		said := got.Refused
		for _, d := range got.Datasets {
			said += d.Refused
		}
		if want := finds[filepath.Base(path)]; want == "" || !strings.Contains(said, want) {
			t.Errorf("%s: got %q, want it refused with %q", path, said, want)
		}
	}
}
