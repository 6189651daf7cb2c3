package hdf5

// The classes of storage.
const (
	storageCompact    = 0
	storageContiguous = 1
	storageChunked    = 2
	storageVirtual    = 3
)

// The indexes of chunks; indexOldTree is the one before layout version 4.
const (
	indexOldTree    = 0
	indexSingle     = 1
	indexImplicit   = 2
	indexFixed      = 3
	indexExtensible = 4
	indexTree       = 5
)

// layout says where a dataset's numbers are.
type layout struct {
	class   uint8
	version uint8
	data    []byte // of compact storage
	address uint64 // of contiguous storage, or of the index of chunks
	size    uint64 // of contiguous storage, or of a single filtered chunk

	chunk        []uint64 // shape, without the elements' size
	index        uint8
	wholeFilters bool   // chunks that stick out over an edge are not filtered
	single       bool   // there is one chunk and it is filtered
	mask         uint32 // filters that the single chunk was not put through
	pageBits     int    // of a fixed array
	node         int    // bytes of a node of a B-tree
	extensible   arrayShape
}

// arrayShape is what an extensible array's header must repeat.
type arrayShape struct {
	maxBits, inIndex, minPointers, minElements, pageBits int
}

// readLayout reads a layout message, versions 3 to 5.
func readLayout(c *cursor, elementSize int) (layout, error) {
	l := layout{version: c.u8(), class: c.u8(), address: undefined}
	switch {
	case c.err != nil:
		return l, c.err
	case l.version == 1 || l.version == 2:
		return l, unsupported("it is stored as before HDF5 1.6; save the file anew")
	case l.version < 3 || l.version > 5:
		return l, c.failed("its version %d is unknown", l.version)
	}
	switch l.class {
	case storageCompact:
		l.data = c.take(c.u16())
	case storageContiguous:
		l.address, l.size = c.address(), c.length()
	case storageChunked:
		if l.version == 3 {
			readOldChunks(c, &l, elementSize)
		} else {
			readNewChunks(c, &l, elementSize)
		}
	case storageVirtual:
		return l, unsupported("it is put together from other datasets (a virtual dataset); save the weights in one file")
	default:
		c.fail("its class %d is unknown", l.class)
	}
	return l, c.err
}

// readOldChunks reads the rest of version 3: the shape of the chunks ends in the
// elements' size.
func readOldChunks(c *cursor, l *layout, elementSize int) {
	rank := int(c.u8())
	l.address = c.address()
	readChunkShape(c, l, rank, 4, elementSize)
}

func readChunkShape(c *cursor, l *layout, rank, bytes, elementSize int) {
	if rank < 2 || rank > maxRank+1 {
		c.fail("its chunks have %d dimensions", rank-1)
		return
	}
	for range rank - 1 {
		d := c.uint(bytes)
		if c.err == nil && d == 0 {
			c.fail("its chunks have a side of length 0")
		}
		l.chunk = append(l.chunk, d)
	}
	c.expect("the size of the elements of its chunks", bytes, uint64(elementSize))
}

// readNewChunks reads the rest of versions 4 and 5.
func readNewChunks(c *cursor, l *layout, elementSize int) {
	flags := c.u8()
	l.wholeFilters, l.single = flags&1 != 0, flags&2 != 0
	rank, bytes := int(c.u8()), int(c.u8())
	if flags > 3 || bytes < 1 || bytes > 8 {
		c.fail("its flags are %#x, the sides of its chunks take %d bytes", flags, bytes)
		return
	}
	readChunkShape(c, l, rank, bytes, elementSize)
	l.index = c.u8()
	if l.single && l.index != indexSingle {
		c.fail("its flags are those of a single chunk")
	}
	switch l.index {
	case indexSingle:
		if l.single {
			l.size, l.mask = c.length(), c.u32()
		}
	case indexImplicit:
	case indexFixed:
		l.pageBits = int(c.u8())
	case indexExtensible:
		l.extensible = readArrayShape(c)
	case indexTree:
		l.node = int(c.u32())
		c.u16() // when to split and to merge nodes
	default:
		c.fail("its index of chunks %d is unknown", l.index)
	}
	l.address = c.address()
}

// readArrayShape reads the numbers that shape an extensible array.
func readArrayShape(c *cursor) arrayShape {
	return arrayShape{int(c.u8()), int(c.u8()), int(c.u8()), int(c.u8()), int(c.u8())}
}
