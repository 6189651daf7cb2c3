package prepare

import (
	"fmt"
	"strings"

	"circascope/actigraphy"
)

// Warnings says, in sentences, where a recording differs from what the
// Pretrained Actigraphy Transformer was trained on: ActiGraph counts a minute at
// the hip (NHANES 2003-2006) and MIMS a minute at the wrist (NHANES 2011-2014).
// A site that the file does not name is no warning.
func Warnings(info actigraphy.Info) []string {
	var warnings []string
	if !info.Unit.KnownToPAT() {
		warnings = append(warnings, fmt.Sprintf("The activity is in %v; PAT was trained on ActiGraph counts (axis 1) and on MIMS, "+
			"which are on other scales. Compare embeddings only within this unit.", info.Unit))
		return warnings
	}
	want := "hip"
	if info.Unit.Quantity == "MIMS" {
		want = "wrist"
	}
	if info.Site != "" && info.Site != want {
		warnings = append(warnings, fmt.Sprintf("The device was worn at the %s; PAT was trained on %v from the %s.", info.Site, info.Unit, want))
	}
	return warnings
}

// Warnings says, in sentences, where activity in the unit does not fit the
// activity that the scaler was fitted on.
func (s Scaler) Warnings(unit actigraphy.Unit) []string {
	if s.Kind != PerCohort || firstAxis(s.Unit) == firstAxis(unit.String()) {
		return nil
	}
	return []string{fmt.Sprintf("The activity is in %v and the scaler %q was fitted on %s. "+
		"Standardised values of different units do not compare; fit a scaler on this cohort or standardise each recording alone.",
		unit, s.Name, s.Unit)}
}

// firstAxis returns the name of a unit without its axis where that is the first:
// it is the one axis of the devices that have no other, as in NHANES 2003-2006.
func firstAxis(unit string) string { return strings.TrimSuffix(unit, ", axis 1") }
