package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// definition is the set of definitions that pages of measures show: that of the study's
// protocol unless another is looked at, and without a protocol the one that was chosen
// last.
func (w *Window) definition() metrics.Definition {
	s := w.study
	if s.how.ByProtocol() {
		if s.other != "" {
			return s.other
		}
		return s.how.Definition()
	}
	var sets []string
	for _, d := range metrics.Definitions() {
		sets = append(sets, string(d))
	}
	return metrics.Definition(known(w.prefs.store.String(prefDefinition), sets))
}

// lookAt shows another set of definitions on all pages of measures. In place of the
// protocol's it is for now: the next start is with the protocol again.
func (w *Window) lookAt(d metrics.Definition) {
	for _, p := range []place{measuresPlace, cohortPlace} {
		w.stale[p] = w.stale[p] || p != w.at
	}
	switch {
	case !w.study.how.ByProtocol():
		w.prefs.store.SetString(prefDefinition, string(d))
	case d == w.study.how.Definition():
		w.study.other = ""
	default:
		w.study.other = d
	}
}

// protocolBar is the line of a page of measures that says which protocol they follow, or
// that they do not. Without a protocol there is no line.
type protocolBar struct {
	w       *Window
	content *fyne.Container
	words   *look.Text
	back    *controls.Button // to the protocol
	follow  *controls.Button
}

func newProtocolBar(w *Window, lookAt func(metrics.Definition)) *protocolBar {
	b := &protocolBar{
		w: w, words: look.NewShortText("", look.Muted),
		back:   controls.NewButton("Back to the protocol", nil, func() { lookAt(w.study.how.Definition()) }),
		follow: controls.NewButton("Bring them under it", nil, w.followProtocol),
	}
	more := controls.NewButton("Protocol ...", nil, w.showProtocol)
	b.content = container.NewBorder(nil, nil, look.Gap(0, 30), look.Row(look.S, b.back, b.follow, more), look.InsetBy(7, 0, b.words))
	b.content.Hide()
	return b
}

// show follows the study.
func (b *protocolBar) show() {
	how := b.w.study.how
	show(b.content, how.ByProtocol())
	if !how.ByProtocol() {
		return
	}
	follows := how.Follows(b.w.definition())
	text, warns := followWords(how), len(how.Pending) > 0 || how.Drift() != ""
	if !follows {
		text, warns = fmt.Sprintf("Not the protocol %s: these are the defaults of %s.", how.Protocol.Words(), b.w.definition()), true
	}
	b.words.SetText(text)
	b.words.SetRole(map[bool]look.Role{true: look.Warning, false: look.Muted}[warns])
	show(b.back, !follows)
	show(b.follow, follows && len(how.Pending) > 0)
}

// followWords says which protocol measures follow, and what is not as it says.
func followWords(how app.Study) string {
	text := "By the study's protocol " + how.Protocol.Words()
	if how.Applied.At != "" {
		text += ", applied " + moment(how.Applied.At)
	}
	if n := len(how.Pending); n > 0 {
		text += fmt.Sprintf("; %s not yet under it", count(n, "recording"))
	}
	if why := how.Drift(); why != "" {
		text += "; but " + why
	}
	return text + "."
}
