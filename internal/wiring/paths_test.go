package wiring_test

import (
	"path/filepath"
	"runtime"
	"testing"

	"circascope/internal/wiring"
)

func TestDataFolder(t *testing.T) {
	data := filepath.Join(".local", "share", "circascope")
	if runtime.GOOS == "darwin" {
		data = filepath.Join("Library", "Application Support", "circascope")
	}
	t.Setenv("HOME", "/home/someone")
	for _, c := range []struct{ xdg, want string }{
		{"/data", "/data/circascope/models"},
		{"relative", filepath.Join("/home/someone", data, "models")}, // the XDG specification has it ignored
		{"", filepath.Join("/home/someone", data, "models")},
	} {
		t.Setenv("XDG_DATA_HOME", c.xdg)
		if got := wiring.ModelsDir(); got != c.want {
			t.Errorf("XDG_DATA_HOME=%q: got %s, want %s", c.xdg, got, c.want)
		}
	}
}
