package libtensorflow

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadTwice(t *testing.T) {
	for range 2 {
		if err := Load(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOnlyChatterIsDropped(t *testing.T) {
	in, err := os.Create(filepath.Join(t.TempDir(), "in"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close() //nolint:errcheck // a temporary file
	const chat = "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n" +
		"I0000 00:00:1795502976.688169    3714 port.cc:153] oneDNN custom operations are on.\n"
	const kept = "E0000 00:00:1795502976.688169    3714 cuda.cc:153] failed\nanother goroutine's line\nno line end"
	if _, err := in.WriteString(chat + kept); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := passOn(in, &out); err != nil {
		t.Fatal(err)
	}
	if out.String() != kept {
		t.Errorf("got %q, want %q", out.String(), kept)
	}
}
