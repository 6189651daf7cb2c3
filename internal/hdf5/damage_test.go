package hdf5_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
)

// damage changes the sound file of that name and wants it refused with a sentence,
// as a whole or in one of its datasets.
type damage struct {
	name, file string
	change     func(b []byte)
	want       string
}

// nth returns what stands from the n-th signature on, counted from 0.
func nth(b []byte, signature string, n int) []byte {
	parts := bytes.SplitN(b, []byte(signature), n+2)
	return b[len(b)-len(parts[n+1])-len(signature):]
}

// at returns the address of the n-th signature.
func at(b []byte, signature string, n int) uint64 { return uint64(len(b) - len(nth(b, signature, n))) }

func put(b []byte, v uint64) { binary.LittleEndian.PutUint64(b, v) }

// TestDamage changes single fields whose meaning is known.
func TestDamage(t *testing.T) {
	for _, tc := range []damage{
		{"a tree that is its own child", "many_names.h5", func(b []byte) { put(nth(b, "TREE", 0)[32:], at(b, "TREE", 0)) }, "also belong to another"},
		{"two children that are one", "many_names.h5", func(b []byte) { put(nth(b, "TREE", 0)[48:], binary.LittleEndian.Uint64(nth(b, "TREE", 0)[32:])) }, "B-tree node, byte"},
		{"a tree for chunks where names are", "groups_earliest.h5", func(b []byte) { nth(b, "TREE", 0)[4] = 1 }, "its kind is 1, not 0"},
		{"a node with too many children", "groups_earliest.h5", func(b []byte) { nth(b, "TREE", 0)[6] = 33 }, "at most 32 are possible"},
		{"a leaf that says it is none", "groups_earliest.h5", func(b []byte) { nth(b, "TREE", 0)[5] = 1 }, "B-tree node, byte"},
		{"a symbol table with too many names", "groups_earliest.h5", func(b []byte) { nth(b, "SNOD", 0)[6] = 9 }, "1 to 8 are possible"},
		{"a heap beyond the end", "groups_earliest.h5", func(b []byte) { put(nth(b, "HEAP", 0)[8:], 1<<40) }, "the file ends at byte"},
		{"a heap whose free space is a circle", "many_names.h5", func(b []byte) { circle(b) }, "claims"},
		{"a name that is a path", "groups_earliest.h5", func(b []byte) { nth(b, "kernel:0\x00", 0)[2] = '/' }, `the name "ke/nel:0" can't be one`},
		{"a name out of order", "groups_earliest.h5", func(b []byte) { nth(b, "kernel:0\x00", 0)[0] = 'a' }, "is not in its order"},
		{"a superblock elsewhere", "userblock.h5", func(b []byte) { put(b[512+24:], 0) }, "it says that it stands at byte 0"},
		{"an end before the start", "userblock.h5", func(b []byte) { put(b[512+40:], 100) }, "it says that the file ends at byte 100"},
		{"a file left open", "groups_latest.h5", func(b []byte) { b[11] = 1 }, "it was not closed"},
		{"a superblock from the future", "groups_latest.h5", func(b []byte) { b[8] = 9 }, "version 9"},
		{"a flipped bit under a checksum", "dense_names.h5", func(b []byte) { nth(b, "BTLF", 0)[12] ^= 4 }, "its checksum is"},
		{"a flipped bit in a fixed array", "chunks_latest.h5", func(b []byte) { nth(b, "FADB", 0)[20] ^= 1 }, "its checksum is"},
		{"a flipped bit in an extensible array", "many_chunks_latest.h5", func(b []byte) { nth(b, "EASB", 0)[20] ^= 1 }, "its checksum is"},
		{"a global heap that is none", "groups_earliest.h5", func(b []byte) { nth(b, "GCOL", 0)[0] = 'X' }, `it starts with "XCOL"`},
		{"no superblock at all", "compact.h5", func(b []byte) { b[0] = 0 }, "its signature is nowhere"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			files, _ := corpus(t)
			b := files[tc.file]
			tc.change(b)
			got := read(b, limits)
			said := []string{got.Refused}
			for _, d := range got.Datasets {
				said = append(said, d.Refused)
			}
			if all := strings.Join(said, "\n"); !strings.Contains(all, tc.want) {
				t.Errorf("got %q, want %q", all, tc.want)
			}
		})
	}
}

// circle makes the first free stretch of a heap its own successor.
func circle(b []byte) {
	heap := nth(b, "HEAP", 0)
	free, data := binary.LittleEndian.Uint64(heap[16:]), binary.LittleEndian.Uint64(heap[24:])
	put(b[data+free:], free)
}
