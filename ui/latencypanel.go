package ui

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/inference/latency"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// latencyPanel shows how long embeddings take on this machine.
type latencyPanel struct {
	w       *Window
	content fyne.CanvasObject
	engine  *look.Text
	about   *look.Text
	problem *noteLine
	empty   *look.Text
	rows    *fyne.Container
	shown   []*latencyRow
	loader  *loader
}

func newLatencyPanel(w *Window) *latencyPanel {
	p := &latencyPanel{
		w: w, engine: look.NewShortText("", look.Muted), about: look.NewShortText("", look.Muted), problem: newNoteLine(),
		empty: look.NewText("Nothing was embedded on this machine yet.", look.Muted), rows: look.Column(look.M), loader: newLoader(w.tasks),
	}
	tools := look.Row(look.S,
		widget.NewButton("Alert above ...", w.showSettings),
		widget.NewButtonWithIcon("Export ...", theme.DocumentSaveIcon(), w.showExport),
		widget.NewButton("Reset ...", p.askReset))
	title := look.Column(2, look.NewText("Latency on this machine", look.Strong), p.about, p.engine)
	head := container.NewBorder(nil, nil, nil, container.NewVBox(tools), title)
	p.content = controls.NewCard(look.Column(look.S, head, p.problem.content, p.empty, p.rows))
	return p
}

// reload takes in what other programs have counted, and shows it.
func (p *latencyPanel) reload() {
	load(p.loader, func(context.Context) (struct{}, error) {
		p.w.wb.Latency().Reload()
		return struct{}{}, nil
	}, func(struct{}, error) { p.show() })
}

func (p *latencyPanel) show() {
	monitor := p.w.wb.Latency()
	all := monitor.All()
	p.engine.SetText(engineLine(p.w.wb.EngineStatus()))
	about := fmt.Sprintf("Alert where the mean of the last %d is above %g ms, or more than one of them failed", latency.RecentCount, 1000*monitor.MeanAbove().Seconds())
	if since := monitor.Since(); !since.IsZero() {
		about = dotted("Since "+since.Local().Format("2 January 2006"), about)
	}
	p.about.SetText(about)
	if err := monitor.Problem(); err != nil {
		p.problem.set(errorWords(err))
	} else {
		p.problem.set("")
	}
	if len(all) > 0 {
		p.empty.Hide()
	} else {
		p.empty.Show()
	}
	p.arrange(all)
	for i, s := range all {
		p.shown[i].set(s)
	}
}

// arrange makes the rows anew where others than those shown are there.
func (p *latencyPanel) arrange(all []latency.Stats) {
	if slices.EqualFunc(all, p.shown, func(s latency.Stats, r *latencyRow) bool { return s.Key == r.key }) {
		return
	}
	p.rows.RemoveAll()
	p.shown = nil
	for _, s := range all {
		row := newLatencyRow(s.Key)
		p.shown = append(p.shown, row)
		p.rows.Add(row.content)
	}
}

func (p *latencyPanel) askReset() {
	p.w.ask(question{
		title: "Forget the latencies?", yes: "Forget them", danger: true,
		text: "Every count and time of this machine is forgotten, of every model and of the command line too. The embeddings keep the time that each took, and the limit of the alert stays.",
		then: func() {
			background(p.w.tasks, func(context.Context) (struct{}, error) { return struct{}{}, p.w.wb.Latency().Reset() }, func(_ struct{}, err error) {
				if err != nil {
					p.w.fail("Forgetting the latencies", err)
				}
			})
		},
	})
}

func (p *latencyPanel) exports() []exportItem {
	all := p.w.wb.Latency().All()
	if len(all) == 0 {
		return nil
	}
	items := []exportItem{{
		name: "Table of latencies", base: "latency", other: []string{"latency", "export"},
		table: func(context.Context) (app.Table, app.Sources, error) {
			return app.LatencyTable(all), p.w.wb.LatencySources(all...), nil
		},
	}}
	for _, s := range all {
		items = append(items, exportItem{
			name: "Latency of " + s.String(), base: fmt.Sprintf("latency-PAT-%s-%s-%s", s.Model, s.Precision, s.DeviceKind),
			other: []string{"latency", "export", "--model", string(s.Model), "--precision", s.Precision, "--device", quoted(s.DeviceName)},
			chart: func(context.Context) (plots.Chart, app.Sources, error) {
				return p.w.wb.LatencyRecordChart(s.Key)
			},
		})
	}
	return items
}

// alertsOf returns the alerts about the model that is loaded.
func (w *Window) alertsOf(e app.EngineStatus) []latency.Alert {
	if e.Phase != app.EngineReady {
		return nil
	}
	return w.wb.Latency().Stats(latency.RuntimeKey(e.Model, e.Runtime)).Alerts
}

// engineLine says what computes, and where.
func engineLine(e app.EngineStatus) string {
	switch e.Phase {
	case app.EngineReady:
		r := e.Runtime
		text := fmt.Sprintf("%s %s, %s, %s %s, %s", r.Engine, r.Version, r.Precision, r.Device.Kind, r.Device.Name, count(r.Workers, "worker"))
		if r.Device.Note != "" {
			text += " (" + r.Device.Note + ")"
		}
		return text
	case app.EngineLoading:
		return fmt.Sprintf("Loading PAT-%s ...", e.Model)
	case app.EngineWrong:
		return fmt.Sprintf("PAT-%s failed its check; nothing is embedded with it: %v", e.Model, e.Err)
	case app.EngineFailed:
		return fmt.Sprintf("PAT-%s could not be loaded: %v", e.Model, e.Err)
	default:
		return "No model is loaded; one is with the first run"
	}
}
