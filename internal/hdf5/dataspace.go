package hdf5

import "math"

// maxRank is the most dimensions the format knows.
const maxRank = 32

// dataspace is the shape of a dataset or an attribute.
type dataspace struct {
	null bool     // without any elements
	dims []uint64 // none for a scalar
	most []uint64 // what dims may grow to; math.MaxUint64 without end
}

// readDataspace reads a dataspace message, version 1 or 2.
func readDataspace(c *cursor) (dataspace, error) {
	var s dataspace
	version := c.version(1, 2)
	rank, flags := int(c.u8()), c.u8()
	if version == 1 {
		c.reserved(5)
	} else if kind := c.u8(); kind > 2 || (kind != 1 && rank > 0) || (kind == 1 && rank == 0) {
		c.fail("its kind is %d with %d dimensions", kind, rank)
	} else {
		s.null = kind == 2
	}
	if rank > maxRank {
		c.fail("it has %d dimensions", rank)
	}
	if flags > 1 || (flags == 1 && rank == 0) {
		c.fail("its flags are %#x", flags)
	}
	if c.err != nil {
		return s, c.err
	}
	for range rank {
		s.dims = append(s.dims, c.length())
	}
	s.most = s.dims
	if flags == 1 {
		s.most = nil
		for range rank {
			s.most = append(s.most, c.length())
		}
	}
	for i := range s.dims {
		if c.err == nil && (s.dims[i] == math.MaxUint64 || s.dims[i] > s.most[i]) {
			c.fail("dimension %d is %d and at most %d", i, s.dims[i], s.most[i])
		}
	}
	return s, c.err
}

// elements returns the number of elements, or false where it is no number below
// limit.
func (s dataspace) elements(limit uint64) (uint64, bool) {
	if s.null {
		return 0, true
	}
	return product(s.dims, limit)
}

// product multiplies, or returns false where the result exceeds the limit.
func product(dims []uint64, limit uint64) (uint64, bool) {
	n := uint64(1)
	for _, d := range dims {
		if d != 0 && n > limit/d {
			return 0, false
		}
		n *= d
	}
	return n, n <= limit
}
