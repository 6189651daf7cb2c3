package hdf5

import "fmt"

// Dataset is one dataset of floating-point numbers.
type Dataset struct {
	Path  string
	Shape []int  // empty for a scalar
	Type  string // of the elements, as NumPy says it, for example "float32"

	file    *File
	owner   uint64 // address of its object header
	kind    datatype
	space   dataspace
	layout  layout
	filters []int
	count   uint64 // elements
}

// open reads what an object header says of a dataset. With an error the dataset
// has its path, and its shape and type if they could be read.
func (f *File) open(path string, h *header) (*Dataset, error) {
	d := &Dataset{Path: path, file: f, owner: h.address}
	err := d.describe(h)
	if err == nil {
		err = d.checkSize()
	}
	if err == nil {
		err = d.locate(h)
	}
	return d, err
}

// describe reads the shape and the type.
func (d *Dataset) describe(h *header) error {
	f := d.file
	kind, err := h.only(f, kindDatatype)
	if err != nil {
		return err
	}
	if d.kind, err = f.datatype(kind); err != nil {
		return err
	}
	d.Type = d.kind.name()
	space, err := h.only(f, kindDataspace)
	if err != nil {
		return err
	}
	if d.space, err = readDataspace(f.unshared(space, "dataspace message")); err != nil {
		return err
	}
	for _, n := range d.space.dims {
		if n > 1<<31-1 {
			d.Shape = nil
			return unsupported("it claims a side of length %d, more than any weights have", n)
		}
		d.Shape = append(d.Shape, int(n))
	}
	return nil
}

// checkSize refuses what holds no floating-point numbers, or too many.
func (d *Dataset) checkSize() error {
	if err := d.kind.checkFloat(); err != nil {
		return err
	}
	n, ok := d.space.elements(uint64(d.file.limits.DatasetElements))
	switch {
	case !ok:
		shape := d.Shape
		d.Shape = nil // nobody should multiply it
		return unsupported("it claims the shape %v, more numbers than any weights have", shape)
	case n == 0:
		return unsupported("it holds no numbers")
	}
	d.count = n
	return nil
}

// locate reads where the numbers are and how they are packed.
func (d *Dataset) locate(h *header) error {
	f := d.file
	if h.find(kindExternal) != nil {
		return unsupported("its numbers are in another file (external storage); save the weights in one file")
	}
	if err := f.checkFill(h, d.kind.size); err != nil {
		return err
	}
	m, err := h.only(f, kindLayout)
	if err != nil {
		return err
	}
	if m == nil {
		return &DamageError{"object header", f.base + h.address, "it does not say where the numbers are"}
	}
	c := f.unshared(m, "layout message")
	if c.err != nil {
		return c.err
	}
	if d.layout, err = readLayout(c, d.kind.size); err != nil {
		return err
	}
	m, err = h.only(f, kindFilters)
	if err != nil || m == nil {
		return err
	}
	if d.layout.class != storageChunked {
		return &DamageError{"object header", f.base + h.address, "it has filters without chunks"}
	}
	c = f.unshared(m, "filter message")
	if c.err != nil {
		return c.err
	}
	d.filters, err = readFilters(c, d.kind.size)
	return err
}

// neverWritten is the reason to refuse storage that was not allocated: HDF5 reads
// its fill value there, which is no weight that anybody trained.
func neverWritten(what string) error {
	return unsupported("%s never written: HDF5 would fill in a constant, and that is no weight", what)
}

// Float32s returns the numbers, row-major. Float64 is rounded to nearest even,
// float16 is exact.
func (d *Dataset) Float32s() ([]float32, error) {
	if err := d.file.spend(d.count); err != nil {
		return nil, err
	}
	raw, err := d.raw()
	if err != nil {
		return nil, err
	}
	return d.kind.float32s(raw), nil
}

// spend counts elements that are about to be read, wanted or not.
func (f *File) spend(n uint64) error {
	if f.elements += int(n); f.elements > f.limits.Elements {
		return unsupported("with it the file holds more than %d numbers, which weights never do", f.limits.Elements)
	}
	return nil
}

// raw returns the bytes of all elements.
func (d *Dataset) raw() ([]byte, error) {
	size := d.count * uint64(d.kind.size)
	switch d.layout.class {
	case storageCompact:
		if uint64(len(d.layout.data)) != size {
			return nil, d.wrongSize(uint64(len(d.layout.data)), size)
		}
		return d.layout.data, nil
	case storageContiguous:
		if d.layout.address == undefined {
			return nil, neverWritten("its numbers were")
		}
		if d.layout.size != size {
			return nil, d.wrongSize(d.layout.size, size)
		}
		c := d.file.block("dataset", d.layout.address, size, d.owner)
		return c.data, c.err
	}
	return d.chunked()
}

func (d *Dataset) wrongSize(got, want uint64) error {
	return &DamageError{"dataset", d.file.base + d.owner, fmt.Sprintf("its storage has %d bytes, its shape wants %d", got, want)}
}
