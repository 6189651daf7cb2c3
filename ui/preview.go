package ui

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// previewFiles is of how many files the preview shows what they would become; the
// rest of a large folder is read in the same way.
const previewFiles = 200

// preview is the content of the dialog that shows what files would become.
type preview struct {
	w       *Window
	content fyne.CanvasObject
	sheet   *controls.Sheet
	table   *controls.Table
	detail  *previewDetail
	state   *look.Text
	order   *controls.Select
	epoch   *controls.Select
	asleep  *controls.Select
	loader  *loader

	batches []batch
	files   []previewFile
	all     int // how many there are
	rows    []app.Preview
	byRow   []int             // which of files a row is of
	channel map[string]string // by reader
	at      string            // the path that is chosen
}

// previewFile is one file to look at, with the batch that says how it is read.
type previewFile struct {
	path  string
	batch int
}

// The choices of the preview, in the order of the words beside them.
var (
	readOrders     = []format.DateOrder{format.OrderFromFile, format.DayMonthYear, format.MonthDayYear, format.YearMonthDay}
	readOrderWords = []string{"As each file shows", "Day first", "Month first", "Year first"}
	asleepWords    = []string{"Missing", "Still"}
	rawEpochs      = []time.Duration{time.Minute, 30 * time.Second, 15 * time.Second, 10 * time.Second, 5 * time.Second, time.Second}
)

// showPreview shows what the files of the batches would become, and imports them
// where the user says so.
func (w *Window) showPreview(batches []batch) {
	background(w.tasks, func(context.Context) ([]previewFile, error) {
		var files []previewFile
		for i, b := range batches {
			for _, path := range w.wb.FilesOf(b.paths) {
				files = append(files, previewFile{path, i})
			}
		}
		return files, nil
	}, func(files []previewFile, _ error) { newPreview(w, batches, files).show() })
}

func newPreview(w *Window, batches []batch, files []previewFile) *preview {
	p := &preview{
		w: w, batches: batches, all: len(files), files: files[:min(len(files), previewFiles)], loader: newLoader(w.tasks),
		state: look.NewText("", look.Muted), channel: map[string]string{}, detail: newPreviewDetail(w),
	}
	p.detail.onChannel = func(reader, channel string) { p.channel[reader] = channel; p.again() }
	p.table = controls.NewTable([]controls.Column{
		{Title: "File", Width: 150, Stretch: 1},
		{Title: "Participant", Width: 96},
		{Title: "Start", Width: 128},
		{Title: "Length", Width: 94},
		{Title: "Epoch", Width: 56},
		{Title: "What it holds", Width: 170, Stretch: 1},
	})
	p.table.Cell = p.cell
	p.table.OnSelect = func(lead int, _ []int) { p.choose(lead) }
	p.order = controls.NewSelect(readOrderWords, nil)
	p.order.SetSelectedIndex(0)
	epochs := make([]string, len(rawEpochs))
	for i, d := range rawEpochs {
		epochs[i] = actigraphy.InWords(d)
	}
	p.epoch = controls.NewSelect(epochs, nil)
	p.epoch.SetSelectedIndex(0)
	p.asleep = controls.NewSelect(asleepWords, nil)
	p.asleep.SetSelectedIndex(0)
	p.asleep.OnChanged = func(string) { p.again() }
	p.order.OnChanged = func(string) { p.again() }
	p.epoch.OnChanged = func(string) { p.again() }
	choices := look.Row(look.S,
		container.NewCenter(look.NewText("Dates", look.Muted)), look.AtLeast(150, 0, p.order),
		container.NewCenter(look.NewText("Epoch of raw acceleration", look.Muted)), look.AtLeast(96, 0, p.epoch),
		container.NewCenter(look.NewText("While the device slept", look.Muted)), look.AtLeast(96, 0, p.asleep))
	left := container.NewBorder(look.Column(look.S, choices, p.state), nil, nil, nil, look.InsetBy(look.S, 0, p.table.Content))
	split := container.NewHSplit(left, p.detail.content)
	split.Offset = 0.64
	p.content = split
	return p
}

func (p *preview) show() {
	p.sheet = controls.ShowSheet(p.w.win, p.content, controls.SheetOptions{
		Title: "What the files would become", Confirm: "Import " + count(p.all, "file"), Width: 1180, Height: 680,
		OnYes: func() {
			p.sheet.Close()
			p.w.startImports(p.chosen())
		},
		OnClose: p.drop,
	})
	p.again()
}

func (p *preview) drop() {
	p.loader.drop()
	p.detail.loader.drop()
}

// options returns how the files of a batch are read.
func (p *preview) options(batch int) format.Options {
	o := p.batches[batch].options
	if i := p.order.SelectedIndex(); i > 0 && o.CSV == nil {
		o.DateOrder = readOrders[i]
	}
	if i := p.epoch.SelectedIndex(); i > 0 {
		o.Epoch = rawEpochs[i]
	}
	o.SleepStill = o.SleepStill || p.asleep.SelectedIndex() == 1
	if len(p.channel) > 0 {
		o.ChannelOf = maps.Clone(p.channel)
	}
	return o
}

// chosen returns the batches with the choices.
func (p *preview) chosen() []batch {
	batches := slices.Clone(p.batches)
	for i := range batches {
		batches[i].options = p.options(i)
	}
	return batches
}

// again looks at the files from the first; the one that is chosen stays so.
func (p *preview) again() {
	if row, _ := p.table.Selected(); row >= 0 && row < len(p.rows) {
		p.at = p.rows[row].Path
	}
	p.rows, p.byRow = nil, nil
	p.table.SetRows(0)
	p.detail.clear()
	p.next(0)
}

// next looks at a file, and then at those after it.
func (p *preview) next(at int) {
	p.say(at)
	if at == len(p.files) {
		return
	}
	file := p.files[at]
	opts := p.options(file.batch)
	load(p.loader, func(ctx context.Context) ([]app.Preview, error) { return p.w.wb.Preview(ctx, file.path, opts) },
		func(seen []app.Preview, err error) {
			if err != nil {
				return // the dialog was closed
			}
			for _, s := range seen {
				p.rows, p.byRow = append(p.rows, s), append(p.byRow, at)
			}
			p.table.SetRows(len(p.rows))
			if len(seen) > 0 && (p.at == "" || p.at == file.path) {
				row := len(p.rows) - len(seen)
				p.at = file.path
				p.table.Select(row, row)
				p.choose(row)
			}
			p.next(at + 1)
		})
}

// say tells how far it came, and what came of it.
func (p *preview) say(at int) {
	refused := 0
	for _, r := range p.rows {
		if r.Err != nil {
			refused++
		}
	}
	words := []string{count(len(p.rows)-refused, "recording")}
	if refused > 0 {
		words = append(words, fmt.Sprintf("%d refused", refused))
	}
	switch {
	case at < len(p.files):
		words = append(words, fmt.Sprintf("looking at file %d of %d ...", at+1, len(p.files)))
	case p.all > len(p.files):
		words = append(words, fmt.Sprintf("of the first %d files; the other %s are read in the same way", len(p.files), thousands(p.all-len(p.files))))
	}
	text := strings.Join(words, ", ")
	if refused > 0 {
		text += ". After the import, sleep diaries and tables of participants among these can be imported as such."
	}
	p.state.SetText(text)
}

func (p *preview) cell(row, column int) controls.Cell {
	r := p.rows[row]
	if column == 0 {
		return controls.Cell{Text: filepath.Base(r.Path)}
	}
	if r.Err != nil {
		if column == 5 {
			return controls.Cell{Text: errorIn(r.Path, r.Err), Role: look.Failure}
		}
		return controls.Cell{}
	}
	switch column {
	case 1:
		return controls.Cell{Text: r.Info.Subject}
	case 2:
		return controls.Cell{Text: startOf(r.Info.Start)}
	case 3:
		return controls.Cell{Text: length(r.Info.Epochs, r.Info.Epoch)}
	case 4:
		return controls.Cell{Text: actigraphy.InWords(r.Info.Epoch)}
	default:
		return controls.Cell{Text: r.Info.Unit.String()}
	}
}

func (p *preview) choose(row int) {
	if row < 0 || row >= len(p.rows) {
		return
	}
	p.detail.show(p.rows[row], p.options(p.files[p.byRow[row]].batch))
}
