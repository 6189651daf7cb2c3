package ui

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// mappingGroup is generic CSV files that are read with the same columns: they are
// confirmed once.
type mappingGroup struct {
	first app.CSVFile
	paths []string
}

// mappingGroups leaves out files with an open choice that came with a folder: it
// may hold anything, and the import says why it refuses them. A file that the user
// named is asked about.
func mappingGroups(files []app.CSVFile, named []string) []mappingGroup {
	var groups []mappingGroup
	for _, f := range files {
		if f.Err != nil && !slices.Contains(named, f.Path) {
			continue
		}
		i := slices.IndexFunc(groups, func(g mappingGroup) bool {
			return f.Err == nil && g.first.Err == nil && g.first.Mapping.Equal(f.Mapping) && slices.Equal(g.first.Preview.Columns, f.Preview.Columns)
		})
		if i < 0 {
			groups = append(groups, mappingGroup{first: f, paths: []string{f.Path}})
			continue
		}
		groups[i].paths = append(groups[i].paths, f.Path)
	}
	return groups
}

// confirmMappings shows one group after the other and then imports: what was
// changed by hand on its own, everything else together.
func (w *Window) confirmMappings(paths []string, groups []mappingGroup) {
	w.confirmNext(paths, groups, nil)
}

func (w *Window) confirmNext(paths []string, groups []mappingGroup, changed []batch) {
	if len(groups) == 0 {
		w.showPreview(batchesOf(paths, changed))
		return
	}
	g := groups[0]
	form := newMappingForm(g)
	var sheet *controls.Sheet
	title := filepath.Base(g.paths[0])
	if len(g.paths) > 1 {
		title += fmt.Sprintf(" and %d more like it", len(g.paths)-1)
	}
	var extra []fyne.CanvasObject
	if len(groups) > 1 {
		extra = append(extra, widget.NewButton(fmt.Sprintf("Read these and %d more as found", len(groups)-1), func() {
			sheet.Close()
			w.showPreview(batchesOf(paths, changed))
		}))
	}
	sheet = controls.ShowSheet(w.win, form.content, controls.SheetOptions{
		Title: "How to read " + title, Confirm: "Read it so", Width: 900, Height: 600, Extra: extra,
		OnYes: func() {
			m, err := form.mapping()
			if err != nil {
				form.problem.SetText(errorWords(err))
				form.problem.Show()
				return
			}
			sheet.Close()
			if g.first.Err != nil || !m.Equal(g.first.Mapping) {
				changed = append(changed, batch{paths: g.paths, options: format.Options{CSV: &m, DateOrder: m.DateOrder}})
			}
			w.confirmNext(paths, groups[1:], changed)
		},
	})
}

// batchesOf takes the files with a mapping of their own out of the rest: read
// twice in two ways they would be two recordings.
func batchesOf(paths []string, changed []batch) []batch {
	if len(changed) == 0 {
		return []batch{{paths: paths}}
	}
	own := map[string]bool{}
	for _, b := range changed {
		for _, p := range b.paths {
			own[p] = true
		}
	}
	rest := slices.DeleteFunc(app.Files(paths), func(p string) bool { return own[p] })
	if len(rest) == 0 {
		return changed
	}
	return append(slices.Clone(changed), batch{paths: rest})
}

// mappingForm shows the columns that were found and lets them be changed.
type mappingForm struct {
	content  fyne.CanvasObject
	group    mappingGroup
	time     *controls.Select
	date     *controls.Select
	clock    *controls.Select
	activity *controls.Select
	subject  *controls.Select
	order    *controls.Select
	unit     *controls.Select
	start    *controls.Entry
	epoch    *controls.Entry
	problem  *widget.Label
}

const noColumn = "none"

var dateOrders = []format.DateOrder{format.OrderFromFile, format.YearMonthDay, format.DayMonthYear, format.MonthDayYear}

func newMappingForm(g mappingGroup) *mappingForm {
	m, columns := g.first.Mapping, g.first.Preview.Columns
	f := &mappingForm{group: g, problem: widget.NewLabel("")}
	choose := func(column int) *controls.Select {
		s := controls.NewSelect(append([]string{noColumn}, columns...), nil)
		s.SetSelectedIndex(min(column, len(columns)))
		return s
	}
	f.time, f.date, f.clock = choose(m.Timestamp), choose(m.Date), choose(m.TimeOfDay)
	f.activity, f.subject = choose(m.Activity), choose(m.Subject)
	f.order = controls.NewSelect([]string{"as the file shows", "year, month, day", "day, month, year", "month, day, year"}, nil)
	f.order.SetSelectedIndex(max(0, slices.Index(dateOrders, m.DateOrder)))
	f.unit = controls.NewSelect(unitChoices(m.Unit), nil)
	f.unit.SetSelectedIndex(unitIndex(m.Unit))
	f.start, f.epoch = controls.NewEntry("2026-03-01T00:00:00"), controls.NewEntry("60")
	f.start.SetText(m.Start.String())
	if m.Epoch > 0 {
		f.epoch.SetText(fmt.Sprintf("%g", m.Epoch.Seconds()))
	}
	f.problem.Wrapping = fyne.TextWrapWord
	f.problem.Importance = widget.DangerImportance
	f.problem.Hide()
	if g.first.Err != nil {
		f.problem.SetText(errorWords(g.first.Err))
		f.problem.Show()
	}
	left := look.Column(look.S, labelled("Date and time", f.time), labelled("Date alone", f.date), labelled("Time of day", f.clock), labelled("Date order", f.order))
	right := look.Column(look.S, labelled("Activity", f.activity), labelled("Its unit", f.unit), labelled("Participant", f.subject),
		labelled("Start", f.start), labelled("Epoch (s)", f.epoch))
	notes := look.Column(0)
	for _, n := range g.first.Preview.Notes {
		notes.Add(quiet(n))
	}
	head := look.Column(look.S, look.Grid(2, left, right),
		quiet("Start and epoch count only where no column holds times."), notes, f.problem)
	f.content = container.NewBorder(head, nil, nil, nil, look.AtLeast(0, 150, previewTable(g.first)))
	return f
}

// previewTable shows the first rows; the heads say what was found where.
func previewTable(f app.CSVFile) fyne.CanvasObject {
	columns := make([]controls.Column, len(f.Preview.Columns))
	for i, name := range f.Preview.Columns {
		columns[i] = controls.Column{Title: name + roleOf(f.Mapping, i+1), Width: previewColumn, Stretch: 1}
	}
	if len(columns) == 0 {
		return look.Gap(0, 0)
	}
	t := controls.NewTable(columns)
	t.Cell = func(row, column int) controls.Cell {
		cells := f.Preview.Rows[row]
		if column >= len(cells) {
			return controls.Cell{}
		}
		return controls.Cell{Text: cells[column]}
	}
	t.SetRows(len(f.Preview.Rows))
	return container.NewHScroll(look.AtLeast(previewColumn*float32(len(columns)), 0, t.Content))
}

// previewColumn is wide enough for a date with its time.
const previewColumn = 134

func roleOf(m format.Mapping, column int) string {
	switch column {
	case m.Timestamp:
		return " = time"
	case m.Date:
		return " = date"
	case m.TimeOfDay:
		return " = time of day"
	case m.Activity:
		return " = activity"
	case m.Subject:
		return " = participant"
	}
	for name, c := range m.Channels {
		if c == column {
			return " = " + name
		}
	}
	return ""
}

// mapping returns what the form says, or what is missing in it.
func (f *mappingForm) mapping() (format.Mapping, error) {
	m := f.group.first.Mapping
	m.Timestamp, m.Date, m.TimeOfDay = f.time.SelectedIndex(), f.date.SelectedIndex(), f.clock.SelectedIndex()
	m.Subject = f.subject.SelectedIndex()
	m.DateOrder = dateOrders[f.order.SelectedIndex()]
	m.Unit = unitsFor(m.Unit)[f.unit.SelectedIndex()]
	if a := f.activity.SelectedIndex(); a != m.Activity {
		m.Activity, m.Channel = a, ""
		if a > 0 {
			m.Channel = f.group.first.Preview.Columns[a-1]
		}
	}
	switch {
	case m.Activity == 0:
		return m, fmt.Errorf("choose the column of the activity")
	case (m.Date > 0) != (m.TimeOfDay > 0):
		return m, fmt.Errorf("a date alone needs a time of day beside it")
	case m.Timestamp > 0 || m.Date > 0:
		m.Start, m.Epoch = actigraphy.LocalTime{}, 0
		return m, nil
	}
	return f.untimed(m)
}

// untimed takes the start and the epoch where no column holds times.
func (f *mappingForm) untimed(m format.Mapping) (format.Mapping, error) {
	start, err := actigraphy.ParseLocalTime(strings.TrimSpace(f.start.Text))
	if err != nil {
		return m, fmt.Errorf("start: %w", err)
	}
	length, err := time.ParseDuration(strings.TrimSpace(f.epoch.Text) + "s")
	if err != nil || length <= 0 {
		return m, fmt.Errorf("epoch: %q is no number of seconds", f.epoch.Text)
	}
	m.Start, m.Epoch = start, length
	return m, nil
}
