package ui

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/protocol"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// showProtocol shows the study's protocol with how it holds for the library, or that
// there is none.
func (w *Window) showProtocol() {
	background(w.tasks, w.wb.Study, func(how app.Study, err error) {
		if err != nil {
			w.fail("Reading the protocol", err)
			return
		}
		w.openProtocol(how)
	})
}

func (w *Window) openProtocol(how app.Study) {
	var sheet *controls.Sheet
	then := func(do func()) func() {
		return func() {
			sheet.Close()
			do()
		}
	}
	if !how.ByProtocol() {
		text := "The library has no study protocol. Measures are computed by the defaults of the definition that a page shows. " +
			"A protocol fixes definition, parameters, valid day, non-wear and rest for every page, export and import."
		sheet = controls.ShowSheet(w.win, look.AtLeast(0, 80, wrapped(text)), controls.SheetOptions{
			Title: "Study protocol", Width: 560, Confirm: "Use a protocol ...", Dismiss: "Close", OnYes: func() { then(w.askUseProtocol)() },
			Extra: []fyne.CanvasObject{widget.NewButton("Save how it is measured now ...", func() { then(w.askSaveProtocol)() })},
		})
		return
	}
	extra := []fyne.CanvasObject{
		widget.NewButton("Use another ...", then(w.askUseProtocol)),
		widget.NewButton("Save ...", then(w.askSaveProtocol)),
		widget.NewButton("Remove ...", then(func() { w.removeProtocol(how) })),
	}
	o := controls.SheetOptions{Title: "Study protocol " + how.Protocol.Name, Width: 720, Height: 560, Extra: extra}
	if n := len(how.Pending); n > 0 {
		o.Confirm = "Bring " + count(n, "recording") + " under it"
		o.Dismiss = "Close"
		o.OnYes = func() { then(w.followProtocol)() }
	}
	text := look.NewVerbatim(string(how.Protocol.Text))
	column := look.Column(look.S, controls.NewFacts(w.protocolFacts(how)...), section("The file", text))
	sheet = controls.ShowSheet(w.win, container.NewVScroll(column), o)
}

// protocolFacts says what a protocol asks for, and how it holds.
func (w *Window) protocolFacts(how app.Study) []controls.Fact {
	f := how.Protocol
	measures := "all of the definition"
	if len(f.Measures) > 0 {
		measures = strings.Join(f.Measures, ", ")
	}
	wear := "masks stay as they are"
	if f.Wear.Method != "" {
		wear = fmt.Sprintf("%s (%s)", f.Wear.Method, f.Wear.Values)
	}
	rest := map[string]string{protocol.RestByDefinition: "as each measure says", protocol.RestByDiary: "the sleep diary"}
	facts := []controls.Fact{
		{Name: "SHA-256", Value: f.SHA256, Mono: true},
		{Name: "Applied", Value: dotted(moment(how.Applied.At), how.Applied.By)},
		{Name: "Definition", Value: string(f.Definition)},
		{Name: "Measures", Value: measures},
		{Name: "Parameters", Value: strings.Join(f.Parameters(), ", ")},
		{Name: "Valid day", Value: fmt.Sprintf("%g h worn; %s wanted", f.ValidDay.Hours, count(f.Wanted, "valid day"))},
		{Name: "Rest from", Value: cmp.Or(rest[f.Rest], f.Rest)},
		{Name: "Non-wear", Value: wear},
		{Name: "But", Value: sentence(how.Drift())},
	}
	if n := len(how.Pending); n > 0 {
		facts = append(facts, controls.Fact{Name: "Not yet under it", Value: count(n, "recording") + ", in which its non-wear was not looked for"})
	}
	return append(facts, controls.Fact{Name: "No non-wear", Value: w.leftOutWords(how.Applied.LeftOut)})
}

// shownLeftOut is how many recordings without the protocol's non-wear are listed.
const shownLeftOut = 20

// leftOutWords lists the recordings, by their ids, that the protocol's algorithm is not for.
func (w *Window) leftOutWords(out map[string]string) string {
	ids := slices.Sorted(maps.Keys(out))
	var lines []string
	for _, id := range ids[:min(shownLeftOut, len(ids))] {
		who := id
		if row, known := w.study.row(id); known {
			who = row.Subject
		}
		lines = append(lines, who+": "+out[id])
	}
	if more := len(ids) - len(lines); more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// removeProtocol takes the protocol off the library after a question.
func (w *Window) removeProtocol(how app.Study) {
	w.ask(question{
		title: "Remove the protocol " + how.Protocol.Name + "?", yes: "Remove it",
		text: "Measures are computed by the defaults again. The rule of the valid day and the masks stay as they are, and so do values that were computed.",
		then: func() { w.inLibrary("Removing the protocol", w.wb.RemoveProtocol) },
	})
}

// followProtocol brings recordings under the protocol that are not yet.
func (w *Window) followProtocol() {
	background(w.tasks, func(ctx context.Context) (app.DetectReport, error) { return w.wb.FollowProtocol(ctx, nil) },
		func(report app.DetectReport, err error) {
			if err != nil {
				w.fail("Bringing recordings under the protocol", err)
				return
			}
			w.tellLeftOut(report)
		})
}

// tellLeftOut says for which recordings the protocol's algorithm is not.
func (w *Window) tellLeftOut(report app.DetectReport) {
	out := map[string]string{}
	for _, d := range report.Found {
		if d.Error != "" {
			out[d.Recording] = d.Error
		}
	}
	if len(out) > 0 {
		w.tell("Recordings without the protocol's non-wear", w.leftOutWords(out))
	}
}
