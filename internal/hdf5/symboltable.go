package hdf5

import (
	"bytes"
	"strings"
)

// What an entry of a symbol table remembers of its object.
const (
	cachedNothing = 0
	cachedGroup   = 1
	cachedLink    = 2
)

// entry is one entry of a symbol table, the names of an old group.
type entry struct {
	name       uint64 // where it starts in the heap
	header     uint64
	kind       uint32
	tree, heap uint64 // of cachedGroup
}

func readEntry(c *cursor) entry {
	e := entry{name: c.length(), header: c.address(), kind: c.u32()}
	c.take(4)
	scratch := *c
	c.take(16)
	switch e.kind {
	case cachedNothing:
	case cachedGroup:
		e.tree, e.heap = scratch.address(), scratch.address()
	case cachedLink:
		e.header = undefined
	default:
		c.fail("an entry remembers its object in the unknown way %d", e.kind)
	}
	return e
}

// table is a group of the old kind: a B-tree of symbol table nodes, and the names
// in a heap.
type table struct {
	file  *File
	names []byte // each ends in a zero byte
	links []link
}

// tableLinks returns the links of a group of the old kind.
func (f *File) tableLinks(h *header, m *message) ([]link, error) {
	c := f.unshared(m, "symbol table message")
	tree, heap := c.address(), c.address()
	if c.err != nil {
		return nil, c.err
	}
	names, err := f.localHeap(heap, h.address)
	if err != nil {
		return nil, err
	}
	t := &table{file: f, names: names}
	return t.links, t.read(tree, h.address)
}

// localHeap returns the data of a local heap. Its list of free blocks must be
// sound: the HDF5 library does not open it otherwise.
func (f *File) localHeap(address, owner uint64) ([]byte, error) {
	c := f.block("local heap", address, uint64(8+2*f.lengthSize+f.offsetSize), owner)
	c.signature("HEAP")
	c.version(0)
	c.reserved(3)
	size, free, at := c.length(), c.length(), c.address()
	if c.err != nil {
		return nil, c.err
	}
	data := f.block("local heap data", at, size, address)
	if data.err != nil {
		return nil, data.err
	}
	const noMore = 1
	for left := size; free != noMore; {
		if free >= size || free%8 != 0 {
			return nil, data.failed("its free space starts at %d of %d", free, size)
		}
		data.at = int(free)
		next, n := data.length(), data.length()
		if data.err == nil && (n < uint64(2*f.lengthSize) || n > size-free || n > left) {
			data.fail("a free stretch of it claims %d bytes", n)
		}
		if data.err != nil {
			return nil, data.err
		}
		free, left = next, left-n
	}
	return data.data, nil
}

// name returns the name at an offset of the heap.
func (t *table) name(c *cursor, at uint64) string {
	if at >= uint64(len(t.names)) {
		c.fail("a name starts at byte %d of a heap of %d", at, len(t.names))
		return ""
	}
	rest := t.names[at:]
	name, _, ended := bytes.Cut(rest[:min(len(rest), maxName+1)], []byte{0})
	if !ended {
		c.fail("the name at byte %d of the heap has no end within %d bytes", at, maxName)
	}
	return string(name)
}

// read reads the B-tree. Names must be in order and between the keys beside their
// node: what is not can be listed but not looked up.
func (t *table) read(root, owner uint64) error {
	key := func(c *cursor) string { return t.name(c, c.length()) }
	tree := &oldTree[string]{
		file: t.file, kind: treeOfGroup, half: t.file.groupK, keySize: t.file.lengthSize,
		key: key, compare: strings.Compare, leaf: t.readNode,
	}
	return tree.read(root, owner)
}

// readNode reads one symbol table node, whose names are above low and up to high.
func (t *table) readNode(address, owner uint64, low, high string) error {
	f := t.file
	size := 8 + 2*f.leafK*(f.lengthSize+f.offsetSize+24)
	c := f.block("symbol table node", address, uint64(size), owner)
	c.signature("SNOD")
	c.version(1)
	c.reserved(1)
	n := c.u16()
	if n == 0 || n > 2*f.leafK {
		c.fail("it has %d entries, 1 to %d are possible", n, 2*f.leafK)
	}
	for i := 0; i < n && c.err == nil; i++ {
		e := readEntry(c)
		name := t.name(c, e.name)
		checkName(c, name)
		if name <= low || name > high {
			c.fail("%q is not in its order", name)
		}
		low = name
		l := link{name: name, address: e.header}
		if e.kind == cachedLink {
			l.kind = "a soft link"
		} else if l.address == undefined {
			c.fail("%q leads nowhere", name)
		}
		t.links = append(t.links, l)
	}
	return c.err
}
