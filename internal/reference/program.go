package reference

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BuildPatH5 builds the weights reader from this tree into a folder and returns
// its path, for models.Reader.
func BuildPatH5(dir string) (string, error) {
	program := filepath.Join(dir, "pat-h5")
	cmd := exec.Command("go", "build", "-o", program, "circascope/cmd/pat-h5")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building pat-h5: %w\n%s", err, out)
	}
	return program, nil
}

// PatH5 is BuildPatH5 into a folder of the test.
func PatH5(t testing.TB) string {
	t.Helper()
	program, err := BuildPatH5(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return program
}
