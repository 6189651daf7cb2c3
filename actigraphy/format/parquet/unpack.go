package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	pq "github.com/parquet-go/parquet-go"
	thrift "github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// unpacker tries whether blocks unpack to no more than their page's header says. The
// library makes room for whatever comes out, and of a damaged block of LZ4 for twice
// as much again and again.
type unpacker struct {
	codec  thrift.CompressionCodec
	packed []byte
	room   []byte // of LZ4, which unpacks into memory alone
}

// try unpacks the values of a page whose header ends at an offset.
func (u *unpacker) try(at io.ReaderAt, offset int64, h pageHeader) error {
	if u.codec == thrift.Uncompressed || h.plain {
		return nil
	}
	levels := h.levels
	if levels < 0 || levels > h.packed || levels > h.unpacked {
		return fmt.Errorf("%w: levels of %d bytes in a page of %d", pq.ErrCorrupted, levels, h.packed)
	}
	u.packed = grown(u.packed, h.packed-levels)
	if _, err := at.ReadAt(u.packed, offset+levels); err != nil {
		return err
	}
	n, err := u.size(h.unpacked - levels)
	if err != nil {
		return fmt.Errorf("%w: a page does not unpack: %w", pq.ErrCorrupted, err)
	}
	if n > h.unpacked-levels {
		return fmt.Errorf("%w: a page unpacks to more than the %d bytes that it declares", pq.ErrCorrupted, h.unpacked)
	}
	return nil
}

// size returns to how many bytes the block unpacks, and stops above the most.
func (u *unpacker) size(most int64) (int64, error) {
	switch u.codec {
	case thrift.Snappy:
		n, k := binary.Uvarint(u.packed) // a block begins with its size, and holds to it
		if k <= 0 || n > maxPage {
			return 0, pq.ErrCorrupted
		}
		return int64(n), nil
	case thrift.Lz4Raw:
		u.room = grown(u.room, most)
		n, err := lz4.UncompressBlock(u.packed, u.room)
		return int64(n), err
	case thrift.Gzip:
		r, err := gzip.NewReader(bytes.NewReader(u.packed))
		if err != nil {
			return 0, err
		}
		return count(r, most)
	case thrift.Zstd:
		r, err := zstd.NewReader(bytes.NewReader(u.packed), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(2*maxPage))
		if err != nil {
			return 0, err
		}
		defer r.Close()
		return count(r, most)
	case thrift.Brotli:
		return count(brotli.NewReader(bytes.NewReader(u.packed)), most)
	default:
		return 0, fmt.Errorf("the compression %v is not read", u.codec)
	}
}

// count counts what a reader gives, to one more than the most.
func count(r io.Reader, most int64) (int64, error) {
	return io.Copy(io.Discard, io.LimitReader(r, most+1))
}

// grown returns n bytes, in the place of old ones where they suffice.
func grown(b []byte, n int64) []byte {
	if int64(cap(b)) < n {
		return make([]byte, n)
	}
	return b[:n]
}
