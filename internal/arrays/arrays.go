// Package arrays is a plain, checked file of named float32 arrays. The weights
// reader's child process answers in it, and approved weights are kept in it: it
// needs no library to read, and damage to any byte of it is noticed.
//
// The bytes are: the magic "PATARR1\n"; the header's length, uint32 little
// endian; the header, JSON; the values of all arrays in the header's order,
// float32 little endian, row-major; the SHA-256 of everything before it.
package arrays

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

const (
	magic     = "PATARR1\n"
	maxHeader = 4 << 20
	maxRank   = 8
)

// File is the content of one file of arrays.
type File struct {
	SourceSHA256 string            `json:"source_sha256"` // of the file the arrays were read from, lower-case hex
	SourceBytes  int64             `json:"source_bytes"`
	Problem      string            `json:"problem,omitempty"` // why nothing could be read, a sentence part
	Labels       map[string]string `json:"labels,omitempty"`  // names a source gives its groups beside their paths
	Meta         map[string]string `json:"meta,omitempty"`    // the writer's notes
	Arrays       []Array           `json:"arrays"`
}

// Array is one named array, row-major.
type Array struct {
	Name    string    `json:"name"`
	Shape   []int     `json:"shape"`
	Type    string    `json:"type"`              // of the elements in the source, for example "float64"
	Problem string    `json:"problem,omitempty"` // why there are no values, a sentence part
	Values  []float32 `json:"-"`                 // nil where there is a problem
}

// Len returns the number of elements of the shape, or an error where the shape
// is none.
func (a Array) Len() (int, error) {
	if len(a.Shape) > maxRank {
		return 0, fmt.Errorf("array %s has %d dimensions, at most %d can be", a.Name, len(a.Shape), maxRank)
	}
	n := 1
	for _, d := range a.Shape {
		if d < 0 || (d > 0 && n > math.MaxInt32/d) {
			return 0, fmt.Errorf("array %s has the impossible shape %v", a.Name, a.Shape)
		}
		n *= d
	}
	return n, nil
}

// Encode returns the bytes of f.
func Encode(f *File) ([]byte, error) {
	header, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("writing the header of arrays: %w", err)
	}
	if len(header) > maxHeader {
		return nil, fmt.Errorf("the header of arrays has %d bytes, at most %d are possible", len(header), maxHeader)
	}
	b := append([]byte(magic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[len(magic):], uint32(len(header)))
	b = append(b, header...)
	for _, a := range f.Arrays {
		n, err := a.Len()
		if err != nil {
			return nil, err
		}
		if a.Problem == "" && n != len(a.Values) {
			return nil, fmt.Errorf("array %s of shape %v has %d values, not %d", a.Name, a.Shape, len(a.Values), n)
		}
		for _, v := range a.Values {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...), nil
}

// Decode reads what Encode wrote. Any byte that is missing, added or changed is
// an error.
func Decode(b []byte) (*File, error) {
	f, _, err := DecodeHashed(b)
	return f, err
}

// DecodeHashed is Decode that also gives the SHA-256 of all of b, lower-case hex,
// whatever b is: one pass over the bytes serves both.
func DecodeHashed(b []byte) (f *File, hash string, err error) {
	body, hash, err := verified(b)
	if err != nil {
		return nil, hash, err
	}
	f, err = parse(body)
	return f, hash, err
}

// parse reads a body whose digest was right.
func parse(body []byte) (*File, error) {
	var err error
	size := int(binary.LittleEndian.Uint32(body[len(magic):]))
	body = body[len(magic)+4:]
	if size > maxHeader || size > len(body) {
		return nil, fmt.Errorf("the header of arrays claims %d bytes", size)
	}
	f := new(File)
	if err := json.Unmarshal(body[:size], f); err != nil {
		return nil, fmt.Errorf("reading the header of arrays: %w", err)
	}
	body = body[size:]
	for i := range f.Arrays {
		if body, err = f.Arrays[i].take(body); err != nil {
			return nil, err
		}
	}
	if len(body) != 0 {
		return nil, fmt.Errorf("%d bytes stand after the last array", len(body))
	}
	return f, nil
}

// verified checks the frame of b and returns it without the digest, and the
// SHA-256 of b.
func verified(b []byte) (body []byte, hash string, err error) {
	at := max(len(b)-sha256.Size, 0)
	body, digest := b[:at], b[at:]
	h := sha256.New()
	h.Write(body)
	sum := h.Sum(nil)
	h.Write(digest)
	hash = hex.EncodeToString(h.Sum(nil))
	switch {
	case len(body) < len(magic)+4 || !bytes.HasPrefix(body, []byte(magic)):
		return nil, hash, errors.New("not a file of arrays, or cut short")
	case !bytes.Equal(sum, digest):
		return nil, hash, errors.New("the digest of the arrays does not match their content")
	}
	return body, hash, nil
}

// take fills in the values from the head of b and returns the rest.
func (a *Array) take(b []byte) ([]byte, error) {
	n, err := a.Len()
	if err != nil || a.Problem != "" {
		return b, err
	}
	if n > len(b)/4 {
		return nil, fmt.Errorf("array %s of shape %v wants %d values, %d bytes are left", a.Name, a.Shape, n, len(b))
	}
	a.Values = floats(b[:4*n])
	return b[4*n:], nil
}

// floats reads little-endian float32 numbers.
func floats(b []byte) []float32 {
	values := make([]float32, len(b)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(b))
		b = b[4:]
	}
	return values
}
