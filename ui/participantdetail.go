package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy"
	"circascope/actigraphy/prepare"
	"circascope/app"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// participantDetail is the page of one recording beside the table.
type participantDetail struct {
	w        *Window
	content  fyne.CanvasObject
	body     *fyne.Container
	small    *controls.Actogram
	loader   *loader
	measures *loader
	measured *fyne.Container
	zones    *loader
	zoned    *fyne.Container
	id       string
	row      app.Row
}

func newParticipantDetail(w *Window) *participantDetail {
	d := &participantDetail{w: w, small: controls.NewActogram(true), body: container.NewStack(), loader: newLoader(w.tasks), measures: newLoader(w.tasks), measured: container.NewStack(), zones: newLoader(w.tasks), zoned: container.NewStack()}
	scroll := container.NewVScroll(look.InsetBy(look.M, look.L, d.body))
	scroll.SetMinSize(fyne.NewSize(300, 0))
	d.content = scroll
	return d
}

// show opens the page of a recording, "" for none.
func (d *participantDetail) show(id string) {
	row, ok := d.w.study.row(id)
	if !ok {
		d.id = ""
		d.set(container.NewCenter(look.NewText("Choose a participant to see their page", look.Muted)))
		return
	}
	if d.id == id && same(d.row, row) {
		return
	}
	reload := d.id != id || d.row.Start.String() != row.Start.String()
	remeasure := reload || d.row.Mask != row.Mask
	d.id, d.row = id, row
	d.set(d.page(row))
	if reload {
		d.small.SetChart(plots.Actogram{})
		d.measured.RemoveAll()
		d.load(id)
		d.zoned.RemoveAll()
		d.loadZone(row)
	}
	if remeasure {
		d.loadMeasures(id)
	}
}

// again shows the recording anew, whose zone may be another.
func (d *participantDetail) again() {
	id := d.id
	d.id = ""
	d.show(id)
}

// loadZone shows which time zone holds for the recording.
func (d *participantDetail) loadZone(row app.Row) {
	load(d.zones, func(ctx context.Context) (app.RecordingZone, error) { return d.w.wb.RecordingZone(ctx, row.ID) },
		func(z app.RecordingZone, err error) {
			if err != nil {
				d.w.fail("Reading the time zone", err)
				return
			}
			d.zoned.Objects = []fyne.CanvasObject{section("Time zone", look.Column(look.XS, zoneFacts(z), look.InsetBy(0, 6, container.NewHBox(d.w.zoneButton(row)))))}
			d.zoned.Refresh()
		})
}

// same reports whether the page of a row would be the same.
func same(a, b app.Row) bool {
	return a.ID == b.ID && a.Start.String() == b.Start.String() && a.Subject == b.Subject && a.Demo == b.Demo && a.Mask == b.Mask && a.ValidDay == b.ValidDay && sizes(a.Embedded) == sizes(b.Embedded) && slices.Equal(a.Scores, b.Scores) && slices.Equal(a.Values, b.Values)
}

func (d *participantDetail) set(o fyne.CanvasObject) {
	d.body.Objects = []fyne.CanvasObject{o}
	d.body.Refresh()
}

func (d *participantDetail) load(id string) {
	load(d.loader, func(ctx context.Context) (plots.Actogram, error) { return readActogram(ctx, d.w.wb, id) },
		func(a plots.Actogram, err error) {
			if err != nil {
				d.w.fail("Reading the recording", err)
				return
			}
			a.Colors = d.w.prefs.colors()
			d.small.SetChart(a)
		})
}

// recordings is what views need to read one recording.
type recordings interface {
	Recording(ctx context.Context, id string) (*actigraphy.Recording, error)
}

func readActogram(ctx context.Context, from recordings, id string) (plots.Actogram, error) {
	r, err := from.Recording(ctx, id)
	if err != nil {
		return plots.Actogram{}, err
	}
	return plots.NewActogram(r)
}

// smallActogram is how high a small actogram is: two weeks fit.
const smallActogram = 170

func (d *participantDetail) page(r app.Row) fyne.CanvasObject {
	open := widget.NewButtonWithIcon("Actogram", theme.NewThemedResource(look.IconActivity), func() { d.w.goTo(activityPlace) })
	rename := widget.NewButtonWithIcon("Rename ...", theme.DocumentCreateIcon(), func() { d.w.askRename(r.Subject) })
	remove := widget.NewButtonWithIcon("Delete ...", theme.DeleteIcon(), func() { d.w.askDelete([]string{r.Subject}) })
	column := look.Column(look.S,
		look.NewShortText(r.Subject, look.Heading),
		look.NewShortText(r.Device, look.Muted),
		look.AtLeast(0, smallActogram, d.small),
		container.NewHBox(open, rename, remove),
	)
	for _, warning := range prepare.Warnings(r.Info) {
		column.Add(note(warning))
	}
	column.Add(section("Recording", controls.NewFacts(
		controls.Fact{Name: "Start", Value: startOf(r.Start) + zoneOf(r.Start)},
		controls.Fact{Name: "Length", Value: fmt.Sprintf("%s, %s", length(r.Epochs, r.Epoch), count(r.Days, "complete day"))},
		controls.Fact{Name: "Epochs", Value: fmt.Sprintf("%s of %s", thousands(r.Epochs), actigraphy.InWords(r.Epoch))},
		controls.Fact{Name: "Not recorded", Value: fmt.Sprintf("%d (%s)", r.Missing, share(r.Missing, r.Epochs))},
		controls.Fact{Name: "Wear", Value: wearWords(r.Wear(), r.ValidDay, len(r.WornDays))},
		controls.Fact{Name: "Unit", Value: r.Unit.String()},
		controls.Fact{Name: "Worn at", Value: r.Site},
		controls.Fact{Name: "Channels", Value: strings.Join(r.Channels, ", ")},
		controls.Fact{Name: "Embedded", Value: embeddedWith(r)},
	)))
	if r.Start.HasDate() {
		column.Add(d.zoned)
	}
	if len(r.Scores) > 0 {
		column.Add(section("Scores", look.Column(look.XS, controls.NewFacts(scoreFacts(r.Scores)...), quiet(scoreCaution))))
	}
	if facts := variableFacts(r.Values); len(facts) > 0 {
		column.Add(section("Tables of participants", controls.NewFacts(facts...)))
	}
	column.Add(d.measured)
	column.Add(section("Source", controls.NewFacts(
		controls.Fact{Name: "File", Value: r.Source.Name},
		controls.Fact{Name: "Format", Value: r.Source.Format},
		controls.Fact{Name: "Channel", Value: r.Source.Channel},
		controls.Fact{Name: "In the file", Value: r.Source.Subject},
		controls.Fact{Name: "SHA-256", Value: r.Source.SHA256, Mono: true},
	)))
	if len(r.Source.Notes) > 0 {
		notes := widget.NewLabel("• " + strings.Join(r.Source.Notes, "\n• "))
		notes.Wrapping = fyne.TextWrapWord
		notes.Selectable = true
		column.Add(section("What the reader decided", notes))
	}
	return column
}

func zoneOf(t actigraphy.LocalTime) string {
	switch zone, known := t.Zone(); {
	case known && zone.String() == "":
		return t.Clock().Format(" (UTC-07:00)")
	case known:
		return " (" + zone.String() + ")"
	case t.HasDate():
		return " (no zone known)"
	default:
		return ""
	}
}

// section puts a small heading over content.
func section(title string, content fyne.CanvasObject) fyne.CanvasObject {
	return look.Column(look.XS, look.InsetBy(look.S, 0, look.NewText(title, look.Strong)), look.InsetBy(0, -6, content))
}
