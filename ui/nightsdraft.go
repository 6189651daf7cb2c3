package ui

import (
	"context"
	"strings"

	"circascope/actigraphy/rest"
	"circascope/app"
)

// begin begins to edit.
func (p *nightsPanel) begin() {
	if p.recording == nil || p.editing {
		return
	}
	p.editing, p.reason = true, ""
	if p.chosen < 0 {
		p.chosen = min(0, len(p.edits.Now())-1)
		p.edge = rest.Begin
	}
	p.editor.SetEditing(true)
	p.switched()
	p.settle()
	p.editor.Reveal()
	p.w.focus(p.editor)
}

// stop leaves the editor.
func (p *nightsPanel) stop() {
	p.problem.SetText("")
	if p.editing {
		p.editing = false
		p.editor.SetEditing(false)
		p.switched()
	}
}

// drop gives the changes up.
func (p *nightsPanel) drop() {
	p.stop()
	p.reload()
}

// draft returns the changes that would be lost.
func (p *nightsPanel) draft() *draft {
	if !p.editing || p.storing || !p.edits.Changed() {
		return nil
	}
	return &draft{
		title: "Save the rest periods?", text: "Those of " + p.recording.Subject + " were changed and are not saved: " + editWords(p.edits.Changes()) + ".",
		save: func(reason string, then, stay func()) { p.keepEdits(reason, then, stay) }, drop: p.drop,
	}
}

// stored calls then when nothing is being stored.
func (p *nightsPanel) stored(then func()) { p.done.when(!p.storing, then) }

// askCancel leaves the editor; with changes, it asks first.
func (p *nightsPanel) askCancel() {
	if p.draft() == nil {
		p.drop()
		return
	}
	p.w.leave(func() {
		if p.editing { // not where they were saved
			p.drop()
		}
	}, func() { p.w.focus(p.editor) })
}

func (p *nightsPanel) askSave() {
	if !p.edits.Changed() || p.storing {
		return
	}
	p.w.askLine("Save the rest periods?", sentence(editWords(p.edits.Changes()))+". Measures of nights then take them. The reason, if you give one, is kept with the change, with your name and the time.", p.reason, "Save",
		func(reason string) (func(), error) {
			return func() { p.keepEdits(reason, func() {}, nil) }, nil
		})
}

func (p *nightsPanel) keepEdits(reason string, then, stay func()) {
	was, list := p.rest, p.edits.Now()
	p.keep("Saving the rest periods", true, func(ctx context.Context) error {
		return p.w.wb.ChangeRest(ctx, was, list, app.By{Reason: strings.TrimSpace(reason)})
	}, then, stay)
}

func (p *nightsPanel) askReset() {
	id := p.rest.Recording.ID
	p.w.askLine("Take the changes by hand off?", "The diary or the algorithm counts again. The history of the changes stays in the library: any state of it can be brought back. The reason, if you give one, is kept with it.", "", "Take off",
		func(reason string) (func(), error) {
			return func() {
				p.keep("Taking the changes off", false, func(ctx context.Context) error {
					return p.w.wb.RemoveRest(ctx, id, app.By{Reason: strings.TrimSpace(reason)})
				}, func() {}, nil)
			}, nil
		})
}

// keep stores a change and shows what came of it; what could not be stored stays in
// the editor, and stay, which may be nil, is called in place of then.
func (p *nightsPanel) keep(doing string, manual bool, work func(context.Context) error, then, stay func()) {
	r := p.recording
	p.storing = true
	p.settle()
	p.w.background(work, func(err error) {
		p.storing = false
		if err != nil {
			p.done.forget()
			p.settle()
			p.w.fail(doing, err)
			if stay != nil {
				stay()
			}
			return
		}
		if p.recording == r {
			p.stop()
			p.saved(manual)
			p.reload()
		}
		then()
		p.done.all()
	})
}
