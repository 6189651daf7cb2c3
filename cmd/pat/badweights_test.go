package main_test

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/internal/reference"
)

// ownWeights writes weights of size S that are nobody's: the demo weights with
// the last bit of some number turned.
func (d desk) ownWeights(name string) string {
	d.t.Helper()
	content := readFile(d.t, "../../assets/demo/PAT-S_demo_weights.h5")
	content[len(content)/2&^3] ^= 1
	return d.write(name, string(content))
}

func TestBadWeights(t *testing.T) {
	d := newDesk(t)
	good := string(readFile(t, d.ownWeights("good.h5")))
	d.write("cut.h5", good[:len(good)/2])
	d.write("empty.h5", "")
	d.write("picture.h5", "\x89PNG\r\n\x1a\n")
	d.write("page.h5", "<!DOCTYPE html><html>")
	d.write("demo.h5", string(readFile(t, "../../assets/demo/PAT-S_demo_weights.h5")))
	d.write("weeks.npy", npyFile("<f4", "(1, 10080)", make([]float32, 10080)))
	if err := os.Mkdir(filepath.Join(d.dir, "folder.h5"), 0o755); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		file, want string
		embeds     bool // it may be used by naming it, though not approved
	}{
		{"cut.h5", "cut short", false},
		{"empty.h5", "the file is empty", false},
		{"picture.h5", "not an HDF5 file", false},
		{"page.h5", "a web page", false},
		{"folder.h5", "a folder", false},
		{"missing.h5", "there is no such file", false},
		{"demo.h5", "never be approved", true},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			notTrusted(t, d, tt.file, tt.want)
			got := d.pat("embed", "--weights", tt.file, "--input", "weeks.npy", "--output", "out.npy")
			if tt.embeds {
				if got.status != 0 {
					t.Errorf("embed: got %+v", got)
				}
				return
			}
			if got.status != 1 || !strings.Contains(got.errOut, tt.want) {
				t.Errorf("embed: got status %d and %q, want 1 and %q", got.status, got.errOut, tt.want)
			}
			noFile(t, d, "out.npy")
		})
	}
	t.Run("another SHA-256", func(t *testing.T) {
		got := d.pat("models", "approve", "good.h5", "--sha256", strings.Repeat("0", 64))
		refused(t, got, "is not the file that was shown")
	})
	t.Run("another model", func(t *testing.T) {
		notTrusted(t, d, filepath.Join(reference.Dir(t), "pat", "bad", "other_model.h5"), "another model")
	})
	t.Run("another size", func(t *testing.T) {
		notTrusted(t, d, filepath.Join(reference.Dir(t), "pat", "bad", "wrong_heads.h5"), "fit no known size")
	})
}

// notTrusted wants a file that is not approved, and no weights approved after it.
func notTrusted(t *testing.T, d desk, file, want string) {
	t.Helper()
	got := d.pat("models", "approve", file)
	if got.status != 1 || !strings.Contains(got.errOut, want) {
		t.Errorf("approve: got status %d and %q, want 1 and %q", got.status, got.errOut, want)
	}
	t.Log(strings.TrimSpace(got.errOut))
	var list []struct{ Model, State string }
	d.json(0, &list, "models", "list")
	for _, m := range list {
		if m.State != "missing" && m.State != "demo" {
			t.Errorf("%s is %s now", m.Model, m.State)
		}
	}
}

// TestWeightsChangedAfterApproval: a run stops until the approved content is back.
func TestWeightsChangedAfterApproval(t *testing.T) {
	d := newDesk(t)
	path := d.ownWeights("own.h5")
	good := readFile(t, path)
	d.write("week.awd", awd("week", 8*1440))
	if got := d.pat("import", "--db", "s.circascope", "week.awd"); got.status != 0 {
		t.Fatal(got.errOut)
	}
	if got := d.pat("models", "approve", "own.h5"); got.status != 0 {
		t.Fatal(got.errOut)
	}
	run := func(status, done, skipped int) {
		t.Helper()
		var report struct{ Done, Skipped int }
		d.json(status, &report, "run", "--db", "s.circascope", "--model", "S", "--all")
		if report.Done != done || report.Skipped != skipped {
			t.Errorf("got %+v, want %d done and %d skipped", report, done, skipped)
		}
	}
	run(0, 1, 0)
	changed := append([]byte{}, good...)
	changed[len(changed)/2&^3] ^= 2
	d.write("own.h5", string(changed))
	refused(t, d.pat("run", "--db", "s.circascope", "--model", "S", "--all"), "changed since it was approved")
	if got := d.pat("export", "embeddings", "--db", "s.circascope", "--out", "e.csv"); got.status != 0 {
		t.Errorf("earlier results can't be exported: %s", got.errOut)
	}
	d.write("own.h5", string(good))
	run(0, 0, 1)
}

// npyFile returns a .npy file as NumPy writes it.
func npyFile(descr, shape string, values any) string {
	header := "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }"
	header += strings.Repeat(" ", 63-(10+len(header))%64) + "\n"
	b := []byte("\x93NUMPY\x01\x00")
	b = binary.LittleEndian.AppendUint16(b, uint16(len(header)))
	b, err := binary.Append(append(b, header...), binary.LittleEndian, values)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestBadWeeks(t *testing.T) {
	d := newDesk(t)
	d.ownWeights("own.h5")
	week := make([]float32, 2*10080)
	withNaN, withInf := append([]float32{}, week...), append([]float32{}, week...)
	withNaN[10080+76], withInf[5] = float32(math.NaN()), float32(math.Inf(1))
	good := npyFile("<f4", "(2, 10080)", week)
	tests := []struct{ name, content, want string }{
		{"empty", "", "the file is empty"},
		{"picture", "\x89PNG\r\n\x1a\n", "no .npy file"},
		{"cut header", good[:40], "header is damaged or cut off"},
		{"huge header", good[:6] + "\x02\x00\xff\xff\xff\xff" + good[10:], "header is damaged or cut off"},
		{"cut", good[:50_000], "2 weeks of 40320"},
		{"too long", good + "x", "2 weeks of 40320"},
		{"float64", npyFile("<f8", "(1, 10080)", make([]float64, 10080)), "numbers of type <f8"},
		{"big endian", npyFile(">f4", "(2, 10080)", week), "numbers of type >f4"},
		{"one dimension", npyFile("<f4", "(20160,)", week), "its shape is (20160)"},
		{"three dimensions", npyFile("<f4", "(2, 10080, 1)", week), "its shape is (2, 10080, 1)"},
		{"no weeks", npyFile("<f4", "(0, 10080)", []float32{}), "its shape is (0, 10080)"},
		{"a negative shape", npyFile("<f4", "(-2, 10080)", week), "header is damaged"},
		{"a length PAT can't take", npyFile("<f4", "(2, 1001)", week[:2002]), "1001"},
		{"NaN", npyFile("<f4", "(2, 10080)", withNaN), "week 2 of 2, minute 77 is NaN"},
		{"infinite", npyFile("<f4", "(2, 10080)", withInf), "week 1 of 2, minute 6 is +Inf"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d.write("weeks.npy", tt.content)
			got := d.pat("embed", "--weights", "own.h5", "--input", "weeks.npy", "--output", "out.npy")
			if got.status != 1 || !strings.Contains(got.errOut, tt.want) {
				t.Errorf("got status %d and %q, want 1 and %q", got.status, got.errOut, tt.want)
			}
			t.Log(strings.TrimSpace(got.errOut))
			noFile(t, d, "out.npy")
		})
	}
	d.write("weeks.npy", good)
	for _, args := range [][]string{{"--output", "weeks.npy"}, {"--output", "own.h5"}, {"--output", "o.npy", "--profile", "./o.npy"}} {
		got := d.pat(append([]string{"embed", "--weights", "own.h5", "--input", "weeks.npy"}, args...)...)
		if got.status != 2 || !strings.Contains(got.errOut, "the same file") {
			t.Errorf("%v: got %+v, want status 2: one file would be written over another", args, got)
		}
	}
	if got := string(readFile(t, filepath.Join(d.dir, "weeks.npy"))); got != good {
		t.Error("the input was written over")
	}
	if got := d.pat("embed", "--weights", "own.h5", "--input", "weeks.npy", "--output", "folder/out.npy"); got.status != 1 || !strings.Contains(got.errOut, "there is no folder") {
		t.Errorf("got %+v", got)
	}
}

// noFile wants neither a file nor what is left of writing one.
func noFile(t *testing.T, d desk, name string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(d.dir, "*"+name+"*"))
	if hidden, _ := filepath.Glob(filepath.Join(d.dir, "."+name+"*")); err != nil || len(left)+len(hidden) > 0 {
		t.Errorf("%v %v were left (%v)", left, hidden, err)
	}
}
