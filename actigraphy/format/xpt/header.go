package xpt

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

const (
	recordSize     = 80
	descriptorSize = 140 // the only size but for that of VAX/VMS, 136
	maxColumns     = 10_000
	maxRow         = 1 << 20 // bytes
	maxLabels      = 1_000_000
	headerPrefix   = "HEADER RECORD*******"
)

// column is one variable of the table.
type column struct {
	name   string
	text   bool
	offset int // in the row
	width  int
}

// table is the header of the first table of a file.
type table struct {
	name    string
	columns []column
	width   int   // bytes of a row
	rows    int64 // -1 where the header does not say (version 5)
	data    int64 // offset of the first row
}

// header is the state of reading the header.
type header struct {
	in     *format.Input
	r      io.Reader
	offset int64
	record [recordSize]byte
}

// readHeader reads up to the first row of the first table.
func readHeader(in *format.Input, r io.Reader) (*table, error) {
	h := &header{in: in, r: r}
	t := &table{rows: -1}
	if err := h.expect("LIBRARY", "LIBV8"); err != nil {
		return nil, err
	}
	if err := h.skip(2); err != nil {
		return nil, err
	}
	if err := h.expect("MEMBER", "MEMBV8"); err != nil {
		return nil, err
	}
	if size := strings.TrimSpace(string(h.record[74:78])); size != strconv.Itoa(descriptorSize) && size != fmt.Sprintf("%04d", descriptorSize) {
		return nil, h.fault(fmt.Sprintf("column descriptors of %d bytes", descriptorSize), strconv.Quote(size), "write the file again in SAS, R or Python")
	}
	if err := h.expect("DSCRPTR", "DSCPTV8"); err != nil {
		return nil, err
	}
	if err := h.next(); err != nil {
		return nil, err
	}
	t.name = strings.TrimSpace(string(h.record[8:16]))
	if err := h.next(); err != nil {
		return nil, err
	}
	if err := h.expect("NAMESTR", "NAMSTV8"); err != nil {
		return nil, err
	}
	if err := h.descriptors(t); err != nil {
		return nil, err
	}
	return t, h.toRows(t)
}

// next reads a record.
func (h *header) next() error {
	n, err := io.ReadFull(h.r, h.record[:])
	h.offset += int64(n)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return h.fault("a header of records of 80 bytes", "the end of the file", "the file may be cut off; download it again")
	case err != nil:
		return err
	}
	return nil
}

func (h *header) skip(n int) error {
	for range n {
		if err := h.next(); err != nil {
			return err
		}
	}
	return nil
}

// expect reads a header record of one of the kinds.
func (h *header) expect(kinds ...string) error {
	if err := h.next(); err != nil {
		return err
	}
	for _, k := range kinds {
		if h.is(k) {
			return nil
		}
	}
	return h.fault("a header record "+kinds[0], strconv.Quote(strings.TrimRight(string(h.record[:48]), " ")), "the file may be damaged; download it again")
}

func (h *header) is(kind string) bool {
	return bytes.HasPrefix(h.record[:], []byte(headerPrefix+kind+" ")) || bytes.HasPrefix(h.record[:], []byte(headerPrefix+kind+"HEADER"))
}

// count reads a number of the record, 0 where there is none.
func (h *header) count(from, to int) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(string(h.record[from:to])), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// descriptors reads the columns.
func (h *header) descriptors(t *table) error {
	n := h.count(54, 58)
	if h.is("NAMSTV8") {
		n = h.count(48, 58) // version 8 counts with more digits
	}
	if n < 1 || n > maxColumns {
		return h.fault(fmt.Sprintf("1 to %d columns", maxColumns), strconv.FormatInt(n, 10), "the file may be damaged; download it again")
	}
	size := (n*descriptorSize + recordSize - 1) / recordSize * recordSize
	block := make([]byte, size)
	read, err := io.ReadFull(h.r, block)
	h.offset += int64(read)
	if err != nil {
		return h.fault(fmt.Sprintf("descriptors of %d columns", n), "the end of the file", "the file may be cut off; download it again")
	}
	for i := range int(n) {
		if err := h.column(t, block[i*descriptorSize:][:descriptorSize]); err != nil {
			return err
		}
	}
	return nil
}

func (h *header) column(t *table, d []byte) error {
	c := column{
		name:   strings.TrimSpace(string(bytes.TrimRight(d[8:16], "\x00"))),
		text:   binary.BigEndian.Uint16(d[0:]) == 2,
		width:  int(binary.BigEndian.Uint16(d[4:])),
		offset: int(binary.BigEndian.Uint32(d[84:])),
	}
	if kind := binary.BigEndian.Uint16(d[0:]); kind != 1 && kind != 2 {
		return h.fault("a column of numbers (1) or text (2)", strconv.Itoa(int(kind)), "the file may be damaged; download it again")
	}
	if c.width < 1 || !c.text && (c.width < shortestFloat || c.width > longestFloat) || c.offset != t.width || t.width+c.width > maxRow {
		return h.fault("columns that follow each other, numbers of 2 to 8 bytes",
			fmt.Sprintf("%q, %d bytes at byte %d of the row", c.name, c.width, c.offset), "the file may be damaged; download it again")
	}
	t.columns = append(t.columns, c)
	t.width += c.width
	return nil
}

// toRows passes over labels to the first row.
func (h *header) toRows(t *table) error {
	for range maxLabels {
		if err := h.next(); err != nil {
			return err
		}
		switch {
		case h.is("OBS"):
			t.data = h.offset
			return nil
		case h.is("OBSV8"):
			t.data, t.rows = h.offset, h.count(48, 63)
			return nil
		}
	}
	return h.fault("a header record OBS", "none", "the file may be damaged; download it again")
}

func (h *header) fault(expected, found, advice string) error {
	return &actigraphy.FileError{File: h.in.Path, Offset: h.offset, Expected: expected, Found: found, Advice: advice}
}

// column returns the column of a name.
func (t *table) column(name string) (column, bool) {
	for _, c := range t.columns {
		if strings.EqualFold(c.name, name) {
			return c, true
		}
	}
	return column{}, false
}
