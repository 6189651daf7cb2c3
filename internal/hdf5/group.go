package hdf5

import "cmp"

func (h *header) isGroup() bool {
	return h.find(kindSymbolTable) != nil || h.find(kindLinkInfo) != nil
}

func (h *header) isDataset() bool {
	return h.find(kindDataspace) != nil && h.find(kindDatatype) != nil
}

// group is what one group says.
type group struct {
	label string // its attribute "name"
	links []link // each name once
}

// group reads a group, or returns it if it was read before.
func (f *File) group(h *header) (*group, error) {
	if g := f.groups[h.address]; g != nil {
		return g, nil
	}
	g := new(group)
	var err error
	if g.label, err = f.label(h, "name"); err != nil {
		return nil, err
	}
	if g.links, err = f.links(h); err != nil {
		return nil, err
	}
	f.groups[h.address] = g
	return g, nil
}

// links returns what a group names.
func (f *File) links(h *header) ([]link, error) {
	table, err := h.only(f, kindSymbolTable)
	if err != nil {
		return nil, err
	}
	info, err := h.only(f, kindLinkInfo)
	switch {
	case err != nil:
		return nil, err
	case table != nil && (info != nil || h.find(kindLink) != nil):
		return nil, table.cursor(f, "object header").failed("it is a group of the old and of the new kind")
	case table != nil:
		return f.tableLinks(h, table)
	}
	return f.newLinks(h, info)
}

// newLinks returns the links of a group of the new kind: they stand in its header
// or in a heap, never in both.
func (f *File) newLinks(h *header, info *message) ([]link, error) {
	c := f.unshared(info, "link info message")
	heap, names := readDenseInfo(c, 8)
	if c.err != nil {
		return nil, c.err
	}
	var out []link
	seen := make(map[string]bool)
	for i := range h.messages {
		m := &h.messages[i]
		if m.kind != kindLink {
			continue
		}
		c := f.unshared(m, "link message")
		l, err := readLink(c)
		if err != nil {
			return nil, err
		}
		if seen[l.name] {
			return nil, c.failed("the name %q stands twice in one group", l.name)
		}
		seen[l.name] = true
		out = append(out, l)
	}
	if heap == undefined {
		return out, nil
	}
	if len(out) > 0 {
		return nil, c.failed("its links stand in the header and in a heap")
	}
	return f.denseLinks(h.address, heap, names)
}

// readDenseInfo reads a link info or attribute info message: the addresses of the
// heap and of the index by name, undefined where everything stands in the header.
// An order of creation takes that many bytes.
func readDenseInfo(c *cursor, orderBytes int) (heap, names uint64) {
	c.version(0)
	flags := c.u8()
	if flags > 3 {
		c.fail("its flags are %#x", flags)
	}
	if flags&1 != 0 {
		c.take(orderBytes)
	}
	heap, names = c.address(), c.address()
	if flags&2 != 0 {
		c.address() // index by order of creation
	}
	if c.err == nil && (heap == undefined) != (names == undefined) {
		c.fail("it has a heap without an index, or an index without a heap")
	}
	return heap, names
}

// denseLinks returns the links in a fractal heap that an index of names lists by
// the names' hashes.
func (f *File) denseLinks(owner, heapAddress, names uint64) ([]link, error) {
	heap, err := f.openHeap(heapAddress, owner)
	if err != nil {
		return nil, err
	}
	var out []link
	var before uint32
	err = f.eachRecord(names, owner, treeLinkNames, 4+heap.idSize, func(c *cursor) error {
		hash := c.u32()
		object, err := heap.object(c.take(heap.idSize), "link in a heap")
		if err != nil {
			return err
		}
		l, err := readLink(object)
		switch {
		case err != nil:
			return err
		case lookup3([]byte(l.name)) != hash:
			return c.failed("it lists %q under the wrong hash", l.name)
		case len(out) > 0 && cmp.Or(cmp.Compare(before, hash), cmp.Compare(out[len(out)-1].name, l.name)) >= 0:
			return c.failed("%q is not in its order", l.name)
		}
		before = hash
		out = append(out, l)
		return nil
	})
	return out, err
}
