package ui

import (
	"context"
	"errors"
	"strings"

	"circascope/actigraphy/wear"
	"circascope/app"
)

// maskSave is an edit that waits to be stored.
type maskSave struct {
	recording string
	act       wear.Act
	list      []wear.Interval
	reason    string
}

// busy reports whether edits wait to be stored.
func (p *wearPanel) busy() bool { return p.saving || len(p.saves) > 0 }

// stored calls then when no edit waits to be stored any more.
func (p *wearPanel) stored(then func()) { p.done.when(!p.busy(), then) }

// painted hears of a stretch of cells drawn as not worn, or declared worn.
func (p *wearPanel) painted(from, to int, worn bool) {
	r := p.recording
	if r == nil {
		return
	}
	if p.reason == "" {
		p.askReason(func() {
			if p.recording == r {
				p.painted(from, to, worn)
			}
		})
		return
	}
	stretches := p.laidOut.Epochs(from, to)
	act := wear.Drawn
	for i := range stretches {
		stretches[i].Worn = worn
	}
	if worn {
		act = wear.Erased
	}
	if p.edits.Paint(stretches...) {
		p.save(act)
	}
}

// askReason asks, once a recording, why its mask is changed by hand.
func (p *wearPanel) askReason(then func()) {
	p.w.askLine("Why is the mask changed?", "The reason is kept with every change by hand on this recording, with your name and the time. It is asked once.", "", "Draw",
		func(text string) (func(), error) {
			if strings.TrimSpace(text) == "" {
				return nil, errors.New("a few words, for example: taken off for a shower, by the diary")
			}
			p.reason = strings.TrimSpace(text)
			return then, nil
		})
}

func (p *wearPanel) undoEdit() {
	if p.edits.Undo() {
		p.save(wear.Undone)
	}
}

func (p *wearPanel) redoEdit() {
	if p.edits.Redo() {
		p.save(wear.Redone)
	}
}

// save shows the edits at once and stores them in the order they were made, one
// after the other.
func (p *wearPanel) save(act wear.Act) {
	p.saves = append(p.saves, maskSave{p.recording.ID(), act, p.edits.Now(), p.reason})
	p.settle()
	p.redraw()
	p.nextSave()
}

func (p *wearPanel) nextSave() {
	if p.saving {
		return
	}
	if len(p.saves) == 0 {
		p.reload()
		p.done.all()
		return
	}
	next := p.saves[0]
	p.saves, p.saving = p.saves[1:], true
	background(p.w.tasks, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.w.wb.DrawMask(ctx, next.recording, next.act, next.list, app.By{Reason: next.reason})
	}, func(_ struct{}, err error) {
		p.saving = false
		if err != nil {
			p.saves = nil // what was drawn on top of it goes with it
			p.done.forget()
			p.w.fail("Storing the mask", err)
		}
		p.nextSave()
	})
}
