package models_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// hostile lists files of PAT-S's shape that h5py made (scripts/hdf5.sh corpus), with
// what the refusal must say.
var hostile = map[string]string{
	"bomb.h5":             "dense/kernel: the HDF5 structure is damaged (chunk, byte ",
	"bomb_of_chunks.h5":   "dense/kernel: its chunks have the shape [8192 8192], more numbers than any weights have",
	"external_link.h5":    "dense/kernel: it is a link to another file, which is not followed",
	"soft_link.h5":        "dense/kernel: it is a soft link, which is not followed",
	"external_storage.h5": "dense/kernel: its numbers are in another file (external storage)",
	"virtual.h5":          "dense/kernel: it is put together from other datasets (a virtual dataset)",
	"cycle.h5":            "/dense/dense/again leads back to a group above it",
	"absurd_shape.h5":     "dense/kernel: it claims a side of length 1099511627776",
	"absurd_product.h5":   "dense/kernel: it claims the shape [1048576 1048576], more numbers than any weights have",
	"other_filter.h5":     "dense/kernel: it is packed with the filter lzf",
	"never_written.h5":    "dense/kernel: its numbers were never written",
}

func TestHostileFilesAreRefused(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "hostile", "*.h5"))
	if err != nil || len(files) != len(hostile) {
		t.Fatalf("%d files, want %d: %v", len(files), len(hostile), err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			refusedWith(t, path, hostile[filepath.Base(path)])
		})
	}
}

// TestUserBlockIsSkipped puts a user block before a weights file, as h5jam does.
func TestUserBlockIsSkipped(t *testing.T) {
	content, err := os.ReadFile(pat(t, "weights/PAT-S_weights.h5"))
	if err != nil {
		t.Fatal(err)
	}
	const block = 1024
	for _, at := range []int{24, 40} { // base address and end of file of superblock 0
		binary.LittleEndian.PutUint64(content[at:], binary.LittleEndian.Uint64(content[at:])+block)
	}
	path := filepath.Join(t.TempDir(), "block.h5")
	write(t, path, append(make([]byte, block), content...))
	if w, _ := load(t, path); digest(w) != digestS {
		t.Errorf("its values have digest %s, want %s", digest(w), digestS)
	}
}
