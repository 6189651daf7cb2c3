package hdf5

import (
	"math"
	"slices"
)

// index returns the chunks of a dataset in the order of their places; those that
// were never written have an undefined address.
func (d *Dataset) index(g *grid) ([]chunk, error) {
	chunks := make([]chunk, g.total)
	for i := range chunks {
		chunks[i].address = undefined
	}
	var err error
	switch d.layout.index {
	case indexOldTree:
		err = d.oldTreeIndex(g, chunks)
	case indexSingle:
		err = d.singleIndex(g, chunks)
	case indexImplicit:
		err = d.implicitIndex(g, chunks)
	case indexTree:
		err = d.newTreeIndex(g, chunks)
	default:
		err = d.arrayIndex(g, chunks)
	}
	return chunks, err
}

// set enters a chunk at its place.
func (d *Dataset) set(g *grid, chunks []chunk, at []uint64, c chunk) error {
	n, ok := g.number(at)
	switch {
	case !ok:
		return d.damaged("it has a chunk outside its shape")
	case chunks[n].address != undefined:
		return d.damaged("it has two chunks for one place")
	case c.address == undefined:
		return d.damaged("it has a chunk that is nowhere")
	case len(d.filters) == 0 && (c.size != uint64(g.bytes) || c.mask != 0):
		return d.damaged("one of its chunks has %d bytes, its shape wants %d", c.size, g.bytes)
	}
	chunks[n] = c
	return nil
}

// chunkKey is a key of a chunk B-tree of version 1.
type chunkKey struct {
	size uint64
	mask uint32
	at   []uint64 // place along each side, and at the end within an element
}

// oldTreeIndex reads the B-tree of version 1, where a chunk's key names its first
// element.
func (d *Dataset) oldTreeIndex(g *grid, chunks []chunk) error {
	f, rank := d.file, len(g.chunk)
	sides := append(slices.Clone(g.chunk), uint64(d.kind.size))
	read := func(c *cursor) chunkKey {
		k := chunkKey{uint64(c.u32()), c.u32(), make([]uint64, rank+1)}
		for i, side := range sides {
			first := c.uint(8)
			if c.err == nil && first%side != 0 {
				c.fail("a chunk starts at %d, which is no multiple of its side %d", first, side)
			}
			k.at[i] = first / side
		}
		return k
	}
	tree := &oldTree[chunkKey]{
		file: f, kind: treeOfChunks, half: f.chunkK, keySize: 16 + 8*rank, key: read,
		compare: func(a, b chunkKey) int { return slices.Compare(a.at, b.at) },
		leaf: func(address, owner uint64, low, _ chunkKey) error {
			if low.at[rank] != 0 {
				return d.damaged("one of its chunks starts within an element")
			}
			return d.set(g, chunks, low.at[:rank], chunk{address, low.size, low.mask, owner})
		},
	}
	return tree.read(d.layout.address, d.owner)
}

// singleIndex is the one chunk that the layout names.
func (d *Dataset) singleIndex(g *grid, chunks []chunk) error {
	if slots, ok := product(g.slots, 1); !ok || slots != 1 {
		return d.damaged("it has a single chunk for a shape of %d", g.total)
	}
	c := chunk{d.layout.address, uint64(g.bytes), 0, d.owner}
	if d.layout.single {
		c.size, c.mask = d.layout.size, d.layout.mask
	}
	if d.layout.single != (len(d.filters) > 0) {
		return d.damaged("its single chunk is filtered and it has no filters, or the other way round")
	}
	return d.set(g, chunks, make([]uint64, len(g.count)), c)
}

// implicitIndex is a row of chunks without an index: all that the dataset can grow
// to, one after the other.
func (d *Dataset) implicitIndex(g *grid, chunks []chunk) error {
	if len(d.filters) > 0 {
		return d.damaged("it has filters, and chunks of one size")
	}
	if _, ok := product(g.slots, maxChunks); !ok {
		return unsupported("it may grow to more than %d chunks, which weights never do", maxChunks)
	}
	for n := range chunks {
		at := g.place(n)
		slot := g.slot(at, -1)
		c := chunk{d.layout.address + slot*uint64(g.bytes), uint64(g.bytes), 0, d.owner}
		if c.address < d.layout.address {
			return d.damaged("its chunks end beyond all addresses")
		}
		chunks[n] = c
	}
	return nil
}

// slot returns the place of a chunk in an index that has room for all the dataset
// can grow to. The side that grows without end, if any, comes first.
func (g *grid) slot(at []uint64, endless int) uint64 {
	slot := uint64(0)
	if endless >= 0 {
		slot = at[endless]
	}
	for i, a := range at {
		if i != endless {
			slot = slot*g.slots[i] + a
		}
	}
	return slot
}

// filteredSize returns the bytes in which an index keeps the size of a filtered
// chunk.
func (d *Dataset) filteredSize(g *grid) int {
	if d.layout.version > 4 {
		return d.file.lengthSize
	}
	return min(8, 1+(log2(uint64(g.bytes))+8)/8)
}

// newTreeIndex reads the B-tree of version 2, for datasets that grow along two
// sides or more.
func (d *Dataset) newTreeIndex(g *grid, chunks []chunk) error {
	f := d.file
	kind, size := uint8(treeChunks), f.offsetSize+8*len(g.chunk)
	if len(d.filters) > 0 {
		kind, size = treeFilteredChunks, size+4+d.filteredSize(g)
	}
	var before []uint64
	return f.eachRecord(d.layout.address, d.owner, kind, size, func(c *cursor) error {
		found := chunk{c.address(), uint64(g.bytes), 0, c.base}
		if len(d.filters) > 0 {
			found.size, found.mask = c.uint(d.filteredSize(g)), c.u32()
		}
		at := make([]uint64, len(g.chunk))
		for i := range at {
			at[i] = c.uint(8)
		}
		if c.err == nil && slices.Compare(before, at) >= 0 {
			c.fail("its chunks are not in order")
		}
		before = at
		if c.err != nil {
			return c.err
		}
		return d.set(g, chunks, at, found)
	})
}

// arrayIndex reads a fixed or an extensible array, which have an element for every
// slot.
func (d *Dataset) arrayIndex(g *grid, chunks []chunk) error {
	endless := slices.Index(g.slots, uint64(math.MaxUint64))
	if d.layout.index == indexFixed && endless >= 0 || d.layout.index == indexExtensible && endless < 0 {
		return d.damaged("its index of chunks does not fit how it may grow")
	}
	reach := slices.Clone(g.slots)
	if endless >= 0 {
		reach[endless] = g.count[endless]
	}
	n, ok := product(reach, maxChunks)
	if !ok {
		return unsupported("it may grow to more than %d chunks, which weights never do", maxChunks)
	}
	a := &elementReader{file: d.file, client: 0, size: d.file.offsetSize}
	if len(d.filters) > 0 {
		a.client, a.sizeWidth = 1, d.filteredSize(g)
		a.size += a.sizeWidth + 4
	}
	var elements []chunk
	var err error
	if endless < 0 {
		elements, err = a.fixedArray(d.layout.address, d.owner, d.layout.pageBits, int(n))
	} else {
		elements, err = a.extensibleArray(d.layout.address, d.owner, d.layout.extensible, int(n))
	}
	if err != nil {
		return err
	}
	for i := range chunks {
		at := g.place(i)
		c := elements[g.slot(at, endless)]
		if c.address == undefined {
			continue
		}
		if len(d.filters) == 0 {
			c.size = uint64(g.bytes)
		}
		if err := d.set(g, chunks, at, c); err != nil {
			return err
		}
	}
	return nil
}
