package hdf5

// globalHeap holds the texts of one collection by their number.
type globalHeap map[int][]byte

// minCollection is the least a collection takes in the file.
const minCollection = 4096

// globalHeap reads a collection of the global heap, or returns it if it was read
// before.
func (f *File) globalHeap(address uint64) (globalHeap, error) {
	if h := f.heaps[address]; h != nil {
		return h, nil
	}
	head := f.peek("global heap", address, uint64(8+f.lengthSize))
	head.signature("GCOL")
	head.version(1)
	head.reserved(3)
	size := head.length()
	if head.err == nil && size < minCollection {
		head.fail("it has %d bytes, at least %d are possible", size, minCollection)
	}
	if head.err != nil {
		return nil, head.err
	}
	c := f.block("global heap", address, size, undefined)
	c.take(head.at)
	h := make(globalHeap)
	for c.err == nil && c.left() >= 8+f.lengthSize {
		start := c.at
		number := c.u16()
		c.take(6) // references, reserved
		size := c.length()
		if number == 0 { // free space: its size counts from its own start
			if size < uint64(8+f.lengthSize) || size > uint64(len(c.data)-start) {
				c.fail("its free space claims %d bytes", size)
				break
			}
			c.take(int(size) - (c.at - start))
			continue
		}
		if size > uint64(c.left()) {
			c.fail("object %d claims %d bytes", number, size)
			break
		}
		if _, twice := h[number]; twice {
			c.fail("object %d stands in it twice", number)
		}
		h[number] = c.take(int(size))
		c.take(-int(size) & 7)
	}
	if c.err != nil {
		return nil, c.err
	}
	f.heaps[address] = h
	return h, nil
}
