package rdata

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"fmt"
	"io"

	"github.com/ulikunitz/xz"
)

var (
	magicBzip2 = []byte("BZh")
	magicXZ    = []byte("\xfd7zXZ\x00")
)

// maxDictionary bounds the memory that the header of an xz file may ask for.
// "xz -9", the most that the tool offers, asks for a quarter of it.
const maxDictionary = 256 << 20

// decompress returns what r holds. The format's input has taken gzip off already.
func decompress(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	head, err := b.Peek(64)
	if err != nil && len(head) == 0 {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, magicBzip2):
		return bzip2.NewReader(b), nil
	case bytes.HasPrefix(head, magicXZ):
		if n := dictionary(head); n > maxDictionary {
			return nil, errObject(fmt.Sprintf("an xz file that needs %d MiB of memory to unpack", n>>20))
		}
		return xz.NewReader(b)
	default:
		return b, nil
	}
}

// dictionary returns the size of the dictionary that the first block of an xz file
// declares, 0 where there is none to be seen. (The .xz File Format, 3.1 and 5.3.1.)
func dictionary(head []byte) int64 {
	const (
		streamHeader = 12
		lzma2        = 0x21
	)
	if len(head) < streamHeader+8 {
		return 0
	}
	flags := head[streamHeader+1]
	at := streamHeader + 2
	for _, sized := range []byte{0x40, 0x80} { // the block's sizes, as numbers of 7 bits a byte
		if flags&sized == 0 {
			continue
		}
		for at < len(head) && head[at]&0x80 != 0 {
			at++
		}
		at++
	}
	if at+2 >= len(head) || head[at] != lzma2 {
		return 0
	}
	bits := head[at+2] & 0x3f
	if bits >= 40 {
		return 1<<32 - 1
	}
	return int64(2|bits&1) << (bits/2 + 11)
}
