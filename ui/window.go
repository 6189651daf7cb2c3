package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	tooltip "github.com/dweymouth/fyne-tooltip"

	"circascope/app"
	"circascope/ui/look"
)

// Options are what the program tells the window about this machine.
type Options struct {
	Library        string // library to open at start; "" opens the last one, if any
	DefaultLibrary string // where recordings go when no library is open
	SampleLibrary  string // where the sample library is made
	Extension      string // how library files end
	Icon           fyne.Resource
}

// Window is the program's one window.
type Window struct {
	app    fyne.App
	wb     *app.Workbench
	win    fyne.Window
	opts   Options
	prefs  prefs
	tasks  *tasks
	study  *study
	rows   *loader
	pulse  *pulse
	rail   *rail
	status *statusBar
	body   *fyne.Container
	frame  *fyne.Container
	pages  map[place]page
	stale  map[place]bool
	at     place
	drop   func(paths []string) // where dropped files go while a dialog wants them

	leaving bool // the question whether to save is up
}

// New builds the window; nothing is read before Start.
func New(a fyne.App, wb *app.Workbench, o Options) *Window { return newWindow(a, wb, o, newTasks()) }

func newWindow(a fyne.App, wb *app.Workbench, o Options, t *tasks) *Window {
	w := &Window{
		app: a, wb: wb, opts: o, prefs: prefs{a.Preferences()}, tasks: t, study: newStudy(), rows: newLoader(t),
		pages: map[place]page{}, stale: map[place]bool{},
	}
	a.Settings().SetTheme(look.Theme{Mode: w.prefs.mode()})
	w.win = a.NewWindow("Circascope")
	w.win.SetMaster()
	w.win.SetPadded(false)
	if o.Icon != nil {
		w.win.SetIcon(o.Icon)
	}
	w.pulse = &pulse{back: t.back, later: t.later, flush: w.changed}
	w.study.leave = w.leave
	w.build()
	return w
}

func (w *Window) build() {
	w.rail = newRail(w.goTo, w.libraryMenu, w.showSettings, w.showHelp)
	w.status = newStatusBar(w.wb.Jobs().Cancel, func() { w.goTo(jobsPlace) }, func() { w.goTo(modelsPlace) })
	w.body = container.NewStack()
	w.makePages()
	w.study.watch(func(c studyChange) {
		if c == chosenChanged {
			w.prefs.store.SetString(prefRecording, w.study.chosen)
		}
	})
	for p := range w.pages {
		w.stale[p] = true
	}
	w.frame = container.NewBorder(nil, w.status.content, w.rail.content, nil, w.body)
	w.win.SetContent(tooltip.AddWindowToolTipLayer(w.frame, w.win.Canvas()))
	w.win.Resize(w.prefs.size())
	w.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { w.dropped(pathsOf(uris)) })
	w.win.SetCloseIntercept(w.close)
	w.addShortcuts()
	w.wb.Subscribe(w.pulse.add)
	w.showStatus()
	w.show(welcomePlace)
}

// Start opens the library that was asked for, or the last one.
func (w *Window) Start() {
	switch last := w.prefs.store.String(prefLibrary); {
	case w.opts.Library != "":
		w.openLibrary(w.opts.Library)
	case last != "" && exists(last):
		w.openLibrary(last)
	}
}

// ShowAndRun shows the window and blocks until it is closed.
func (w *Window) ShowAndRun() {
	w.Start()
	w.win.ShowAndRun()
}

// goTo shows a page of the open library; without one there is only the welcome. What
// is edited on the page of before is asked for first.
func (w *Window) goTo(p place) {
	if p == w.at {
		w.turnTo(p)
		return
	}
	w.leave(func() { w.turnTo(p) }, nil)
}

func (w *Window) turnTo(p place) {
	if _, err := w.wb.Library(); err != nil && p != modelsPlace && p != jobsPlace {
		p = welcomePlace
	}
	w.show(p)
	if p != welcomePlace {
		w.prefs.store.SetString(prefPage, string(p))
	}
}

func (w *Window) show(p place) {
	w.at = p
	w.body.Objects = []fyne.CanvasObject{w.pages[p].content()}
	w.body.Refresh()
	w.rail.show(p)
	w.win.Canvas().Unfocus()
	w.refreshIfStale()
}

func (w *Window) refreshIfStale() {
	if w.stale[w.at] {
		w.stale[w.at] = false
		w.pages[w.at].refresh()
	}
}

// changed hears of events of the workbench, gathered by the pulse. Those of its
// end come after the window's: the library that closes then is the one to open at
// the next start.
func (w *Window) changed(events map[app.Event]bool) {
	if w.tasks.ctx.Err() != nil {
		return
	}
	if events[app.LibraryChanged] {
		w.libraryChanged()
	}
	if events[app.LibraryChanged] || events[app.RecordingsChanged] || events[app.ResultsChanged] || events[app.ProtocolChanged] || events[app.MasksChanged] {
		w.readRows()
	}
	w.showStatus()
	for p, page := range w.pages {
		for e := range events {
			if page.wants(e) {
				w.stale[p] = true
			}
		}
	}
	if p, ok := w.pages[w.at].(live); ok {
		p.follow(events)
	}
	w.refreshIfStale()
}

func (w *Window) showStatus() {
	lib, err := w.wb.Library()
	if err != nil {
		lib = nil
	}
	w.status.showLibrary(lib, w.study.rows)
	engine := w.wb.EngineStatus()
	w.status.showEngine(engine)
	w.status.showAlerts(engine.Model, w.alertsOf(engine))
	w.status.showJobs(w.wb.Jobs().List(), time.Now())
}

// readRows reads the list of recordings that all pages share.
func (w *Window) readRows() {
	if _, err := w.wb.Library(); err != nil {
		w.rows.drop()
		w.study.set(nil, app.Study{})
		return
	}
	type listed struct {
		rows []app.Row
		how  app.Study
	}
	load(w.rows, func(ctx context.Context) (l listed, err error) {
		if l.how, err = w.wb.Study(ctx); err == nil {
			l.rows, err = w.wb.Rows(ctx)
		}
		return l, err
	}, func(l listed, err error) {
		if err != nil {
			w.fail("Listing the recordings", err)
			return
		}
		if w.study.chosen == "" {
			w.study.chosen = w.prefs.store.String(prefRecording) // of the last start, if it is here
		}
		w.study.set(l.rows, l.how)
		w.showStatus()
	})
}

// close asks first where something edited would be lost, or work cut off.
func (w *Window) close() { w.leave(w.closeWorking, nil) }

func (w *Window) closeWorking() {
	for _, j := range w.wb.Jobs().List() {
		if j.State == app.JobRunning {
			w.ask(question{
				title: "Stop what is running?", text: j.Name + " is still running. What is stored by now stays; the rest is not done.",
				yes: "Stop and quit", danger: true, then: w.quit,
			})
			return
		}
	}
	w.quit()
}

func (w *Window) quit() {
	w.prefs.setSize(w.win.Canvas().Size())
	w.wb.Jobs().CancelAll()
	w.tasks.stop()
	w.win.Close()
}
