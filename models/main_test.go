package models_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"circascope/internal/reference"
	"circascope/models"
)

// folder is where pat-h5 is built, once for all tests.
var folder string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "models-test-")
	if err != nil {
		panic(err)
	}
	folder = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

var build = sync.OnceValues(func() (string, error) { return reference.BuildPatH5(folder) })

// reader returns a Reader whose child was built from this tree.
func reader(t testing.TB) models.Reader {
	t.Helper()
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return models.Reader{Program: program}
}

// pat returns the path of a file in reference/pat.
func pat(t testing.TB, name string) string {
	t.Helper()
	return filepath.Join(reference.Dir(t), "pat", name)
}

// load reads weights that must be good.
func load(t testing.TB, path string) (*models.Weights, models.File) {
	t.Helper()
	w, f, err := models.Load(context.Background(), path, reader(t))
	if err != nil {
		t.Fatal(err)
	}
	return w, f
}

// digest returns 16 hex digits of the SHA-256 of all parameters, float32 little
// endian, in the order of the fields.
func digest(w *models.Weights) string {
	all := [][]float32{w.PatchKernel, w.PatchBias}
	for _, b := range w.Blocks {
		all = append(all, b.QueryKernel, b.KeyKernel, b.ValueKernel, b.QueryBias, b.KeyBias, b.ValueBias,
			b.OutputKernel, b.OutputBias, b.Norm1Gamma, b.Norm1Beta, b.FF1Kernel, b.FF1Bias, b.FF2Kernel, b.FF2Bias, b.Norm2Gamma, b.Norm2Beta)
	}
	h := sha256.New()
	for _, values := range all {
		for _, v := range values {
			h.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	write(t, to, content)
}

func write(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func sha(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
