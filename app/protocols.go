package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"

	"circascope/actigraphy/protocol"
)

// protocolSetting is where a library keeps the text of its protocol.
const protocolSetting = "protocol"

// ReadProtocol reads a study protocol from a file.
func ReadProtocol(path string) (protocol.File, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return protocol.File{}, ReadProblem(path, err)
	}
	return protocol.Parse(path, text)
}

// WriteProtocol writes a study protocol into a file, which appears whole or not at
// all.
func WriteProtocol(path string, f protocol.File) error {
	_, err := writeWhole(path, func(w io.Writer) error {
		_, err := w.Write(f.Text)
		return err
	})
	return err
}

// Protocol returns the protocol that was applied to the open library, and whether one
// was.
func (wb *Workbench) Protocol(ctx context.Context) (protocol.File, bool, error) {
	lib, err := wb.Library()
	if err != nil {
		return protocol.File{}, false, err
	}
	return studyProtocol(ctx, lib)
}

func studyProtocol(ctx context.Context, lib Library) (protocol.File, bool, error) {
	text, err := lib.Setting(ctx, protocolSetting)
	if err != nil || text == "" {
		return protocol.File{Protocol: protocol.Protocol{Rest: protocol.RestByDefinition}}, false, err
	}
	f, err := protocol.Parse("the library's protocol", []byte(text))
	if err != nil {
		err = fmt.Errorf("%w\nthis program does not take the protocol that was applied to the library: apply it again", err)
	}
	return f, true, err
}

// CurrentProtocol returns how the open library is measured now, as a protocol: the one
// that was applied, with the rule of the valid day that holds; without one the measures of
// the paper definition.
func (wb *Workbench) CurrentProtocol(ctx context.Context) (protocol.File, error) {
	f, applied, err := wb.Protocol(ctx)
	if err != nil {
		return f, err
	}
	rule, err := wb.ValidDay(ctx)
	if err != nil || applied && f.ValidDay == rule {
		return f, err
	}
	p := f.Protocol
	if !applied {
		p = protocol.Default("Study", "paper")
	}
	p.ValidDay = rule
	return p.File()
}

// ProtocolPlan says what applying a protocol to the open library changes.
type ProtocolPlan struct {
	Changes []ProtocolChange `json:"changes"`
	Notes   []string         `json:"notes"` // what stays and may surprise, in sentences
}

// ProtocolChange is one thing that changes.
type ProtocolChange struct {
	What string `json:"what"`
	From string `json:"from"`
	To   string `json:"to"`
}

// PlanProtocol says what ApplyProtocol would change, and changes nothing.
func (wb *Workbench) PlanProtocol(ctx context.Context, f protocol.File) (ProtocolPlan, error) {
	lib, err := wb.Library()
	if err != nil {
		return ProtocolPlan{}, err
	}
	now, applied, err := studyProtocol(ctx, lib)
	if err != nil && !applied {
		return ProtocolPlan{}, err
	}
	rule, err := validDay(ctx, lib)
	if err != nil {
		return ProtocolPlan{}, err
	}
	plan := ProtocolPlan{Changes: []ProtocolChange{}, Notes: []string{}}
	change := func(what, from, to string) {
		if from != to {
			plan.Changes = append(plan.Changes, ProtocolChange{what, from, to})
		}
	}
	change("Protocol", nameOf(now), nameOf(f))
	change("Hours worn on a valid day", number(rule.Hours), number(f.ValidDay.Hours))
	change("Valid days wanted", fmt.Sprint(now.Wanted), fmt.Sprint(f.Wanted))
	change("Rest periods from", now.Rest, f.Rest)
	if err := plan.wear(ctx, lib, f.Wear); err != nil {
		return plan, err
	}
	if len(plan.Changes) > 0 {
		plan.Notes = append(plan.Notes, "Measures and results are computed again where what they are made from changes; those that were computed stay in the library.")
	}
	return plan, nil
}

func nameOf(f protocol.File) string {
	if f.Name == "" {
		return "none"
	}
	return fmt.Sprintf("%s (%s)", f.Name, f.SHA256[:8])
}

// wear adds in how many recordings non-wear is to be looked for.
func (plan *ProtocolPlan) wear(ctx context.Context, lib Library, w protocol.Wear) error {
	layers, err := lib.Layers(ctx, "")
	if err != nil {
		return err
	}
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return err
	}
	with, others := map[string]bool{}, map[string]bool{}
	for _, l := range layers {
		switch {
		case l.On && w.Method != "" && l.Method == w.Method && maps.Equal(l.Parameters, w.Values):
			with[l.Recording] = true
		case l.On:
			others[l.Recording] = true
		}
	}
	if missing := len(infos) - len(with); w.Method != "" && missing > 0 {
		plan.Changes = append(plan.Changes, ProtocolChange{
			"Recordings whose non-wear is looked for", "0", fmt.Sprintf("%d by %s (%s)", missing, w.Method, w.Values),
		})
	}
	if len(others) > 0 {
		plan.Notes = append(plan.Notes, fmt.Sprintf("Other masks of %d recordings stay on.", len(others)))
	}
	return nil
}

// ApplyProtocol makes a protocol that of the open library: its rule of the valid day
// holds, non-wear is looked for by its algorithm, and its text is kept, so that every
// measure takes rest and valid days as it says. PlanProtocol says beforehand what
// changes. The report is of the non-wear, empty where the protocol looks for none.
func (wb *Workbench) ApplyProtocol(ctx context.Context, f protocol.File, by By, progress Progress) (DetectReport, error) {
	report := DetectReport{Found: []Detected{}}
	lib, err := wb.Library()
	if err != nil {
		return report, err
	}
	again, err := protocol.Parse("the protocol", f.Text)
	if err != nil {
		return report, err
	}
	if again.SHA256 != f.SHA256 {
		return report, errors.New("the protocol was changed since it was read; read it again")
	}
	rule, err := validDay(ctx, lib)
	if err != nil {
		return report, err
	}
	if rule != f.ValidDay {
		if err := wb.SetValidDay(ctx, f.ValidDay); err != nil {
			return report, err
		}
	}
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return report, err
	}
	if f.Wear.Method != "" && len(infos) > 0 {
		if by.Reason == "" {
			by.Reason = "protocol " + f.Name
		}
		report, err = wb.DetectNonWear(ctx, DetectOptions{Recordings: All(), Method: f.Wear.Method, Values: f.Wear.Values, By: by}, progress)
		if err != nil {
			return report, err
		}
	}
	if err := lib.SetSetting(ctx, protocolSetting, string(f.Text)); err != nil {
		return report, err
	}
	wb.notify(MasksChanged, DiariesChanged, RecordingsChanged) // rest and valid days are others
	return report, nil
}

// ForProtocol returns an error unless a protocol is that of the open library: its masks
// and valid days are not what the protocol says before it is applied.
func (wb *Workbench) ForProtocol(ctx context.Context, f protocol.File) error {
	now, applied, err := wb.Protocol(ctx)
	if err != nil {
		return err
	}
	rule, err := wb.ValidDay(ctx)
	switch {
	case err != nil:
		return err
	case !applied:
		return fmt.Errorf("the protocol %s was not applied to this library, whose masks and valid days are its own; 'pat protocol apply' does it", f.Name)
	case !bytes.Equal(now.Text, f.Text):
		return fmt.Errorf("the library has the protocol %s, not %s; 'pat protocol apply' changes that", nameOf(now), nameOf(f))
	case rule != f.ValidDay:
		return fmt.Errorf("the library's valid day has %g hours by now, the protocol's %g; apply the protocol again", rule.Hours, f.ValidDay.Hours)
	}
	return nil
}

// Of returns the sources of an export with the protocol that its numbers follow.
func (s Sources) Of(f protocol.File) Sources {
	if f.Name == "" {
		return s
	}
	details := maps.Clone(s.Details)
	if details == nil {
		details = map[string]any{}
	}
	details["protocol"], details["protocol_sha256"] = f.Name, f.SHA256
	s.Details = details
	return s
}
