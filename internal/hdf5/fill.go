package hdf5

// checkFill refuses a damaged fill value. Its value is of no use: numbers that
// were never written are no weights.
func (f *File) checkFill(h *header, elementSize int) error {
	for _, kind := range []int{kindFill, kindFillOld} {
		m, err := h.only(f, kind)
		if err != nil {
			return err
		}
		if m == nil {
			continue
		}
		c := f.unshared(m, "fill value message")
		if kind == kindFillOld {
			readFillValue(c, elementSize)
		} else {
			readFill(c, elementSize)
		}
		if c.err != nil {
			return c.err
		}
	}
	return nil
}

// readFill reads a fill value message, versions 1 to 3.
func readFill(c *cursor, elementSize int) {
	version := c.version(1, 2, 3)
	var allocated, written uint8
	defined := version == 1
	if version == 3 {
		flags := c.u8()
		allocated, written, defined = flags&3, flags>>2&3, flags&0x20 != 0
		if flags >= 0x40 || flags&0x30 == 0x30 {
			c.fail("its flags are %#x", flags)
		}
	} else {
		allocated, written = c.u8(), c.u8()
		flag := c.u8()
		if flag > 1 {
			c.fail("it is neither defined nor not (%d)", flag)
		}
		defined = defined || flag == 1
	}
	if allocated < 1 || allocated > 3 || written > 2 {
		c.fail("its times of allocation and writing are %d and %d", allocated, written)
	}
	if defined {
		readFillValue(c, elementSize)
	}
}

func readFillValue(c *cursor, elementSize int) {
	size := c.u32()
	if c.err == nil && size != 0 && size != 0xffffffff && int64(size) != int64(elementSize) {
		c.fail("it has %d bytes, the elements have %d", size, elementSize)
	}
	if size != 0xffffffff {
		c.take(int(size))
	}
}
