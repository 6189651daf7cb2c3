package hdf5

// datatype returns the datatype of an object, which may be one that the file
// keeps under a name of its own.
func (f *File) datatype(m *message) (datatype, error) {
	c := m.cursor(f, "datatype message")
	if m.flags&flagShared == 0 {
		return readDatatype(c)
	}
	address, err := readShared(c)
	if err != nil {
		return datatype{}, err
	}
	h, err := f.header(address)
	if err != nil {
		return datatype{}, err
	}
	target, err := h.only(f, kindDatatype)
	switch {
	case err != nil:
		return datatype{}, err
	case target == nil || target.flags&flagShared != 0 || h.find(kindDataspace) != nil || h.isGroup():
		return datatype{}, c.failed("it names an object that is no datatype")
	}
	return readDatatype(target.cursor(f, "named datatype"))
}

// readShared reads where the body of a shared message stands: always in the header
// of another object.
func readShared(c *cursor) (address uint64, err error) {
	switch version := c.version(1, 2, 3); version {
	case 1:
		return 0, unsupported("its messages are shared as before HDF5 1.6; save the file anew")
	case 2:
		c.u8() // always in another object
	case 3:
		if kind := c.u8(); c.err == nil && kind == 1 {
			return 0, unsupported("its messages are shared in a heap of the file's, which weights have no use for")
		} else if kind != 2 {
			c.fail("it is shared in the unknown way %d", kind)
		}
	}
	return c.address(), c.err
}

// unshared returns a cursor over a message that this package reads only in place.
func (f *File) unshared(m *message, what string) *cursor {
	c := m.cursor(f, what)
	if m.flags&flagShared != 0 {
		if _, err := readShared(c); err != nil {
			c.err = err
		}
		c.fail("it stands in another object, which is possible for datatypes alone")
	}
	return c
}
