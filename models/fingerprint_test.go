package models_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"circascope/models"
)

func TestFingerprintsAreKept(t *testing.T) {
	dir := t.TempDir()
	c := catalogue(t, dir, nil)
	k := models.FingerprintKey{WeightsSHA: "a", Engine: "tensorflow", Precision: "float32", DeviceKind: "CPU"}
	var got []float32
	if ok, err := c.Fingerprint(k, &got); ok || err != nil {
		t.Errorf("there is none yet: %v, %v", ok, err)
	}
	want := []float32{1, -0.33333334, 1e-20}
	if err := c.SaveFingerprint(k, want); err != nil {
		t.Fatal(err)
	}
	if ok, err := catalogue(t, dir, nil).Fingerprint(k, &got); !ok || err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, %v", got, ok, err)
	}
	k.Precision = "../../bfloat16" // a name of its own, in the same folder
	if ok, err := c.Fingerprint(k, &got); ok || err != nil {
		t.Errorf("another precision has none: %v, %v", ok, err)
	}
	if err := c.SaveFingerprint(k, want); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "fingerprints", "*.json"))
	if err != nil || len(files) != 2 {
		t.Fatalf("kept %v, %v", files, err)
	}
	write(t, files[0], []byte("["))
	write(t, files[1], []byte("["))
	if _, err := c.Fingerprint(k, &got); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("a damaged one: got %v", err)
	}
}

// TestChecksAreListedAndForgotten keeps a check of approved weights: the list shows
// it, and it goes with the approval, as it does when the file is approved again.
func TestChecksAreListedAndForgotten(t *testing.T) {
	dir, path := t.TempDir(), pat(t, "weights/PAT-S_weights.h5")
	c := catalogue(t, dir, nil)
	f := approve(t, c, path)
	keep := func() {
		t.Helper()
		k := models.FingerprintKey{WeightsSHA: f.SHA256, Engine: "tensorflow", Precision: "float32", DeviceKind: "CPU"}
		if err := c.SaveFingerprint(k, "anything"); err != nil {
			t.Fatal(err)
		}
		if err := c.SaveCheck(k, models.Check{Precision: "float32", Problem: "it differs"}); err != nil {
			t.Fatal(err)
		}
		if files := list(t, c); len(files[0].Checks) != 1 || files[0].Checks[0].Problem != "it differs" || len(files[1].Checks) != 0 {
			t.Errorf("listed as %+v", files)
		}
	}
	for name, forget := range map[string]func() error{
		"approved again": func() error { _, err := c.Approve(context.Background(), path, f.SHA256); return err },
		"removed":        func() error { return c.Remove(models.Small) },
	} {
		approve(t, c, path)
		keep()
		if err := forget(); err != nil {
			t.Fatal(err)
		}
		if left, err := os.ReadDir(filepath.Join(dir, "fingerprints")); err != nil || len(left) != 0 {
			t.Errorf("%s: left %v, %v", name, left, err)
		}
	}
}
