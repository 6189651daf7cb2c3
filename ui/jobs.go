package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// jobs is the page of what runs and what ran.
type jobs struct {
	w     *Window
	root  *fyne.Container
	full  fyne.CanvasObject
	empty fyne.CanvasObject
	title *pageTitle
	list  *fyne.Container
	cards map[int]*jobCard
	order []int // ids as listed
}

func newJobs(w *Window) *jobs {
	p := &jobs{w: w, title: newPageTitle("Jobs"), list: look.Column(look.S), cards: map[int]*jobCard{}}
	clear := widget.NewButton("Clear the finished", w.wb.Jobs().Clear)
	p.full = newPage(p.title.content, []fyne.CanvasObject{clear}, container.NewVScroll(look.InsetBy(0, look.L, p.list)))
	p.empty = controls.NewEmptyState(look.IconJobs, "Nothing runs",
		"Imports, runs of PAT, measurements and backups appear here with their progress, and stay with their result until you clear them.")
	p.root = container.NewStack(p.empty)
	return p
}

func (p *jobs) content() fyne.CanvasObject { return p.root }

func (p *jobs) wants(e app.Event) bool { return e == app.JobsChanged }

// refresh updates the cards that are there, and lists anew only where jobs came
// or went.
func (p *jobs) refresh() {
	list := p.w.wb.Jobs().List()
	page := p.full
	if len(list) == 0 {
		page = p.empty
	}
	if p.root.Objects[0] != page {
		p.root.Objects = []fyne.CanvasObject{page}
		p.root.Refresh()
	}
	running := 0
	ids := make([]int, len(list))
	for i, j := range list {
		ids[i] = j.ID
		if j.State == app.JobRunning {
			running++
		}
		if p.cards[j.ID] == nil {
			p.cards[j.ID] = newJobCard(p.w, j)
		}
		p.cards[j.ID].show(j, time.Now())
	}
	p.title.set(fmt.Sprintf("%d running, %d finished", running, len(list)-running), false)
	if !equalInts(ids, p.order) {
		p.order = ids
		p.list.RemoveAll()
		for _, id := range ids {
			p.list.Add(p.cards[id].content)
		}
	}
}

func equalInts(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// jobCard shows one job.
type jobCard struct {
	content  fyne.CanvasObject
	state    *look.Text
	what     *look.Text
	progress *widget.ProgressBar
	cancel   *widget.Button
	details  *widget.Button
	job      app.Job
}

func newJobCard(w *Window, j app.Job) *jobCard {
	c := &jobCard{state: look.NewText("", look.Muted), what: look.NewShortText("", look.Muted), progress: widget.NewProgressBar()}
	c.cancel = widget.NewButtonWithIcon("Cancel", theme.CancelIcon(), func() { w.wb.Jobs().Cancel(j.ID) })
	c.details = widget.NewButton("Details ...", func() { w.fail(c.job.Name, c.job.Err) })
	c.details.Hide()
	head := container.NewBorder(nil, nil, look.NewText(j.Name, look.Strong), c.state)
	body := look.Column(look.XS, head, c.progress, c.what)
	c.content = controls.NewCard(container.NewBorder(nil, nil, nil, container.NewCenter(look.Row(look.S, c.details, c.cancel)), look.InsetBy(0, look.XS, body)))
	return c
}

func (c *jobCard) show(j app.Job, now time.Time) {
	if c.job.State == j.State && j.State != app.JobRunning {
		return // an ended job does not change
	}
	c.job = j
	if j.State == app.JobRunning {
		c.progress.Max = max(float64(j.Total), 1)
		c.progress.SetValue(float64(j.Done))
		c.state.SetText(runningState(j, now))
		c.what.SetText(j.What)
		return
	}
	c.progress.Hide()
	c.cancel.Hide()
	took := duration(j.Ended.Sub(j.Started))
	switch j.State {
	case app.JobFailed:
		c.state.SetRole(look.Failure)
		c.state.SetText("failed after " + took)
		c.what.SetText(errorWords(j.Err))
		c.details.Show()
	case app.JobCancelled:
		c.state.SetText("cancelled after " + took)
		c.what.SetText(j.Summary)
	default:
		c.state.SetText("done in " + took)
		c.what.SetText(j.Summary)
	}
	c.content.Refresh()
}

func runningState(j app.Job, now time.Time) string {
	text := "working"
	if j.Total > 0 {
		text = fmt.Sprintf("%d %%", 100*j.Done/j.Total)
	}
	if left, ok := j.Left(now); ok {
		text += ", " + remaining(left)
	}
	return text
}

// cancelled reports whether work ended because the user stopped it.
func cancelled(err error) bool { return errors.Is(err, context.Canceled) }
