package models_test

import (
	"context"
	"testing"

	"circascope/models"
)

// BenchmarkLoad compares the two ways to load weights: from the HDF5 file, in a
// child process, and from the copy kept at approval, with the original checked.
func BenchmarkLoad(b *testing.B) {
	for _, size := range models.Sizes() {
		path := pat(b, "weights/PAT-"+string(size)+"_weights.h5")
		b.Run("PAT-"+string(size)+"/hdf5", func(b *testing.B) {
			r := reader(b)
			for b.Loop() {
				if _, _, err := models.Load(context.Background(), path, r); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("PAT-"+string(size)+"/kept", func(b *testing.B) {
			c := catalogue(b, b.TempDir(), nil)
			approve(b, c, path)
			for b.Loop() {
				if _, _, err := c.Load(context.Background(), size, false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
