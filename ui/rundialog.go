package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/prepare"
	"circascope/app"
	"circascope/models"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// runForm is the content of the dialog that starts a run.
type runForm struct {
	w       *Window
	content fyne.CanvasObject
	models  map[models.Size]*controls.Check
	demo    *controls.Check
	which   *controls.Segments
	scaler  *controls.Select
	start   *controls.Select
	missing *controls.Select
	clock   *controls.Select
	// precision is nil where the processor leaves no choice.
	precision *controls.Select
	problem   *widget.Label

	marked  []string
	scalers []app.ScalerChoice
}

// The words of the choices.
const (
	allRecordings = "All of the library"
	refuseWeeks   = "Leave the week out"
	fillWeeks     = "Fill by the person's mean at that minute (up to 10 %)"
	wallFirst     = "Minutes of the wall clock; the first of an hour that comes twice"
	wallMean      = "Minutes of the wall clock; the mean of an hour that comes twice"
	elapsedTime   = "Minutes counted through, off the wall clock after a change"
)

// showRun opens the dialog that runs PAT.
func (w *Window) showRun() {
	if len(w.study.rows) == 0 {
		w.goTo(participantsPlace)
		return
	}
	background(w.tasks, func(ctx context.Context) (runFacts, error) { return readRunFacts(ctx, w.wb) },
		func(facts runFacts, err error) {
			if err != nil {
				w.fail("Preparing the run", err)
				return
			}
			w.openRun(newRunForm(w, facts))
		})
}

// runFacts is what the dialog must know first.
type runFacts struct {
	files   []models.File
	scalers []prepare.Scaler
}

func readRunFacts(ctx context.Context, wb *app.Workbench) (runFacts, error) {
	files, err := wb.Models(ctx)
	if err != nil {
		return runFacts{}, err
	}
	scalers, err := wb.Scalers(ctx)
	return runFacts{files, scalers}, err
}

func (w *Window) openRun(f *runForm) {
	var sheet *controls.Sheet
	command := widget.NewButtonWithIcon("Copy as command", theme.ContentCopyIcon(), func() {
		line, err := f.command()
		if err != nil {
			f.refuse(err)
			return
		}
		w.copy(line)
	})
	sheet = controls.ShowSheet(w.win, f.content, controls.SheetOptions{
		Title: "Run PAT", Confirm: "Run", Width: 640, Extra: []fyne.CanvasObject{command},
		OnYes: func() {
			o, err := f.options()
			if err != nil {
				f.refuse(err)
				return
			}
			sheet.Close()
			w.run(o)
		},
	})
}

// refuse says what is missing.
func (f *runForm) refuse(err error) {
	f.problem.SetText(errorWords(err))
	f.problem.Show()
}

func newRunForm(w *Window, facts runFacts) *runForm {
	f := &runForm{w: w, models: map[models.Size]*controls.Check{}, marked: w.study.markedIDs(), problem: widget.NewLabel("")}
	f.problem.Wrapping = fyne.TextWrapWord
	f.problem.Importance = widget.DangerImportance
	f.problem.Hide()
	sizeRow := look.Column(0)
	files := facts.files[:len(models.Sizes())]
	weights := make([]*look.Text, len(files))
	for i, file := range files {
		check := controls.NewCheck("PAT-"+string(file.Model), nil)
		f.models[file.Model] = check
		weights[i] = look.NewText("", look.Muted)
		sizeRow.Add(look.Row(look.S, check, container.NewCenter(weights[i])))
	}
	f.models[models.Small].Checked = true
	sayWeights := func(demo bool) {
		for i, file := range files {
			weights[i].SetText(weightsWords(file, demo))
			weights[i].SetRole(weightsRole(file, demo))
		}
	}
	f.demo = controls.NewCheck("Use the demo weights that ship: to try the program, not for research", sayWeights)
	f.demo.Checked = w.demoByDefault(facts.files)
	sayWeights(f.demo.Checked)
	f.which = controls.NewSegments(allRecordings)
	if len(f.marked) > 1 {
		f.which = controls.NewSegments(f.markedWords(), allRecordings)
	}
	f.scaler = controls.NewSelect(f.scalerWords(facts.scalers), nil)
	f.scaler.SetSelectedIndex(0)
	f.start = controls.NewSelect(weekStartWords(), nil)
	f.start.SetSelectedIndex(0)
	f.missing = controls.NewSelect([]string{refuseWeeks, fillWeeks}, nil)
	f.missing.SetSelectedIndex(0)
	f.clock = controls.NewSelect([]string{wallFirst, wallMean, elapsedTime}, nil)
	f.clock.SetSelectedIndex(0)
	f.content = look.Column(look.S,
		labelled("Models", sizeRow), labelled("", f.demo), labelled("Recordings", f.which.Content),
		labelled("Standardise by", f.scaler), labelled("Weeks start at", f.start), labelled("Missing minutes", f.missing),
		labelled("If clocks change", f.clock),
		f.precisionRow(),
		quiet("A result that is there already is skipped. Each is stored as it comes, with its provenance; a cancelled run keeps what was done."),
		f.problem)
	return f
}

// labelled puts a name before an input, in one column for the whole dialog.
func labelled(name string, input fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, look.AtLeast(118, 0, container.NewVBox(look.InsetBy(7, 0, look.NewText(name, look.Muted)))), nil, input)
}

// weightsWords says what a size would be run with.
func weightsWords(f models.File, demo bool) string {
	if demo {
		return "demo weights"
	}
	switch f.State {
	case models.Approved:
		return "approved, " + f.SHA256[:min(12, len(f.SHA256))]
	case models.Missing:
		return "no approved weights"
	default:
		return string(f.State) + ", not usable"
	}
}

func weightsRole(f models.File, demo bool) look.Role {
	if demo {
		return stateRole(models.Demo)
	}
	return stateRole(f.State)
}

// precisionRow offers the precisions of this machine, where there is a choice.
func (f *runForm) precisionRow() fyne.CanvasObject {
	choices := f.w.wb.Precisions()
	if len(choices) < 2 {
		return container.NewWithoutLayout()
	}
	words := make([]string, len(choices))
	for i, p := range choices {
		words[i] = precisionWords(p)
	}
	f.precision = controls.NewSelect(words, nil)
	f.precision.SetSelectedIndex(0)
	return labelled("Precision", f.precision)
}

// precisionWords says what a precision is and costs.
func precisionWords(precision string) string {
	switch precision {
	case app.Float32:
		return "float32, as the model was published"
	case app.Bfloat16:
		return "bfloat16: " + app.Bfloat16Words
	default:
		return precision
	}
}

func (f *runForm) markedWords() string { return "The " + number(len(f.marked)) + " marked" }

// scalerWords lists the choices and keeps what each stands for.
func (f *runForm) scalerWords(stored []prepare.Scaler) []string {
	words := []string{
		"The default for this library (shipped scaler under 30 people, else its own)",
		"Each week by its own mean and SD",
		"The shipped scaler nhanes47",
		"This library's frozen cohort scaler",
		"A new cohort scaler, fitted now",
	}
	f.scalers = []app.ScalerChoice{
		{}, {Kind: app.ScalerRecording}, {Kind: app.ScalerShipped}, {Kind: app.ScalerCohort}, {Kind: app.ScalerRefit},
	}
	for _, s := range stored {
		if s.Kind == prepare.PerCohort {
			words = append(words, fmt.Sprintf("Stored: %s (%s)", s.Name, count(s.Weeks, "week")))
			f.scalers = append(f.scalers, app.ScalerChoice{Kind: app.ScalerStored, ID: s.ID})
		}
	}
	return words
}

// weekStarts lists the starts in the order of the words.
func weekStarts() []prepare.WeekStart {
	return []prepare.WeekStart{
		prepare.FirstMidnight, prepare.FirstSample, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	}
}

func weekStartWords() []string {
	words := []string{"The first midnight", "The first sample"}
	for _, s := range weekStarts()[2:] {
		words = append(words, "The first "+sentence(string(s)))
	}
	return words
}

// options returns what was chosen, or what is missing.
func (f *runForm) options() (app.RunOptions, error) {
	o := app.RunOptions{Prepare: prepare.DefaultOptions(), AllowDemo: f.demo.Checked, Scaler: f.scalers[f.scaler.SelectedIndex()]}
	for _, size := range models.Sizes() {
		if f.models[size].Checked {
			o.Models = append(o.Models, size)
		}
	}
	if len(o.Models) == 0 {
		return o, fmt.Errorf("choose at least one model size")
	}
	o.Recordings = app.Only(f.marked...)
	if f.which.Chosen() == allRecordings {
		o.Recordings = app.All()
	}
	o.Prepare.WeekStart = weekStarts()[f.start.SelectedIndex()]
	if f.missing.Selected == fillWeeks {
		o.Prepare.Missing = prepare.FillByMinute
	}
	if f.precision != nil {
		o.Precision = f.w.wb.Precisions()[f.precision.SelectedIndex()]
	}
	return o, nil
}

// run embeds in the background and shows what came of it.
func (w *Window) run(o app.RunOptions) {
	w.prefs.store.SetString(prefModel, "PAT-"+string(o.Models[0]))
	background(w.tasks, func(ctx context.Context) (app.RunReport, error) { return w.wb.Run(ctx, o, nil) },
		func(r app.RunReport, err error) {
			if err != nil {
				w.fail("Running PAT", err)
				return
			}
			w.showRunReport(r)
		})
}
