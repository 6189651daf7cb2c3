package libtensorflow

import (
	"fmt"
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

// TestLoadingLeavesLittleInMemory wants the library's pages to be given back: all
// that loading touches is 260 MB.
func TestLoadingLeavesLittleInMemory(t *testing.T) {
	if err := Load(); err != nil {
		t.Fatal(err)
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	for field, most := range map[string]int{"RssFile:": 100, "VmHWM:": 256} {
		_, rest, found := strings.Cut(string(status), field)
		var kB int
		if _, err := fmt.Sscan(rest, &kB); !found || err != nil {
			t.Fatalf("%s %v", field, err)
		}
		t.Logf("%s %d MB", field, kB>>10)
		if kB>>10 > most {
			t.Errorf("%s %d MB, want at most %d", field, kB>>10, most)
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
