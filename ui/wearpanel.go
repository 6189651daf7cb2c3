package ui

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// wearPanel is the part of the activity page that says when the device was worn:
// the layers of masks, the brush, and the rule of the valid day.
type wearPanel struct {
	w       *Window
	editor  *controls.MaskEditor
	content fyne.CanvasObject
	redraw  func()

	summary *widget.Label
	brush   *controls.Segments
	undo    *ttwidget.Button
	redo    *ttwidget.Button
	rule    *controls.Select
	layers  *fyne.Container

	loader    *loader
	recording *actigraphy.Recording
	laidOut   app.Actogram
	wear      app.Wear
	edits     *wear.Edits
	reason    string // of what is drawn on this recording; asked once
	saves     []maskSave
	saving    bool
	done      waiting // for the edits to be stored
	settling  bool    // the controls are being set, not used
}

// wearPanelWidth is the width of the panel.
const wearPanelWidth = 290

func newWearPanel(w *Window, editor *controls.MaskEditor, redraw func()) *wearPanel {
	p := &wearPanel{
		w: w, editor: editor, redraw: redraw, loader: newLoader(w.tasks), edits: &wear.Edits{},
		summary: widget.NewLabel(""), layers: look.Column(look.S),
		brush: controls.NewSegments(string(controls.BrushSelect), string(controls.BrushDraw), string(controls.BrushErase)),
	}
	p.summary.Wrapping = fyne.TextWrapWord
	p.brush.OnChange = func(choice string) { p.editor.Brush = controls.Brush(choice) }
	p.undo = iconButton(theme.ContentUndoIcon(), "Undo (Ctrl+Z)", p.undoEdit)
	p.redo = iconButton(theme.ContentRedoIcon(), "Redo (Ctrl+Shift+Z)", p.redoEdit)
	p.rule = controls.NewSelect(nil, p.ruled)
	editor.OnPaint, editor.OnUndo, editor.OnRedo = p.painted, p.undoEdit, p.redoEdit
	head := look.Column(look.S,
		look.NewText("Wear", look.Strong), p.summary,
		look.Row(look.S, p.brush.Content, p.undo, p.redo),
		quiet("Drag, or arrows and Shift+arrows; Enter draws not worn, Delete declares worn."),
		container.NewBorder(nil, nil, look.InsetBy(7, 0, look.NewText("A valid day is worn", look.Muted)), nil, p.rule),
		container.NewGridWithColumns(2,
			widget.NewButton("Detect ...", p.askDetect), widget.NewButton("History ...", p.showHistory),
			widget.NewButton("Import ...", p.askMaskFile), widget.NewButton("Export ...", p.askMaskExport)),
		look.NewText("Layers", look.Strong),
	)
	scroll := container.NewVScroll(look.InsetBy(0, look.XS, p.layers))
	p.content = look.AtLeast(wearPanelWidth, 0, look.InsetBy(0, look.M, container.NewBorder(head, nil, nil, nil, scroll)))
	p.settle()
	return p
}

// show takes up a recording; nil empties the panel.
func (p *wearPanel) show(o *opened) {
	p.recording, p.wear, p.edits, p.reason = nil, app.Wear{}, &wear.Edits{}, ""
	if o != nil {
		p.recording, p.laidOut = o.recording, o.laidOut
	}
	p.editor.Drop()
	p.reload()
}

// reload reads the layers again. Edits that wait to be stored are not overtaken.
func (p *wearPanel) reload() {
	r := p.recording
	if r == nil || p.busy() {
		p.settle()
		return
	}
	load(p.loader, func(ctx context.Context) (app.Wear, error) { return p.w.wb.Wear(ctx, r) }, func(now app.Wear, err error) {
		switch {
		case err != nil:
			p.w.fail("Reading the masks", err)
		case p.recording == r && !p.busy():
			p.take(now)
		}
	})
}

// take shows what is stored. Where the layer drawn by hand is not what the edits
// made, somebody else changed it, and there is nothing to undo here.
func (p *wearPanel) take(now app.Wear) {
	p.wear = now
	if stored := handDrawn(now.Layers); !slices.Equal(stored, p.edits.Now()) {
		p.edits = wear.NewEdits(stored)
	}
	p.settle()
	p.redraw()
}

func handDrawn(layers []wear.Layer) []wear.Interval {
	for _, l := range layers {
		if l.Kind == wear.ByHand {
			return l.Intervals
		}
	}
	return nil
}

// shown returns the layers with the edits that are not stored yet.
func (p *wearPanel) shown() []wear.Layer {
	layers := slices.Clone(p.wear.Layers)
	if !p.busy() {
		return layers
	}
	i := slices.IndexFunc(layers, func(l wear.Layer) bool { return l.Kind == wear.ByHand })
	if i < 0 {
		i = len(layers)
		layers = append(layers, wear.Layer{Kind: wear.ByHand, Name: "By hand"})
	}
	layers[i].On, layers[i].Intervals = true, p.edits.Now()
	return layers
}

// settle shows the state of everything.
func (p *wearPanel) settle() {
	p.settling = true
	defer func() { p.settling = false }()
	enable(p.undo, p.edits.CanUndo())
	enable(p.redo, p.edits.CanRedo())
	p.summary.SetText(wearWords(p.wear.Summary(), p.wear.Mask.Day, len(p.wear.Days)))
	p.rule.SetOptions(ruleWords(p.wear.Mask.Day))
	p.rule.SetSelected(ruleWord(p.wear.Mask.Day.Hours))
	p.layers.RemoveAll()
	for i, l := range p.shown() {
		p.layers.Add(p.layerRow(i, l))
	}
	if len(p.layers.Objects) == 0 {
		p.layers.Add(quiet("None. Without a layer that is on, nobody has judged wear: everything recorded counts."))
	}
	p.layers.Refresh()
}

func enable(b *ttwidget.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// layerRow is one layer: on or off, its pattern, what it is and who says so.
func (p *wearPanel) layerRow(place int, l wear.Layer) fyne.CanvasObject {
	check := controls.NewCheck("", nil)
	check.Checked = l.On
	check.OnChanged = func(on bool) { p.switchLayer(l, on) }
	remove := iconButton(theme.DeleteIcon(), "Take this layer off; its history stays", func() { p.askRemove(l) })
	if l.ID == 0 {
		check.Disable()
		remove.Disable()
	}
	text := look.Column(0, look.NewShortText(l.Name, look.Body))
	for _, line := range []string{l.Parameters.String(), dotted(l.Author, minuteOf(l.At)), l.Reason} {
		if line != "" {
			text.Add(look.NewShortText(line, look.Caption))
		}
	}
	top := func(o fyne.CanvasObject) fyne.CanvasObject { return container.NewVBox(o) }
	row := container.NewBorder(nil, nil, container.NewHBox(top(check), top(look.InsetBy(7, 0, maskSwatch(place)))), top(remove), text)
	if !slices.ContainsFunc(l.Intervals, func(i wear.Interval) bool { return i.Worn }) {
		return row
	}
	worn := container.NewBorder(nil, nil, container.NewHBox(look.Gap(28, 0), maskSwatch(plots.MaskWorn)), nil, look.NewShortText("declared worn, whatever others say", look.Caption))
	return look.Column(look.XS, row, worn)
}

func maskSwatch(pattern int) fyne.CanvasObject {
	return container.NewCenter(container.NewGridWrap(fyne.NewSize(22, 12), controls.NewMaskSwatch(pattern)))
}

// minuteOf writes a time of the library, in UTC, to the minute.
func minuteOf(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return ""
	}
	return t.Format("2 Jan 2006 15:04")
}

func (p *wearPanel) switchLayer(l wear.Layer, on bool) {
	p.change("Switching the layer", func(ctx context.Context) error {
		return p.w.wb.SwitchLayer(ctx, l.Recording, l.ID, on, app.By{})
	})
}

func (p *wearPanel) askRemove(l wear.Layer) {
	p.w.ask(question{
		title: "Take off " + l.Name + "?", text: "The layer no longer counts and is no longer listed. Its history stays in the library.", yes: "Take off", danger: true,
		then: func() {
			p.change("Taking the layer off", func(ctx context.Context) error { return p.w.wb.RemoveLayer(ctx, l.Recording, l.ID, app.By{}) })
		},
	})
}

// change changes masks in the background and shows what came of it.
func (p *wearPanel) change(doing string, work func(context.Context) error) {
	background(p.w.tasks, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			p.w.fail(doing, err)
		}
		p.reload()
	})
}

// ruled hears of another rule of the valid day.
func (p *wearPanel) ruled(word string) {
	hours, err := strconv.ParseFloat(strings.TrimSuffix(word, " h"), 64)
	if word == everyDay {
		hours, err = 0, nil
	}
	if p.settling || err != nil || hours == p.wear.Mask.Day.Hours {
		return
	}
	p.change("Choosing the valid day", func(ctx context.Context) error { return p.w.wb.SetValidDay(ctx, wear.ValidDay{Hours: hours}) })
}

const everyDay = "0 h: every day counts"

// ruleWords lists the rules to choose from, the present one among them.
func ruleWords(now wear.ValidDay) []string {
	hours := []float64{0, 8, 10, 12, 14, 16, 20}
	if !slices.Contains(hours, now.Hours) {
		hours = append(hours, now.Hours)
		slices.Sort(hours)
	}
	words := make([]string, len(hours))
	for i, h := range hours {
		words[i] = ruleWord(h)
	}
	return words
}

func ruleWord(hours float64) string {
	if hours == 0 {
		return everyDay
	}
	return strconv.FormatFloat(hours, 'g', -1, 64) + " h"
}

// wearWords says how long a recording was worn.
func wearWords(s wear.Summary, rule wear.ValidDay, days int) string {
	if s.Mask == "" {
		return "Not judged: no layer is on."
	}
	minutes := s.Minutes()
	return fmt.Sprintf("Worn %d d %d h %d min; %d of %s valid", minutes/1440, minutes/60%24, minutes%60, s.Valid(rule), count(days, "day"))
}
