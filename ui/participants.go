package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy"
	"circascope/actigraphy/people"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// participants is the page with the table of recordings and the chosen one's
// page beside it.
type participants struct {
	w      *Window
	root   *fyne.Container
	full   fyne.CanvasObject
	empty  fyne.CanvasObject
	title  *pageTitle
	find   *controls.Entry
	none   *fyne.Container // what stands in the table where nothing matches
	table  *controls.Table
	split  *container.Split
	detail *participantDetail
	method string // how its measures are computed: the key of a study

	columns []participantColumn // of the table now

	shown      []app.Row // filtered and sorted
	sortBy     int
	descending bool
}

// participantColumn is a column of the table with its order.
type participantColumn struct {
	controls.Column
	cell func(app.Row) string
	less func(a, b app.Row) int
}

// participantColumns are the columns that the table always has.
var participantColumns = []participantColumn{
	{
		controls.Column{Title: "Participant", Width: 108, Stretch: 1},
		func(r app.Row) string { return r.Subject },
		func(a, b app.Row) int { return people.CompareLabels(a.Subject, b.Subject) },
	},
	{
		controls.Column{Title: "Device", Width: 130, Stretch: 2},
		func(r app.Row) string { return r.Device },
		func(a, b app.Row) int { return strings.Compare(a.Device, b.Device) },
	},
	{
		controls.Column{Title: "Start", Width: 134, Stretch: 1},
		func(r app.Row) string { return startOf(r.Start) },
		func(a, b app.Row) int { return a.Start.Clock().Compare(b.Start.Clock()) },
	},
	{
		controls.Column{Title: "Length", Width: 94},
		func(r app.Row) string { return length(r.Epochs, r.Epoch) },
		func(a, b app.Row) int { return cmp.Compare(seconds64(a), seconds64(b)) },
	},
	{
		controls.Column{Title: "Days", Width: 62, Align: fyne.TextAlignTrailing},
		func(r app.Row) string { return number(r.Days) },
		func(a, b app.Row) int { return a.Days - b.Days },
	},
	{
		controls.Column{Title: "Missing", Width: 82, Align: fyne.TextAlignTrailing},
		func(r app.Row) string { return share(r.Missing, r.Epochs) },
		func(a, b app.Row) int { return cmp.Compare(missingShare(a), missingShare(b)) },
	},
	{
		controls.Column{Title: "PAT", Width: 96},
		embeddedWith,
		func(a, b app.Row) int { return strings.Compare(sizes(a.Embedded), sizes(b.Embedded)) },
	},
}

func newParticipants(w *Window) *participants {
	p := &participants{w: w, title: newPageTitle("Participants"), detail: newParticipantDetail(w)}
	p.find = controls.NewEntry("Search id, device, file, age>40")
	p.find.ActionItem = widget.NewIcon(theme.SearchIcon())
	p.find.OnChanged = func(string) { p.arrange() }
	p.find.OnEscape = func() { p.find.SetText(""); w.focus(p.table.Object()) }
	p.find.OnSubmitted = func(string) { w.focus(p.table.Object()) }
	p.none = container.NewCenter(look.NewText("No participant, device or file matches this search; Escape clears it", look.Muted))
	p.none.Hide()
	p.split = container.NewHSplit(p.none, p.detail.content)
	p.split.SetOffset(0.68)
	p.makeTable()
	tools := []fyne.CanvasObject{
		look.AtLeast(220, 0, p.find),
		iconButton(theme.ListIcon(), "Columns: variables of tables of participants", p.chooseColumns),
		toolButton("Import ...", look.IconImport, func() { w.showImport(nil) }),
		toolButton("Export ...", look.IconExport, w.showExport),
		primaryButton("Run PAT ...", look.IconRun, w.showRun),
	}
	p.full = newPage(p.title.content, tools, container.NewBorder(newLine(), nil, nil, nil, p.split))
	p.empty = controls.NewEmptyState(look.IconParticipants, "No recordings yet",
		"Drop recordings or folders on this window: Actiwatch, ActiGraph, NHANES tables or any CSV with times and activity. Each file says what became of it.",
		primaryButton("Import ...", look.IconImport, func() { w.showImport(nil) }))
	p.root = container.NewStack(p.empty)
	w.study.watch(p.studyChanged)
	return p
}

func (p *participants) content() fyne.CanvasObject { return p.root }

// wants hears of rest periods, which measures of a recording follow; for the rest the
// page follows the study.
func (p *participants) wants(e app.Event) bool {
	if e == app.RestChanged && p.detail.id != "" {
		p.detail.loadMeasures(p.detail.id)
	}
	return false
}

func (p *participants) refresh() { p.arrange() }

func (p *participants) search() { p.w.focus(p.find) }

func (p *participants) step(by int) { p.table.Move(by) }

func (p *participants) studyChanged(c studyChange) {
	switch c {
	case rowsChanged:
		if key := p.w.study.how.Key(); key != p.method {
			p.method = key
			p.detail.again()
		}
		p.arrange()
	case chosenChanged, markedChanged:
		p.showSelection()
	}
}

// arrange filters and sorts the rows and draws the table again.
func (p *participants) arrange() {
	page := p.full
	if len(p.w.study.rows) == 0 {
		page = p.empty
	}
	if p.root.Objects[0] != page {
		p.root.Objects = []fyne.CanvasObject{page}
		p.root.Refresh()
	}
	if !sameColumns(p.columns, p.wanted()) {
		p.makeTable()
	}
	p.shown = app.SearchRows(p.w.study.rows, p.find.Text)
	less := p.columns[p.sortBy].less
	slices.SortStableFunc(p.shown, func(a, b app.Row) int {
		if p.descending {
			return less(b, a)
		}
		return less(a, b)
	})
	p.none.Hidden = len(p.shown) > 0
	p.none.Refresh()
	p.table.SetRows(len(p.shown))
	p.showSelection()
}

func (p *participants) showSelection() {
	lead, marked := p.w.study.among(p.shown)
	if len(marked) == 0 && lead >= 0 {
		marked = []int{lead}
	}
	p.table.Select(lead, marked...)
	p.title.set(p.summary(), slices.ContainsFunc(p.w.study.rows, func(r app.Row) bool { return r.Demo }))
	p.detail.show(p.w.study.chosen)
}

func (p *participants) summary() string {
	rows := p.w.study.rows
	text := count(len(p.w.study.subjects(idsOf(rows))), "person")
	if n := len(rows); n != len(p.w.study.subjects(idsOf(rows))) {
		text += ", " + count(n, "recording")
	}
	if len(p.shown) != len(rows) {
		text += ", " + number(len(p.shown)) + " shown"
	}
	if n := len(p.w.study.marked); n > 1 {
		text += ", " + number(n) + " marked"
	}
	return text
}

func (p *participants) cell(row, column int) controls.Cell {
	if row >= len(p.shown) {
		return controls.Cell{}
	}
	r := p.shown[row]
	c := controls.Cell{Text: p.columns[column].cell(r)}
	if c.Text == "" {
		c = controls.Cell{Text: "-", Role: look.Muted}
	}
	return c
}

// selected hears of rows the user chose.
func (p *participants) selected(lead int, marked []int) {
	ids := make([]string, len(marked))
	for i, row := range marked {
		ids[i] = p.shown[row].ID
	}
	p.w.study.mark(ids)
	p.w.study.choose(p.shown[lead].ID)
}

func (p *participants) exports() []exportItem {
	if len(p.shown) == 0 {
		return nil
	}
	rows := slices.Clone(p.shown)
	all := func(pat []string) []string {
		if len(rows) < len(p.w.study.rows) {
			return nil // the command line writes all participants
		}
		return pat
	}
	infos := make([]actigraphy.Info, len(rows))
	for i, row := range rows {
		infos[i] = row.Info
	}
	of := ""
	if len(rows) < len(p.w.study.rows) {
		of = fmt.Sprintf(" (the %d shown)", len(rows))
	}
	return []exportItem{{
		name: "Table of participants" + of, base: "participants", pat: all([]string{"participants"}),
		table: func(ctx context.Context) (app.Table, app.Sources, error) {
			src, err := p.w.wb.NamePeople(ctx, tableSources("participants", rows))
			return app.ParticipantsTable(rows), src, err
		},
	}, {
		name: "Rest-activity measures" + of, base: "measures", pat: all([]string{"measures"}),
		rows: func(ctx context.Context) (app.RowSource, error) {
			return p.w.wb.MeasuresExport(ctx, app.Only(idsOf(rows)...), nil, nil)
		},
	}, {
		name: "Recordings" + of, base: "recordings", pat: all([]string{"recording"}), many: true,
		files: func(ctx context.Context, folder string) ([]string, error) {
			return p.w.wb.ExportRecordings(ctx, folder, infos, nil)
		},
	}}
}
