package app

import (
	"context"
	"fmt"
	"strings"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
)

// ProtocolSource is the study's protocol in a side file: with its whole text, so that
// whoever has the side file can measure by it.
type ProtocolSource struct {
	Name       string             `json:"name"`
	SHA256     string             `json:"sha256"`
	AppliedAt  string             `json:"applied_at,omitempty"`
	AppliedBy  string             `json:"applied_by,omitempty"`
	Definition metrics.Definition `json:"definition"`
	Rest       string             `json:"rest"`
	Hours      float64            `json:"valid_day_hours"`
	Wanted     int                `json:"valid_days_wanted"`
	Wear       protocol.Wear      `json:"wear"`
	// Deviations says in clauses what of the export is not as the protocol says.
	Deviations []string `json:"deviations"`
	Text       string   `json:"text"` // the file
}

// ChangedParameter is a parameter of a measure that is not at its default.
type ChangedParameter struct {
	Measure    string             `json:"measure"`
	Definition metrics.Definition `json:"definition"`
	Parameter  string             `json:"parameter"`
	Value      string             `json:"value"`
	Default    string             `json:"default"`
}

// Of returns the sources of an export that was made in a study, of measures: with the
// protocol, what is not as it says, and the parameters that are not at their defaults.
func (s Sources) Of(study Study, measures []metrics.Metric) Sources {
	s.Parameters = changedParameters(measures)
	if !study.ByProtocol() {
		return s
	}
	f := study.Protocol
	s.Protocol = &ProtocolSource{
		Name: f.Name, SHA256: f.SHA256, AppliedAt: study.Applied.At, AppliedBy: study.Applied.By,
		Definition: f.Definition, Rest: f.Rest, Hours: f.ValidDay.Hours, Wanted: f.Wanted, Wear: f.Wear,
		Deviations: study.deviations(measures), Text: string(f.Text),
	}
	return s
}

// underProtocol is Of for an export that was not told the study that it was made in.
func (wb *Workbench) underProtocol(ctx context.Context, src Sources) (Sources, error) {
	if src.Protocol != nil {
		return src, nil
	}
	study, err := wb.Study(ctx)
	if err != nil || !study.ByProtocol() {
		return src, err
	}
	src.Protocol = Sources{}.Of(study, nil).Protocol
	return src, nil
}

func changedParameters(measures []metrics.Metric) []ChangedParameter {
	var list []ChangedParameter
	told := map[string]bool{}
	for _, m := range measures {
		key := string(m.Definition) + " " + m.ID + " " + parameters(m)
		if told[key] { // a drawing may be of one twice
			continue
		}
		told[key] = true
		for _, p := range m.Parameters {
			if p.Value != p.Default {
				list = append(list, ChangedParameter{m.ID, m.Definition, p.Name, p.Value, p.Default})
			}
		}
	}
	return list
}

// deviations says what of measures is not as the protocol says.
func (s Study) deviations(measures []metrics.Metric) []string {
	list := []string{}
	if why := s.Drift(); why != "" {
		list = append(list, why)
	}
	if n := len(s.Pending); n > 0 {
		list = append(list, fmt.Sprintf("its non-wear was not looked for in recordings: %s", strings.Join(s.Pending, ", ")))
	}
	if out := s.Applied.LeftOut; len(out) > 0 {
		list = append(list, fmt.Sprintf("its non-wear is not for recordings: %s", strings.Join(sortedKeys(out), ", ")))
	}
	others := map[metrics.Definition]bool{}
	for _, m := range measures {
		if !s.Follows(m.Definition) {
			if !others[m.Definition] {
				others[m.Definition] = true
				list = append(list, fmt.Sprintf("measures of the definition %s, the protocol's is %s", m.Definition, s.Definition()))
			}
			continue
		}
		if of, known := s.Find(m.Definition, m.ID); known {
			list = append(list, differences(m, of)...)
		}
	}
	return list
}

// differences says which parameters of a measure are not those of the protocol's.
func differences(m, of metrics.Metric) []string {
	var list []string
	for i, p := range m.Parameters {
		if i < len(of.Parameters) && of.Parameters[i].Value != p.Value {
			list = append(list, fmt.Sprintf("%s with %s %s, the protocol's is %s", m.ID, p.Name, p.Value, of.Parameters[i].Value))
		}
	}
	return list
}
