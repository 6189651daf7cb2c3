package ui

import (
	"fmt"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/models"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// modelsPage is the page of weights files and of how fast they run.
type modelsPage struct {
	w       *Window
	root    fyne.CanvasObject
	title   *pageTitle
	sizes   *fyne.Container
	others  *fyne.Container
	latency *latencyPanel
	loader  *loader
}

func newModelsPage(w *Window) *modelsPage {
	p := &modelsPage{
		w: w, title: newPageTitle("Models"), sizes: look.Grid(3), others: look.Column(look.S),
		latency: newLatencyPanel(w), loader: newLoader(w.tasks),
	}
	tools := []fyne.CanvasObject{
		widget.NewButtonWithIcon("Check all again", theme.ViewRefreshIcon(), p.refresh),
		widget.NewButton("Test a model ...", p.testModel),
		primaryButton("Approve a file ...", look.IconModels, w.askApprove),
	}
	column := look.Column(look.L, p.sizes, p.latency.content, p.others, p.explanation())
	p.root = newPage(p.title.content, tools, container.NewVScroll(look.InsetBy(0, look.L, look.Column(0, column, look.Gap(0, look.L)))))
	return p
}

func (p *modelsPage) content() fyne.CanvasObject { return p.root }

// wants leaves to follow what the page shows of a run while it is up: reading the
// weights files takes longer than the time from one embedding to the next.
func (p *modelsPage) wants(e app.Event) bool {
	return e == app.ModelsChanged || (followed(e) && p.w.at != modelsPlace)
}

func (p *modelsPage) follow(events map[app.Event]bool) {
	for e := range events {
		if followed(e) {
			p.latency.show()
			return
		}
	}
}

func followed(e app.Event) bool { return e == app.LatencyChanged || e == app.EngineChanged }

func (p *modelsPage) exports() []exportItem { return p.latency.exports() }

func (p *modelsPage) refresh() {
	p.latency.reload()
	load(p.loader, p.w.wb.Models, func(files []models.File, err error) {
		if err != nil {
			p.w.fail("Reading the weights files", err)
			return
		}
		p.show(files)
	})
}

// show splits the list as the catalogue gives it: one entry a size, then the
// other files of the folder, then the demo weights.
func (p *modelsPage) show(files []models.File) {
	n := len(models.Sizes())
	if len(files) < n {
		return
	}
	p.sizes.RemoveAll()
	approved := 0
	for _, f := range files[:n] {
		if f.State == models.Approved {
			approved++
		}
		p.sizes.Add(p.sizeCard(f))
	}
	p.title.set(fmt.Sprintf("%d of %d sizes approved  ·  %s", approved, n, shortPath(p.w.wb.ModelsDir())), false)
	p.others.RemoveAll()
	for i, f := range files[n:] {
		if i == 0 {
			p.others.Add(look.NewText("Demo weights and other files", look.Strong))
		}
		p.others.Add(p.fileRow(f))
	}
	p.others.Refresh()
}

func (p *modelsPage) sizeCard(f models.File) fyne.CanvasObject {
	spec, err := models.SpecOf(f.Model)
	if err != nil {
		return look.Gap(0, 0)
	}
	state, role := string(f.State), stateRole(f.State)
	if slices.ContainsFunc(f.Checks, func(c models.Check) bool { return c.Problem != "" }) {
		state, role = state+", check failed", look.Failure
	}
	head := container.NewBorder(nil, nil, look.NewText(spec.Name(), look.Subheading), look.NewText(state, role))
	facts := []controls.Fact{
		{Name: "Parameters", Value: thousands(spec.Parameters())},
		{Name: "Shape", Value: fmt.Sprintf("%s, %s, %d min a token", count(spec.Layers, "layer"), count(spec.Heads, "head"), spec.Patch)},
		{Name: "Approved", Value: moment(f.ApprovedAt)},
	}
	if f.State != models.Missing {
		facts = append(facts, controls.Fact{Name: "File", Value: shortPath(f.Path)}, controls.Fact{Name: "SHA-256", Value: f.SHA256, Mono: true})
	}
	for _, c := range f.Checks {
		facts = append(facts, controls.Fact{Name: "Fingerprint", Value: checkText(c)})
	}
	if f.Score != "" {
		facts = append(facts, controls.Fact{Name: "Score", Value: f.Score + ": a probability of its author's task, not a diagnosis"})
	}
	column := look.Column(look.XS, head, look.InsetBy(0, -6, controls.NewFacts(facts...)))
	if f.Warning != "" {
		column.Add(note(f.Warning))
	}
	switch {
	case f.Error == "":
	case f.State == models.Missing:
		column.Add(quiet(sentence(f.Error)))
	default:
		column.Add(note(sentence(f.Error)))
	}
	for _, c := range f.Checks {
		if c.Problem != "" {
			column.Add(note(sentence(c.Problem)))
		}
	}
	buttons := container.NewHBox(p.approveButton(f))
	if f.State == models.Approved {
		buttons.Add(widget.NewButton("Test", func() { p.testSize(f.Model) }))
	}
	if f.State == models.Approved || f.State == models.Changed {
		buttons.Add(widget.NewButton("Remove ...", func() { p.askRemove(f) }))
	}
	return controls.NewCard(container.NewBorder(nil, buttons, nil, nil, column))
}

// approveButton leads to the approval of a size's weights: of the changed file
// itself, or of any file.
func (p *modelsPage) approveButton(f models.File) fyne.CanvasObject {
	switch f.State {
	case models.Changed:
		return widget.NewButton("Look and approve ...", func() { p.w.checkWeights(f.Path) })
	case models.Approved:
		return widget.NewButton("Replace ...", p.w.askApprove)
	default:
		return widget.NewButton("Approve a file ...", p.w.askApprove)
	}
}

// fileRow shows a file that is not the approved one of its size.
func (p *modelsPage) fileRow(f models.File) fyne.CanvasObject {
	name := filepath.Base(f.Path)
	text := string(f.State)
	if f.Model != "" {
		text = "PAT-" + string(f.Model) + ", " + text
	}
	head := look.Row(look.S, look.NewText(name, look.Body), look.NewText(text, stateRole(f.State)), look.NewText(bytesOf(f.Bytes), look.Muted))
	sha := look.NewShortText(f.SHA256, look.Mono)
	body := look.Column(2, head, sha)
	if f.Error != "" {
		body.Add(quiet(sentence(f.Error)))
	}
	var action fyne.CanvasObject = look.Gap(0, 0)
	switch f.State {
	case models.New, models.Changed:
		action = container.NewCenter(primaryButton("Look and approve ...", look.IconModels, func() { p.w.checkWeights(f.Path) }))
	case models.Demo:
		action = container.NewCenter(controls.NewBadge("demo weights"))
	}
	return controls.NewCard(container.NewBorder(nil, nil, nil, action, body))
}

func stateRole(s models.State) look.Role {
	switch s {
	case models.Approved:
		return look.Success
	case models.Refused:
		return look.Failure
	case models.Changed, models.New:
		return look.Warning
	default:
		return look.Muted
	}
}

// explanation says what demo means and how to get the authors' files.
func (p *modelsPage) explanation() fyne.CanvasObject {
	demo := look.Column(look.XS, look.NewText("What demo means", look.Strong),
		quiet("The published weights can't be shipped here. The demo weights were pretrained with the paper's recipe on the 47 people of the sample, "+
			"so that the whole program can be tried. They are no substitute: whatever is made with them carries \"demo weights\" on the page, in charts, in tables and in the provenance. "+
			"They are used only where you ask for them by name, never because nothing better is there."))
	get := look.Column(look.XS, look.NewText("How to get the authors' weights", look.Strong),
		quiet("The authors of PAT (Ruan and others 2024, arXiv 2411.15240) publish PAT-S, PAT-M and PAT-L as .h5 files on the page of their project. Download them there, then drop them on this window or into the folder "+
			shortPath(p.w.wb.ModelsDir())+". A file is used only after you have seen its SHA-256 and approved it; if its content changes later, everything that uses it stops and says so."),
		container.NewHBox(widget.NewButtonWithIcon("Copy the folder's path", theme.ContentCopyIcon(), func() { p.w.copy(p.w.wb.ModelsDir()) })))
	return look.Grid(2, controls.NewCard(demo), controls.NewCard(get))
}
