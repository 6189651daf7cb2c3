package libtensorflow

import (
	"fmt"
	"os"
	"sync"
)

// logLevel is the variable that says from which level on TensorFlow logs.
const logLevel = "TF_CPP_MIN_LOG_LEVEL"

// environment is set before the library is loaded, where the user has not set it.
var environment = map[string]string{
	// Fatal errors only: the others come back as errors, and information and
	// warnings would land on the terminal.
	logLevel: "3",
	// float32 products on a GPU are computed in float32, not in TF32.
	"NVIDIA_TF32_OVERRIDE": "0",
}

// Load makes TensorFlow's C library ready, once. Nothing of TensorFlow may be
// called before.
var Load = sync.OnceValue(func() error {
	if err := prepare(); err != nil {
		return fmt.Errorf("preparing TensorFlow: %w", err)
	}
	return open()
})

// prepare sets the environment.
func prepare() error {
	for name, value := range environment {
		if _, set := os.LookupEnv(name); set {
			continue
		}
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return nil
}
