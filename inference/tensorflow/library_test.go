package tensorflow

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/inference"
)

func TestChoiceOfTheDevice(t *testing.T) {
	cpu := inference.Device{Kind: "CPU", Name: "a processor"}
	gpu := inference.Device{Kind: "GPU", Name: "a card"}
	for _, tc := range []struct {
		name, asked string
		there       []inference.Device
		driver      bool
		kind, note  string
	}{
		{"whatever there is, no GPU", "", []inference.Device{cpu}, false, "CPU", ""},
		{"whatever there is, a GPU", "", []inference.Device{cpu, gpu, gpu}, true, "GPU", ""},
		{"whatever there is, a driver alone", "", []inference.Device{cpu}, true, "CPU", "TensorFlow sees none"},
		{"the CPU beside a GPU", "CPU", []inference.Device{cpu, gpu}, true, "CPU", ""},
		{"the GPU", "GPU", []inference.Device{cpu, gpu}, true, "GPU", ""},
		{"a GPU that is not there", "GPU", []inference.Device{cpu}, false, "CPU", "TensorFlow sees none"},
	} {
		got, err := choose(tc.asked, tc.there, tc.driver)
		if err != nil || got.Kind != tc.kind || !strings.Contains(got.Note, tc.note) || (tc.note == "") != (got.Note == "") {
			t.Errorf("%s: got %+v, %v", tc.name, got, err)
		}
	}
	if _, err := choose("gpu0", []inference.Device{cpu}, false); err == nil {
		t.Error("an unknown device was taken")
	}
}

func TestDevicesOfThisMachine(t *testing.T) {
	devices, err := Devices()
	if err != nil {
		t.Fatal(err)
	}
	if devices[0].Kind != "CPU" || devices[0].Name == "" {
		t.Errorf("got %+v, want the CPU first", devices)
	}
	if v := Version(); !strings.HasPrefix(v, "2.") {
		t.Errorf("TensorFlow calls itself %q", v)
	}
}

func TestNameOfTheProcessor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cpuinfo")
	text := "processor\t: 0\nmodel name\t: Some CPU @ 3.00GHz: fast\nflags\t: fpu\n\nprocessor\t: 1\nmodel name\t: Other\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, want := cpuName(path), "Some CPU @ 3.00GHz: fast"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := cpuName(path+".not"), "CPU"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
