package ui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/prepare"
	"circascope/app"
	"circascope/models"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// showRunReport shows what a run did: at once the projection where all went
// well, else the problems first.
func (w *Window) showRunReport(r app.RunReport) {
	if len(r.Problems) == 0 {
		w.goTo(embeddingsPlace)
		return
	}
	table := controls.NewTable([]controls.Column{{Title: "Participant", Width: 110}, {Title: "From", Width: 150}, {Title: "Why no week", Width: 300, Stretch: 1}})
	table.Cell = func(row, column int) controls.Cell {
		p := r.Problems[row]
		return controls.Cell{Text: []string{p.Subject, strings.Replace(p.Start, "T", " ", 1), p.Reason}[column]}
	}
	reason := widget.NewLabel("Choose a recording to read its reason in full.")
	reason.Wrapping, reason.Selectable = fyne.TextWrapWord, true
	table.OnSelect = func(lead int, _ []int) { reason.SetText(r.Problems[lead].Reason) }
	table.SetRows(len(r.Problems))
	took := duration(time.Duration(r.Seconds * float64(time.Second)))
	head := look.Column(look.XS, look.NewText(fmt.Sprintf("%s, in %s", r.Summary(), took), look.Body))
	if r.Demo {
		head.Add(container.NewHBox(controls.NewBadge("demo weights")))
	}
	head.Add(runNotes(r.Notes))
	controls.ShowSheet(w.win, container.NewBorder(head, look.AtLeast(0, 60, reason), nil, nil, look.AtLeast(0, 200, table.Content)), controls.SheetOptions{
		Title: "Run finished", Width: 820, Height: 460, OnClose: func() {
			if r.Done+r.Skipped > 0 {
				w.goTo(embeddingsPlace)
			}
		},
	})
}

// runNotes tells what is to be known of a run. Devices of many kinds make many notes:
// those scroll, and leave room for the recordings that have no week.
func runNotes(notes []string) fyne.CanvasObject {
	const most = 3
	column := look.Column(look.XS)
	for _, n := range notes {
		column.Add(quiet(n))
	}
	if len(notes) <= most {
		return column
	}
	scroll := container.NewVScroll(column)
	scroll.SetMinSize(fyne.NewSize(0, 150))
	return scroll
}

// command returns the line of pat that does the same.
func (f *runForm) command() (string, error) {
	o, err := f.options()
	if err != nil {
		return "", err
	}
	words := []string{"pat", "run", "--model", strings.Join(sizeNames(o.Models), ",")}
	if lib, err := f.w.wb.Library(); err == nil {
		words = append(words, "--db", quoted(lib.Path()))
	}
	switch o.Scaler.Kind {
	case app.ScalerDefault:
	case app.ScalerStored:
		return "", errors.New("the command line takes a stored scaler only from a file: choose another scaler to copy the command")
	default:
		words = append(words, "--scaler", string(o.Scaler.Kind))
	}
	words = append(words, "--week-start", string(o.Prepare.WeekStart), "--missing", string(o.Prepare.Missing))
	if o.Prepare.Clock != prepare.WallFirst {
		words = append(words, "--clock", o.Prepare.Clock.Name())
	}
	if f.precision != nil && f.precision.SelectedIndex() > 0 {
		words = append(words, "--precision", o.Precision)
	}
	if o.AllowDemo {
		words = append(words, "--demo")
	}
	return strings.Join(append(words, o.Recordings.Arguments()...), " "), nil
}

func sizeNames(list []models.Size) []string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = string(s)
	}
	return names
}

// quoted protects a word from the shell.
func quoted(word string) string { return app.ShellWord(word) }
