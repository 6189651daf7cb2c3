package hdf5

// extensible is an extensible array while it is read. Its elements stand in its
// index block, then in data blocks whose length grows from one super block to the
// next.
type extensible struct {
	*elementReader
	address     uint64
	shape       arrayShape
	offsetWidth int
	out         []chunk
	want        int
}

// extensibleArray returns the first n elements of an extensible array.
func (a *elementReader) extensibleArray(address, owner uint64, s arrayShape, n int) ([]chunk, error) {
	f := a.file
	c := f.block("extensible array", address, uint64(16+6*f.lengthSize+f.offsetSize), owner)
	a.start(c, "EAHD")
	c.expect("the size of its elements", 1, uint64(a.size))
	if got := headerShape(c); c.err == nil && got != s {
		c.fail("it and the dataset disagree on its shape")
	}
	for range 4 {
		c.length() // statistics
	}
	reach := c.length() // elements from here on were never written
	c.length()
	index := c.address()
	if c.checksum(); c.err != nil {
		return nil, c.err
	}
	if s.maxBits < 1 || s.maxBits > 64 || !powerOfTwo(uint64(s.minElements)) || !powerOfTwo(uint64(s.minPointers)) || s.minPointers < 2 ||
		s.inIndex < 1 || s.pageBits < 1 || s.pageBits > 30 || log2(uint64(s.minElements)) > s.maxBits {
		return nil, c.failed("its blocks have impossible sizes")
	}
	if index == undefined {
		return never(n), nil
	}
	e := &extensible{elementReader: a, address: address, shape: s, offsetWidth: (s.maxBits + 7) / 8, want: n}
	if err := e.indexBlock(index); err != nil {
		return nil, err
	}
	if reach < uint64(len(e.out)) {
		copy(e.out[reach:], never(len(e.out)-int(reach)))
	}
	return e.out, nil
}

// headerShape reads an array's shape in the order of its header.
func headerShape(c *cursor) arrayShape {
	return arrayShape{maxBits: int(c.u8()), inIndex: int(c.u8()), minElements: int(c.u8()), minPointers: int(c.u8()), pageBits: int(c.u8())}
}

// dataBlocks returns how many data blocks super block n has, and how many elements
// each of them.
func (e *extensible) dataBlocks(n int) (blocks, length int) {
	return 1 << (n / 2), e.shape.minElements << ((n + 1) / 2)
}

// indexBlock reads the index block, and all below it that is wanted.
func (e *extensible) indexBlock(address uint64) error {
	f, s := e.file, e.shape
	direct := 2 * (s.minPointers - 1)                             // data blocks that it names itself
	first := 2 * log2(uint64(s.minPointers))                      // super blocks that those stand for
	supers := 1 + s.maxBits - log2(uint64(s.minElements)) - first // super blocks that it names
	if supers < 0 {
		supers = 0
	}
	size := 10 + f.offsetSize + s.inIndex*e.size + (direct+supers)*f.offsetSize
	c := f.block("extensible array index", address, uint64(size), e.address)
	e.start(c, "EAIB")
	e.belongsTo(c, e.address)
	e.out = e.elements(c, s.inIndex)
	sums := *c
	sums.take((direct + supers) * f.offsetSize)
	if sums.checksum(); sums.err != nil {
		return sums.err
	}
	n, block := 0, 0 // the super block, which these blocks only stand for, and the data block
	for ; n < first && len(e.out) < e.want; n++ {
		blocks, length := e.dataBlocks(n)
		start := e.offset()
		for range blocks {
			// Writers count these blocks from the first of the array.
			if err := e.dataBlock(c.address(), address, length, start+uint64(block*length)); err != nil {
				return err
			}
			block++
		}
	}
	for ; len(e.out) < e.want; n++ {
		if supers--; supers < 0 {
			return c.failed("it has no room for %d elements", e.want)
		}
		if err := e.superBlock(c.address(), address, n); err != nil {
			return err
		}
	}
	return nil
}

// superBlock reads super block n and its data blocks.
func (e *extensible) superBlock(address, owner uint64, n int) error {
	blocks, length := e.dataBlocks(n)
	if address == undefined {
		e.out = append(e.out, never(min(blocks*length, e.want-len(e.out)))...)
		return nil
	}
	f := e.file
	if length > 1<<e.shape.pageBits {
		return unsupported("it is cut into too many chunks")
	}
	c := f.block("extensible array super block", address, uint64(10+f.offsetSize+e.offsetWidth+blocks*f.offsetSize), owner)
	e.start(c, "EASB")
	e.belongsTo(c, e.address)
	c.expect("its place in the array", e.offsetWidth, e.offset())
	sums := *c
	sums.take(blocks * f.offsetSize)
	if sums.checksum(); sums.err != nil {
		return sums.err
	}
	for i := 0; i < blocks && len(e.out) < e.want; i++ {
		if err := e.dataBlock(c.address(), address, length, e.offset()); err != nil {
			return err
		}
	}
	return nil
}

// offset returns the place of the next element, not counting those in the index
// block.
func (e *extensible) offset() uint64 { return uint64(len(e.out) - e.shape.inIndex) }

// dataBlock reads a data block of that many elements, which says that it stands at
// an offset.
func (e *extensible) dataBlock(address, owner uint64, length int, offset uint64) error {
	if len(e.out) >= e.want {
		return nil
	}
	if address == undefined {
		e.out = append(e.out, never(length)...)
		return nil
	}
	f := e.file
	c := f.block("extensible array block", address, uint64(10+f.offsetSize+e.offsetWidth+length*e.size), owner)
	e.start(c, "EADB")
	e.belongsTo(c, e.address)
	c.expect("its place in the array", e.offsetWidth, offset)
	e.out = append(e.out, e.elements(c, length)...)
	c.checksum()
	return c.err
}
