package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/zone"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// The words of the choices.
const (
	forRecording, forDevice, forStudy = "This recording", "Its device", "The whole study"
	clockKept, clockFollowed          = "Ran on as it was set", "Followed the wall clock"
)

// What the choices mean, for who does not know yet.
const (
	zoneIntro = "The file gives local times and no zone, or another one is right. With a zone, days on which the clocks change have 23 or 25 hours, " +
		"in actograms, weeks and measures. The samples stay as they were read, and a zone can be changed at any time."
	keptMeans     = "What the device's clock did when clocks changed: it kept the time that it was set to. Usual for research devices that a computer sets up."
	followedMeans = "What the device's clock did when clocks changed: it changed too, so the times in the file jump. Usual for phones and consumer watches."
)

// zoneForm is the content of the dialog that names a zone.
type zoneForm struct {
	w       *Window
	row     app.Row
	content fyne.CanvasObject
	scope   *controls.Segments
	search  *controls.Entry
	list    *widget.List
	clock   *controls.Segments
	meaning *widget.Label
	signs   *widget.Label
	travel  *widget.Button
	reason  *controls.Entry
	problem *widget.Label

	found  []zone.Name
	moves  []zone.Move
	loader *loader
}

// showZone opens the dialog for a recording, with what holds for it now.
func (w *Window) showZone(row app.Row) {
	background(w.tasks, func(ctx context.Context) (app.RecordingZone, error) { return w.wb.RecordingZone(ctx, row.ID) },
		func(now app.RecordingZone, err error) {
			if err != nil {
				w.fail("Reading the time zone", err)
				return
			}
			w.openZone(newZoneForm(w, row, now))
		})
}

func (w *Window) openZone(f *zoneForm) {
	var sheet *controls.Sheet
	send := func(p zone.Place) {
		list, err := f.assignments(p)
		if err != nil {
			f.refuse(err)
			return
		}
		background(w.tasks, func(ctx context.Context) (app.ZoneReport, error) { return w.wb.SetZones(ctx, list, nil) },
			func(report app.ZoneReport, err error) {
				if err != nil {
					f.refuse(err)
					return
				}
				sheet.Close()
				w.zoneNamed(report)
			})
	}
	remove := widget.NewButton("Take away", func() { send(zone.Place{}) })
	sheet = controls.ShowSheet(w.win, f.content, controls.SheetOptions{
		Title: "Time zone of " + f.row.Subject, Confirm: "Name the zone", Width: 620, Extra: []fyne.CanvasObject{remove},
		OnYes: func() { send(f.place()) },
	})
	sheet.Focus(f.search)
}

// zoneNamed shows the recording anew, and what its samples say against the choice.
func (w *Window) zoneNamed(report app.ZoneReport) {
	w.pages[participantsPlace].(*participants).detail.again()
	w.pages[activityPlace].(*activity).recording = nil // it is read again
	w.revisit(activityPlace)
	if len(report.Signs) == 0 {
		return
	}
	const shown = 8
	lines := report.Signs[:min(shown, len(report.Signs))]
	text := "The zone was named as you chose. The samples look otherwise:\n\n" + strings.Join(lines, "\n")
	if more := len(report.Signs) - len(lines); more > 0 {
		text += fmt.Sprintf("\nand %d more", more)
	}
	w.ask(question{title: "Look at these again", text: text, yes: "I have seen it", then: func() {}})
}

func newZoneForm(w *Window, row app.Row, now app.RecordingZone) *zoneForm {
	f := &zoneForm{
		w: w, row: row, moves: now.Assignment.Moves, loader: newLoader(w.tasks),
		scope: controls.NewSegments(forRecording, forDevice, forStudy), clock: controls.NewSegments(clockKept, clockFollowed),
		search: controls.NewEntry("City or country, for example Kolkata or Germany"), reason: controls.NewEntry("For who reads it later; may stay empty"),
		meaning: wrapped(keptMeans), signs: wrapped(""), problem: wrapped(""),
	}
	f.problem.Importance = widget.DangerImportance
	f.problem.Hide()
	f.signs.Importance = widget.WarningImportance
	f.signs.Hide()
	f.makeList()
	f.scope.OnChange = func(string) { f.offerTravel() }
	f.clock.OnChange = func(string) { f.explainClock() }
	f.travel = widget.NewButton("", f.askTravel)
	f.show(now.Assignment)
	f.content = look.Column(look.S,
		quiet(zoneIntro),
		labelled("For", f.scope.Content), labelled("Zone", container.NewVBox(f.search, look.AtLeast(0, 118, f.list))),
		labelled("Device's clock", container.NewVBox(f.clock.Content, f.meaning, f.signs)),
		labelled("Travel", container.NewHBox(f.travel)), labelled("Reason", f.reason), f.problem)
	return f
}

func wrapped(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// show sets the form to what holds now.
func (f *zoneForm) show(a zone.Assignment) {
	switch a.Scope {
	case zone.Device:
		f.scope.Set(forDevice)
	case zone.Study:
		f.scope.Set(forStudy)
	}
	if a.Clock == zone.Followed {
		f.clock.Set(clockFollowed)
	}
	f.search.SetText(a.Zone)
	f.explainClock()
	f.offerTravel()
}

// makeList lists the zones that the search finds.
func (f *zoneForm) makeList() {
	f.found = zone.Search("")
	f.list = widget.NewList(func() int { return len(f.found) },
		func() fyne.CanvasObject { return widget.NewLabel("") },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(f.found) {
				o.(*widget.Label).SetText(f.found[i].Zone + "  " + f.found[i].Country)
			}
		})
	f.list.OnSelected = func(i widget.ListItemID) {
		if i < len(f.found) {
			f.search.SetText(f.found[i].Zone)
		}
	}
	f.search.OnChanged = func(text string) {
		f.found = zone.Search(text)
		f.list.UnselectAll()
		f.list.Refresh()
		f.readSigns(text)
	}
}

// readSigns asks what the samples say of the device's clock in a zone.
func (f *zoneForm) readSigns(name string) {
	f.signs.Hide()
	if _, err := zone.Load(name); err != nil {
		return
	}
	load(f.loader, func(ctx context.Context) ([]zone.Sign, error) { return f.w.wb.ZoneSigns(ctx, f.row.ID, name) },
		func(signs []zone.Sign, err error) {
			if err != nil || len(signs) == 0 {
				return // what is wrong is said when the zone is named
			}
			lines := make([]string, len(signs))
			for i, s := range signs {
				lines[i] = s.Text
			}
			f.signs.SetText(strings.Join(lines, "\n"))
			f.signs.Show()
		})
}

func (f *zoneForm) explainClock() {
	f.meaning.SetText(keptMeans)
	if f.clock.Chosen() == clockFollowed {
		f.meaning.SetText(followedMeans)
	}
}

// offerTravel says what is known of travel, which is of one recording.
func (f *zoneForm) offerTravel() {
	if f.travel == nil {
		return
	}
	words := "None; read a table of arrivals ..."
	if n := len(f.moves); n > 0 {
		words = count(n, "arrival") + "; read another table ..."
	}
	f.travel.SetText(words)
	if f.scope.Chosen() == forRecording {
		f.travel.Enable()
	} else {
		f.travel.Disable()
	}
}

func (f *zoneForm) askTravel() {
	f.w.askPath(pathQuestion{
		title: "Table of arrivals", yes: "Read", start: f.w.lastFolder(), endings: []string{".csv", ".txt"},
		text: "A CSV with the columns from and zone, one line an arrival: the time on the clock there, and the zone, for example 2024-03-10 14:00,Asia/Kolkata",
		then: func(path string) error {
			file, err := os.Open(path)
			if err != nil {
				return app.ReadProblem(path, err)
			}
			defer file.Close() //nolint:errcheck // it was only read
			home, moves, err := zone.ReadTravel(filepath.Base(path), file)
			if err != nil {
				return err
			}
			if home != "" {
				f.search.SetText(home)
			}
			f.moves = moves
			f.offerTravel()
			return nil
		},
	})
}

// place returns what was chosen.
func (f *zoneForm) place() zone.Place {
	p := zone.Place{Zone: strings.TrimSpace(f.search.Text), Clock: zone.Kept}
	if f.clock.Chosen() == clockFollowed {
		p.Clock = zone.Followed
	}
	if f.scope.Chosen() == forRecording {
		p.Moves = f.moves
	}
	return p
}

// assignments returns what to keep.
func (f *zoneForm) assignments(p zone.Place) ([]zone.Assignment, error) {
	a := zone.Assignment{Scope: zone.Recording, Target: f.row.ID, Place: p, Reason: strings.TrimSpace(f.reason.Text)}
	switch f.scope.Chosen() {
	case forDevice:
		a.Scope, a.Target = zone.Device, f.row.Device
		if a.Target == "" {
			return nil, errors.New("the file names no device; name the zone for the recording or the study")
		}
	case forStudy:
		a.Scope, a.Target = zone.Study, ""
	}
	return []zone.Assignment{a}, nil
}

// refuse says what is wrong.
func (f *zoneForm) refuse(err error) {
	f.problem.SetText(errorWords(err))
	f.problem.Show()
}

// zoneButton opens the dialog.
func (w *Window) zoneButton(row app.Row) fyne.CanvasObject {
	return widget.NewButtonWithIcon("Time zone ...", theme.HistoryIcon(), func() { w.showZone(row) })
}

// zoneFacts says what holds for a recording and why.
func zoneFacts(z app.RecordingZone) fyne.CanvasObject {
	column := look.Column(look.XS, controls.NewFacts(
		controls.Fact{Name: "Zone", Value: zoneWords(z)},
		controls.Fact{Name: "In the file", Value: startOf(z.InFile) + zoneOf(z.InFile)},
		controls.Fact{Name: "Clocks change", Value: changesWords(z)},
		controls.Fact{Name: "Named by", Value: strings.TrimSpace(z.Assignment.By + " " + z.Assignment.At)},
		controls.Fact{Name: "Reason", Value: z.Assignment.Reason},
	))
	for _, n := range z.Notes {
		column.Add(note(n))
	}
	return column
}

func zoneWords(z app.RecordingZone) string {
	a := z.Assignment
	if a.Cleared() {
		if _, known := z.InFile.Zone(); known {
			return "as in the file"
		}
		return "none named"
	}
	words := a.Zone
	for _, m := range a.Moves {
		words += ", " + m.Zone + " from " + strings.Replace(m.From, "T", " ", 1)
	}
	of := map[zone.Scope]string{zone.Study: "the study", zone.Device: "the device", zone.Recording: "the recording"}[a.Scope]
	return fmt.Sprintf("%s, named for %s; the device's clock %s", words, of, map[zone.Clock]string{zone.Kept: "ran on", zone.Followed: "followed"}[a.Clock])
}

func changesWords(z app.RecordingZone) string {
	days := make([]string, len(z.Changes))
	for i, c := range z.Changes {
		days[i] = fmt.Sprintf("%s by %+.4g h", c.At.Date(), c.By.Hours())
	}
	return strings.Join(days, ", ")
}
