package hdf5

import "slices"

// The kinds of header messages that this package looks at.
const (
	kindNil          = 0x00
	kindDataspace    = 0x01
	kindLinkInfo     = 0x02
	kindDatatype     = 0x03
	kindFillOld      = 0x04
	kindFill         = 0x05
	kindLink         = 0x06
	kindExternal     = 0x07
	kindLayout       = 0x08
	kindFilters      = 0x0b
	kindAttribute    = 0x0c
	kindModifiedOld  = 0x0e
	kindContinuation = 0x10
	kindSymbolTable  = 0x11
	kindModified     = 0x12
	kindTreeK        = 0x13
	kindAttrInfo     = 0x15
	kindRefCount     = 0x16
	kindFileSpace    = 0x17
	kindUnknown      = 0x19 // reserved by the library for what it does not know
)

// Flags of a message.
const (
	flagShared     = 0x02 // its body says where it stands
	flagUnshared   = 0x04
	flagWasUnknown = 0x20
	flagShareable  = 0x40
	flagMustKnow   = 0x80 // who does not know it must not open the object
)

// shareable are the kinds of messages that may stand elsewhere.
var shareable = []int{kindDataspace, kindDatatype, kindFillOld, kindFill, kindFilters, kindAttribute}

// message is one message of an object header.
type message struct {
	kind  int
	flags uint8
	at    uint64 // address of its body
	body  []byte
}

func (m *message) cursor(f *File, what string) *cursor {
	return &cursor{file: f, what: what, base: m.at, data: m.body}
}

// header is an object header with all its messages.
type header struct {
	address  uint64
	messages []message
}

// find returns the first message of that kind, or nil.
func (h *header) find(kind int) *message {
	for i := range h.messages {
		if h.messages[i].kind == kind {
			return &h.messages[i]
		}
	}
	return nil
}

// only returns the message of that kind, nil if there is none, and an error if
// there are two: which of them counts would be a guess.
func (h *header) only(f *File, kind int) (*message, error) {
	var found *message
	for i := range h.messages {
		m := &h.messages[i]
		if m.kind != kind {
			continue
		}
		if found != nil {
			return nil, m.cursor(f, "object header").failed("it has two messages of kind %#x", kind)
		}
		found = m
	}
	return found, nil
}

// header reads an object header, or returns it if it was read before.
func (f *File) header(address uint64) (*header, error) {
	if h := f.headers[address]; h != nil {
		return h, nil
	}
	start := f.peek("object header", address, 4)
	if start.err != nil {
		return nil, start.err
	}
	h := &header{address: address}
	var err error
	if string(start.data) == "OHDR" {
		err = f.readNewHeader(h)
	} else {
		err = f.readOldHeader(h)
	}
	if err != nil {
		return nil, err
	}
	f.headers[address] = h
	return h, nil
}

// readOldHeader reads an object header of version 1.
func (f *File) readOldHeader(h *header) error {
	start := f.peek("object header", h.address, 16)
	start.version(1)
	start.reserved(1)
	count := start.u16()
	start.u32() // references to the object
	size := uint64(start.u32())
	start.reserved(4)
	if start.err != nil {
		return start.err
	}
	c := f.block("object header", h.address, 16+size, h.address)
	c.take(16)
	waiting := []*cursor{c}
	seen := map[uint64]bool{h.address: true}
	for len(waiting) > 0 {
		c, waiting = waiting[0], waiting[1:]
		for c.err == nil && c.left() > 0 {
			m := message{kind: c.u16()}
			n := c.u16()
			m.flags = c.u8()
			c.reserved(3)
			if n%8 != 0 {
				c.fail("a message of %d bytes is not aligned", n)
			}
			m.at = c.base + uint64(c.at)
			m.body = c.take(n)
			f.add(h, c, m, 1)
			if next := f.follow(h, c, m, seen); next != nil {
				waiting = append(waiting, next)
			}
		}
		if c.err != nil {
			return c.err
		}
	}
	if len(h.messages) != count {
		return start.failed("it holds %d messages and says %d", len(h.messages), count)
	}
	return nil
}

// add checks a message's kind and flags and adds it to the header.
func (f *File) add(h *header, c *cursor, m message, version int) {
	known := m.kind <= kindFileSpace+1 && m.kind != 0x09
	switch {
	case c.err != nil:
		return
	case len(h.messages) == maxMessages:
		c.err = unsupported("one of its objects has more than %d messages, which weights never do", maxMessages)
	case m.kind == kindUnknown:
		c.fail("a message has the reserved kind %#x", m.kind)
	case m.flags&flagShared != 0 && m.flags&flagUnshared != 0, m.flags&flagWasUnknown != 0:
		c.fail("a message has the impossible flags %#x", m.flags)
	case known && m.flags&(flagShared|flagShareable) != 0 && !slices.Contains(shareable, m.kind):
		c.fail("a message of kind %#x can't be shared", m.kind)
	case !known && m.flags&flagMustKnow != 0:
		c.err = unsupported("one of its objects has a message of the unknown kind %#x, and says that no program may read on that does not know it", m.kind)
	case m.kind == kindRefCount && (version == 1 || m.flags&flagShared != 0 || len(m.body) < 5 || m.body[0] != 0):
		c.fail("its count of references can't be read")
	case m.kind == kindModified && (len(m.body) < 8 || m.body[0] != 1), m.kind == kindModifiedOld && !isTime(m.body):
		c.fail("its time of change can't be read")
	}
	h.messages = append(h.messages, m)
}

// isTime tells whether an old time of change is the 14 digits it should be.
func isTime(body []byte) bool {
	return len(body) >= 16 && !slices.ContainsFunc(body[:14], func(b byte) bool { return b < '0' || b > '9' })
}

// follow returns a cursor over the block that a continuation message names, or nil
// for other messages. Those that were followed before are in seen.
func (f *File) follow(h *header, c *cursor, m message, seen map[uint64]bool) *cursor {
	if m.kind != kindContinuation || c.err != nil {
		return nil
	}
	body := m.cursor(f, "continuation message")
	address, size := body.address(), body.length()
	if m.flags&flagShared != 0 || (body.err == nil && size == 0) {
		body.fail("it continues nowhere")
	}
	if seen[address] {
		body.fail("it leads back to where it came from")
	}
	seen[address] = true
	if body.err != nil {
		c.err = body.err
		return nil
	}
	return f.block("continuation block", address, size, h.address)
}
