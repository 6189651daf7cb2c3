package parquet

import (
	"encoding/binary"
	"errors"
)

// The compact protocol of Thrift, in which a Parquet file describes itself, writes
// lengths before what they are of. The library makes room for what is declared;
// walking over the bytes first finds declarations that nothing stands behind.

// Types of the compact protocol.
const (
	thriftTrue   = 1
	thriftFalse  = 2
	thriftByte   = 3
	thriftI16    = 4
	thriftI32    = 5
	thriftI64    = 6
	thriftDouble = 7
	thriftBinary = 8
	thriftList   = 9
	thriftSet    = 10
	thriftMap    = 11
	thriftStruct = 12
)

// maxThriftDepth is how deep structures may lie in structures.
const maxThriftDepth = 32

var errThrift = errors.New("a description that declares more than there is")

// walker walks over bytes of the compact protocol.
type walker struct {
	b  []byte
	at int
}

// structure walks over a structure and shows its whole numbers, and truths as 1 and
// 0, to see: the number
// of the field in it, and of the field of the structure around it, 0 at the top.
func (w *walker) structure(depth, within int, see func(within, field int, n int64)) error {
	if depth > maxThriftDepth {
		return errThrift
	}
	field := 0
	for {
		head, err := w.byte()
		if err != nil || head == 0 {
			return err
		}
		if delta := int(head >> 4); delta > 0 {
			field += delta
		} else {
			n, err := w.number()
			if err != nil {
				return err
			}
			field = int(int16(n))
		}
		switch typ := head & 0xf; typ {
		case thriftTrue: // the value is in the type
			see(within, field, 1)
		case thriftFalse:
			see(within, field, 0)
		case thriftI16, thriftI32, thriftI64:
			n, err := w.number()
			if err != nil {
				return err
			}
			see(within, field, n)
		case thriftStruct:
			if err := w.structure(depth+1, field, see); err != nil {
				return err
			}
		default:
			if err := w.skip(depth, typ); err != nil {
				return err
			}
		}
	}
}

// skip walks over a value.
func (w *walker) skip(depth int, typ byte) error {
	switch typ {
	case thriftTrue, thriftFalse, thriftByte: // in a list they take a byte
		return w.pass(1)
	case thriftI16, thriftI32, thriftI64:
		_, err := w.number()
		return err
	case thriftDouble:
		return w.pass(8)
	case thriftBinary:
		n, err := w.length()
		if err != nil {
			return err
		}
		return w.pass(n)
	case thriftList, thriftSet:
		return w.list(depth)
	case thriftMap:
		return w.pairs(depth)
	case thriftStruct:
		return w.structure(depth+1, -1, func(int, int, int64) {})
	default:
		return errThrift
	}
}

func (w *walker) list(depth int) error {
	head, err := w.byte()
	if err != nil {
		return err
	}
	n := int(head >> 4)
	if n == 0xf {
		if n, err = w.length(); err != nil {
			return err
		}
	}
	return w.repeat(n, depth, head&0xf)
}

func (w *walker) pairs(depth int) error {
	n, err := w.length()
	if err != nil || n == 0 {
		return err
	}
	types, err := w.byte()
	if err != nil {
		return err
	}
	return w.repeat(n, depth, types>>4, types&0xf)
}

func (w *walker) repeat(n, depth int, types ...byte) error {
	if depth > maxThriftDepth {
		return errThrift
	}
	for range n {
		for _, t := range types {
			if err := w.skip(depth+1, t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *walker) byte() (byte, error) {
	if w.at >= len(w.b) {
		return 0, errThrift
	}
	w.at++
	return w.b[w.at-1], nil
}

func (w *walker) pass(n int) error {
	if n > len(w.b)-w.at {
		return errThrift
	}
	w.at += n
	return nil
}

// number reads a zigzag number.
func (w *walker) number() (int64, error) {
	n, k := binary.Varint(w.b[w.at:])
	if k <= 0 {
		return 0, errThrift
	}
	w.at += k
	return n, nil
}

// length reads how many bytes or elements follow. An element takes a byte or more.
func (w *walker) length() (int, error) {
	n, k := binary.Uvarint(w.b[w.at:])
	if k <= 0 || n > uint64(len(w.b)-w.at-k) {
		return 0, errThrift
	}
	w.at += k
	return int(n), nil
}
