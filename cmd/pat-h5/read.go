package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/scigolib/hdf5"

	"circascope/internal/arrays"
)

const (
	maxElements = 4 << 20  // of one dataset; the largest of PAT has 110,592
	maxTotal    = 16 << 20 // of all datasets together
	maxObjects  = 20_000
)

// fill reads all datasets of the HDF5 file into f. A dataset that can't be read
// is listed with the reason.
func fill(f *arrays.File, path string) (err error) {
	defer recovered(&err)
	h, err := hdf5.Open(path)
	if err != nil {
		return fmt.Errorf("the HDF5 structure is damaged (%w)", err)
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if v := h.SuperblockVersion(); v != 0 {
		return fmt.Errorf("this layout can't be read yet: the file was written with HDF5's newer format (superblock version %d, libver=latest)", v)
	}
	f.Labels = make(map[string]string)
	total, objects := 0, 0
	h.Walk(func(name string, object hdf5.Object) {
		objects++
		if objects > maxObjects || total > maxTotal {
			return
		}
		switch o := object.(type) {
		case *hdf5.Dataset:
			a := read(name, o)
			total += len(a.Values)
			f.Arrays = append(f.Arrays, a)
		case *hdf5.Group:
			if label := labelOf(o); label != "" {
				f.Labels[strings.TrimSuffix(name, "/")] = label
			}
		}
	})
	if objects > maxObjects || total > maxTotal {
		return fmt.Errorf("the file holds more than weights ever do (%d objects, %d numbers)", objects, total)
	}
	return nil
}

// read returns one dataset, with its values or with the reason there are none.
func read(name string, d *hdf5.Dataset) (a arrays.Array) {
	a.Name = name
	err := func() (err error) {
		defer recovered(&err)
		text, err := d.Info()
		if err != nil {
			return unreadable(err)
		}
		about, err := parseInfo(text)
		if err != nil {
			return err
		}
		a.Shape, a.Type = about.shape, about.elementType
		n, err := a.Len()
		if err != nil {
			return err
		}
		if err := about.check(d, n); err != nil {
			return err
		}
		values, err := d.Read()
		if err != nil {
			return unreadable(err)
		}
		if len(values) != n {
			return fmt.Errorf("it holds %d numbers, its shape wants %d", len(values), n)
		}
		a.Values = make([]float32, n)
		for i, v := range values {
			a.Values[i] = float32(v)
		}
		return nil
	}()
	if err != nil {
		a.Problem, a.Values = err.Error(), nil
	}
	return a
}

// labelOf returns the name attribute Keras 3 gives its groups, or "".
func labelOf(g *hdf5.Group) (label string) {
	defer func() {
		if recover() != nil {
			label = ""
		}
	}()
	attributes, err := g.Attributes()
	if err != nil {
		return ""
	}
	for _, a := range attributes {
		if a.Name != "name" {
			continue
		}
		if v, err := a.ReadValue(); err == nil {
			label, _ = v.(string)
		}
	}
	return label
}

// unreadable says that the reader lacks something, or that the file is damaged:
// from here the two look alike.
func unreadable(err error) error {
	return fmt.Errorf("this layout can't be read yet, or the file is damaged (%w)", err)
}

// recovered turns a panic of the HDF5 reader into an error.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("the HDF5 structure is damaged (%v)", p)
	}
}
