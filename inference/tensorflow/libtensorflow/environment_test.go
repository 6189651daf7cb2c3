package libtensorflow

import (
	"os"
	"testing"
)

// TestTF32IsOff wants products on a GPU to be computed in float32, unless the user
// chose otherwise.
func TestTF32IsOff(t *testing.T) {
	const name = "NVIDIA_TF32_OVERRIDE"
	t.Setenv(name, "1")
	if err := prepare(); err != nil {
		t.Fatal(err)
	}
	if got := os.Getenv(name); got != "1" {
		t.Errorf("a user's choice of 1 became %q", got)
	}
	if err := os.Unsetenv(name); err != nil { // Setenv above brings it back
		t.Fatal(err)
	}
	if err := prepare(); err != nil {
		t.Fatal(err)
	}
	if got := os.Getenv(name); got != "0" {
		t.Errorf("got %q, want 0", got)
	}
}
