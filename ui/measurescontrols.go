package ui

import (
	"slices"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/metrics"
	"circascope/ui/controls"
)

func (p *measuresPage) makeControls() {
	store := p.w.prefs.store
	p.name = newRecordingChoice(p.w.study)
	var sets []string
	for _, d := range metrics.Definitions() {
		sets = append(sets, string(d))
	}
	p.set = controls.NewSelect(sets, nil)
	p.set.Selected = string(p.w.definition())
	p.beside = controls.NewSelect(nil, nil)
	p.beside.Selected = store.String(prefBeside)
	p.offerBeside()
	p.set.OnChanged = func(c string) { p.lookAt(metrics.Definition(c)) }
	p.beside.OnChanged = func(c string) { store.SetString(prefBeside, c); p.sets() }
	p.find = controls.NewEntry("Find a measure")
	p.find.ActionItem = widget.NewIcon(theme.SearchIcon())
	p.find.OnChanged = func(string) { p.arrange() }
	p.find.OnEscape = func() { p.find.SetText(""); p.w.focus(p.table.Object()) }
	p.find.OnSubmitted = func(string) { p.w.focus(p.table.Object()) }
	for _, g := range store.StringListWithFallback(prefOpen, []string{string(metrics.GroupRhythm)}) {
		p.open[metrics.Group(g)] = true
	}
}

// offerBeside lists the sets that can stand beside the chosen one.
func (p *measuresPage) offerBeside() {
	p.beside.Options = []string{besideNothing}
	for _, set := range p.set.Options {
		if set != p.set.Selected {
			p.beside.Options = append(p.beside.Options, set)
		}
	}
	p.beside.Selected = known(p.beside.Selected, p.beside.Options)
	p.beside.Refresh()
}

// known returns a choice that is offered, or else the first one.
func known(choice string, offered []string) string {
	if slices.Contains(offered, choice) {
		return choice
	}
	return offered[0]
}

// lookAt shows the measures of another set.
func (p *measuresPage) lookAt(d metrics.Definition) {
	p.w.lookAt(d)
	p.set.Selected = string(d)
	p.set.Refresh()
	p.offerBeside()
	p.sets()
}

// settleStudy follows the study: its usual set, and how its measures are computed.
func (p *measuresPage) settleStudy() {
	if key := p.w.study.how.Key(); key != p.method {
		p.forget()
		p.method = key
	}
	p.by.show()
	if set := string(p.w.definition()); set != p.set.Selected {
		p.set.Selected = set
		p.set.Refresh()
		p.offerBeside()
		p.others.drop()
		p.places = nil
		p.makeTable()
	}
}

// sets hears of other sets of definitions.
func (p *measuresPage) sets() {
	p.others.drop()
	p.places = nil
	p.makeTable()
	p.refresh()
}

func (p *measuresPage) search() { p.w.focus(p.find) }

func (p *measuresPage) step(by int) { p.w.pages[participantsPlace].(stepping).step(by) }

// definitions returns the sets that are shown, one or two.
func (p *measuresPage) definitions() []metrics.Definition {
	list := []metrics.Definition{metrics.Definition(p.set.Selected)}
	if p.beside.Selected != besideNothing {
		list = append(list, metrics.Definition(p.beside.Selected))
	}
	return list
}
