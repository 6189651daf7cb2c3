package hdf5

import "math/bits"

// fractalHeap holds the links or the attributes of one object: blocks that double
// in size, row by row.
type fractalHeap struct {
	file        *File
	address     uint64
	idSize      int
	offsetWidth int
	lengthWidth int
	maxObject   uint64
	size        uint64 // of the heap's own range of offsets
	checksums   bool
	width       int    // blocks in a row
	firstBlock  uint64 // bytes of a block in the first two rows
	maxDirect   uint64 // bytes of the largest direct block
	root        uint64
	rootRows    int // 0: the root is a direct block
	direct      map[uint64]*cursor
	indirect    map[uint64][]uint64
}

// openHeap reads the header of a fractal heap.
func (f *File) openHeap(address, owner uint64) (*fractalHeap, error) {
	h := &fractalHeap{file: f, address: address, direct: make(map[uint64]*cursor), indirect: make(map[uint64][]uint64)}
	size := 26 + 12*f.lengthSize + 3*f.offsetSize
	c := f.block("fractal heap", address, uint64(size), owner)
	c.signature("FRHP")
	c.version(0)
	h.idSize = c.u16()
	if filters := c.u16(); filters > 0 {
		return nil, unsupported("the names of one of its groups are compressed, which weights have no use for")
	}
	flags := c.u8()
	h.checksums = flags&2 != 0
	h.maxObject = uint64(c.u32())
	nextHuge, hugeTree := c.length(), c.address()
	c.length()  // free space
	c.address() // manager of the free space
	h.size = c.length()
	for range 3 {
		c.length() // statistics
	}
	hugeBytes, hugeCount := c.length(), c.length()
	c.length() // bytes and number of tiny objects
	c.length()
	h.width = c.u16()
	h.firstBlock, h.maxDirect = c.length(), c.length()
	heapBits := c.u16()
	c.u16() // rows that the root starts with
	h.root, h.rootRows = c.address(), c.u16()
	c.checksum()
	if c.err == nil && (nextHuge|hugeBytes|hugeCount != 0 || hugeTree != undefined) {
		return nil, unsupported("one of its objects has huge names or attributes, which weights have no use for")
	}
	if c.err == nil && (!powerOfTwo(uint64(h.width)) || !powerOfTwo(h.firstBlock) || !powerOfTwo(h.maxDirect) ||
		h.firstBlock > h.maxDirect || h.maxDirect > 1<<30 || heapBits == 0 || heapBits > 64 ||
		h.maxObject == 0 || h.maxObject > h.maxDirect || h.rootRows > 64 || flags&^2 != 0) {
		c.fail("its blocks have impossible sizes")
	}
	h.offsetWidth = (heapBits + 7) / 8
	h.lengthWidth = min((log2(h.maxDirect)+7)/8, (log2(h.maxObject)+7)/8)
	return h, c.err
}

func powerOfTwo(n uint64) bool { return bits.OnesCount64(n) == 1 }

func log2(n uint64) int { return bits.Len64(n|1) - 1 }

// object returns a cursor over the object with that id.
func (h *fractalHeap) object(id []byte, what string) (*cursor, error) {
	c := &cursor{file: h.file, what: "id in a fractal heap", base: h.address, data: id}
	head := c.u8()
	if c.err == nil && head&0xcf != 0 {
		c.fail("its kind is %#x", head)
	}
	if c.err != nil {
		return nil, c.err
	}
	switch head >> 4 {
	case 0:
	case 1:
		return nil, unsupported("one of its names or attributes is huge")
	default:
		return nil, unsupported("one of its names or attributes stands in an index")
	}
	at, n := c.uint(h.offsetWidth), c.uint(h.lengthWidth)
	if c.err == nil && (n == 0 || n > h.maxObject || at >= h.size) {
		c.fail("an object of %d bytes at %d is impossible", n, at)
	}
	if c.err != nil {
		return nil, c.err
	}
	block, start, err := h.find(at)
	if err != nil {
		return nil, err
	}
	at -= start
	if prefix := uint64(h.prefix()); at < prefix || at > uint64(len(block.data)) || n > uint64(len(block.data))-at {
		return nil, block.failed("it has no object of %d bytes at %d", n, at)
	}
	return &cursor{file: h.file, what: what, base: block.base + at, data: block.data[at : at+n]}, nil
}

// prefix returns the bytes of a direct block before its objects.
func (h *fractalHeap) prefix() int {
	n := 5 + h.file.offsetSize + h.offsetWidth
	if h.checksums {
		n += 4
	}
	return n
}

// rowSize returns the bytes of a block in a row.
func (h *fractalHeap) rowSize(row int) uint64 { return h.firstBlock << max(row-1, 0) }

// find returns the direct block that has an offset of the heap, and the offset at
// which the block starts.
func (h *fractalHeap) find(at uint64) (*cursor, uint64, error) {
	if h.rootRows == 0 {
		c, err := h.directBlock(h.root, h.address, 0, h.firstBlock)
		return c, 0, err
	}
	address, owner, start, rows := h.root, h.address, uint64(0), h.rootRows
	for range maxDepth {
		children, err := h.indirectBlock(address, owner, start, rows)
		if err != nil {
			return nil, 0, err
		}
		row, column := h.place(at - start)
		size := h.rowSize(row)
		if row >= rows {
			break
		}
		for r := range row {
			start += uint64(h.width) * h.rowSize(r)
		}
		start += uint64(column) * size
		child := children[row*h.width+column]
		if size <= h.maxDirect {
			c, err := h.directBlock(child, address, start, size)
			return c, start, err
		}
		address, owner = child, address
		rows = log2(size) - log2(h.firstBlock) - log2(uint64(h.width)) + 1
	}
	return nil, 0, &DamageError{"fractal heap", h.file.base + h.address, "it has no block for one of its objects"}
}

// place returns the row and the column of the block that has an offset, counted
// from the start of its indirect block.
func (h *fractalHeap) place(at uint64) (row, column int) {
	first := h.firstBlock * uint64(h.width)
	if at < first {
		return 0, int(at / h.firstBlock)
	}
	row = log2(at) - log2(first) + 1
	return row, int((at - first<<(row-1)) / h.rowSize(row))
}

// blockHeader reads what starts the blocks of a heap.
func (h *fractalHeap) blockHeader(c *cursor, signature string, start uint64) {
	c.signature(signature)
	c.version(0)
	if heap := c.address(); c.err == nil && heap != h.address {
		c.fail("it belongs to another heap")
	}
	c.expect("its place in the heap", h.offsetWidth, start)
}

func (h *fractalHeap) directBlock(address, owner, start, size uint64) (*cursor, error) {
	if c := h.direct[address]; c != nil {
		return c, nil
	}
	c := h.file.block("direct block", address, size, owner)
	h.blockHeader(c, "FHDB", start)
	if h.checksums && c.err == nil {
		at := c.at
		got := c.u32()
		whole := append([]byte(nil), c.data...)
		copy(whole[min(at, len(whole)):], make([]byte, 4))
		if want := lookup3(whole); c.err == nil && got != want {
			c.fail("its checksum is %08x, its content has %08x", got, want)
		}
	}
	if c.err != nil {
		return nil, c.err
	}
	h.direct[address] = c
	return c, nil
}

// indirectBlock returns the addresses of the blocks below.
func (h *fractalHeap) indirectBlock(address, owner, start uint64, rows int) ([]uint64, error) {
	if children, ok := h.indirect[address]; ok && len(children) == rows*h.width {
		return children, nil
	}
	if rows < 1 || rows > 64 || h.width > 1<<10 {
		return nil, &DamageError{"fractal heap", h.file.base + h.address, "an indirect block has an impossible number of rows"}
	}
	size := 9 + h.file.offsetSize + h.offsetWidth + rows*h.width*h.file.offsetSize
	c := h.file.block("indirect block", address, uint64(size), owner)
	h.blockHeader(c, "FHIB", start)
	children := make([]uint64, rows*h.width)
	for i := range children {
		children[i] = c.address()
	}
	c.checksum()
	h.indirect[address] = children
	return children, c.err
}
