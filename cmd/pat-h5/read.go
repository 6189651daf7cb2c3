package main

import (
	"circascope/internal/arrays"
	"circascope/internal/hdf5"
)

// limits bound what a file may take: the largest dataset of PAT has 110,592
// numbers, PAT-L with the state of its training six million in all.
var limits = hdf5.Limits{Objects: 20_000, Elements: 16 << 20, DatasetElements: 4 << 20}

// fill reads all datasets of the HDF5 file into f. A dataset that can't be read is
// listed with the reason.
func fill(f *arrays.File, content []byte) error {
	h, err := hdf5.Open(content, limits)
	if err != nil {
		return err
	}
	f.Labels = make(map[string]string)
	return h.Walk(hdf5.Visitor{
		Group: func(path, label string) {
			if label != "" {
				f.Labels[path] = label
			}
		},
		Dataset: func(d *hdf5.Dataset, problem error) {
			f.Arrays = append(f.Arrays, read(d, problem))
		},
	})
}

// read returns one dataset, with its values or with the reason there are none.
func read(d *hdf5.Dataset, problem error) arrays.Array {
	a := arrays.Array{Name: d.Path, Shape: d.Shape, Type: d.Type}
	if problem == nil {
		a.Values, problem = d.Float32s()
	}
	if problem != nil {
		a.Problem = problem.Error()
	}
	return a
}
