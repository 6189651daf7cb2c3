package ui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/protocol"
	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// protocolEnding is that of a study protocol's file.
const protocolEnding = ".toml"

// askSaveProtocol writes how the library is measured into a file.
func (w *Window) askSaveProtocol() {
	folder := w.lastFolder()
	w.askPath(pathQuestion{
		title: "Save the protocol", yes: "Save", start: folder, endings: []string{protocolEnding},
		text: "How this study is measured, as a small file that can be read, changed and shared: definition and parameters of the measures, " +
			"the valid day, non-wear and rest. 'Use protocol' and 'pat metrics' take it.",
		value: freeName(folder, "protocol", protocolEnding),
		then: func(path string) error {
			if exists(path) {
				return fmt.Errorf("%s exists already; choose another name", filepath.Base(path))
			}
			w.background(func(ctx context.Context) error {
				f, err := w.wb.CurrentProtocol(ctx)
				if err != nil {
					return err
				}
				return app.WriteProtocol(path, f)
			}, func(err error) {
				if w.fail("Saving the protocol", err) == nil {
					w.status.flash("Saved the protocol as " + shortPath(path))
				}
			})
			return nil
		},
	})
}

// askUseProtocol reads a protocol and shows what it would change.
func (w *Window) askUseProtocol() {
	w.askPath(pathQuestion{
		title: "Use a protocol", text: "A study protocol's file. What it changes is shown before anything is changed.",
		yes: "Show what it changes", start: w.lastFolder(), endings: []string{protocolEnding},
		then: func(path string) error {
			f, err := app.ReadProtocol(path)
			if err != nil {
				return err
			}
			w.planProtocol(f)
			return nil
		},
	})
}

// planProtocol shows what a protocol changes, and applies it where that is confirmed.
func (w *Window) planProtocol(f protocol.File) {
	background(w.tasks, func(ctx context.Context) (app.ProtocolPlan, error) { return w.wb.PlanProtocol(ctx, f) },
		func(plan app.ProtocolPlan, err error) {
			if err != nil {
				w.fail("Reading the protocol", err)
				return
			}
			w.offerProtocol(f, plan)
		})
}

func (w *Window) offerProtocol(f protocol.File, plan app.ProtocolPlan) {
	o := controls.SheetOptions{Title: "Protocol " + f.Name, Width: 640}
	content := []fyne.CanvasObject{quiet(protocolWords(f))}
	if len(plan.Changes) == 0 {
		content = append(content, wrapped("The library follows this protocol already: nothing changes."))
	} else {
		content = append(content, changesTable(plan.Changes))
	}
	for _, note := range plan.Notes {
		content = append(content, quiet(note))
	}
	var sheet *controls.Sheet
	if len(plan.Changes) > 0 {
		o.Confirm = "Apply"
		o.OnYes = func() {
			sheet.Close()
			w.applyProtocol(f)
		}
	}
	sheet = controls.ShowSheet(w.win, look.Column(look.S, content...), o)
}

// applyProtocol applies a protocol and says for which recordings its non-wear is not.
func (w *Window) applyProtocol(f protocol.File) {
	background(w.tasks, func(ctx context.Context) (app.DetectReport, error) { return w.wb.ApplyProtocol(ctx, f, app.By{}, nil) },
		func(report app.DetectReport, err error) {
			if errors.Is(err, context.Canceled) {
				w.status.flash("Stopped: the protocol was not applied, and nothing was changed")
			}
			if err != nil {
				w.fail("Applying the protocol", err)
				return
			}
			w.pages[participantsPlace].(*participants).detail.again()
			w.tellLeftOut(report)
		})
}

// protocolWords says in a sentence how a protocol measures.
func protocolWords(f protocol.File) string {
	measures := "every measure"
	if n := len(f.Measures); n > 0 {
		measures = count(n, "measure")
	}
	return fmt.Sprintf("It takes %s of the definition %s. SHA-256 %s.", measures, f.Definition, f.SHA256[:16])
}

// changesTable lists what is now and what will be.
func changesTable(list []app.ProtocolChange) fyne.CanvasObject {
	rows := []fyne.CanvasObject{container.NewGridWithColumns(3, widget.NewLabel(""), bold("Now"), bold("Then"))}
	for _, c := range list {
		rows = append(rows, container.NewGridWithColumns(3, wrapped(c.What), wrapped(c.From), wrapped(c.To)))
	}
	return container.NewVBox(rows...)
}

func bold(text string) *widget.Label {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}
