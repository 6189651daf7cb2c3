package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// The methods and views of the page.
const (
	byLayer, byRollout = "One layer", "Rollout"

	weekView, daysView, averageView = "Week", "Day by day", "Average day"
	mapView, occlusionView          = "Map", "Occlusion"
)

// explain is the page that says where a model looked in a week, and what its
// embedding depends on.
type explain struct {
	w      *Window
	root   *fyne.Container
	full   fyne.CanvasObject
	title  *pageTitle
	size   *controls.Segments
	name   *recordingChoice
	week   *controls.Select
	method *controls.Segments
	layer  *controls.Select
	head   *controls.Select
	view   *controls.Segments
	lead   *look.Text // what the view shows
	figure *controls.Figure
	body   *fyne.Container // the figure, or why there is none
	words  *look.Text      // how attention and occlusion agree
	panel  *occlusionPanel

	loader   *loader
	computer *loader
	drawer   *loader
	settling bool // the controls are being set, not used

	results     []inference.Result // of the recording and model, newest group first
	at          int                // the one explained
	asked       request            // what is shown or being computed
	explanation *app.Explanation   // of asked; nil until it is there
	computing   bool
}

// request is one explanation by attention.
type request struct {
	result  string
	options app.ExplainOptions
}

func newExplain(w *Window) *explain {
	p := &explain{
		w: w, title: newPageTitle("Explain"), root: container.NewStack(look.Gap(0, 0)), body: container.NewStack(),
		size:   controls.NewSegments("PAT-S", "PAT-M", "PAT-L"),
		method: controls.NewSegments(byLayer, byRollout),
		view:   controls.NewSegments(weekView, daysView, averageView, mapView, occlusionView),
		figure: controls.NewFigure(), lead: look.NewShortText("", look.Muted), words: look.NewShortText("", look.Body),
		loader: newLoader(w.tasks), computer: newLoader(w.tasks), drawer: newLoader(w.tasks),
	}
	p.panel = newOcclusionPanel(w, p.measured)
	p.makeControls()
	tools := []fyne.CanvasObject{
		iconButton(theme.NavigateBackIcon(), "Participant before (arrow up)", func() { p.step(-1) }),
		look.AtLeast(130, 0, p.name.Select),
		iconButton(theme.NavigateNextIcon(), "Next participant (arrow down)", func() { p.step(1) }),
		p.size.Content,
		toolButton("Export ...", look.IconExport, w.showExport),
	}
	choices := container.NewBorder(nil, nil,
		look.Row(look.S, look.AtLeast(170, 0, p.week), p.method.Content, look.AtLeast(130, 0, p.layer), look.AtLeast(160, 0, p.head)),
		p.view.Content)
	foot := look.Column(look.XS, p.words, container.NewBorder(nil, nil, nil, p.panel.content, look.NewShortText(app.NotCausation, look.Muted)))
	inner := container.NewBorder(look.Column(look.S, choices, p.lead), look.InsetBy(look.S, 0, foot), nil, nil, p.body)
	p.full = newPage(p.title.content, tools, look.InsetBy(0, look.L, inner))
	w.study.watch(func(c studyChange) {
		if c != markedChanged {
			w.revisit(explainPlace)
		}
	})
	return p
}

func (p *explain) makeControls() {
	p.figure.OnDraw = p.paint
	p.size.OnChange = func(c string) { p.w.prefs.store.SetString(prefModel, c); p.refresh() }
	p.name = newRecordingChoice(p.w.study)
	p.week = controls.NewSelect(nil, func(string) {
		if i := p.week.SelectedIndex(); !p.settling && i >= 0 {
			p.at = i
			p.compute()
		}
	})
	p.layer = controls.NewSelect(nil, func(string) { p.recompute() })
	p.head = controls.NewSelect(nil, func(string) { p.recompute() })
	p.method.OnChange = func(string) { p.recompute() }
	p.view.Set(p.w.prefs.store.StringWithFallback(prefExplain, weekView))
	p.view.OnChange = func(c string) { p.w.prefs.store.SetString(prefExplain, c); p.show() }
}

func (p *explain) content() fyne.CanvasObject { return p.root }

func (p *explain) wants(e app.Event) bool { return e == app.LibraryChanged || e == app.ResultsChanged }

func (p *explain) step(by int) { p.w.pages[participantsPlace].(stepping).step(by) }

func (p *explain) model() models.Size {
	return models.Size(strings.TrimPrefix(p.size.Chosen(), "PAT-"))
}

// refresh reads which weeks can be explained.
func (p *explain) refresh() {
	p.size.Set(p.w.prefs.store.StringWithFallback(prefModel, "PAT-S"))
	row, ok := p.w.study.row(p.w.study.chosen)
	if !ok {
		p.results = nil
		p.swap(controls.NewEmptyState(look.IconExplain, "Nothing to explain yet",
			"Import recordings and run PAT on them: this page then shows where the model looked in a week, and what its embedding depends on.",
			primaryButton("Import ...", look.IconImport, func() { p.w.showImport(nil) })))
		return
	}
	p.name.settle(row)
	model := p.model()
	load(p.loader, func(ctx context.Context) ([]inference.Result, error) { return p.w.wb.Explainable(ctx, row.ID, model) },
		func(results []inference.Result, err error) {
			if err != nil {
				p.w.fail("Reading the embeddings", err)
				return
			}
			p.showWeeks(row, results)
		})
}

// showWeeks offers the weeks of the recording, and explains the one that was
// chosen before or the first.
func (p *explain) showWeeks(row app.Row, results []inference.Result) {
	p.results = results
	if len(results) == 0 {
		p.asked, p.explanation, p.computing = request{}, nil, false
		p.computer.drop()
		p.title.set(row.Subject, false)
		p.swap(newPage(p.title.content, []fyne.CanvasObject{look.AtLeast(130, 0, p.name.Select), p.size.Content},
			controls.NewEmptyState(look.IconExplain, fmt.Sprintf("%s was not run on %s yet", p.size.Chosen(), row.Subject),
				"An explanation is of an embedding: run the model on this recording first.",
				primaryButton("Run PAT ...", look.IconRun, p.w.showRun))))
		return
	}
	p.at = max(0, slices.IndexFunc(results, func(r inference.Result) bool { return r.ID == p.asked.result }))
	p.offer(results)
	p.swap(p.full)
	p.compute()
}

// offer fills the choices of week, layer and head.
func (p *explain) offer(results []inference.Result) {
	p.settling = true
	defer func() { p.settling = false }()
	p.week.SetOptions(weekLabels(results))
	p.week.SetSelectedIndex(p.at)
	spec, err := models.SpecOf(results[0].Model)
	if err != nil {
		p.w.fail("Reading the embeddings", err)
		return
	}
	layers := make([]string, spec.Layers)
	for i := range layers {
		layers[i] = fmt.Sprintf("layer %d of %d", i+1, spec.Layers)
	}
	heads := []string{"mean of heads"}
	for i := range spec.Heads {
		heads = append(heads, fmt.Sprintf("head %d of %d", i+1, spec.Heads))
	}
	keepOrSet(p.layer, layers, len(layers)-1)
	keepOrSet(p.head, heads, 0)
}

// keepOrSet offers choices. Where they are others than before, one is chosen anew.
func keepOrSet(s *controls.Select, options []string, at int) {
	if slices.Equal(s.Options, options) {
		return
	}
	s.SetOptions(options)
	s.SetSelectedIndex(at)
}

// weekLabels names results by the start of their week, and by what made them where
// that differs.
func weekLabels(results []inference.Result) []string {
	labels := make([]string, len(results))
	for i, r := range results {
		labels[i] = weekFrom(r.WeekStart)
		if slices.ContainsFunc(results, func(o inference.Result) bool { return o.WeekStart == r.WeekStart && o.ID != r.ID }) {
			labels[i] += fmt.Sprintf(", %s, weights %.8s, %s", r.ScalerName, r.WeightsSHA, r.Precision)
		}
	}
	return labels
}

func (p *explain) swap(o fyne.CanvasObject) {
	if p.root.Objects[0] != o {
		p.root.Objects = []fyne.CanvasObject{o}
		p.root.Refresh()
	}
}

func (p *explain) recompute() {
	if !p.settling && len(p.results) > 0 {
		p.compute()
	}
}

// options are the choices of the page. The window shows demo results as such, so
// that the demo weights may explain them.
func (p *explain) options() app.ExplainOptions {
	o := app.ExplainOptions{AllowDemo: p.results[p.at].Demo()}
	if o.Rollout = p.method.Chosen() == byRollout; !o.Rollout {
		o.Layer, o.Head = p.layer.SelectedIndex()+1, p.head.SelectedIndex()
	}
	return o
}

// compute asks for the explanation that the choices name, unless it is there.
func (p *explain) compute() {
	r, o := p.results[p.at], p.options()
	for _, s := range []*controls.Select{p.layer, p.head} {
		s.Hidden = o.Rollout
		s.Refresh()
	}
	same := p.asked == (request{r.ID, o})
	if same && p.computing {
		return
	}
	if same && p.explanation != nil {
		p.show()
		return
	}
	p.asked, p.explanation, p.computing = request{r.ID, o}, nil, true
	p.show()
	load(p.computer, func(ctx context.Context) (app.Explanation, error) { return p.w.wb.Explain(ctx, r, o) },
		func(e app.Explanation, err error) {
			p.computing = false
			if err != nil {
				p.lead.SetText("")
				p.put(controls.NewEmptyState(look.IconExplain, "This week can't be explained", errorWords(err),
					primaryButton("Run PAT ...", look.IconRun, p.w.showRun)))
				return
			}
			p.explanation = &e
			p.show()
		})
}

// put shows something in the place of the figure.
func (p *explain) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// blankLabels leaves a heading and a caption to the page.
func blankLabels(l plots.Labels) plots.Labels { return plots.Labels{Demo: l.Demo} }
