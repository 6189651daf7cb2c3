package rdata

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// Limits of a file. A vector is read in pieces, so that memory follows what is
// there and not what a header declares.
const (
	maxExpanded = 512 << 20 // bytes of the decompressed file
	maxVector   = 1 << 27   // numbers
	maxTexts    = 1 << 24   // texts in all
	maxText     = 1 << 20   // bytes of one
	maxKept     = 1 << 16   // different texts that are kept once each
	maxDepth    = 200       // of lists in lists
	maxItems    = 1 << 20   // of lists and attributes
	piece       = 1 << 13   // elements read at once
)

// Types of R's items, as serialization numbers them.
const (
	typeNil         = 0
	typeSymbol      = 1
	typePairs       = 2
	typeEnvironment = 4
	typeCall        = 6
	typeChars       = 9
	typeLogical     = 10
	typeInteger     = 13
	typeReal        = 14
	typeComplex     = 15
	typeTexts       = 16
	typeList        = 19
	typeExpression  = 20
	typePointer     = 22
	typeRaw         = 24
	typeS4          = 25

	typeAlternative   = 238 // ALTREP
	typePairsAttr     = 239
	typeCallAttr      = 240
	typeBaseEnv       = 241
	typeEmptyEnv      = 242
	typePersistent    = 247
	typePackage       = 248
	typeNamespace     = 249
	typeBaseNamespace = 250
	typeMissing       = 251
	typeUnbound       = 252
	typeGlobalEnv     = 253
	typeNilValue      = 254
	typeReference     = 255
)

// decoder reads the serialization.
type decoder struct {
	r       *bufio.Reader
	limited *io.LimitedReader // below r
	refs    []string          // symbols by reference; "" for other referred items
	items   int
	texts   int
	buffer  []byte
	kept    map[string]string // texts that were read, kept once
}

// errObject is the error of an object that no data frame of simple kind holds.
type errObject string

func (e errObject) Error() string { return string(e) }

// errDamaged is the error of bytes that are no serialization.
var errDamaged = errors.New("the serialization of R is damaged")

func newDecoder(r io.Reader) *decoder {
	limited := &io.LimitedReader{R: r, N: maxExpanded}
	return &decoder{
		r: bufio.NewReaderSize(limited, 1<<16), limited: limited, buffer: make([]byte, 8*piece), kept: make(map[string]string),
	}
}

func (d *decoder) bytes(n int) ([]byte, error) {
	if n > len(d.buffer) {
		d.buffer = make([]byte, n)
	}
	b := d.buffer[:n]
	_, err := io.ReadFull(d.r, b)
	switch {
	case err == nil:
		return b, nil
	case d.limited.N == 0:
		return nil, errObject(fmt.Sprintf("a file that expands to more than %d MiB", maxExpanded>>20))
	case errors.Is(err, io.EOF):
		return nil, io.ErrUnexpectedEOF
	default:
		return nil, err
	}
}

func (d *decoder) int() (int, error) {
	b, err := d.bytes(4)
	if err != nil {
		return 0, err
	}
	return int(int32(binary.BigEndian.Uint32(b))), nil
}

// head reads what stands before the first item.
func (d *decoder) head() error {
	form, err := d.bytes(2)
	switch {
	case err != nil:
		return err
	case string(form) == "A\n":
		return errObject("a file of R written as text; save it without ascii = TRUE")
	case string(form) != "X\n":
		return errDamaged
	}
	version, err := d.int()
	if err != nil {
		return err
	}
	if version != 2 && version != 3 {
		return errObject(fmt.Sprintf("serialization version %d of R, which is not read; 2 and 3 are", version))
	}
	if _, err := d.bytes(8); err != nil || version == 2 {
		return err
	}
	n, err := d.int() // version 3 names the encoding of texts without a mark
	if err != nil || n < 0 || n > maxText {
		return errors.Join(err, errDamaged)
	}
	_, err = d.bytes(n)
	return err
}

// length reads the length of a vector.
func (d *decoder) length() (int, error) {
	n, err := d.int()
	if err != nil {
		return 0, err
	}
	if n < 0 || n > maxVector { // -1 announces a longer one
		return 0, errObject(fmt.Sprintf("a vector of more than %d elements", maxVector))
	}
	return n, nil
}

// numbers reads n elements of a width in pieces.
func (d *decoder) numbers(n, width int, take func(b []byte)) error {
	for n > 0 {
		k := min(n, piece)
		b, err := d.bytes(k * width)
		if err != nil {
			return err
		}
		for ; len(b) > 0; b = b[width:] {
			take(b[:width])
		}
		n -= k
	}
	return nil
}

func (d *decoder) ints(n int) (out []int32, err error) {
	err = d.numbers(n, 4, func(b []byte) { out = append(out, int32(binary.BigEndian.Uint32(b))) })
	return out, err
}

func (d *decoder) reals(n int) (out []float64, err error) {
	err = d.numbers(n, 8, func(b []byte) { out = append(out, math.Float64frombits(binary.BigEndian.Uint64(b))) })
	return out, err
}

// text reads an item that must be one text.
func (d *decoder) text() (string, error) {
	flags, err := d.int()
	if err != nil {
		return "", err
	}
	if flags&0xff != typeChars {
		return "", errDamaged
	}
	if d.texts++; d.texts > maxTexts {
		return "", errObject(fmt.Sprintf("more than %d texts", maxTexts))
	}
	n, err := d.int()
	switch {
	case err != nil:
		return "", err
	case n == -1:
		return "", nil // missing
	case n < 0 || n > maxText:
		return "", errDamaged
	}
	b, err := d.bytes(n)
	if err != nil {
		return "", err
	}
	if s, ok := d.kept[string(b)]; ok {
		return s, nil
	}
	s := string(b)
	if len(d.kept) < maxKept {
		d.kept[s] = s
	}
	return s, nil
}
