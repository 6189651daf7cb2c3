package hdf5

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// attribute is an attribute without its value decoded.
type attribute struct {
	name  string
	kind  datatype
	space dataspace
	value *cursor
}

// label returns the text of an object's attribute called name, "" where there is
// none or where it is no single text.
func (f *File) label(h *header, name string) (string, error) {
	a, err := f.attribute(h, name)
	if err != nil || a == nil {
		return "", err
	}
	if a.space.null || len(a.space.dims) > 0 {
		return "", nil
	}
	switch {
	case a.kind.class == classString:
		return fixedText(a)
	case a.kind.class == classVariable && a.kind.bits&0x0f == 1:
		return f.variableText(a)
	}
	return "", nil
}

// attribute returns the attribute of that name, or nil.
func (f *File) attribute(h *header, name string) (*attribute, error) {
	info, err := h.only(f, kindAttrInfo)
	if err != nil {
		return nil, err
	}
	if info != nil {
		c := f.unshared(info, "attribute info message")
		heap, names := readDenseInfo(c, 2)
		if c.err != nil {
			return nil, c.err
		}
		if heap != undefined {
			return f.denseAttribute(h, heap, names, name)
		}
	}
	var found *attribute
	for i := range h.messages {
		m := &h.messages[i]
		if m.kind != kindAttribute {
			continue
		}
		a, err := f.readAttribute(f.unshared(m, "attribute message"))
		if err != nil {
			return nil, err
		}
		if a.name == name && found != nil {
			return nil, a.value.failed("the attribute %q stands twice", name)
		}
		if a.name == name {
			found = a
		}
	}
	return found, nil
}

// denseAttribute looks an attribute up among those an object keeps in a heap.
func (f *File) denseAttribute(h *header, heapAddress, names uint64, name string) (*attribute, error) {
	heap, err := f.openHeap(heapAddress, h.address)
	if err != nil {
		return nil, err
	}
	var found *attribute
	var before uint32
	err = f.eachRecord(names, h.address, treeAttributeNames, heap.idSize+9, func(c *cursor) error {
		id, flags := c.take(heap.idSize), c.u8()
		c.take(4) // order of creation
		hash := c.u32()
		if hash < before {
			c.fail("it is not in its order")
		}
		before = hash
		if c.err != nil || hash != lookup3([]byte(name)) {
			return c.err
		}
		if flags&flagShared != 0 {
			return unsupported("the attribute %q is shared in a heap of the file's, which weights have no use for", name)
		}
		object, err := heap.object(id, "attribute in a heap")
		if err != nil {
			return err
		}
		a, err := f.readAttribute(object)
		switch {
		case err != nil:
			return err
		case a.name != name || found != nil:
			return c.failed("the attribute %q is listed under the hash of %q", a.name, name)
		}
		found = a
		return nil
	})
	return found, err
}

// readAttribute reads an attribute message, versions 1 to 3.
func (f *File) readAttribute(c *cursor) (*attribute, error) {
	version := c.version(1, 2, 3)
	flags := c.u8()
	nameSize, kindSize, spaceSize := c.u16(), c.u16(), c.u16()
	if version == 3 {
		if set := c.u8(); set > 1 {
			c.fail("its name is of the unknown character set %d", set)
		}
	}
	if flags > 3 || (version == 1 && flags != 0) || nameSize < 2 {
		c.fail("its flags are %#x, its name has %d bytes", flags, nameSize)
	}
	part := func(n int) message {
		m := message{at: c.base + uint64(c.at), body: c.take(n)}
		if version == 1 {
			c.take(-n & 7)
		}
		return m
	}
	name, kind, space := part(nameSize), part(kindSize), part(spaceSize)
	if c.err == nil && bytes.IndexByte(name.body, 0) != nameSize-1 {
		c.fail("its name does not end where it says")
	}
	if c.err != nil {
		return nil, c.err
	}
	if flags&2 != 0 {
		return nil, unsupported("the shape of an attribute is shared in a heap of the file's, which weights have no use for")
	}
	a := &attribute{name: string(name.body[:nameSize-1]), value: c}
	kind.flags = flags & 1 * flagShared
	var err error
	if a.kind, err = f.datatype(&kind); err != nil {
		return nil, err
	}
	a.space, err = readDataspace(space.cursor(f, "dataspace of an attribute"))
	return a, err
}

// variableText returns a text that stands in the global heap.
func (f *File) variableText(a *attribute) (string, error) {
	c := a.value
	size, address, number := c.u32(), c.address(), c.u32()
	if c.err != nil || size == 0 {
		return "", c.err
	}
	heap, err := f.globalHeap(address)
	if err != nil {
		return "", err
	}
	text, ok := heap[int(number)]
	if !ok || uint64(len(text)) != uint64(size) {
		return "", c.failed("the text of attribute %q is not in the global heap", a.name)
	}
	return soundText(c, string(text))
}

// fixedText returns a text that stands in the attribute, without what pads it.
func fixedText(a *attribute) (string, error) {
	text := string(a.value.take(a.kind.size))
	switch a.kind.bits & 0x0f {
	case 0:
		text, _, _ = strings.Cut(text, "\x00")
	case 1:
		text = strings.TrimRight(text, "\x00")
	case 2:
		text = strings.TrimRight(text, " ")
	}
	return soundText(a.value, text)
}

func soundText(c *cursor, text string) (string, error) {
	if c.err == nil && (strings.Contains(text, "\x00") || !utf8.ValidString(text)) {
		c.fail("%q is no text", text)
	}
	return text, c.err
}
