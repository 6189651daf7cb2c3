package hdf5

// Flags of an object header of version 2.
const (
	headerSizeWidth   = 0x03 // the logarithm of the width of the first block's size
	headerOrder       = 0x04 // attributes' order of creation is tracked
	headerOrderIndex  = 0x08
	headerPhaseChange = 0x10
	headerTimes       = 0x20
)

// readNewHeader reads an object header of version 2.
func (f *File) readNewHeader(h *header) error {
	start := f.peek("object header", h.address, min(64, uint64(len(f.data))-h.address))
	start.signature("OHDR")
	start.version(2)
	flags := start.u8()
	if flags > 0x3f || (flags&headerOrderIndex != 0 && flags&headerOrder == 0) {
		start.fail("its flags %#x are impossible", flags)
	}
	if flags&headerTimes != 0 {
		start.take(16)
	}
	if flags&headerPhaseChange != 0 {
		if most, least := start.u16(), start.u16(); most < least {
			start.fail("its attributes are stored densely from %d on and compactly from %d on", most, least)
		}
	}
	size := start.uint(1 << (flags & headerSizeWidth))
	if start.err != nil {
		return start.err
	}
	if size > uint64(len(f.data)) {
		return start.failed("it claims %d bytes", size)
	}
	c := f.block("object header", h.address, uint64(start.at)+size+4, h.address)
	c.take(start.at)
	waiting := []*cursor{c}
	seen := map[uint64]bool{h.address: true}
	for len(waiting) > 0 {
		c, waiting = waiting[0], waiting[1:]
		more, err := f.readMessages(h, c, flags, seen)
		if err != nil {
			return err
		}
		waiting = append(waiting, more...)
	}
	return nil
}

// readMessages reads the messages of one block, which ends in its checksum, and
// returns the blocks that continue it.
func (f *File) readMessages(h *header, c *cursor, flags uint8, seen map[uint64]bool) ([]*cursor, error) {
	if c.left() < 4 {
		c.fail("it is too short for its checksum")
	}
	if c.err != nil {
		return nil, c.err
	}
	end := *c
	end.at = len(c.data) - 4
	if end.checksum(); end.err != nil {
		return nil, end.err
	}
	c.data = c.data[:len(c.data)-4]
	prefix := 4
	if flags&headerOrder != 0 {
		prefix = 6
	}
	var more []*cursor
	free := false
	for c.err == nil && c.left() >= prefix {
		m := message{kind: int(c.u8())}
		n := c.u16()
		m.flags = c.u8()
		c.take(prefix - 4)
		m.at = c.base + uint64(c.at)
		m.body = c.take(n)
		free = free || m.kind == kindNil
		f.add(h, c, m, 2)
		if next := f.follow(h, c, m, seen); next != nil {
			next.signature("OCHK")
			more = append(more, next)
		}
	}
	if free && c.left() > 0 {
		c.fail("it has free messages, and a gap beside them")
	}
	c.reserved(c.left())
	return more, c.err
}
