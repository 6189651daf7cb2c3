package hdf5

import (
	"bytes"
	"slices"
)

// Signature starts every HDF5 file, after the user block.
const Signature = "\x89HDF\r\n\x1a\n"

// minFile is less than any file has: a superblock and the root's object header.
const minFile = 64

// The halves of a node's capacity where the superblock names none.
const (
	defaultLeafK  = 4
	defaultGroupK = 16
	defaultChunkK = 32
)

// FindSignature returns where the superblock of a file starts: at byte 0, or after
// a user block at byte 512, 1024, 2048 and so on. It returns -1 if there is none.
func FindSignature(content []byte) int {
	for at := 0; at <= len(content)-len(Signature); at = max(512, 2*at) {
		if bytes.HasPrefix(content[at:], []byte(Signature)) {
			return at
		}
	}
	return -1
}

func (f *File) readSuperblock(content []byte) error {
	start := FindSignature(content)
	if start < 0 {
		return unsupported("not an HDF5 file: its signature is nowhere")
	}
	f.data, f.base = content[start:], uint64(start)
	if len(f.data) < minFile {
		return unsupported("the file is cut short: an incomplete download (%d bytes are there); download it again", len(content))
	}
	f.leafK, f.groupK, f.chunkK = defaultLeafK, defaultGroupK, defaultChunkK
	c := f.peek("superblock", 0, min(uint64(len(f.data)), 128))
	c.signature(Signature)
	version := c.u8()
	switch {
	case c.err != nil:
		return c.err
	case version <= 1:
		return f.readOldSuperblock(c, version)
	case version <= 3:
		return f.readNewSuperblock(c)
	}
	return unsupported("its HDF5 superblock has version %d, newer than this program knows", version)
}

func (f *File) readSizes(c *cursor) error {
	f.offsetSize, f.lengthSize = int(c.u8()), int(c.u8())
	known := []int{2, 4, 8}
	if c.err == nil && (!slices.Contains(known, f.offsetSize) || !slices.Contains(known, f.lengthSize)) {
		return c.failed("addresses of %d bytes and lengths of %d are impossible", f.offsetSize, f.lengthSize)
	}
	return c.err
}

// readOldSuperblock reads what follows the version of superblocks 0 and 1.
func (f *File) readOldSuperblock(c *cursor, version uint8) error {
	c.reserved(4) // versions of the free space, of the root group, reserved, of shared messages
	if err := f.readSizes(c); err != nil {
		return err
	}
	c.reserved(1)
	f.leafK, f.groupK = c.u16(), c.u16()
	c.expect("the flag of consistency", 4, 0)
	if version == 1 {
		f.chunkK = c.u16()
		c.reserved(2)
	}
	if f.leafK == 0 || f.groupK == 0 || f.chunkK == 0 {
		c.fail("its B-trees have nodes without room")
	}
	base, free, end, driver := c.address(), c.address(), c.address(), c.address()
	if free != undefined {
		c.fail("it names an index of free space, which no version of the format has")
	}
	entry := readEntry(c)
	if err := f.setEnd(c, base, end); err != nil {
		return err
	}
	if driver != undefined {
		return unsupported("it is one part of a file that HDF5 splits over several")
	}
	f.root = entry.header
	f.block("superblock", 0, uint64(c.at), undefined)
	return f.checkRoot(c, entry)
}

// checkRoot compares what the superblock remembers of an old root group with what
// the group says. A group that has become one of the new kind says nothing.
func (f *File) checkRoot(c *cursor, e entry) error {
	if e.kind != cachedGroup {
		return nil
	}
	h, err := f.header(e.header)
	if err != nil {
		return err
	}
	m := h.find(kindSymbolTable)
	if m == nil {
		return nil
	}
	body := m.cursor(f, "symbol table message")
	if tree, heap := body.address(), body.address(); body.err == nil && (tree != e.tree || heap != e.heap) {
		return c.failed("it names another symbol table of the root group than that has")
	}
	return body.err
}

// readNewSuperblock reads what follows the version of superblocks 2 and 3.
func (f *File) readNewSuperblock(c *cursor) error {
	if err := f.readSizes(c); err != nil {
		return err
	}
	if flags := c.u8(); flags != 0 {
		return unsupported("it was not closed by the program that wrote it; copy it again, or save the model anew")
	}
	base, extension, end, root := c.address(), c.address(), c.address(), c.address()
	c.checksum()
	if err := f.setEnd(c, base, end); err != nil {
		return err
	}
	f.root = root
	f.block("superblock", 0, uint64(c.at), undefined)
	if extension == undefined {
		return nil
	}
	return f.readExtension(extension)
}

// setEnd cuts the file off at the end the superblock names: nothing lies behind.
func (f *File) setEnd(c *cursor, base, end uint64) error {
	switch {
	case c.err != nil:
		return c.err
	case base != f.base:
		return c.failed("it says that it stands at byte %d", base)
	case end < base || end-base < uint64(c.at):
		return c.failed("it says that the file ends at byte %d", end)
	case end-base > uint64(len(f.data)):
		return unsupported("the file is cut short: an incomplete download (%d bytes of %d are there); download it again", base+uint64(len(f.data)), end)
	}
	f.data = f.data[:end-base]
	return nil
}

// readExtension reads the messages that extend a superblock.
func (f *File) readExtension(address uint64) error {
	h, err := f.header(address)
	if err != nil {
		return err
	}
	for _, m := range h.messages {
		c := m.cursor(f, "superblock extension")
		switch m.kind {
		case kindNil, kindModified, kindModifiedOld:
		case kindTreeK:
			c.version(0)
			f.chunkK, f.groupK, f.leafK = c.u16(), c.u16(), c.u16()
			if f.leafK == 0 || f.groupK == 0 || f.chunkK == 0 {
				c.fail("its B-trees have nodes without room")
			}
		case kindFileSpace:
			readFileSpace(c)
		default:
			return unsupported("its superblock is extended by message %#x, which weights have no use for", m.kind)
		}
		if m.flags&flagShared != 0 {
			c.fail("one of its messages is shared")
		}
		if c.err != nil {
			return c.err
		}
	}
	return nil
}

// readFileSpace reads the file space info, of which only soundness matters.
func readFileSpace(c *cursor) {
	c.version(1)
	if strategy := c.u8(); strategy > 3 {
		c.fail("its file space strategy %d is unknown", strategy)
	}
	if persist := c.u8(); persist > 1 {
		c.fail("its file space is neither kept nor not")
	}
	c.length() // threshold
	if page := c.length(); page < 512 || page > 1<<30 {
		c.fail("its file space pages have %d bytes", page)
	}
}
