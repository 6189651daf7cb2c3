package reference

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// PatH5 builds the weights reader from this tree and returns its path, for
// models.Reader.
func PatH5(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "pat-h5")
	cmd := exec.Command("go", "build", "-o", program, "circascope/cmd/pat-h5")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("building pat-h5: %v\n%s", err, out)
	}
	return program
}
