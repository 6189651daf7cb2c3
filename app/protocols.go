package app

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"

	"circascope/actigraphy/metrics"
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
	var leftOut map[string]string // that need not be looked at again
	if study, err := studyOf(ctx, lib); err == nil && now.Wear.Method == f.Wear.Method && maps.Equal(now.Wear.Values, f.Wear.Values) {
		leftOut = study.Applied.LeftOut
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
	change("Protocol", now.Words(), f.Words())
	change("Measures are defined by", string(usualOf(now)), string(usualOf(f)))
	change("Parameters that are not the default", parametersOf(now), parametersOf(f))
	change("Hours worn on a valid day", number(rule.Hours), number(f.ValidDay.Hours))
	change("Valid days wanted", fmt.Sprint(now.Wanted), fmt.Sprint(f.Wanted))
	change("Rest periods from", now.Rest, f.Rest)
	if err := plan.wear(ctx, lib, f.Wear, leftOut); err != nil {
		return plan, err
	}
	if len(plan.Changes) > 0 {
		plan.Notes = append(plan.Notes, "Measures and results are computed again where what they are made from changes; those that were computed stay in the library.")
	}
	return plan, nil
}

// usualOf is the definition that measures are of under a protocol, or without one.
func usualOf(f protocol.File) metrics.Definition {
	return cmp.Or(f.Definition, metrics.Definitions()[0])
}

func parametersOf(f protocol.File) string {
	return cmp.Or(strings.Join(f.Parameters(), ", "), "none")
}

// wear adds in how many recordings non-wear is to be looked for, beside those that its
// algorithm is not for.
func (plan *ProtocolPlan) wear(ctx context.Context, lib Library, w protocol.Wear, leftOut map[string]string) error {
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
	missing := 0
	for _, info := range infos {
		if !with[info.ID] && leftOut[info.ID] == "" {
			missing++
		}
	}
	if w.Method != "" && missing > 0 {
		plan.Changes = append(plan.Changes, ProtocolChange{
			"Recordings whose non-wear is looked for", "0", fmt.Sprintf("%d by %s (%s)", missing, w.Method, w.Values),
		})
	}
	if len(others) > 0 {
		plan.Notes = append(plan.Notes, fmt.Sprintf("Other masks of %d recordings stay on.", len(others)))
	}
	return nil
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
		return fmt.Errorf("the library has the protocol %s, not %s; 'pat protocol apply' changes that", now.Words(), f.Words())
	case rule != f.ValidDay:
		return fmt.Errorf("the library's valid day has %g hours by now, the protocol's %g; apply the protocol again", rule.Hours, f.ValidDay.Hours)
	}
	return nil
}
