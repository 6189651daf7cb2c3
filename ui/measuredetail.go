package ui

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// measureDetail is the panel of one measure: its value in full, how it lies among
// the others, and how it is computed.
type measureDetail struct {
	w       *Window
	content fyne.CanvasObject
	body    *fyne.Container
	scroll  *container.Scroll
	bars    *controls.Bars
}

// measureDetailWidth is the width of the panel.
const measureDetailWidth = 300

func newMeasureDetail(w *Window) *measureDetail {
	d := &measureDetail{w: w, body: container.NewStack(), bars: controls.NewBars()}
	d.scroll = container.NewVScroll(look.InsetBy(look.M, look.L, d.body))
	d.content = look.AtLeast(measureDetailWidth, 0, controls.NewSurface(look.ColorCard, "", 0, d.scroll))
	return d
}

// show opens the panel of a row; nil tells what the panel is for.
func (d *measureDetail) show(r *measureRow, place *app.Place) {
	column := look.Column(look.S)
	if r == nil {
		column.Add(quiet("Point at a measure, or choose one with the arrow keys, to see its formula, reference and parameters, and how it lies among the others."))
		column.Add(quiet("Programs define the same name differently. Defined by paper: as the publication has the formula. By pyactigraphy: as that program computes it. By vendor: as ActiLife and Actiware do."))
	} else {
		d.fill(column, *r, place)
	}
	d.body.Objects = []fyne.CanvasObject{column}
	d.body.Refresh()
	d.scroll.ScrollToTop()
}

func (d *measureDetail) fill(column *fyne.Container, r measureRow, place *app.Place) {
	name := widget.NewLabel(sentence(r.name))
	name.Wrapping, name.TextStyle.Bold = fyne.TextWrapWord, true
	column.Add(look.InsetBy(0, -6, name))
	column.Add(look.NewShortText(dotted(r.id, string(r.group)), look.Caption))
	for _, v := range r.values {
		if v.ID != "" {
			column.Add(d.value(v))
		}
	}
	if len(r.values) == 2 {
		column.Add(quiet(besideWords(r)))
	} else if place != nil && place.N > 0 {
		column.Add(d.among(r.values[0], *place))
	}
	for _, v := range r.values {
		if v.ID != "" {
			column.Add(definitionOf(v, len(r.values) > 1))
		}
	}
}

// value is the number in full with a button that copies it.
func (d *measureDetail) value(v metrics.Value) fyne.CanvasObject {
	if v.Reason != "" {
		return look.Column(0, look.NewText(string(v.Definition)+": –", look.Strong), quiet(sentence(v.Reason)))
	}
	full := fullNumber(v)
	head := full
	if v.TimeOfDay() {
		head = plots.TimeOfDay(v.Value)
	}
	copies := iconButton(theme.ContentCopyIcon(), "Copy "+full, func() {
		d.w.copy(full)
		d.w.status.flash("Copied " + full)
	})
	lines := look.Column(0, look.NewShortText(head, look.Subheading), look.NewShortText(dotted(v.Unit, string(v.Definition)), look.Caption))
	if v.Note != "" {
		lines.Add(quiet(sentence(v.Note)))
	}
	if parts := partWords(v); parts != "" {
		lines.Add(quiet(parts))
	}
	return container.NewBorder(nil, nil, nil, container.NewVBox(copies), lines)
}

// fullNumber writes a value with every digit; none is empty.
func fullNumber(v metrics.Value) string {
	if v.ID == "" || math.IsNaN(v.Value) {
		return ""
	}
	return strconv.FormatFloat(v.Value, 'g', -1, 64)
}

// partWords lists the parts that a measure is the mean of.
func partWords(v metrics.Value) string {
	if len(v.Parts) == 0 {
		return ""
	}
	list := make([]string, len(v.Parts))
	for i, p := range v.Parts {
		list[i] = p.Label + ": –"
		if p.Reason == "" {
			list[i] = p.Label + ": " + digits(p.Value)
		}
	}
	return fmt.Sprintf("The mean over each %s. %s", v.PartName, strings.Join(list, ", "))
}

func besideWords(r measureRow) string {
	for i, v := range r.values {
		if v.ID == "" {
			return fmt.Sprintf("Only %s has this measure.", r.values[1-i].Definition)
		}
	}
	absolute, percent, differs := besides(r)
	if !differs {
		return "Both sets agree."
	}
	return sentence(dotted("Difference: "+absolute, percent))
}

// among shows the values of all and where this one is.
func (d *measureDetail) among(v metrics.Value, p app.Place) fyne.CanvasObject {
	low, high := min(p.Min, p.Value), max(p.Max, p.Value)
	counts, own := histogram(p, low, high)
	end := func(x float64) string {
		if v.TimeOfDay() {
			return plots.TimeOfDay(x)
		}
		return digits(x)
	}
	d.bars.SetCounts(counts, end(low), end(high))
	d.bars.SetMark(own)
	words := sentence(placeWords(p, v.TimeOfDay())) + "; " + count(p.N, "other") + " with a value. "
	if p.Equal > 0 && p.Equal < p.N {
		words += fmt.Sprintf("%d have the same value. ", p.Equal)
	}
	words += fmt.Sprintf("Median %s, middle half %s to %s.", end(p.Median), end(p.Q1), end(p.Q3))
	return section("Among the others", look.InsetBy(0, 6, look.Column(look.XS, d.bars, quiet(words))))
}

// histogramBars is the number of bars of a histogram.
const histogramBars = 24

// histogram counts the others, and the one itself, in bars of one width, and tells
// which bar it is in.
func histogram(p app.Place, low, high float64) (counts []int, own int) {
	counts = make([]int, histogramBars)
	bar := func(v float64) int {
		if high <= low {
			return histogramBars / 2
		}
		return min(histogramBars-1, int(float64(histogramBars)*(v-low)/(high-low)))
	}
	for _, v := range p.Others {
		counts[bar(v)]++
	}
	own = bar(p.Value)
	counts[own]++
	return counts, own
}

// definitionNames says what the sets of definitions are.
var definitionNames = map[metrics.Definition]string{
	metrics.Paper:        "The published formula",
	metrics.PyActigraphy: "As pyActigraphy 1.2.2 computes it, peculiarities included",
	metrics.Vendor:       "As the maker's program computes it: ActiLife, Actiware",
}

// definitionOf says how a value is computed.
func definitionOf(v metrics.Value, named bool) fyne.CanvasObject {
	column := look.Column(look.XS)
	add := func(head, text string) {
		if text != "" {
			column.Add(look.NewText(head, look.CaptionStrong))
			column.Add(quiet(sentence(text)))
		}
	}
	add("Formula", v.Formula)
	for _, p := range v.Parameters {
		add("Parameter "+p.Name+" = "+p.Value, p.Meaning+" ("+p.Range+")")
	}
	add("Needs", v.Needs)
	add("Missing epochs", v.Missing)
	add("Reference", v.Reference)
	title := "How it is computed"
	if named {
		title = "In " + string(v.Definition)
	}
	head := look.Column(look.XS, look.InsetBy(look.S, 0, look.NewText(title, look.Strong)))
	if words, known := definitionNames[v.Definition]; known {
		head.Add(quiet(words + "."))
	}
	return look.Column(look.XS, head, column)
}
