package tensorflow

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// TestTensorFlowIsQuiet starts this test binary again, which loads TensorFlow and
// runs a graph, and wants nothing on its standard error.
func TestTensorFlowIsQuiet(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("TensorFlow's load-time messages are kept off the terminal on Linux only")
	}
	run := func(env ...string) string {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFrequenciesAreTensorFlows$")
		for _, v := range os.Environ() {
			if !strings.HasPrefix(v, "TF_CPP_") {
				cmd.Env = append(cmd.Env, v)
			}
		}
		cmd.Env = append(cmd.Env, env...)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v\n%s", err, stderr.String())
		}
		return stderr.String()
	}
	if got := run(); got != "" {
		t.Errorf("TensorFlow wrote to the terminal:\n%s", got)
	}
	if got := run("TF_CPP_MIN_LOG_LEVEL=0"); !strings.Contains(got, "TensorFlow") {
		t.Errorf("a log level that the user set was not obeyed; standard error was %q", got)
	}
}
