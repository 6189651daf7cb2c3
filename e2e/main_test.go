//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// built is the folder for the programs under test.
var built string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	var err error
	if built, err = os.MkdirTemp("", "circascope-bin-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(built) //nolint:errcheck // a temporary folder
	return m.Run()
}

// build makes the programs of this tree, as the Makefile does.
var build = sync.OnceValue(func() error {
	if err := goBuild("CGO_ENABLED=1", ".", "./cmd/pat"); err != nil {
		return err
	}
	return goBuild("CGO_ENABLED=0", "./cmd/pat-h5")
})

func goBuild(cgo string, packages ...string) error {
	cmd := exec.Command("go", append([]string{"build", "-o", built + string(filepath.Separator)}, packages...)...)
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), cgo)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %v: %w\n%s", packages, err, out)
	}
	return nil
}
