package tensorflow

import (
	"context"
	"math"
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

// load reads reference/pat/<name>.npy.
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
	if err := r.Read(&a.values); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return a
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

// furthest returns the largest absolute difference; NaN where the lengths differ
// or a value is NaN.
func furthest(got, want []float32) float64 {
	if len(got) != len(want) {
		return math.NaN()
	}
	most := 0.0
	for i := range got {
		d := math.Abs(float64(got[i]) - float64(want[i]))
		if math.IsNaN(d) {
			return d
		}
		most = max(most, d)
	}
	return most
}
