package hdf5

import "math/bits"

// The kinds of B-trees of version 2 that this package reads.
const (
	treeLinkNames      = 5
	treeAttributeNames = 8
	treeChunks         = 10
	treeFilteredChunks = 11
)

// newTree reads a B-tree of version 2.
type newTree struct {
	file       *File
	kind       uint8
	nodeSize   int
	recordSize int
	depth      int
	levels     []level // 0 is the leaves'
	visit      func(*cursor) error
}

// level is what the nodes of one level can hold.
type level struct {
	records    int    // of one node, at most
	total      uint64 // of one node and all below it, at most
	totalWidth int    // bytes that hold total
}

// nodePrefix is what a node holds beside records and children: signature, version,
// kind and checksum.
const nodePrefix = 10

// eachRecord visits the records of a tree in order.
func (f *File) eachRecord(address, owner uint64, kind uint8, recordSize int, visit func(*cursor) error) error {
	t := &newTree{file: f, kind: kind, recordSize: recordSize, visit: visit}
	c := f.block("B-tree", address, uint64(22+f.offsetSize+f.lengthSize), owner)
	c.signature("BTHD")
	c.version(0)
	c.expect("its kind", 1, uint64(kind))
	t.nodeSize = int(c.u32())
	c.expect("the size of its records", 2, uint64(recordSize))
	t.depth = c.u16()
	split, merge := c.u8(), c.u8()
	root, rootRecords, total := c.address(), c.u16(), c.length()
	c.checksum()
	switch {
	case split == 0 || split > 100 || merge == 0 || merge > 100 || t.depth > maxDepth:
		c.fail("its depth %d, or its shares %d and %d of splitting and merging, are impossible", t.depth, split, merge)
	case t.nodeSize > len(f.data):
		c.fail("its nodes claim %d bytes", t.nodeSize)
	case root == undefined && total+uint64(rootRecords)+uint64(t.depth) == 0:
		return c.err
	}
	if c.err == nil && !t.measure() {
		c.fail("its nodes of %d bytes have no room for records of %d", t.nodeSize, recordSize)
	}
	if c.err != nil {
		return c.err
	}
	found, err := t.node(root, address, t.depth, rootRecords)
	if err == nil && found != total {
		err = c.failed("it holds %d records and says %d", found, total)
	}
	return err
}

// width returns the bytes that the format spends on a number up to n.
func width(n uint64) int { return (bits.Len64(n|1)-1)/8 + 1 }

// measure computes what each level can hold, or returns false.
func (t *newTree) measure() bool {
	for i := range t.depth + 1 {
		l := level{records: (t.nodeSize - nodePrefix) / t.recordSize}
		l.total = uint64(max(l.records, 0))
		if i > 0 {
			below, pointer := t.levels[i-1], t.pointerSize(i)
			l.records = (t.nodeSize - nodePrefix - pointer) / (t.recordSize + pointer)
			l.total = uint64(max(l.records, 0)+1)*below.total + uint64(max(l.records, 0))
			l.totalWidth = width(l.total)
		}
		if l.records <= 0 || l.total > 1<<40 {
			return false
		}
		t.levels = append(t.levels, l)
	}
	return true
}

// pointerSize returns the bytes of a pointer to a child of a node on a level.
func (t *newTree) pointerSize(at int) int {
	return t.file.offsetSize + width(uint64(t.levels[0].records)) + t.levels[at-1].totalWidth
}

// node visits a node with that many records and returns how many it and those
// below it have.
func (t *newTree) node(address, owner uint64, depth, n int) (uint64, error) {
	c := t.file.block("B-tree node", address, uint64(t.nodeSize), owner)
	if depth == 0 {
		c.signature("BTLF")
	} else {
		c.signature("BTIN")
	}
	c.version(0)
	c.expect("its kind", 1, uint64(t.kind))
	if n < 1 || n > t.levels[depth].records {
		c.fail("it has %d records, at most %d are possible", n, t.levels[depth].records)
	}
	if c.err != nil {
		return 0, c.err
	}
	records := *c
	c.take(n * t.recordSize)
	children := *c
	if depth > 0 {
		c.take((n + 1) * t.pointerSize(depth))
	}
	if c.checksum(); c.err != nil {
		return 0, c.err
	}
	found := uint64(n)
	for i := 0; depth > 0 && i <= n; i++ {
		below, err := t.child(&children, address, depth)
		if err == nil && i < n {
			err = t.record(&records)
		}
		if err != nil {
			return 0, err
		}
		found += below
	}
	for i := 0; depth == 0 && i < n; i++ {
		if err := t.record(&records); err != nil {
			return 0, err
		}
	}
	return found, nil
}

// child visits the next child of a node.
func (t *newTree) child(c *cursor, owner uint64, depth int) (uint64, error) {
	address, n := c.address(), int(c.uint(width(uint64(t.levels[0].records))))
	total := uint64(n)
	if depth > 1 {
		total = c.uint(t.levels[depth-1].totalWidth)
	}
	if c.err != nil {
		return 0, c.err
	}
	found, err := t.node(address, owner, depth-1, n)
	if err == nil && found != total {
		err = c.failed("a node below holds %d records, not %d", found, total)
	}
	return found, err
}

// record visits the next record of a node.
func (t *newTree) record(c *cursor) error {
	r := &cursor{file: c.file, what: c.what, base: c.base + uint64(c.at), data: c.take(t.recordSize)}
	if err := t.visit(r); err != nil {
		return err
	}
	return r.err
}
