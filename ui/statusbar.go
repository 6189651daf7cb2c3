package ui

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"circascope/app"
	"circascope/inference/latency"
	"circascope/models"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// statusBar is the line at the foot of the window: the library, what runs, the
// engine, and whether demo weights are in play.
type statusBar struct {
	content fyne.CanvasObject
	library *look.Text
	engine  *look.Text
	alert   *ttwidget.Button // shown where the latency of the loaded model alerts
	demo    *controls.Surface

	job      *fyne.Container
	jobName  *look.Text
	jobLeft  *look.Text
	progress *widget.ProgressBar
	cancel   *widget.Button
	running  int // id of the job shown
}

func newStatusBar(cancelJob func(id int), openJobs, openModels func()) *statusBar {
	s := &statusBar{
		library: look.NewShortText("", look.Muted), engine: look.NewText("", look.Muted), demo: controls.NewBadge("demo weights"),
		jobName: look.NewText("", look.Body), jobLeft: look.NewText("", look.Muted), progress: widget.NewProgressBar(),
	}
	s.cancel = widget.NewButtonWithIcon("", theme.CancelIcon(), func() { cancelJob(s.running) })
	s.cancel.Importance = widget.LowImportance
	details := widget.NewButton("Jobs", openJobs)
	details.Importance = widget.LowImportance
	bar := look.AtLeast(160, 0, s.progress)
	s.job = look.Row(look.S, container.NewCenter(s.jobName), container.NewCenter(bar), container.NewCenter(s.jobLeft), s.cancel, details)
	s.alert = ttwidget.NewButtonWithIcon("", theme.NewWarningThemedResource(theme.WarningIcon()), openModels)
	s.alert.Importance = widget.LowImportance
	s.job.Hide()
	s.alert.Hide()
	s.demo.Hide()
	right := look.Row(look.M, s.job, s.alert, container.NewCenter(s.engine), container.NewCenter(s.demo))
	line := container.NewBorder(nil, nil, nil, right, look.InsetBy(look.S, 0, s.library))
	s.content = controls.NewSurface(look.ColorChrome, "", 0, look.AtLeast(0, 32, look.InsetBy(0, look.M, line)))
	return s
}

// showLibrary names the open library and counts what it holds.
func (s *statusBar) showLibrary(lib app.Library, rows []app.Row) {
	if lib == nil {
		s.library.SetText("No library is open")
		s.demo.Hide()
		return
	}
	text := fmt.Sprintf("%s  ·  %s", filepath.Base(lib.Path()), count(len(rows), "recording"))
	if why := lib.ReadOnly(); why != "" {
		text += "  ·  read only: " + why
	}
	s.library.SetText(text)
	for _, r := range rows {
		if r.Demo {
			s.demo.Show()
			return
		}
	}
	s.demo.Hide()
}

// flash says something until the next change of the library's line.
func (s *statusBar) flash(text string) { s.library.SetText(text) }

func (s *statusBar) showEngine(e app.EngineStatus) {
	s.engine.SetRole(look.Muted)
	switch e.Phase {
	case app.EngineLoading:
		s.engine.SetText(fmt.Sprintf("Loading PAT-%s ...", e.Model))
	case app.EngineReady:
		s.engine.SetText(fmt.Sprintf("PAT-%s ready on the %s", e.Model, e.Runtime.Device.Kind))
	case app.EngineFailed:
		s.engine.SetRole(look.Failure)
		s.engine.SetText(fmt.Sprintf("PAT-%s could not be loaded", e.Model))
	case app.EngineWrong:
		s.engine.SetRole(look.Failure)
		s.engine.SetText(fmt.Sprintf("PAT-%s failed its check: nothing is embedded; see Models", e.Model))
	default:
		s.engine.SetText("Engine idle")
	}
}

// showAlerts names what is wrong with the latency of the loaded model; the Models
// page says more.
func (s *statusBar) showAlerts(model models.Size, alerts []latency.Alert) {
	if len(alerts) == 0 {
		s.alert.Hide()
		return
	}
	words := map[latency.Rule]string{latency.SlowRule: "slow", latency.ErrorsRule: "failing"}
	var names, texts []string
	for _, a := range alerts {
		names, texts = append(names, words[a.Rule]), append(texts, a.Text)
	}
	s.alert.SetText(fmt.Sprintf("PAT-%s is %s", model, strings.Join(names, " and ")))
	s.alert.SetToolTip(strings.Join(texts, "\n"))
	s.alert.Show()
}

// showJobs shows the newest job that runs.
func (s *statusBar) showJobs(jobs []app.Job, now time.Time) {
	for _, j := range jobs {
		if j.State == app.JobRunning {
			s.showJob(j, now)
			return
		}
	}
	s.job.Hide()
}

func (s *statusBar) showJob(j app.Job, now time.Time) {
	s.running = j.ID
	s.jobName.SetText(j.Name)
	s.progress.Max = max(float64(j.Total), 1)
	s.progress.SetValue(float64(j.Done))
	s.jobLeft.SetText("")
	if left, ok := j.Left(now); ok {
		s.jobLeft.SetText(remaining(left))
	}
	s.job.Show()
}
