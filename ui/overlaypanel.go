package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// noOverlay is the choice of no scoring and of no rest periods.
const noOverlay = "none"

// overlayPanel is the part of the activity page that chooses what is computed and
// laid over the actogram, and says what the marks mean.
type overlayPanel struct {
	w       *Window
	content fyne.CanvasObject
	column  *fyne.Container
	redraw  func()

	scoring *controls.Select
	rest    *controls.Select
	average *controls.Check
	windows *controls.Check
	cosinor *controls.Check
	legends map[string]*fyne.Container // by part of the overlay
	off     *fyne.Container
	by      *fyne.Container // says which protocol is followed
	method  string          // how the study's measures are computed

	loader  *loader
	scorers []app.Scorer
	before  app.RestSource // what was chosen before changes by hand were shown
	manual  int            // how often rest periods were changed by hand
	made    overlayKey     // of what overlay is, or is being computed from
	overlay app.Overlay
}

// overlayKey is all that an overlay depends on.
type overlayKey struct {
	recording *actigraphy.Recording
	mask      string
	told      int // revision of what diaries tell
	manual    int // and of what was changed by hand
	choice    app.Overlays
	method    string // the key of the study
}

func newOverlayPanel(w *Window, redraw func()) *overlayPanel {
	p := &overlayPanel{w: w, redraw: redraw, loader: newLoader(w.tasks), legends: map[string]*fyne.Container{}, off: look.Column(look.XS)}
	for _, part := range []string{app.ScoringPart, app.RestPart, app.WindowsPart, app.CosinorPart} {
		p.legends[part] = look.Column(0)
	}
	p.makeChoices()
	p.by = look.Column(0)
	p.column = look.Column(look.S, p.by,
		look.NewText("Sleep and wake, scored by", look.Strong), p.scoring, p.legends[app.ScoringPart],
		look.NewText("Rest periods, from", look.Strong), p.rest, p.legends[app.RestPart],
		look.NewText("Average day", look.Strong),
		look.Column(0, p.average, p.windows, p.legends[app.WindowsPart], p.cosinor, p.legends[app.CosinorPart]),
		p.off,
	)
	p.content = container.NewVScroll(look.InsetBy(0, look.M, p.column))
	return p
}

// makeChoices sets the choices as they were left and keeps them as they change.
func (p *overlayPanel) makeChoices() {
	store := p.w.prefs.store
	names := []string{noOverlay}
	for _, a := range app.Scorers() {
		p.scorers = append(p.scorers, app.Scorer{ID: a.ID, Definition: a.Definition})
		names = append(names, fmt.Sprintf("%s (%s)", a.Name, a.Definition))
	}
	p.scoring = controls.NewSelect(names, nil)
	at := slices.IndexFunc(p.scorers, func(s app.Scorer) bool { return s.String() == store.String(prefScoring) })
	p.scoring.Selected = names[at+1]
	sources := []string{noOverlay}
	for _, s := range app.RestSources() {
		sources = append(sources, s.Words())
	}
	p.rest = controls.NewSelect(sources, nil)
	p.rest.Selected = sources[slices.Index(app.RestSources(), app.RestSource(store.String(prefRest)))+1]
	p.scoring.OnChanged = func(string) { store.SetString(prefScoring, p.choice().Scoring.String()); p.redraw() }
	p.rest.OnChanged = func(string) { store.SetString(prefRest, string(p.choice().Rest)); p.redraw() }
	check := func(text, pref string, on bool) *controls.Check {
		c := controls.NewCheck(text, func(on bool) { store.SetBool(pref, on); p.redraw() })
		c.Checked = store.BoolWithFallback(pref, on)
		return c
	}
	p.average = check("Average of the days that count", prefAverage, true)
	p.windows = check("L5 and M10: least and most active", prefWindows, false)
	p.cosinor = check("Cosinor: a cosine of 24 h", prefCosinor, false)
}

// choice returns what is chosen.
func (p *overlayPanel) choice() app.Overlays {
	o := app.Overlays{Windows: p.windows.Checked, Cosinor: p.cosinor.Checked, NoAverage: !p.average.Checked}
	if i := p.scoring.SelectedIndex(); i > 0 {
		o.Scoring = p.scorers[i-1]
	}
	if i := p.rest.SelectedIndex(); i > 0 {
		o.Rest = app.RestSources()[i-1]
	}
	return o
}

// follow computes the overlay of a recording anew where anything that it depends on
// is another. Until it is there, the one before stays, unless it was of another
// recording.
func (p *overlayPanel) follow(r *actigraphy.Recording, w app.Wear, told []diary.Entry, revision int) {
	how := p.w.study.how
	p.settleStudy(how)
	key := overlayKey{r, w.Mask.ID, revision, p.manual, p.choice(), how.Key()}
	if key == p.made {
		return
	}
	if r != p.made.recording {
		p.take(app.Overlay{})
	}
	p.made = key
	load(p.loader, func(ctx context.Context) (app.Overlay, error) {
		manual, err := p.w.wb.ManualRest(ctx, r.ID())
		if err != nil {
			return app.Overlay{}, err
		}
		return app.LayOver(ctx, how, r, w, app.Told{Diary: told, Manual: manual}, key.choice)
	},
		func(o app.Overlay, err error) {
			if err != nil {
				p.w.fail("Computing what is laid over the actogram", err)
				return
			}
			p.take(o)
			p.redraw()
		})
}

// settleStudy chooses, under another protocol, its scoring and its rest periods where any
// are shown, and says which protocol is followed.
func (p *overlayPanel) settleStudy(how app.Study) {
	if key := how.Key(); key != p.method && how.ByProtocol() {
		if i := slices.Index(p.scorers, how.Scorer()); i >= 0 && p.scoring.SelectedIndex() > 0 {
			p.scoring.Selected = p.scoring.Options[i+1]
			p.scoring.Refresh()
		}
		if now := p.choice().Rest; now != "" && now != app.RestManual && how.RestFrom() != "" {
			p.rest.Selected = how.RestFrom().Words()
			p.rest.Refresh()
		}
	}
	p.method = how.Key()
	show(p.by, how.ByProtocol())
	if !how.ByProtocol() {
		return
	}
	words := quiet("By the study's protocol " + how.Protocol.Words() + ".")
	if others := p.choice().Deviations(how); len(others) > 0 {
		words = note("Not the protocol " + how.Protocol.Words() + ": " + strings.Join(others, "; ") + ".")
	}
	p.by.Objects = []fyne.CanvasObject{words}
	p.by.Refresh()
}

// take shows what the marks of an overlay mean.
func (p *overlayPanel) take(o app.Overlay) {
	p.overlay = o
	entries := map[string][]fyne.CanvasObject{}
	for _, m := range o.Scored {
		entries[app.ScoringPart] = append(entries[app.ScoringPart], marked(controls.NewMaskSwatch(m.Pattern), m.Name))
	}
	for _, m := range o.Rest {
		entries[app.RestPart] = append(entries[app.RestPart], marked(controls.NewMaskSwatch(m.Pattern), count(len(o.Periods), "period")+"; point at one to see its times"))
	}
	for i, d := range o.Windows {
		entries[app.WindowsPart] = append(entries[app.WindowsPart], marked(controls.NewWindowSwatch(i), d.Legend()))
	}
	if len(o.Fit.Values) > 0 {
		entries[app.CosinorPart] = append(entries[app.CosinorPart], marked(controls.NewFitSwatch(), o.Fit.Name))
	}
	for part, legend := range p.legends {
		legend.Objects = entries[part]
		if why := o.Problems[part]; why != "" {
			legend.Objects = []fyne.CanvasObject{note(sentence(why))}
		}
	}
	p.off.RemoveAll()
	if len(o.Off) > 0 {
		p.off.Add(marked(controls.NewOffSwatch(), "× "+count(len(o.Off), "day")+" with too little wear: not counted"))
	}
	p.column.Refresh() // the parts have other heights now
}

// marked is an entry of the panel's legend, which is shortened where it is long.
func marked(box fyne.CanvasObject, words string) fyne.CanvasObject {
	return container.NewBorder(nil, nil, look.AtLeast(22, 12, box), nil, look.InsetBy(1, look.XS, look.NewShortText(words, look.Caption)))
}

// over lays what is computed over a chart.
func (p *overlayPanel) over(chart plots.Actogram, src app.Sources) (plots.Actogram, app.Sources) {
	chart, src = p.overlay.Over(chart, src)
	chart.NoAverage = !p.average.Checked
	return chart, src
}

// keepRest shows rest periods that were changed by hand, or again those of before.
func (p *overlayPanel) keepRest(manual bool) {
	now := p.choice().Rest
	if manual && now != app.RestManual {
		p.before = now
		p.rest.SetSelected(app.RestManual.Words())
	}
	if !manual && now == app.RestManual {
		p.rest.SetSelectedIndex(slices.Index(app.RestSources(), p.before) + 1)
	}
	p.manual++
}

// pat returns the flags of "pat export actogram" that draw the same.
func (p *overlayPanel) pat() []string {
	o := p.choice()
	var words []string
	if o.Scoring.ID != "" {
		words = append(words, "--scoring", o.Scoring.String())
	}
	if o.Rest != "" {
		words = append(words, "--rest", string(o.Rest))
	}
	for _, flag := range []struct {
		on   bool
		word string
	}{{o.Windows, "--windows"}, {o.Cosinor, "--cosinor"}, {o.NoAverage, "--no-average"}} {
		if flag.on {
			words = append(words, flag.word)
		}
	}
	return words
}
