package ui

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/wear"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// detectForm is the content of the dialog that looks for non-wear.
type detectForm struct {
	p       *wearPanel
	content *fyne.Container
	method  *controls.Select
	which   *controls.Segments
	reason  *controls.Entry
	values  *fyne.Container
	rule    *widget.Label
	problem *widget.Label
	entries map[string]*controls.Entry
	marked  []string
}

const (
	thisRecording = "This recording"
	foundByMethod = "found by the algorithm"
)

// askDetect opens the dialog.
func (p *wearPanel) askDetect() {
	if p.recording == nil {
		return
	}
	f := newDetectForm(p)
	var sheet *controls.Sheet
	command := widget.NewButtonWithIcon("Copy as command", theme.ContentCopyIcon(), func() {
		o, err := f.options()
		if err != nil {
			f.refuse(err)
			return
		}
		p.w.copy(f.command(o))
	})
	sheet = controls.ShowSheet(p.w.win, f.content, controls.SheetOptions{
		Title: "Detect non-wear", Confirm: "Detect", Width: 640, Height: 460, Extra: []fyne.CanvasObject{command},
		OnYes: func() {
			o, err := f.options()
			if err != nil {
				f.refuse(err)
				return
			}
			sheet.Close()
			p.detect(o)
		},
	})
}

func newDetectForm(p *wearPanel) *detectForm {
	f := &detectForm{p: p, values: look.Column(look.S), rule: widget.NewLabel(""), problem: widget.NewLabel(""), reason: controls.NewEntry(""), marked: p.w.study.markedIDs()}
	f.rule.Wrapping, f.problem.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
	f.problem.Importance = widget.DangerImportance
	f.problem.Hide()
	f.reason.SetText(foundByMethod)
	choices := []string{thisRecording}
	if len(f.marked) > 1 {
		choices = append(choices, fmt.Sprintf("The %d marked", len(f.marked)))
	}
	f.which = controls.NewSegments(append(choices, allRecordings)...)
	var names []string
	for _, m := range wear.Methods() {
		names = append(names, m.Name)
	}
	f.method = controls.NewSelect(names, func(string) { f.describe() })
	f.content = look.Column(look.S,
		labelled("Algorithm", f.method), f.values, labelled("Recordings", f.which.Content), labelled("Reason", f.reason), f.rule, f.problem)
	f.method.SetSelectedIndex(0)
	return f
}

func (f *detectForm) chosen() wear.Method { return wear.Methods()[f.method.SelectedIndex()] }

// describe shows the parameters of the method and where it comes from.
func (f *detectForm) describe() {
	m := f.chosen()
	f.entries = map[string]*controls.Entry{}
	f.values.RemoveAll()
	for _, p := range m.Parameters {
		entry := controls.NewEntry("")
		entry.SetText(strconv.FormatFloat(p.Default, 'g', -1, 64))
		f.entries[p.ID] = entry
		f.values.Add(labelled("", container.NewBorder(nil, nil, look.AtLeast(330, 0, look.InsetBy(7, 0, look.NewText(dotted(p.Name, p.Unit), look.Body))), nil, entry)))
	}
	f.rule.SetText(m.Rule + "\n" + m.Reference)
	f.values.Refresh()
}

func (f *detectForm) options() (app.DetectOptions, error) {
	m := f.chosen()
	o := app.DetectOptions{Method: m.ID, Values: wear.Values{}, By: app.By{Reason: f.reason.Text}}
	for _, p := range m.Parameters {
		v, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(f.entries[p.ID].Text), ",", ".", 1), 64)
		if err != nil {
			return o, fmt.Errorf("%s: %q is no number", p.Name, f.entries[p.ID].Text)
		}
		o.Values[p.ID] = v
	}
	switch f.which.Chosen() {
	case thisRecording:
		o.Recordings = app.Only(f.p.recording.ID())
	case allRecordings:
		o.Recordings = app.All()
	default:
		o.Recordings = app.Only(f.marked...)
	}
	_, err := m.Complete(o.Values)
	return o, err
}

// command returns the line of pat that does the same.
func (f *detectForm) command(o app.DetectOptions) string {
	words := []string{"pat", "wear", "detect", "--method", o.Method}
	if lib, err := f.p.w.wb.Library(); err == nil {
		words = append(words, "--db", quoted(lib.Path()))
	}
	for _, p := range f.chosen().Parameters {
		words = append(words, "--set", fmt.Sprintf("%s=%v", p.ID, o.Values[p.ID]))
	}
	words = append(words, "--reason", quoted(o.By.Reason))
	return strings.Join(append(words, o.Recordings.Arguments()...), " ")
}

func (f *detectForm) refuse(err error) {
	f.problem.SetText(errorWords(err))
	f.problem.Show()
}

// detect looks for non-wear in the background and says what came of it where that
// is not on the actogram.
func (p *wearPanel) detect(o app.DetectOptions) {
	background(p.w.tasks, func(ctx context.Context) (app.DetectReport, error) { return p.w.wb.DetectNonWear(ctx, o, nil) },
		func(r app.DetectReport, err error) {
			p.reload()
			if err != nil {
				p.w.fail("Detecting non-wear", err)
				return
			}
			if r.Failed() > 0 || len(r.Found) > 1 {
				p.w.tell("Non-wear", detectWords(r))
			}
		})
}

// detectWords says what was found, and each reason why not once.
func detectWords(r app.DetectReport) string {
	text := r.Summary() + "."
	said := map[string]bool{}
	for _, d := range r.Found {
		if d.Error != "" && !said[d.Error] {
			said[d.Error] = true
			text += "\n\n" + d.Subject + ": " + d.Error
		}
	}
	return text
}
