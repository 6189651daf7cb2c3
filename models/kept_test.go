package models_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/internal/arrays"
	"circascope/models"
)

// TestCopiesKeptWithoutTheirHead makes a catalogue as earlier versions left it:
// its weights are used, and the lost head is told.
func TestCopiesKeptWithoutTheirHead(t *testing.T) {
	dir, path := t.TempDir(), pat(t, "weights/PAT-S_finetuned_full.h5")
	c := catalogue(t, dir, nil)
	approve(t, c, path)
	kept, err := filepath.Glob(filepath.Join(dir, "approved", "*.weights"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept copies %v, %v", kept, err)
	}
	was := sha(t, kept[0])
	content, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	f, err := arrays.Decode(content)
	if err != nil {
		t.Fatal(err)
	}
	delete(f.Meta, "score")
	f.Arrays = f.Arrays[:len(f.Arrays)-4]
	if content, err = arrays.Encode(f); err != nil {
		t.Fatal(err)
	}
	write(t, kept[0], content)
	record := filepath.Join(dir, "approved", "PAT-S.json")
	old, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	write(t, record, bytes.ReplaceAll(old, []byte(was), []byte(sha(t, kept[0]))))

	w, file, err := c.Load(context.Background(), models.Small, false)
	if err != nil || w.Head != nil || !strings.Contains(file.Warning, "approve it again to have its score") {
		t.Errorf("got a head %v, %+v, %v", w != nil && w.Head != nil, file, err)
	}
	// The file itself still has it.
	if w, _, err := c.LoadFile(context.Background(), path); err != nil || w.Head == nil || w.State != models.Approved {
		t.Errorf("the file that was named: got %v", err)
	}
}
