package hdf5_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"circascope/internal/hdf5"
)

// limits are those of the tests: those of the weights reader, to the number.
var limits = hdf5.Limits{Objects: 20_000, Elements: 16 << 20, DatasetElements: 4 << 20}

// found is what the reader makes of a dataset.
type found struct {
	Type    string `json:"type"`
	Shape   []int  `json:"shape"`
	SHA256  string `json:"sha256"`  // of the numbers as float32, little endian; 16 digits
	Refused string `json:"refused"` // with what sentence, or a part of it
}

// contents is what the reader makes of a file.
type contents struct {
	Refused  string            `json:"refused"`
	Datasets map[string]found  `json:"datasets"`
	Labels   map[string]string `json:"labels"`
}

// read reads a whole file with the reader under test.
func read(content []byte, l hdf5.Limits) contents {
	out := contents{Datasets: make(map[string]found), Labels: make(map[string]string)}
	f, err := hdf5.Open(content, l)
	if err == nil {
		err = f.Walk(hdf5.Visitor{
			Group: func(path, label string) {
				if label != "" {
					out.Labels[path] = label
				}
			},
			Dataset: func(d *hdf5.Dataset, problem error) { out.Datasets[d.Path] = numbers(d, problem) },
		})
	}
	if err != nil {
		out.Refused = err.Error()
	}
	return out
}

func numbers(d *hdf5.Dataset, problem error) found {
	var values []float32
	if problem == nil {
		values, problem = d.Float32s()
	}
	if problem != nil {
		return found{Refused: problem.Error()}
	}
	h := sha256.New()
	for _, v := range values {
		h.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
	}
	return found{Type: d.Type, Shape: d.Shape, SHA256: hex.EncodeToString(h.Sum(nil))[:16]}
}

// corpus returns the content of the corpus' files, and what h5py makes of them.
func corpus(t testing.TB) (files map[string][]byte, expected map[string]contents) {
	t.Helper()
	folder := filepath.Join("testdata", "corpus")
	text, err := os.ReadFile(filepath.Join(folder, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &expected); err != nil {
		t.Fatal(err)
	}
	files = make(map[string][]byte)
	for name := range expected {
		if files[name], err = os.ReadFile(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	return files, expected
}

// TestCorpus holds every file against what h5py reads of it.
func TestCorpus(t *testing.T) {
	files, expected := corpus(t)
	for name, want := range expected {
		t.Run(name, func(t *testing.T) {
			got := read(files[name], limits)
			if !says(got.Refused, want.Refused) {
				t.Fatalf("refused with %q, want %q", got.Refused, want.Refused)
			}
			if want.Refused != "" {
				return
			}
			if !maps.Equal(got.Labels, want.Labels) {
				t.Errorf("labels %v, want %v", got.Labels, want.Labels)
			}
			for path, w := range want.Datasets {
				g, ok := got.Datasets[path]
				if !ok || !says(g.Refused, w.Refused) || g.Type != w.Type || !slices.Equal(g.Shape, w.Shape) || g.SHA256 != w.SHA256 {
					t.Errorf("%s: got %+v, want %+v", path, g, w)
				}
			}
			if len(got.Datasets) != len(want.Datasets) {
				t.Errorf("%d datasets, want %d", len(got.Datasets), len(want.Datasets))
			}
		})
	}
}

// says tells whether a refusal says what it should, and none where none should be.
func says(got, want string) bool {
	if want == "" {
		return got == ""
	}
	return strings.Contains(got, want)
}

// TestEveryCutIsRefused cuts files off at every length: nothing is read of a file
// that is not whole.
func TestEveryCutIsRefused(t *testing.T) {
	files, expected := corpus(t)
	for name, content := range files {
		if expected[name].Refused != "" {
			continue
		}
		for n := 0; n < len(content); n += 1 + n/97 {
			if got := read(content[:n:n], limits); got.Refused == "" {
				t.Fatalf("%s, cut to %d of %d bytes, is accepted", name, n, len(content))
			}
		}
	}
}

// TestLimits lowers each limit below what a file holds.
func TestLimits(t *testing.T) {
	files, _ := corpus(t)
	content := files["groups_latest.h5"] // 3 datasets of 12 numbers, 3 of 4
	for _, tc := range []struct {
		limits hdf5.Limits
		want   string
	}{
		{hdf5.Limits{Objects: 11, Elements: 48, DatasetElements: 12}, "more than 11 objects"},
		{hdf5.Limits{Objects: 12, Elements: 47, DatasetElements: 12}, "more than 47 numbers"},
		{hdf5.Limits{Objects: 12, Elements: 48, DatasetElements: 11}, "more numbers than any weights have"},
		{hdf5.Limits{Objects: 12, Elements: 48, DatasetElements: 12}, ""},
	} {
		got := read(content, tc.limits)
		problems := []string{got.Refused}
		for _, d := range got.Datasets {
			problems = append(problems, d.Refused)
		}
		if all := strings.TrimSpace(strings.Join(problems, " ")); !says(all, tc.want) {
			t.Errorf("%+v: got %q, want %q", tc.limits, all, tc.want)
		}
	}
}

// TestDamageIsNamed tells damage from what is only not supported.
func TestDamageIsNamed(t *testing.T) {
	files, _ := corpus(t)
	content := slices.Clone(files["groups_latest.h5"])
	content[20] ^= 1
	_, err := hdf5.Open(content, limits)
	var damage *hdf5.DamageError
	if !errors.As(err, &damage) || damage.Structure != "superblock" || !strings.Contains(damage.Problem, "its checksum is") {
		t.Errorf("got %v, want a damaged superblock", err)
	}
}
