package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/scigolib/hdf5"
)

// info is what the library tells of a dataset before reading it. It tells it
// only as text: "Dataset: float (size=4 bytes), 2D array [18 x 96], contiguous
// (address=0x2000, size=6912)".
type info struct {
	elementType string
	elementSize int
	shape       []int
	layout      string
	chunk       []int // of a chunked dataset; may end in the element size
}

var (
	infoText  = regexp.MustCompile(`^Dataset: (\w+) \(size=(\d+) bytes\), (?:(\d+)D array \[([\dx ]*)\]|(scalar)), (.*)$`)
	chunkText = regexp.MustCompile(`^chunked \(chunks=\[([\d ]*)\]\)$`)
	sizeText  = regexp.MustCompile(`^(?:contiguous \(address=0x[0-9A-F]+, |compact \()size=(\d+)\)$`)
)

func parseInfo(text string) (info, error) {
	m := infoText.FindStringSubmatch(text)
	if m == nil {
		return info{}, fmt.Errorf("this layout can't be read yet (%s)", text)
	}
	size, err := strconv.Atoi(m[2])
	if err != nil || size <= 0 || size > 64 {
		return info{}, fmt.Errorf("its elements claim %s bytes each", m[2])
	}
	about := info{elementSize: size, layout: m[6]}
	switch m[1] {
	case "float":
		about.elementType = fmt.Sprintf("float%d", 8*size)
	case "integer":
		about.elementType = fmt.Sprintf("int%d", 8*size)
	default:
		about.elementType = m[1]
	}
	if about.shape, err = numbers(m[4]); err != nil {
		return info{}, err
	}
	if c := chunkText.FindStringSubmatch(about.layout); c != nil {
		if about.chunk, err = numbers(c[1]); err != nil {
			return info{}, err
		}
	}
	return about, nil
}

func numbers(text string) ([]int, error) {
	var out []int
	for field := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == 'x' }) {
		n, err := strconv.Atoi(field)
		if err != nil {
			return nil, fmt.Errorf("its size %s is impossible", text)
		}
		out = append(out, n)
	}
	return out, nil
}

// check refuses what the library would read wrongly without saying so.
func (i info) check(d *hdf5.Dataset, n int) error {
	if n > maxElements {
		return fmt.Errorf("it claims %d numbers, more than any weights have", n)
	}
	switch i.elementType {
	case "float32", "float64":
	case "float16":
		return fmt.Errorf("this layout can't be read yet: its numbers are float16")
	default:
		return fmt.Errorf("it holds %s, not floating-point numbers", i.elementType)
	}
	if i.chunk != nil {
		return i.checkChunks(d)
	}
	m := sizeText.FindStringSubmatch(i.layout)
	if m == nil {
		return fmt.Errorf("this layout can't be read yet (%s)", i.layout)
	}
	if want := strconv.Itoa(n * i.elementSize); m[1] != want {
		return fmt.Errorf("its storage has %s bytes, its shape wants %s", m[1], want)
	}
	return nil
}

// checkChunks demands every chunk once: the library takes one that is missing
// for zeros.
func (i info) checkChunks(d *hdf5.Dataset) error {
	if len(i.chunk) < len(i.shape) {
		return fmt.Errorf("its chunks have %d dimensions, it has %d", len(i.chunk), len(i.shape))
	}
	want := 1
	for k, n := range i.shape {
		if i.chunk[k] <= 0 {
			return fmt.Errorf("its chunks have the impossible shape %v", i.chunk)
		}
		want *= (n + i.chunk[k] - 1) / i.chunk[k]
	}
	it, err := d.ChunkIterator()
	if err != nil {
		return unreadable(err)
	}
	seen := make(map[string]bool)
	for it.Next() {
		at := it.ChunkCoords()
		for k, c := range at {
			if k < len(i.shape) && c*uint64(i.chunk[k]) >= uint64(i.shape[k]) {
				return fmt.Errorf("it has a chunk outside its shape")
			}
		}
		seen[fmt.Sprint(at)] = true
	}
	if err := it.Err(); err != nil {
		return unreadable(err)
	}
	if len(seen) != want || it.Total() != want {
		return fmt.Errorf("%d of its %d chunks are there", len(seen), want)
	}
	return nil
}
