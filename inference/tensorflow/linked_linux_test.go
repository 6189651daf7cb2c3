package tensorflow

import (
	"debug/elf"
	"os"
	"strings"
	"testing"
)

// TestTheProgramDoesNotNeedTensorFlow looks at this test's own program, which is
// linked as all are. A function that libtensorflow does not list makes the linker
// take the library itself.
func TestTheProgramDoesNotNeedTensorFlow(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	f, err := elf.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	libraries, err := f.ImportedLibraries()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range libraries {
		if strings.Contains(name, "tensorflow") {
			t.Errorf("the program is linked to %s: TensorFlow's symbols get in the way of the graphics driver's", name)
		}
	}
}
