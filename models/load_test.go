package models_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"circascope/models"
)

// The digests are of the values h5py 3.16 reads, cast to float32 by NumPy: an
// implementation of HDF5 that has nothing to do with the reader under test.
const (
	digestS = "886501ec58d04dea"
	digestM = "5496fdf8660eea78"
	digestL = "276b95354fba7e4d"

	digestHalf = "ae8ec2b3415d74a7" // of S, rounded to float16
)

// readable lists every reference file that can be read, with what it holds.
var readable = map[string]struct {
	model  models.Size
	digest string
	layout string
	head   int
}{
	"weights/PAT-S_weights.h5":                {models.Small, digestS, "keras2 save_weights", 0},
	"weights/PAT-M_weights.h5":                {models.Medium, digestM, "keras2 save_weights", 0},
	"weights/PAT-L_weights.h5":                {models.Large, digestL, "keras2 save_weights", 0},
	"weights/PAT-S_fullmodel.h5":              {models.Small, digestS, "keras2 model.save", 0},
	"weights/PAT-S_keras3.weights.h5":         {models.Small, digestS, "keras3 save_weights", 0},
	"weights/PAT-S_keras3_fullmodel.h5":       {models.Small, digestS, "keras3 model.save", 0},
	"weights/PAT-S_mae_weights.h5":            {models.Small, digestS, "keras2 save_weights", 0},
	"weights/PAT-S_finetuned_weights.h5":      {models.Small, digestS, "keras2 fine-tuned save_weights", 12545},
	"weights/PAT-S_finetuned_full.h5":         {models.Small, digestS, "keras2 fine-tuned model.save", 12545},
	"weights/PAT-M_finetuned_full.h5":         {models.Medium, digestM, "keras2 fine-tuned model.save", 12545},
	"variants/PAT-S_gzip_chunked.h5":          {models.Small, digestS, "keras2 save_weights", 0},
	"variants/PAT-M_gzip_chunked.h5":          {models.Medium, digestM, "keras2 save_weights", 0},
	"variants/PAT-S_gzip_shuffle_fletcher.h5": {models.Small, digestS, "keras2 save_weights", 0},
	"variants/PAT-S_chunked_nofilter.h5":      {models.Small, digestS, "keras2 save_weights", 0},
	"variants/PAT-S_float64.h5":               {models.Small, digestS, "keras2 save_weights", 0},
	"variants/PAT-S_bigendian.h5":             {models.Small, digestS, "keras2 save_weights", 0},
	"variants/PAT-S_libver_latest.h5":         {models.Small, digestS, "keras2 save_weights", 0},
	"variants/PAT-S_libver_latest_gzip.h5":    {models.Small, digestS, "keras2 save_weights", 0},
	"variants/PAT-S_float16.h5":               {models.Small, digestHalf, "keras2 save_weights", 0},
	"variants/PAT-S_noattrs.h5":               {models.Small, digestS, "keras2 save_weights", 0},
}

// bad lists the files that nobody should read, with what the refusal must say.
var bad = map[string]string{
	"bad/empty.h5":              "the file is empty",
	"bad/not_hdf5.h5":           "not an HDF5 file",
	"bad/html_download_page.h5": "a web page",
	"bad/git_lfs_pointer.h5":    "a git-LFS pointer",
	"bad/truncated_half.h5":     "cut short: an incomplete download (563112 bytes of 1126224",
	"bad/truncated_last1k.h5":   "cut short: an incomplete download (1125200 bytes of 1126224",
	"bad/truncated_header.h5":   "cut short",
	"bad/corrupt_metadata.h5":   "the HDF5 structure is damaged",
	"bad/missing_layer.h5":      "encoder_layer_1_ff1/kernel is missing",
	"bad/missing_dense.h5":      "dense/kernel is missing",
	"bad/missing_bias.h5":       "encoder_layer_1_attention/key/bias is missing",
	"bad/wrong_patch.h5":        "patch 10, heads 6, layers 1 fit no known size",
	"bad/wrong_heads.h5":        "patch 18, heads 5, layers 1 fit no known size",
	"bad/transposed_ff1.h5":     "encoder_layer_1_ff1/kernel has shape (256, 96), needs (96, 256)",
	"bad/transposed_attout.h5":  "attention_output/kernel has shape (96, 6, 96), needs (6, 96, 96)",
	"bad/nan_inside.h5":         "encoder_layer_1_ff2/kernel holds 1 NaN",
	"bad/inf_inside.h5":         "encoder_layer_1_norm2/gamma holds 1 infinite",
	"bad/int_dtype.h5":          "encoder_layer_1_ff1/bias: it holds int32",
	"bad/other_model.h5":        "it is another model",
	"bad/only_attrs.h5":         "it holds no data",
	"bad/conv_encoder.h5":       "a PAT-Conv encoder",
}

// TestManifest holds every file of the manifest against these tables.
func TestManifest(t *testing.T) {
	content, err := os.ReadFile(pat(t, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest map[string]struct{ Accept bool }
	if err := json.Unmarshal(content, &manifest); err != nil {
		t.Fatal(err)
	}
	for name, entry := range manifest {
		t.Run(name, func(t *testing.T) {
			want, isReadable := readable[name]
			switch {
			case entry.Accept != isReadable:
				t.Fatalf("the manifest says accept %v, the tables here do not", entry.Accept)
			case isReadable:
				w, f := load(t, pat(t, name))
				if got := digest(w); got != want.digest {
					t.Errorf("the values have digest %s, h5py reads %s", got, want.digest)
				}
				if f.Model != want.model || f.Layout != want.layout || f.HeadParameters != want.head || f.Parameters != w.Spec.Parameters() || f.State != models.New || f.Error != "" {
					t.Errorf("got %+v, want %+v", f, want)
				}
				if sum := sha(t, pat(t, name)); f.SHA256 != sum || w.SHA256 != sum {
					t.Errorf("SHA-256 %s and %s, want %s", f.SHA256, w.SHA256, sum)
				}
				if warned := f.Warning != ""; warned != (strings.Contains(name, "float64") || strings.Contains(name, "float16")) {
					t.Errorf("warning %q", f.Warning)
				}
			default:
				refusedWith(t, pat(t, name), bad[name])
			}
		})
	}
}

// refusedWith wants a file refused by Load, in error and description, with that sentence.
func refusedWith(t *testing.T, path, sentence string) {
	t.Helper()
	w, f, err := models.Load(context.Background(), path, reader(t))
	var refused *models.RefusedError
	if w != nil || !errors.As(err, &refused) || sentence == "" || !strings.Contains(refused.Reason, sentence) {
		t.Errorf("got %v, want it refused with %q", err, sentence)
	}
	if f.State != models.Refused || !strings.Contains(f.Error, sentence) {
		t.Errorf("the file is described as %+v, want it refused with %q", f, sentence)
	}
}

func TestPublishedNumbersOfParameters(t *testing.T) {
	for size, want := range map[models.Size]int{models.Small: 274720, models.Medium: 993440, models.Large: 1984192} {
		spec, err := models.SpecOf(size)
		if err != nil {
			t.Fatal(err)
		}
		if got := spec.Parameters(); got != want {
			t.Errorf("%s has %d parameters, want %d", spec.Name(), got, want)
		}
	}
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	dir := t.TempDir()
	refusedWith(t, dir, "a folder")
	pipe := filepath.Join(dir, "pipe.h5")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	refusedWith(t, pipe, "not a regular file")
	huge := filepath.Join(dir, "huge.h5")
	write(t, huge, nil)
	if err := os.Truncate(huge, 300<<20); err != nil {
		t.Fatal(err)
	}
	refusedWith(t, huge, "more than 256 MB")
	if _, f, err := models.Load(context.Background(), filepath.Join(dir, "none.h5"), reader(t)); err == nil || f.State != models.Missing || f.Error == "" {
		t.Errorf("a file that is not there: %+v, %v", f, err)
	}
}

// TestTheChildIsLimited replaces the reader by programs that misbehave.
func TestTheChildIsLimited(t *testing.T) {
	good := pat(t, "weights/PAT-S_weights.h5")
	for _, tc := range []struct{ name, script, want string }{
		{"hangs", "sleep 60", "took longer than 0.2 s"},
		{"babbles", "yes", "unpacks to more data"},
		{"dies", "kill -SEGV $$", "the reader broke on it"},
		{"runs out of memory", "echo 'fatal error: runtime: out of memory' >&2; exit 2", "more memory"},
		{"lies", "printf 'PATARR1\\n nonsense'", "can't be used"},
		{"says nothing", "true", "can't be used"},
		{"fails", "echo broken pipe >&2; exit 1", "failed: broken pipe"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program := filepath.Join(t.TempDir(), "pat-h5")
			if err := os.WriteFile(program, []byte("#!/bin/sh\nPATH=/usr/bin:/bin\n"+tc.script+"\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			timeout := time.Minute
			if tc.name == "hangs" {
				timeout = 200 * time.Millisecond
			}
			w, _, err := models.Load(context.Background(), good, models.Reader{Program: program, Timeout: timeout})
			if w != nil || err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
	_, f, err := models.Load(context.Background(), good, models.Reader{Program: "/nowhere/pat-h5"})
	if err == nil || f.State == models.Refused || !strings.Contains(err.Error(), "make build") {
		t.Errorf("without a reader the file is not to blame: %v, %+v", err, f)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := models.Load(cancelled, good, reader(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want cancelled", err)
	}
}

// TestFlippedBytesNeverCrash flips one byte at a time in the file's structure.
// Whatever comes of it, it is weights or a refusal.
func TestFlippedBytesNeverCrash(t *testing.T) {
	content, err := os.ReadFile(pat(t, "weights/PAT-S_weights.h5"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "flipped.h5")
	read := reader(t)
	for at := 8; at < 0x5000; at += 331 { // the object headers stand before and between the first datasets
		content[at] ^= 0xff
		write(t, path, content)
		w, _, err := models.Load(context.Background(), path, read)
		var refused *models.RefusedError
		if (err == nil) != (w != nil) || (err != nil && !errors.As(err, &refused)) {
			t.Errorf("byte %d: got %v", at, err)
		}
		content[at] ^= 0xff
	}
}
