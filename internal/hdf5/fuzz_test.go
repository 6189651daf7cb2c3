package hdf5_test

import (
	"reflect"
	"testing"

	"circascope/internal/hdf5"
)

// FuzzRead wants every file read or refused, without a panic, within the limits,
// and the same whatever follows the end that the superblock names.
func FuzzRead(f *testing.F) {
	files, _ := corpus(f)
	for _, content := range files {
		f.Add(content)
	}
	few := hdf5.Limits{Objects: 300, Elements: 1 << 14, DatasetElements: 1 << 12}
	f.Fuzz(func(t *testing.T, content []byte) {
		got := read(content, few)
		elements := 0
		for path, d := range got.Datasets {
			if d.Refused != "" {
				continue
			}
			n := 1
			for _, side := range d.Shape {
				n *= side
			}
			if n < 1 || n > few.DatasetElements {
				t.Errorf("%s has the shape %v", path, d.Shape)
			}
			elements += n
		}
		if elements > few.Elements || len(got.Datasets) > few.Objects {
			t.Errorf("%d numbers in %d datasets", elements, len(got.Datasets))
		}
		if longer := read(append(content[:len(content):len(content)], "end"...), few); got.Refused == "" && !reflect.DeepEqual(longer, got) {
			t.Errorf("with three bytes behind its end: %+v, not %+v", longer, got)
		}
	})
}
