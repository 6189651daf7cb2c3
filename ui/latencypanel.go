package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"circascope/app"
	"circascope/inference"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// latencyPanel shows how long embeddings took since the program started.
type latencyPanel struct {
	w       *Window
	content fyne.CanvasObject
	body    *fyne.Container
}

func newLatencyPanel(w *Window) *latencyPanel {
	p := &latencyPanel{w: w, body: look.Column(look.S)}
	p.content = controls.NewCard(p.body)
	return p
}

func (p *latencyPanel) refresh() {
	p.body.RemoveAll()
	p.body.Add(container.NewBorder(nil, nil, look.NewText("Latency since the start", look.Strong), look.NewText(engineLine(p.w.wb.EngineStatus()), look.Muted)))
	all := p.w.wb.Latency().All()
	if len(all) == 0 {
		p.body.Add(look.NewText("No week was embedded since the program started.", look.Muted))
	}
	for _, s := range all {
		if s.Alert != "" {
			p.body.Add(note(s.Alert))
		}
		p.body.Add(latencyRow(s))
	}
	p.body.Refresh()
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
	case app.EngineFailed:
		return fmt.Sprintf("PAT-%s could not be loaded: %v", e.Model, e.Err)
	default:
		return "No model is loaded; one is with the first run"
	}
}

func latencyRow(s inference.LatencyStats) fyne.CanvasObject {
	figures := []struct{ name, value string }{
		{"last", seconds(s.Last.Seconds())},
		{"mean", seconds(s.Mean.Seconds())},
		{fmt.Sprintf("mean of %d", min(s.Count, inference.RecentCount)), seconds(s.RecentMean.Seconds())},
		{"p50", seconds(s.P50.Seconds())},
		{"p95", seconds(s.P95.Seconds())},
		{"p99", seconds(s.P99.Seconds())},
		{"weeks", number(s.Count)},
		{"errors", number(s.Errors)},
		{"total", seconds(s.Total.Seconds())},
	}
	grid := container.NewGridWithColumns(len(figures))
	for _, f := range figures {
		role := look.Body
		if f.name == "errors" && s.Errors > 0 {
			role = look.Failure
		}
		grid.Add(look.Column(0, look.NewText(f.name, look.Caption), look.NewText(f.value, role)))
	}
	bars := controls.NewBars()
	counts := make([]int, len(s.Recent))
	for i, b := range s.Recent {
		counts[i] = b.Count
	}
	if n := len(s.Recent); n > 0 {
		bars.SetCounts(counts, seconds(s.Recent[0].From.Seconds()), seconds(s.Recent[n-1].To.Seconds()))
	}
	name := look.AtLeast(76, 0, container.New(layout.NewCustomPaddedLayout(22, 0, 0, 0), look.NewText("PAT-"+string(s.Model), look.Subheading)))
	return container.NewBorder(nil, nil, name, look.AtLeast(200, 0, bars), container.NewCenter(look.AtLeast(640, 0, grid)))
}
