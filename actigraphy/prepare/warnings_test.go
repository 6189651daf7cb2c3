package prepare_test

import (
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/prepare"
)

func TestWarnings(t *testing.T) {
	actigraph := actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: "axis 1"}
	for _, test := range []struct {
		name string
		unit actigraphy.Unit
		site string
		want []string // a part of each
	}{
		{"as trained, 2003", actigraph, "hip", nil},
		{"as trained, 2011", actigraphy.Unit{Quantity: "MIMS"}, "wrist", nil},
		{"site not named", actigraph, "", nil},
		{"counts at the wrist", actigraph, "wrist", []string{"worn at the wrist; PAT was trained on ActiGraph counts, axis 1 from the hip"}},
		{"MIMS at the hip", actigraphy.Unit{Quantity: "MIMS"}, "hip", []string{"worn at the hip"}},
		{"another device", actigraphy.Unit{Quantity: "counts", Device: "Actiwatch"}, "wrist", []string{"The activity is in Actiwatch counts"}},
		{"another axis", actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: "vector magnitude"}, "hip", []string{"vector magnitude"}},
		{"nothing known", actigraphy.Unit{}, "", []string{"unknown unit"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkTexts(t, prepare.Warnings(actigraphy.Info{Unit: test.unit, Site: test.site}), test.want)
		})
	}
}

func TestScalerWarnings(t *testing.T) {
	counts := actigraphy.Unit{Quantity: "counts", Device: "ActiGraph"}
	cohort := prepare.Scaler{Name: "mine", Kind: prepare.PerCohort, Unit: counts.String()}
	checkTexts(t, cohort.Warnings(counts), nil)
	checkTexts(t, cohort.Warnings(actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: "axis 1"}), nil)
	checkTexts(t, cohort.Warnings(actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: "axis 2"}), []string{"axis 2"})
	checkTexts(t, cohort.Warnings(actigraphy.Unit{Quantity: "MIMS"}), []string{`in MIMS and the scaler "mine" was fitted on ActiGraph counts`})
	checkTexts(t, prepare.RecordingScaler().Warnings(actigraphy.Unit{Quantity: "MIMS"}), nil)
}
