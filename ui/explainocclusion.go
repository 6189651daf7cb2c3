package ui

import (
	"context"
	"fmt"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/inference"
	"circascope/ui/look"
)

// keptOcclusions is how many measurements are kept while the window is open; they
// are not stored.
const keptOcclusions = 100

// occlusionPanel measures by occlusion, one week at a time, and keeps what was
// measured.
type occlusionPanel struct {
	w       *Window
	content *fyne.Container
	done    func() // a measurement is there

	button   *widget.Button
	what     *look.Text
	progress *widget.ProgressBar
	running  fyne.CanvasObject

	result   inference.Result // on offer
	measured map[string]app.Occlusion
	stop     context.CancelFunc // nil while nothing is measured
}

func newOcclusionPanel(w *Window, done func()) *occlusionPanel {
	p := &occlusionPanel{w: w, done: done, what: look.NewText("", look.Muted), progress: widget.NewProgressBar(), measured: map[string]app.Occlusion{}}
	p.button = widget.NewButton("", p.start)
	cancel := widget.NewButtonWithIcon("Cancel", theme.CancelIcon(), func() { p.stop() })
	p.running = look.Row(look.S, container.NewCenter(p.what), container.NewCenter(look.AtLeast(160, 0, p.progress)), cancel)
	p.content = container.NewStack(p.button)
	return p
}

// of returns what was measured of a result, and whether anything was.
func (p *occlusionPanel) of(r inference.Result) (app.Occlusion, bool) {
	o, ok := p.measured[r.ID]
	return o, ok
}

// offer proposes to measure a result, with an estimate of the time.
func (p *occlusionPanel) offer(r inference.Result) {
	p.result = r
	if o, there := p.of(r); there {
		p.button.SetText(fmt.Sprintf("Measure again (took %s)", duration(time.Duration(o.Seconds*float64(time.Second)))))
		p.button.Importance = widget.MediumImportance
	} else {
		p.button.SetText(fmt.Sprintf("Measure by occlusion (about %s)", roughly(p.w.wb.OcclusionTime(r))))
		p.button.Importance = widget.HighImportance
	}
	p.button.Refresh()
}

// roughly writes an estimate of some time.
func roughly(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%d s", int(max(1, math.Ceil(d.Seconds()))))
	}
	return duration(d)
}

// start measures the result on offer as a job.
func (p *occlusionPanel) start() {
	if p.stop != nil {
		return
	}
	r := p.result
	ctx, cancel := context.WithCancel(p.w.tasks.ctx)
	p.stop = cancel
	p.what.SetText("Measuring " + r.Subject)
	p.progress.Max = float64(len(inference.Hours(r.Minutes)) + 1)
	p.progress.SetValue(0)
	p.swap(p.running)
	progress := func(done, _ int64, _ string) {
		if ctx.Err() == nil {
			p.w.tasks.back(func() { p.progress.SetValue(float64(done)) })
		}
	}
	begin(ctx, p.w.tasks, func(ctx context.Context) (app.Occlusion, error) {
		return p.w.wb.Occlude(ctx, r, r.Demo(), progress)
	}, func(o app.Occlusion, err error) {
		cancel()
		p.stop = nil
		p.swap(p.button)
		switch {
		case cancelled(err):
		case err != nil:
			p.w.fail("Measuring by occlusion", err)
		default:
			p.keep(o)
			p.offer(p.result)
			p.done()
		}
	})
}

func (p *occlusionPanel) keep(o app.Occlusion) {
	if len(p.measured) >= keptOcclusions {
		clear(p.measured)
	}
	p.measured[o.Result.ID] = o
}

func (p *occlusionPanel) swap(o fyne.CanvasObject) {
	p.content.Objects = []fyne.CanvasObject{o}
	p.content.Refresh()
}
