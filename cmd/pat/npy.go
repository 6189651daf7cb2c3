package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"strconv"

	"github.com/sbinet/npyio"

	"circascope/inference"
)

// npyWeeks is an open .npy file of standardised weeks, read one at a time.
type npyWeeks struct {
	path    string
	file    *os.File
	data    *bufio.Reader
	n       int
	minutes int
}

// openNPY opens a .npy array of shape (weeks, minutes), float32.
func openNPY(path string) (*npyWeeks, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	w := &npyWeeks{path: path, file: f, data: bufio.NewReaderSize(f, 1<<20)}
	if err := w.readHeader(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

func (w *npyWeeks) readHeader() error {
	r, err := npyio.NewReader(w.data)
	if err != nil {
		return fmt.Errorf("%s is no .npy file: %w; save the array with numpy.save", w.path, err)
	}
	d := r.Header.Descr
	switch {
	case d.Type != "<f4":
		return fmt.Errorf("%s holds %s: want little-endian float32 (<f4); convert it with .astype('<f4')", w.path, d.Type)
	case d.Fortran:
		return fmt.Errorf("%s is in Fortran order: want C order; convert it with numpy.ascontiguousarray", w.path)
	case len(d.Shape) != 2 || d.Shape[0] < 1 || d.Shape[1] < 1:
		return fmt.Errorf("%s has shape %v: want (weeks, minutes)", w.path, d.Shape)
	case d.Shape[1] > maxMinutes:
		return fmt.Errorf("%s has %d minutes a row: want at most %d", w.path, d.Shape[1], maxMinutes)
	}
	w.n, w.minutes = d.Shape[0], d.Shape[1]
	return nil
}

// maxMinutes bounds what a damaged header can ask for: a year.
const maxMinutes = 366 * 24 * 60

// weeks yields the rows in order; keys are row numbers from 0.
func (w *npyWeeks) weeks() iter.Seq2[inference.Week, error] {
	return func(yield func(inference.Week, error) bool) {
		row := make([]byte, 4*w.minutes)
		for i := range w.n {
			if _, err := io.ReadFull(w.data, row); err != nil {
				yield(inference.Week{}, fmt.Errorf("%s ends in row %d of %d: the file is cut off; save it again", w.path, i+1, w.n))
				return
			}
			values := make([]float32, w.minutes)
			for j := range values {
				values[j] = math.Float32frombits(binary.LittleEndian.Uint32(row[4*j:]))
			}
			if !yield(inference.Week{Key: strconv.Itoa(i), Values: values}, nil) {
				return
			}
		}
	}
}

// npyWriter writes rows of float32 to a .npy file that appears whole or not at
// all: it grows beside its place and is renamed there by commit.
type npyWriter struct {
	path string
	file *os.File
	data *bufio.Writer
	cols int
}

// createNPY starts a .npy file of n rows and cols columns.
func createNPY(path string, n, cols int) (*npyWriter, error) {
	f, err := os.Create(path + ".part")
	if err != nil {
		return nil, err
	}
	w := &npyWriter{path: path, file: f, data: bufio.NewWriterSize(f, 1<<20), cols: cols}
	if _, err := w.data.Write(npyHeader(n, cols)); err != nil {
		w.abandon()
		return nil, err
	}
	return w, nil
}

// npyHeader returns a version 1.0 header, padded to 64 bytes as the format asks.
func npyHeader(n, cols int) []byte {
	text := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", n, cols)
	const prefix = 10
	total := (prefix + len(text) + 1 + 63) / 64 * 64
	header := append([]byte("\x93NUMPY\x01\x00"), 0, 0)
	binary.LittleEndian.PutUint16(header[8:], uint16(total-prefix))
	header = append(header, text...)
	for len(header) < total-1 {
		header = append(header, ' ')
	}
	return append(header, '\n')
}

func (w *npyWriter) row(values []float32) error {
	if len(values) != w.cols {
		return fmt.Errorf("writing %s: a row of %d values, want %d", w.path, len(values), w.cols)
	}
	if err := binary.Write(w.data, binary.LittleEndian, values); err != nil {
		return fmt.Errorf("writing %s: %w", w.path, err)
	}
	return nil
}

func (w *npyWriter) commit() error {
	if err := errors.Join(w.data.Flush(), w.file.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", w.path, err)
	}
	return os.Rename(w.file.Name(), w.path)
}

func (w *npyWriter) abandon() {
	_ = w.file.Close()
	_ = os.Remove(w.file.Name())
}
