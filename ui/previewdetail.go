package ui

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/prepare"
	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// previewDetail shows one recording that is not imported yet: how it looks, what
// was read and decided, and how the file begins.
type previewDetail struct {
	w         *Window
	content   fyne.CanvasObject
	body      *fyne.Container
	small     *controls.Actogram
	loader    *loader
	onChannel func(reader, channel string)
}

func newPreviewDetail(w *Window) *previewDetail {
	d := &previewDetail{w: w, body: container.NewStack(), small: controls.NewActogram(true), loader: newLoader(w.tasks)}
	d.content = container.NewVScroll(look.InsetBy(0, look.M, d.body))
	return d
}

func (d *previewDetail) set(o fyne.CanvasObject) {
	d.body.Objects = []fyne.CanvasObject{o}
	d.body.Refresh()
}

func (d *previewDetail) clear() {
	d.loader.drop()
	d.set(look.Gap(0, 0))
}

// looked is what is read of the chosen recording.
type looked struct {
	chart plots.Actogram
	first []float64
	lines []string
}

func (d *previewDetail) show(p app.Preview, opts format.Options) {
	d.small.SetChart(plots.Actogram{})
	d.set(d.page(p, looked{}))
	load(d.loader, func(ctx context.Context) (looked, error) { return d.look(ctx, p, opts) },
		func(l looked, err error) {
			if err != nil {
				d.set(look.NewText(errorWords(err), look.Failure))
				return
			}
			l.chart.Colors = d.w.prefs.colors()
			d.small.SetChart(l.chart)
			d.set(d.page(p, l))
		})
}

// firstValues is how many values of a recording are shown.
const firstValues = 12

func (d *previewDetail) look(ctx context.Context, p app.Preview, opts format.Options) (l looked, err error) {
	if l.lines, err = app.HeadLines(p.Path); err != nil && p.Err == nil {
		return l, err
	}
	if p.Err != nil {
		return l, nil
	}
	r, err := d.w.wb.PreviewRecording(ctx, p.Path, p.Info.ID, opts)
	if err != nil || r == nil {
		return l, err
	}
	l.first = slices.Clone(r.Activity[:min(firstValues, len(r.Activity))])
	l.chart, err = plots.NewActogram(r)
	return l, err
}

func (d *previewDetail) page(p app.Preview, l looked) fyne.CanvasObject {
	column := look.Column(look.S, look.NewShortText(filepath.Base(p.Path), look.Subheading))
	if p.Err != nil {
		reason := widget.NewLabel(errorWords(p.Err))
		reason.Wrapping = fyne.TextWrapWord
		reason.Selectable = true
		column.Add(reason)
	} else {
		d.recording(column, p, l)
	}
	if len(l.lines) > 0 {
		text := look.NewVerbatim(strings.Join(l.lines, "\n"))
		column.Add(section("The file begins with", container.NewHScroll(text)))
	}
	return column
}

func (d *previewDetail) recording(column *fyne.Container, p app.Preview, l looked) {
	i := p.Info
	column.Add(look.AtLeast(0, smallActogram, d.small))
	for _, warning := range prepare.Warnings(i) {
		column.Add(note(warning))
	}
	if p.More {
		column.Add(note("The file holds more people than are listed here; all of them are imported."))
	}
	if choices := activities(i); len(choices) > 1 {
		channel := controls.NewSelect(choices, nil)
		channel.SetSelected(i.Source.Channel)
		channel.OnChanged = func(chosen string) { d.onChannel(i.Source.Format, chosen) }
		column.Add(labelled("Activity is", channel))
	}
	column.Add(controls.NewFacts(
		controls.Fact{Name: "Read as", Value: d.w.wb.FormatName(i.Source.Format)},
		controls.Fact{Name: "Participant", Value: i.Subject},
		controls.Fact{Name: "Device", Value: i.Device},
		controls.Fact{Name: "Start", Value: startOf(i.Start) + zoneOf(i.Start)},
		controls.Fact{Name: "Epochs", Value: fmt.Sprintf("%s of %s", thousands(i.Epochs), actigraphy.InWords(i.Epoch))},
		controls.Fact{Name: "Not recorded", Value: fmt.Sprintf("%s (%s)", thousands(i.Missing), share(i.Missing, i.Epochs))},
		controls.Fact{Name: "Zeros", Value: fmt.Sprintf("%s (%s)", thousands(i.Zeros), share(i.Zeros, i.Epochs))},
		controls.Fact{Name: "Unit", Value: i.Unit.String()},
		controls.Fact{Name: "First values", Value: values(l.first)},
		controls.Fact{Name: "Channels", Value: strings.Join(i.Channels, ", ")},
	))
	for _, decided := range i.Source.Notes {
		column.Add(quiet(decided))
	}
}

// values writes some values of an activity; those not recorded as a dash.
func values(list []float64) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = "–"
		if !math.IsNaN(v) {
			words[i] = strconv.FormatFloat(v, 'g', 6, 64)
		}
	}
	return strings.Join(words, "  ")
}

// noActivity are parts of the names of channels that measure something else.
var noActivity = []string{
	actigraphy.ChannelLight, actigraphy.ChannelTemperature, actigraphy.ChannelMarker, actigraphy.ChannelWear,
	actigraphy.ChannelSteps, "lux", "red", "green", "blue", "infrared", "uv", "status", "sleep", "battery", "share", "angle", "rate", "event", "imputed", "lying", actigraphy.ChannelNotMeasured,
}

// activities lists the channels that can be taken as the activity, the one that
// was taken first.
func activities(i actigraphy.Info) []string {
	list := []string{i.Source.Channel}
	for _, name := range i.Channels {
		other := func(part string) bool { return strings.Contains(strings.ToLower(name), part) }
		if name != i.Source.Channel && !slices.ContainsFunc(noActivity, other) {
			list = append(list, name)
		}
	}
	axes := []string{actigraphy.ChannelAxis1, actigraphy.ChannelAxis2, actigraphy.ChannelAxis3}
	if !slices.Contains(list, actigraphy.ChannelVM) && !slices.ContainsFunc(axes, func(a string) bool { return !slices.Contains(list, a) }) {
		list = append(list, actigraphy.ChannelVM)
	}
	if slices.Contains(i.Channels, actigraphy.ChannelNotMeasured) && !slices.Contains(list, actigraphy.ChannelMIMS) {
		list = append(list, actigraphy.ChannelMIMS) // of raw acceleration, where it is asked for
	}
	return list
}
