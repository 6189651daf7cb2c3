package app

import (
	"encoding/json"
	"fmt"
	"math"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
)

// Summary is the four numbers by which a service describes a recording, each with
// the measure that it is, and all measures as features.
type Summary struct {
	actigraphy.Info
	SleepEfficiency         SummaryNumber `json:"sleep_efficiency"`          // SE
	CircadianRhythmStrength SummaryNumber `json:"circadian_rhythm_strength"` // R² of the cosinor
	ActivityFragmentation   SummaryNumber `json:"activity_fragmentation"`    // IV
	RestActivityRatio       SummaryNumber `json:"rest_activity_ratio"`       // L5/M10
	RawFeatures             Features      `json:"raw_features"`              // every measure by its id
	FeatureDim              int           `json:"feature_dim"`               // how many those are
	Reasons                 Reasons       `json:"reasons"`                   // of the features that have no value
}

// SummaryNumber is a number of a summary and the measure behind it.
type SummaryNumber struct {
	Measure    string             `json:"measure"`
	Name       string             `json:"name"`
	Definition metrics.Definition `json:"definition"`
	Parameters string             `json:"parameters"`
	Value      Feature            `json:"value"`
	Unit       string             `json:"unit"`
	Reason     string             `json:"reason"` // why there is no value; empty where there is one
	Reference  string             `json:"reference"`
}

// Features are measures by their ids, without the values of their parts: the same
// measures give the same features of every recording.
type Features map[string]Feature

// Reasons say why features have no value, by the ids of their measures.
type Reasons map[string]string

// Feature is a number, or NaN, which JSON has as null.
type Feature float64

// MarshalJSON writes the shortest number that reads back the same, or null.
func (f Feature) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(f)) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(f))
}

// Summarise sums up what was measured of a recording. Each of the four numbers is
// that of the measures' own definition; one that they lack has no value and a reason.
func Summarise(m Measured) Summary {
	s := Summary{
		Info:                    m.Info,
		SleepEfficiency:         summaryNumber(m.Values, "SE"),
		CircadianRhythmStrength: summaryNumber(m.Values, "cosinor_R2"),
		ActivityFragmentation:   summaryNumber(m.Values, "IV"),
		RestActivityRatio:       summaryNumber(m.Values, "L5_M10"),
		RawFeatures:             Features{}, Reasons: Reasons{},
	}
	for _, v := range m.Values {
		s.RawFeatures[v.ID] = Feature(v.Value)
		if v.Reason != "" {
			s.Reasons[v.ID] = v.Reason
		}
	}
	s.FeatureDim = len(s.RawFeatures)
	return s
}

// Numbers returns the four numbers by the names that a service gives them, in order.
func (s Summary) Numbers() []NamedNumber {
	return []NamedNumber{
		{"sleep_efficiency", s.SleepEfficiency},
		{"circadian_rhythm_strength", s.CircadianRhythmStrength},
		{"activity_fragmentation", s.ActivityFragmentation},
		{"rest_activity_ratio", s.RestActivityRatio},
	}
}

// NamedNumber is a number of a summary by its name.
type NamedNumber struct {
	Name string
	SummaryNumber
}

func summaryNumber(values []metrics.Value, id string) SummaryNumber {
	for _, v := range values {
		if v.ID == id {
			return SummaryNumber{
				Measure: id, Name: v.Name, Definition: v.Definition, Parameters: parameters(v.Metric),
				Value: Feature(v.Value), Unit: v.Unit, Reason: v.Reason, Reference: v.Reference,
			}
		}
	}
	return SummaryNumber{Measure: id, Value: Feature(math.NaN()), Reason: fmt.Sprintf("%s is not among the measures", id)}
}

// SummaryTable lists the four numbers of recordings, one a row, with the measure
// behind each.
func SummaryTable(list []Summary) Table {
	t := Table{Name: "summary", Header: []string{
		"subject", "recording", "number", "value", "unit", "measure", "definition", "parameters", "reason", "feature_dim", "source_sha256", "mask",
	}}
	t.as(Real, "value")
	t.as(Integer, "feature_dim")
	for _, s := range list {
		for _, n := range s.Numbers() {
			t.Rows = append(t.Rows, []string{
				s.Subject, s.ID, n.Name, n.words(), n.Unit, n.Measure, string(n.Definition), n.Parameters, n.Reason, fmt.Sprint(s.FeatureDim), s.Source.SHA256, s.Mask,
			})
		}
	}
	return t
}

// words writes the value; a number without one has none.
func (n SummaryNumber) words() string {
	if n.Reason != "" {
		return ""
	}
	return number(float64(n.Value))
}
