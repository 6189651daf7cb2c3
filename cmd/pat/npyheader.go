package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// npyHeader is what the header of a .npy file says about its array.
type npyHeader struct {
	descr   string // dtype, for example "<f4"
	fortran bool
	shape   []int
	size    int64 // bytes of the header; the data follow
}

var (
	errNoNPY  = errors.New("it is no .npy file; save the array with numpy.save")
	errBadNPY = errors.New("its header is damaged or cut off; save the array again with numpy.save")
)

// maxNPYHeader bounds what a damaged header can ask for.
const maxNPYHeader = 64 << 10

// readNPYHeader reads the header of the NPY format, versions 1.0 to 3.0
// (numpy.lib.format). npyio's reader is not used here: it panics on a damaged one.
func readNPYHeader(r *bufio.Reader) (npyHeader, error) {
	const magic = "\x93NUMPY"
	start := make([]byte, len(magic)+2)
	if _, err := io.ReadFull(r, start); err != nil || string(start[:len(magic)]) != magic {
		return npyHeader{}, errNoNPY
	}
	length := make([]byte, 4)
	if start[len(magic)] == 1 {
		length = length[:2]
	}
	if _, err := io.ReadFull(r, length); err != nil {
		return npyHeader{}, errBadNPY
	}
	n := int(binary.LittleEndian.Uint32(append(length, 0, 0)))
	if n > maxNPYHeader {
		return npyHeader{}, errBadNPY
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return npyHeader{}, errBadNPY
	}
	h, err := parseNPYHeader(string(text))
	h.size = int64(len(start) + len(length) + n)
	return h, err
}

// The dictionary's keys come in any order.
var (
	npyDescr   = regexp.MustCompile(`'descr':\s*('[^']*'|\[[^\]]*\])`)
	npyFortran = regexp.MustCompile(`'fortran_order':\s*(True|False)`)
	npyShape   = regexp.MustCompile(`'shape':\s*\(([0-9, ]*)\)`)
)

func parseNPYHeader(text string) (npyHeader, error) {
	descr, fortran, shape := npyDescr.FindStringSubmatch(text), npyFortran.FindStringSubmatch(text), npyShape.FindStringSubmatch(text)
	if descr == nil || fortran == nil || shape == nil {
		return npyHeader{}, errBadNPY
	}
	h := npyHeader{descr: strings.Trim(descr[1], "'"), fortran: fortran[1] == "True"}
	for part := range strings.SplitSeq(shape[1], ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		n, err := strconv.Atoi(part)
		if err != nil {
			return npyHeader{}, errBadNPY
		}
		h.shape = append(h.shape, n)
	}
	return h, nil
}

// shapeText writes a shape as Python does.
func (h npyHeader) shapeText() string {
	text := fmt.Sprint(h.shape)
	return "(" + strings.ReplaceAll(text[1:len(text)-1], " ", ", ") + ")"
}

// appendNPYHeader returns a version 1.0 header of float32 rows, padded to 64
// bytes as the format asks.
func appendNPYHeader(b []byte, n, cols int) []byte {
	text := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", n, cols)
	const prefix = 10
	total := (prefix + len(text) + 1 + 63) / 64 * 64
	b = append(b, "\x93NUMPY\x01\x00"...)
	b = binary.LittleEndian.AppendUint16(b, uint16(total-prefix))
	b = append(b, text...)
	b = append(b, strings.Repeat(" ", total-prefix-len(text)-1)...)
	return append(b, '\n')
}
