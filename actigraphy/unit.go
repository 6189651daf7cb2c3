package actigraphy

import "strings"

// Unit says what the activity values count. Counts of different devices are on
// different scales, so the device and the axis belong to the unit.
type Unit struct {
	Quantity string `json:"quantity"`         // "counts", "MIMS", "mg", "steps"
	Device   string `json:"device,omitempty"` // "ActiGraph", "Actiwatch"; empty where unknown
	Axis     string `json:"axis,omitempty"`   // "axis 1", "vector magnitude", "PIM"; empty where the device has one
}

// String returns the unit in words, for example "ActiGraph counts, axis 1".
func (u Unit) String() string {
	quantity := u.Quantity
	if quantity == "" {
		quantity = "unknown unit"
	}
	words := strings.TrimSpace(u.Device + " " + quantity)
	if u.Axis != "" {
		words += ", " + u.Axis
	}
	return words
}

// KnownToPAT reports whether the Pretrained Actigraphy Transformer was trained
// on this unit: ActiGraph counts of the vertical axis (NHANES 2003-2006) or
// MIMS (NHANES 2011-2014).
func (u Unit) KnownToPAT() bool {
	if u.Quantity == "MIMS" {
		return true
	}
	return u.Quantity == "counts" && u.Device == "ActiGraph" && (u.Axis == "" || u.Axis == "axis 1")
}

// Adds reports whether epochs add up to a longer one, as counts do; other quantities
// are averaged.
func (u Unit) Adds() bool { return u.Quantity != "mg" }
