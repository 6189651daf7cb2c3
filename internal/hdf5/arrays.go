package hdf5

// elementReader reads the elements of a fixed or an extensible array of chunks.
type elementReader struct {
	file      *File
	client    uint64 // 0: addresses; 1: of filtered chunks, with size and mask
	size      int    // bytes of one element
	sizeWidth int    // bytes of a filtered chunk's size
}

func (a *elementReader) elements(c *cursor, n int) []chunk {
	var out []chunk
	for i := 0; i < n && c.err == nil; i++ {
		e := chunk{address: c.address(), owner: c.base}
		if a.client == 1 {
			e.size, e.mask = c.uint(a.sizeWidth), c.u32()
		}
		out = append(out, e)
	}
	return out
}

// never returns n elements of chunks that were never written.
func never(n int) []chunk {
	out := make([]chunk, n)
	for i := range out {
		out[i].address = undefined
	}
	return out
}

// start reads what starts the blocks of an array.
func (a *elementReader) start(c *cursor, signature string) {
	c.signature(signature)
	c.version(0)
	c.expect("what it is for", 1, a.client)
}

func (a *elementReader) belongsTo(c *cursor, header uint64) {
	if got := c.address(); c.err == nil && got != header {
		c.fail("it belongs to another array")
	}
}

// fixedArray returns the n elements of a fixed array.
func (a *elementReader) fixedArray(address, owner uint64, pageBits, n int) ([]chunk, error) {
	f := a.file
	c := f.block("fixed array", address, uint64(12+f.lengthSize+f.offsetSize), owner)
	a.start(c, "FAHD")
	c.expect("the size of its elements", 1, uint64(a.size))
	c.expect("the logarithm of its pages' length", 1, uint64(pageBits))
	c.expect("its length", f.lengthSize, uint64(n))
	data := c.address()
	c.checksum()
	switch {
	case c.err != nil:
		return nil, c.err
	case pageBits < 1 || pageBits > 30:
		return nil, c.failed("its pages have 2^%d elements", pageBits)
	case data == undefined:
		return never(n), nil
	}
	prefix := 10 + f.offsetSize
	if n <= 1<<pageBits {
		block := f.block("fixed array block", data, uint64(prefix+n*a.size), address)
		a.start(block, "FADB")
		a.belongsTo(block, address)
		out := a.elements(block, n)
		block.checksum()
		return out, block.err
	}
	pages := (n-1)>>pageBits + 1
	prefix += (pages + 7) / 8
	block := f.block("fixed array block", data, uint64(prefix), address)
	a.start(block, "FADB")
	a.belongsTo(block, address)
	written := block.take((pages + 7) / 8)
	block.checksum()
	if block.err != nil {
		return nil, block.err
	}
	return a.pages(data+uint64(prefix), data, written, n, 1<<pageBits)
}

// pages reads the pages of a fixed array that were written, each with a checksum.
func (a *elementReader) pages(at, owner uint64, written []byte, n, length int) ([]chunk, error) {
	var out []chunk
	for i := 0; len(out) < n; i++ {
		here := min(length, n-len(out))
		if written[i/8]&(0x80>>(i%8)) == 0 {
			out = append(out, never(here)...)
		} else {
			page := a.file.block("page of a fixed array", at, uint64(here*a.size+4), owner)
			out = append(out, a.elements(page, here)...)
			if page.checksum(); page.err != nil {
				return nil, page.err
			}
		}
		at += uint64(length*a.size + 4)
	}
	return out, nil
}
