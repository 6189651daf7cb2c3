// Package latency watches how long embeddings take and how many fail, by model,
// precision and device. A Monitor counts what Watch sees of engines; what a Keeper
// keeps of it outlives the program and is shared by every process of the machine.
// docs/latency.md says what is measured and when it alerts.
package latency

import (
	"cmp"
	"fmt"
	"slices"

	"circascope/inference"
	"circascope/models"
)

// Key says what computed an embedding: latencies are told apart by it.
type Key struct {
	Model      models.Size `json:"model"`
	Precision  string      `json:"precision"`   // "float32"
	DeviceKind string      `json:"device"`      // "CPU" or "GPU"
	DeviceName string      `json:"device_name"` // as the hardware calls itself
}

// KeyOf returns the key under which the embeddings of an engine count.
func KeyOf(e inference.Engine) Key {
	return RuntimeKey(e.Spec().Size, e.Runtime())
}

// RuntimeKey returns the key of a model on what computes.
func RuntimeKey(model models.Size, rt inference.Runtime) Key {
	return Key{model, rt.Precision, rt.Device.Kind, rt.Device.Name}
}

// String names the key for people.
func (k Key) String() string {
	device := k.DeviceKind
	if k.DeviceName != "" {
		device = fmt.Sprintf("%s (%s)", k.DeviceKind, k.DeviceName)
	}
	return fmt.Sprintf("PAT-%s, %s, %s", k.Model, k.Precision, device)
}

// compare orders keys by the model's size, then by their names.
func (k Key) compare(other Key) int {
	sizes := models.Sizes()
	return cmp.Or(
		cmp.Compare(slices.Index(sizes, k.Model), slices.Index(sizes, other.Model)),
		cmp.Compare(k.Precision, other.Precision),
		cmp.Compare(k.DeviceKind, other.DeviceKind),
		cmp.Compare(k.DeviceName, other.DeviceName))
}
