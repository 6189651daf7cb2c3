package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	pq "github.com/parquet-go/parquet-go"
	thrift "github.com/parquet-go/parquet-go/format"

	"circascope/actigraphy/format"
)

// Limits of what a file declares of itself.
const (
	maxFooter = 64 << 20 // bytes
	maxHeader = 1 << 20  // bytes of a page's header
	maxPage   = 64 << 20 // bytes of a page, unpacked; writers make pages of 1 MiB
	tailSize  = 8        // the footer's length and "PAR1"
)

// checkFooter walks over the description at the end of the file.
func checkFooter(in *format.Input) error {
	at, size := in.ReaderAt()
	tail := make([]byte, tailSize)
	if _, err := at.ReadAt(tail, max(0, size-tailSize)); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	n := int64(binary.LittleEndian.Uint32(tail))
	if string(tail[4:]) != "PAR1" || n > min(size-tailSize-4, maxFooter) {
		return errThrift
	}
	footer := make([]byte, n)
	if _, err := at.ReadAt(footer, size-tailSize-n); err != nil {
		return err
	}
	return (&walker{b: footer}).structure(0, 0, func(int, int, int64) {})
}

// checkPages walks over the headers of the pages of a column of a row group.
func checkPages(in *format.Input, m *thrift.ColumnMetaData, rows int64) error {
	at, size := in.ReaderAt()
	offset := m.DataPageOffset
	if m.DictionaryPageOffset > 0 && m.DictionaryPageOffset < offset {
		offset = m.DictionaryPageOffset
	}
	end := offset + m.TotalCompressedSize
	if offset < 4 || m.TotalCompressedSize < 0 || end > size || end < offset || m.NumValues != rows {
		return fmt.Errorf("%w: a column of %d values in %d bytes at byte %d", pq.ErrCorrupted, m.NumValues, m.TotalCompressedSize, offset)
	}
	values := int64(0)
	buffer := make([]byte, 512)
	u := unpacker{codec: m.Codec}
	for offset < end {
		h, err := readPageHeader(at, &buffer, offset, end)
		if err != nil {
			return err
		}
		if h.unpacked < 0 || h.unpacked > maxPage || h.packed < 0 || h.packed > min(maxPage, end-offset-h.size) || h.values < 0 || h.values > rows {
			return fmt.Errorf("%w: a page of %d values in %d bytes, unpacked %d, at byte %d", pq.ErrCorrupted, h.values, h.packed, h.unpacked, offset)
		}
		if err := u.try(at, offset+h.size, h); err != nil {
			return err
		}
		if !h.dictionary {
			values += h.values
		}
		offset += h.size + h.packed
	}
	if values != rows {
		return fmt.Errorf("%w: pages of %d values for %d rows", pq.ErrCorrupted, values, rows)
	}
	return nil
}

// pageHeader is what a page says of itself.
type pageHeader struct {
	size             int64 // of the header
	unpacked, packed int64 // bytes of the page
	values           int64
	levels           int64 // bytes before the values that are never packed
	dictionary       bool
	plain            bool // the values are not packed either
}

// Fields of a page's header, by parquet.thrift.
const (
	fieldType         = 1
	fieldUnpacked     = 2
	fieldPacked       = 3
	fieldData         = 5
	fieldDictionary   = 7
	fieldDataV2       = 8
	fieldValues       = 1 // of the structures that the three hold
	fieldDefinitions  = 5 // of the second form of data pages: bytes of levels, and
	fieldRepetitions  = 6 // whether the values are packed
	fieldIsPacked     = 7
	typeDictionary    = 2
	growHeaderBuffers = 8
)

// readPageHeader reads the header of a page, in more bytes where it is longer.
func readPageHeader(at io.ReaderAt, buffer *[]byte, offset, end int64) (pageHeader, error) {
	for {
		b := (*buffer)[:min(int64(len(*buffer)), end-offset)]
		if _, err := at.ReadAt(b, offset); err != nil {
			return pageHeader{}, err
		}
		var h pageHeader
		w := &walker{b: b}
		err := w.structure(0, 0, func(within, field int, n int64) {
			switch {
			case within == 0 && field == fieldType:
				h.dictionary = n == typeDictionary
			case within == 0 && field == fieldUnpacked:
				h.unpacked = n
			case within == 0 && field == fieldPacked:
				h.packed = n
			case (within == fieldData || within == fieldDictionary || within == fieldDataV2) && field == fieldValues:
				h.values = n
			case within == fieldDataV2 && (field == fieldDefinitions || field == fieldRepetitions):
				h.levels += n
			case within == fieldDataV2 && field == fieldIsPacked:
				h.plain = n == 0
			}
		})
		if err == nil {
			h.size = int64(w.at)
			return h, nil
		}
		if len(*buffer) >= maxHeader || int64(len(b)) == end-offset {
			return h, err
		}
		*buffer = make([]byte, growHeaderBuffers*len(*buffer))
	}
}
