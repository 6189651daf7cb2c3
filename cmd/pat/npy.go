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

	"circascope/app"
	"circascope/inference"
	"circascope/internal/wholefile"
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
	info, err := os.Stat(path)
	if err != nil {
		return nil, app.ReadProblem(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: it is no file; name the .npy file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, app.ReadProblem(path, err)
	}
	w := &npyWeeks{path: path, file: f, data: bufio.NewReaderSize(f, 1<<20)}
	if err := w.readHeader(info.Size()); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	return w, nil
}

func (w *npyWeeks) readHeader(size int64) error {
	if size == 0 {
		return errors.New("the file is empty; save the array again with numpy.save")
	}
	h, err := readNPYHeader(w.data)
	if err != nil {
		return err
	}
	switch {
	case h.descr != "<f4":
		return fmt.Errorf("it holds numbers of type %s, want little-endian float32 (<f4); convert it with .astype('<f4')", h.descr)
	case h.fortran:
		return errors.New("its numbers are in Fortran order, want C order; convert it with numpy.ascontiguousarray")
	case len(h.shape) != 2 || h.shape[0] < 1 || h.shape[1] < 1:
		return fmt.Errorf("its shape is %s, want (weeks, minutes); reshape it, one week a row", h.shapeText())
	case h.shape[1] > maxMinutes:
		return fmt.Errorf("it has %d minutes a row, want at most %d; put one week in a row", h.shape[1], maxMinutes)
	}
	w.n, w.minutes = h.shape[0], h.shape[1]
	// The number of weeks may be anything in a damaged header: no product that overflows.
	data := size - h.size
	if row := int64(4 * w.minutes); data%row != 0 || data/row != int64(w.n) {
		return fmt.Errorf("it holds %d bytes of numbers, want %d weeks of %d; it is cut off or damaged: save it again", data, w.n, row)
	}
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
				yield(inference.Week{}, fmt.Errorf("%s: week %d of %d could not be read: the file changed while it was read; try again", w.path, i+1, w.n))
				return
			}
			values := make([]float32, w.minutes)
			for j := range values {
				values[j] = math.Float32frombits(binary.LittleEndian.Uint32(row[4*j:]))
			}
			if err := finite(values); err != nil {
				yield(inference.Week{}, fmt.Errorf("%s: week %d of %d, %w", w.path, i+1, w.n, err))
				return
			}
			if !yield(inference.Week{Key: strconv.Itoa(i), Values: values}, nil) {
				return
			}
		}
	}
}

// finite reports the first minute that is no finite number.
func finite(values []float32) error {
	for i, v := range values {
		if f := float64(v); math.IsNaN(f) || math.IsInf(f, 0) {
			return fmt.Errorf("minute %d is %v: PAT takes finite numbers only; fill in or leave out missing minutes first", i+1, v)
		}
	}
	return nil
}

// npyWriter writes rows of float32 to a .npy file that appears whole or not at
// all: it grows beside its place and is renamed there by commit.
type npyWriter struct {
	path string
	file *wholefile.File
	data *bufio.Writer
	cols int
}

// createNPY starts a .npy file of n rows and cols columns.
func createNPY(path string, n, cols int) (*npyWriter, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s: it is a folder; name a file in it", path)
	}
	f, err := wholefile.Create(path, 0o644)
	if err != nil {
		return nil, app.WriteProblem(path, err)
	}
	w := &npyWriter{path: path, file: f, data: bufio.NewWriterSize(f, 1<<20), cols: cols}
	if _, err := w.data.Write(appendNPYHeader(nil, n, cols)); err != nil {
		w.abandon()
		return nil, app.WriteProblem(path, err)
	}
	return w, nil
}

func (w *npyWriter) row(values []float32) error {
	if len(values) != w.cols {
		return fmt.Errorf("writing %s: a row of %d values, want %d", w.path, len(values), w.cols)
	}
	return app.WriteProblem(w.path, binary.Write(w.data, binary.LittleEndian, values))
}

func (w *npyWriter) commit() error {
	if err := w.data.Flush(); err != nil {
		w.abandon()
		return app.WriteProblem(w.path, err)
	}
	return app.WriteProblem(w.path, w.file.Commit())
}

func (w *npyWriter) abandon() {
	w.file.Abandon()
}
