package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
	"circascope/actigraphy/wear"
)

// Study is how the measures of a library are computed, on every page, in every export
// and on the command line alike: by the protocol that was applied to it, and without
// one by the defaults of each definition.
type Study struct {
	Protocol protocol.File // without a name where none was applied
	Applied  Applied
	ValidDay wear.ValidDay // the rule that holds, whatever the protocol says
	Pending  []string      // ids of recordings in which its non-wear has yet to be looked for

	every []metrics.Metric // of the protocol's definition
}

// Applied is how a protocol came to hold for a library.
type Applied struct {
	At string `json:"at"` // RFC 3339; "" where an older version of the program applied it
	By string `json:"by"`
	// LeftOut says why recordings, by their ids, have no non-wear of the protocol: its
	// algorithm is not for them.
	LeftOut map[string]string `json:"left_out,omitempty"`
}

// appliedSetting is where a library keeps how its protocol was applied.
const appliedSetting = "protocol applied"

// Study returns how the measures of the open library are computed.
func (wb *Workbench) Study(ctx context.Context) (Study, error) {
	lib, err := wb.Library()
	if err != nil {
		return Study{}, err
	}
	s, err := studyOf(ctx, lib)
	if err != nil {
		return s, err
	}
	s.Pending, err = s.pending(ctx, lib)
	return s, err
}

// studyOf is Study without the recordings that are pending.
func studyOf(ctx context.Context, lib Library) (Study, error) {
	f, applied, err := studyProtocol(ctx, lib)
	if err != nil {
		return Study{}, err
	}
	rule, err := validDay(ctx, lib)
	if err != nil || !applied {
		return Study{Protocol: f, ValidDay: rule}, err
	}
	s, err := NewStudy(f)
	if err != nil {
		return Study{}, err
	}
	s.ValidDay = rule
	text, err := lib.Setting(ctx, appliedSetting)
	if err == nil && text != "" {
		if err = json.Unmarshal([]byte(text), &s.Applied); err != nil {
			err = fmt.Errorf("how the protocol was applied to the library: %w; apply it again", err)
		}
	}
	return s, err
}

// NewStudy returns how recordings are measured by a protocol.
func NewStudy(f protocol.File) (Study, error) {
	every, err := f.Every()
	return Study{Protocol: f, ValidDay: f.ValidDay, every: every}, err
}

// pending lists the recordings in which nobody looked for the protocol's non-wear yet:
// it neither left a layer, removed or not, nor is the algorithm not for them.
func (s Study) pending(ctx context.Context, lib Library) ([]string, error) {
	w := s.Protocol.Wear
	if w.Method == "" {
		return nil, nil
	}
	without, err := lib.WithoutLayer(ctx, w.Method, w.Values)
	return slices.DeleteFunc(without, func(id string) bool { return s.Applied.LeftOut[id] != "" }), err
}

// ByProtocol reports whether the library has a protocol.
func (s Study) ByProtocol() bool { return s.Protocol.Name != "" }

// Key names all of the study that measures depend on: where it is another one, measures
// are others.
func (s Study) Key() string {
	return fmt.Sprintf("%s\x00%s\x00%g", s.Protocol.SHA256, s.Applied.At, s.ValidDay.Hours)
}

// Definition is the one that measures are of where nobody names another.
func (s Study) Definition() metrics.Definition {
	if s.ByProtocol() {
		return s.Protocol.Definition
	}
	return metrics.Definitions()[0]
}

// Follows reports whether measures of a definition are computed as the protocol says;
// "" is the usual one.
func (s Study) Follows(d metrics.Definition) bool {
	return s.ByProtocol() && (d == "" || d == s.Protocol.Definition)
}

// Metrics lists the measures of a definition, "" for the usual one: of the protocol's with
// its parameters, of another one with the defaults.
func (s Study) Metrics(d metrics.Definition) []metrics.Metric {
	switch {
	case s.Follows(d):
		return slices.Clone(s.every)
	case d == "":
		d = s.Definition()
	}
	return metrics.All(d)
}

// Named lists the measures that the protocol names, or all of the usual definition.
func (s Study) Named() ([]metrics.Metric, error) {
	if s.ByProtocol() {
		return s.Protocol.Metrics()
	}
	return s.Metrics(""), nil
}

// Names reports whether a measure is among those that the protocol names.
func (s Study) Names(m metrics.Metric) bool {
	return s.Follows(m.Definition) && (len(s.Protocol.Measures) == 0 || slices.Contains(s.Protocol.Measures, m.ID))
}

// Find returns a measure as Metrics has it.
func (s Study) Find(d metrics.Definition, id string) (metrics.Metric, bool) {
	if d == "" {
		d = s.Definition()
	}
	m, known := metrics.Find(d, id)
	if !known || !s.Follows(d) {
		return m, known
	}
	every := s.every
	of := func(m metrics.Metric) bool { return m.ID == id }
	if !slices.ContainsFunc(every, of) { // a window of hours that is on no list
		every, _ = s.Protocol.Every(m) // NewStudy has set the same parameters
	}
	at := slices.IndexFunc(every, of)
	if at < 0 {
		return m, false
	}
	return every[at], true
}

// Scorer returns the algorithm that scores sleep for the measures, none where no
// measure of the definition scores.
func (s Study) Scorer() Scorer {
	if id := s.parameter("scoring"); id != "" {
		return Scorer{id, s.Definition()}
	}
	return Scorer{}
}

// scoring returns the measure whose scoring is drawn: that of nights, or the first one
// that scores.
func (s Study) scoring() (metrics.Metric, bool) {
	if m, known := s.Find("", "TST"); known {
		return m, true
	}
	list := s.Metrics("")
	at := slices.IndexFunc(list, metrics.Metric.Scores)
	if at < 0 {
		return metrics.Metric{}, false
	}
	return list[at], true
}

// RestFrom returns where measures of sleep take rest periods from, "" where no measure
// of the definition does.
func (s Study) RestFrom() RestSource {
	if s.byDiary() {
		return RestDiary
	}
	return RestSource(s.parameter("rest"))
}

// wanted is how many valid days measures want.
func (s Study) wanted() wantedDays { return wantedDays{s.Protocol.Wanted, s.ValidDay} }

// byDiary reports whether rest is what the diary says.
func (s Study) byDiary() bool { return s.Protocol.Rest == protocol.RestByDiary }

// parameter returns a parameter of the measure whose scoring is drawn, "" where it has
// none of that name.
func (s Study) parameter(name string) string {
	m, _ := s.scoring()
	for _, p := range m.Parameters {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// Drift says what of the library is not as its protocol says any more, "" for nothing; a
// clause.
func (s Study) Drift() string {
	if !s.ByProtocol() || s.ValidDay == s.Protocol.ValidDay {
		return ""
	}
	return fmt.Sprintf("the library's valid day has %g hours by now, the protocol's %g", s.ValidDay.Hours, s.Protocol.ValidDay.Hours)
}
