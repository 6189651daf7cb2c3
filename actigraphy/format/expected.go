package format

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// manyRows is from how many rows on room is made for all that are expected: growing
// step by step takes more than twice the memory.
const manyRows = 1 << 16

// maxUnforeseen bounds the rows of a table for which no room could be made: their
// number was not known, or the packing told a lie.
const maxUnforeseen = maxEpochs / 2

// linesAbout estimates how many lines the content has from those of its head, 0
// where its length is not known. It is at most what a recording may have.
func (in *Input) linesAbout() int {
	const margin = 1.02
	lines := margin * float64(bytes.Count(in.Head, []byte("\n"))) / float64(len(in.Head)) * float64(in.length())
	return int(min(lines, maxEpochs))
}

// length is about the length of the content in bytes, as the packing states it, and
// 0 where nothing does.
func (in *Input) length() int64 {
	switch {
	case in.open != nil || in.charset != nil:
		return 0
	case in.gzipped:
		var size [4]byte // RFC 1952, 2.3.1: of the last member, modulo 4 GiB
		if _, err := in.content.ReadAt(size[:], in.Size-int64(len(size))); err != nil {
			return 0
		}
		return int64(binary.LittleEndian.Uint32(size[:]))
	case in.member != nil:
		return int64(min(in.member.size, MaxFileSize))
	default:
		return in.Size
	}
}

// buffer returns the size of a buffer for the content, at most the one given: many
// files are small, and a large buffer would take longer than they do.
func (in *Input) buffer(most int) int {
	if in.open != nil || in.charset != nil || in.gzipped || in.member != nil {
		return most
	}
	return int(min(int64(most), in.Size+1))
}

// roomFor returns values with room for the rows that are expected once there are
// many.
func roomFor[T any](values []T, expected int) []T {
	if len(values) != manyRows || expected <= manyRows {
		return values
	}
	return slices.Grow(values, expected-manyRows)
}
