package rdata_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"
	"testing"

	"github.com/ulikunitz/xz"
)

// writer writes R's serialization, by the manual R Internals.
type writer struct {
	bytes.Buffer
	symbols map[string]int
}

func (w *writer) int(n int) {
	w.Write(binary.BigEndian.AppendUint32(nil, uint32(int32(n))))
}

func (w *writer) chars(s string) {
	w.int(9 | 64<<12)
	w.int(len(s))
	w.WriteString(s)
}

// symbol writes a name, or a reference where it was written before.
func (w *writer) symbol(name string) {
	if n, ok := w.symbols[name]; ok {
		w.int(n<<8 | 255)
		return
	}
	w.symbols[name] = len(w.symbols) + 1
	w.int(1)
	w.chars(name)
}

// attr is an attribute of texts.
type attr struct {
	name   string
	values []string
}

func (w *writer) attributes(attrs []attr) {
	for _, a := range attrs {
		w.int(2 | 0x400)
		w.symbol(a.name)
		w.texts(a.values)
	}
	w.int(254)
}

func (w *writer) texts(values []string) {
	w.int(16)
	w.int(len(values))
	for _, v := range values {
		w.chars(v)
	}
}

// vector is a column.
type vector struct {
	name  string
	data  any // []int32, []float64, []string, or [3]float64, a compact sequence
	attrs []attr
}

func (w *writer) vector(v vector) {
	bits := 0
	if len(v.attrs) > 0 {
		bits = 0x200
	}
	switch data := v.data.(type) {
	case []int32:
		w.int(13 | bits)
		w.int(len(data))
		for _, n := range data {
			w.int(int(n))
		}
	case []float64:
		w.reals(data, bits)
	case []string:
		w.texts(data)
		return
	case [3]float64:
		w.int(238)
		w.int(2)
		w.symbol("compact_intseq")
		w.int(254)
		w.reals(data[:], 0)
		w.int(254)
		return
	}
	if bits != 0 {
		w.attributes(v.attrs)
	}
}

func (w *writer) reals(data []float64, bits int) {
	w.int(14 | bits)
	w.int(len(data))
	for _, n := range data {
		w.Write(binary.BigEndian.AppendUint64(nil, math.Float64bits(n)))
	}
}

// frame writes a data frame.
func (w *writer) frame(columns ...vector) {
	w.int(19 | 0x100 | 0x200)
	w.int(len(columns))
	var names []string
	for _, c := range columns {
		w.vector(c)
		names = append(names, c.name)
	}
	w.attributes([]attr{{"names", names}, {"class", []string{"tbl_df", "data.frame"}}})
}

// head begins a file of saveRDS, version 2 or 3, or of save where rda is true.
func head(version int, rda bool) *writer {
	w := &writer{symbols: make(map[string]int)}
	if rda {
		w.WriteString(map[int]string{2: "RDX2\n", 3: "RDX3\n"}[version])
	}
	w.WriteString("X\n")
	w.int(version)
	w.int(0x040100)
	w.int(0x030500)
	if version == 3 {
		w.int(5)
		w.WriteString("UTF-8")
	}
	return w
}

// rds is the file of one data frame.
func rds(version int, columns ...vector) []byte {
	w := head(version, false)
	w.frame(columns...)
	return w.Bytes()
}

// rda is the file of several data frames by name.
func rda(version int, names []string, frames ...[]vector) []byte {
	w := head(version, true)
	for i, f := range frames {
		w.int(2 | 0x400)
		w.symbol(names[i])
		w.frame(f...)
	}
	w.int(254)
	return w.Bytes()
}

func gzipped(t testing.TB, b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func xzPacked(t testing.TB, b []byte) []byte {
	var out bytes.Buffer
	z, err := xz.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write(b); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
