package ui

import (
	"slices"

	"circascope/actigraphy"
)

// mappingUnits are the units that a person can say a table's activity is in: a table
// that a maker's tool wrote without its header does not tell. The zero unit leaves
// it to the names of columns.
var mappingUnits = []actigraphy.Unit{
	{},
	{Quantity: "counts", Device: "ActiGraph", Axis: actigraphy.ChannelAxis1},
	{Quantity: "counts", Device: "ActiGraph", Axis: actigraphy.ChannelVM},
	{Quantity: "MIMS"},
	{Quantity: "counts", Device: "Actiwatch"},
	{Quantity: "counts", Device: "MotionWatch"},
	{Quantity: "counts", Device: "Actical"},
	{Quantity: "counts", Device: "ActTrust", Axis: "PIM"},
}

// unitsFor lists the units to choose from, with the one that was chosen before.
func unitsFor(chosen actigraphy.Unit) []actigraphy.Unit {
	if slices.Contains(mappingUnits, chosen) {
		return mappingUnits
	}
	return append(slices.Clone(mappingUnits), chosen)
}

func unitChoices(chosen actigraphy.Unit) []string {
	var names []string
	for _, u := range unitsFor(chosen) {
		if u == (actigraphy.Unit{}) {
			names = append(names, "as the file shows")
			continue
		}
		names = append(names, u.String())
	}
	return names
}

func unitIndex(chosen actigraphy.Unit) int { return slices.Index(unitsFor(chosen), chosen) }
