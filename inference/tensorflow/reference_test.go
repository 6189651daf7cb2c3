package tensorflow

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/sbinet/npyio"

	"circascope/internal/reference"
	"circascope/models"
)

// array is a NumPy array of float32, row-major.
type array struct {
	shape  []int
	values []float32
}

// row returns the i-th part along the first axis.
func (a array) row(i int) []float32 {
	n := len(a.values) / a.shape[0]
	return a.values[i*n : (i+1)*n]
}

// load reads reference/pat/<name>.npy; float64 is rounded.
func load(t testing.TB, name string) array {
	t.Helper()
	f, err := os.Open(filepath.Join(reference.Dir(t), "pat", name+".npy"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := npyio.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	a := array{shape: r.Header.Descr.Shape}
	if r.Header.Descr.Type == "<f8" {
		var values []float64
		err = r.Read(&values)
		for _, v := range values {
			a.values = append(a.values, float32(v))
		}
	} else {
		err = r.Read(&a.values)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return a
}

// loadZip reads the arrays of that name from reference/pat/<name>.npz.
func loadZip(t testing.TB, name string, arrays ...string) map[string][]float32 {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(reference.Dir(t), "pat", name+".npz"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	out := make(map[string][]float32)
	for _, a := range arrays {
		f, err := z.Open(a + ".npy")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var values []float32
		if err := npyio.Read(f, &values); err != nil {
			t.Fatalf("%s: %s: %v", name, a, err)
		}
		out[a] = values
	}
	return out
}

// known keeps the reference weights of the sizes that were read.
var known = make(map[models.Size]*models.Weights)

// loadWeights returns the reference weights of some sizes.
func loadWeights(t testing.TB, sizes ...models.Size) map[models.Size]*models.Weights {
	t.Helper()
	dir := reference.Dir(t)
	var reader models.Reader
	out := make(map[models.Size]*models.Weights)
	for _, size := range sizes {
		if known[size] == nil {
			if reader.Program == "" {
				reader.Program = reference.PatH5(t)
			}
			w, _, err := models.Load(context.Background(), filepath.Join(dir, "pat", "weights", "PAT-"+string(size)+"_weights.h5"), reader)
			if err != nil {
				t.Fatal(err)
			}
			known[size] = w
		}
		out[size] = known[size]
	}
	return out
}
