package tensorflow

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"sync"

	tf "github.com/galeone/tensorflow/tensorflow/go"
	tg "github.com/galeone/tfgo"

	"circascope/inference"
	"circascope/inference/tensorflow/libtensorflow"
)

// start prepares TensorFlow once, at the first use, and lists its devices.
var start = sync.OnceValues(func() ([]tf.Device, error) {
	if err := libtensorflow.Load(); err != nil {
		return nil, err
	}
	graph, err := tg.NewRoot().Finalize()
	if err != nil {
		return nil, fmt.Errorf("starting TensorFlow: %w", err)
	}
	// The first session fixes the size of the process's thread pools. It must see
	// the GPUs to list them.
	session, err := tf.NewSession(graph, &tf.SessionOptions{Config: config(true)})
	if err != nil {
		return nil, fmt.Errorf("starting TensorFlow: %w", err)
	}
	defer session.Close() //nolint:errcheck // nothing ran in it
	devices, err := session.ListDevices()
	if err != nil {
		return nil, fmt.Errorf("listing TensorFlow's devices: %w", err)
	}
	return devices, nil
})

// Version returns the version of TensorFlow's C library, for example "2.21.0", or
// "" where it can't be loaded.
func Version() string {
	if libtensorflow.Load() != nil {
		return ""
	}
	return tf.Version()
}

// Devices lists what TensorFlow can compute on in this process: the CPU first,
// then every GPU it sees. The first call starts TensorFlow, which takes a moment.
func Devices() ([]inference.Device, error) {
	seen, err := start()
	if err != nil {
		return nil, err
	}
	out := []inference.Device{{Kind: "CPU", Name: cpuName("/proc/cpuinfo")}}
	for _, d := range seen {
		if d.Type == "GPU" {
			out = append(out, inference.Device{Kind: "GPU", Name: fmt.Sprintf("%s, %d MB", d.Name, d.MemoryLimitBytes>>20)})
		}
	}
	return out, nil
}

// nvidiaDriver is there where NVIDIA's driver is loaded.
const nvidiaDriver = "/proc/driver/nvidia/version"

// choose returns the device for what was asked for: "" takes a GPU where there
// is one. A GPU that is asked for, or has its driver here, and that TensorFlow
// doesn't see, is the CPU with a note.
func choose(asked string, devices []inference.Device, driver bool) (inference.Device, error) {
	gpu := -1
	for i, d := range devices {
		if d.Kind == "GPU" && gpu < 0 {
			gpu = i
		}
	}
	cpu := devices[0]
	switch asked {
	case "CPU":
		return cpu, nil
	case "", "GPU":
		if gpu >= 0 {
			return devices[gpu], nil
		}
		const advice = "but TensorFlow sees none: computing on the CPU; `make run GPU=1` installs TensorFlow's GPU kernels"
		switch {
		case asked == "GPU":
			cpu.Note = "a GPU was asked for, " + advice
		case driver:
			cpu.Note = "there is a driver for NVIDIA GPUs, " + advice
		}
		return cpu, nil
	}
	return inference.Device{}, fmt.Errorf("device %q is unknown: want CPU or GPU", asked)
}

// cpuName returns the processor's name for itself as Linux tells it, or "CPU".
func cpuName(cpuinfo string) string {
	f, err := os.Open(cpuinfo)
	if err != nil {
		return "CPU"
	}
	defer f.Close() //nolint:errcheck // it was only read
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		key, value, ok := strings.Cut(lines.Text(), ":")
		if ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "CPU"
}
