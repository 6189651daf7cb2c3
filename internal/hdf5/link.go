package hdf5

import (
	"strings"
	"unicode/utf8"
)

// link is one name in a group.
type link struct {
	name    string
	address uint64 // of the object header; undefined where it is no hard link
	kind    string // "" for a hard link, else in words
}

// The kinds of links a link message knows.
const (
	linkHard     = 0
	linkSoft     = 1
	linkExternal = 64
)

// readLink reads a link message.
func readLink(c *cursor) (link, error) {
	c.version(1)
	flags := c.u8()
	if flags > 0x1f {
		c.fail("its flags are %#x", flags)
	}
	kind := uint8(linkHard)
	if flags&0x08 != 0 {
		kind = c.u8()
	}
	if flags&0x04 != 0 {
		c.take(8) // order of creation
	}
	if flags&0x10 != 0 {
		if set := c.u8(); set > 1 {
			c.fail("its name is of the unknown character set %d", set)
		}
	}
	l := link{name: readName(c, c.uint(1<<(flags&3))), address: undefined}
	switch kind {
	case linkHard:
		l.address = c.address()
		if l.address == undefined {
			c.fail("it leads nowhere")
		}
	case linkSoft:
		l.kind = "a soft link"
		readTarget(c)
	case linkExternal:
		l.kind = "a link to another file"
		readTarget(c)
	default:
		if kind < linkExternal {
			c.fail("its kind %d is unknown", kind)
		}
		l.kind = "a link of a kind the writer made up"
		readTarget(c)
	}
	return l, c.err
}

// readTarget reads where a link that is not followed leads to.
func readTarget(c *cursor) {
	n := c.u16()
	if c.err == nil && n == 0 {
		c.fail("it leads nowhere")
	}
	c.take(n)
}

// readName reads a name of that many bytes.
func readName(c *cursor, size uint64) string {
	if size > maxName {
		c.fail("its name claims %d bytes", size)
		return ""
	}
	name := string(c.take(int(size)))
	checkName(c, name)
	return name
}

// checkName refuses names that do not name one object: a path is made of them.
func checkName(c *cursor, name string) {
	if c.err == nil && (name == "" || name == "." || strings.ContainsAny(name, "/\x00") || !utf8.ValidString(name)) {
		c.fail("the name %q can't be one", name)
	}
}
