package hdf5

import (
	"cmp"
	"maps"
	"slices"
)

// What no weights come near, whatever a caller allows.
const (
	maxMessages = 1 << 13 // of one object header
	maxName     = 1 << 10 // bytes of a name
	maxNesting  = 32      // groups in groups
)

// Limits bound what reading a file may take, whatever it claims.
type Limits struct {
	Objects         int // groups and datasets, counted once for every path
	Elements        int // of all datasets that are read
	DatasetElements int // of one dataset
}

// File is an HDF5 file in memory.
type File struct {
	data       []byte // from the base address to the end that the superblock names
	base       uint64 // the user block's length: addresses count from here
	offsetSize int    // bytes of an address
	lengthSize int    // bytes of a length
	leafK      int    // half the entries of a symbol table node
	groupK     int    // half the children of a group's B-tree node
	chunkK     int    // half the children of a chunk B-tree node
	root       uint64 // address of the root group's object header
	limits     Limits
	objects    int              // visited so far
	elements   int              // read so far
	claims     map[uint64]claim // by start
	claimed    uint64           // bytes of all claims
	headers    map[uint64]*header
	chunks     int // of the datasets read so far
	groups     map[uint64]*group
	heaps      map[uint64]globalHeap
}

// claim is a stretch of the file that belongs to one structure.
type claim struct {
	start, end uint64
	what       string
	owner      uint64 // address of the structure that refers to it
}

// Open reads the superblock of a file's content. Reading goes on with Walk; the
// content must not change meanwhile.
func Open(content []byte, l Limits) (*File, error) {
	f := &File{
		limits:  l,
		claims:  make(map[uint64]claim),
		headers: make(map[uint64]*header),
		groups:  make(map[uint64]*group),
		heaps:   make(map[uint64]globalHeap),
	}
	if err := f.readSuperblock(content); err != nil {
		return nil, err
	}
	return f, nil
}

// peek returns a cursor over a structure whose size is not known yet.
func (f *File) peek(what string, address, size uint64) *cursor {
	c := &cursor{file: f, what: what, base: address}
	switch total := uint64(len(f.data)); {
	case address == undefined:
		c.base = 0
		c.fail("its address is undefined")
	case address > total || size > total-address:
		c.fail("it takes %d bytes, the file ends at byte %d", size, f.base+total)
	default:
		c.data = f.data[address : address+size]
	}
	return c
}

// block claims a stretch of the file for one structure and returns a cursor over
// it. The owner is the address of the structure that refers to it: claimed again
// by the same owner it is the same structure once more. Because all claims
// together are no longer than the file, so is the work of reading them.
func (f *File) block(what string, address, size, owner uint64) *cursor {
	c := f.peek(what, address, size)
	if c.err != nil || size == 0 {
		return c
	}
	mine := claim{address, address + size, what, owner}
	before, again := f.claims[address]
	if !again {
		f.claims[address] = mine
		f.claimed += size
	}
	switch {
	case again && before != mine:
		c.fail("its bytes also belong to another %s", before.what)
	case f.claimed > uint64(len(f.data)):
		c.fail("with it the file's structures claim more bytes than the file has")
	}
	return c
}

// disjoint reports structures that share bytes. In a sound file none do.
func (f *File) disjoint() error {
	all := slices.SortedFunc(maps.Values(f.claims), func(a, b claim) int { return cmp.Compare(a.start, b.start) })
	for i := 1; i < len(all); i++ {
		if a, b := all[i-1], all[i]; b.start < a.end {
			return &DamageError{b.what, f.base + b.start, "its bytes also belong to the " + a.what + " before it"}
		}
	}
	return nil
}
