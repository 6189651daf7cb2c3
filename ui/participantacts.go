package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// menu opens the menu of a row.
func (p *participants) menu(row int, at fyne.Position) {
	marked := p.w.study.markedIDs()
	subjects := p.w.study.subjects(marked)
	subject := p.shown[row].Subject
	items := []*fyne.MenuItem{
		fyne.NewMenuItem("Show the actogram", func() { p.w.goTo(activityPlace) }),
		fyne.NewMenuItem("Explain an embedding", func() { p.w.goTo(explainPlace) }),
		fyne.NewMenuItem("Run PAT on "+count(len(marked), "recording")+" ...", p.w.showRun),
		fyne.NewMenuItem("Time zone of "+subject+" ...", func() { p.w.showZone(p.shown[row]) }),
		fyne.NewMenuItem("Copy the table", p.w.copyTable),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Rename "+subject+" ...", func() { p.w.askRename(subject) }),
		fyne.NewMenuItem("Keep this recording apart ...", func() { p.w.askSplit(p.shown[row].ID, subject) }),
		fyne.NewMenuItem("Delete "+count(len(subjects), "participant")+" ...", func() { p.w.askDelete(subjects) }),
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.w.win.Canvas(), at)
}

// askRename gives a participant another name.
func (w *Window) askRename(subject string) {
	w.askLine("Rename "+subject, "The name in the library. The id in the source file stays with the recording.", subject, "Rename",
		func(name string) (func(), error) {
			name = strings.TrimSpace(name)
			switch {
			case name == "":
				return nil, errors.New("type a name")
			case name == subject:
				return nil, nil
			case w.study.recordingsOf(name) > 0:
				return func() { w.askMerge(subject, name) }, nil
			}
			return func() {
				w.inLibrary("Renaming "+subject, func(ctx context.Context) error { return w.wb.RenameSubject(ctx, subject, name) })
			}, nil
		})
}

// askMerge gives the recordings of a participant to another after a question.
func (w *Window) askMerge(from, into string) {
	w.ask(question{
		title: "Are " + from + " and " + into + " one person?", yes: "Merge them", danger: true,
		text: fmt.Sprintf("There is a participant %s already. Merged, %s gets %s of %s, who is no participant any more. Embeddings and masks stay with the recordings.",
			into, into, count(w.study.recordingsOf(from), "recording"), from),
		then: func() {
			w.inLibrary("Merging "+from+" into "+into, func(ctx context.Context) error {
				_, err := w.wb.MergeSubjects(ctx, from, into)
				return err
			})
		},
	})
}

// askSplit gives a recording to a participant of a new name: the visits of a person
// are kept apart so.
func (w *Window) askSplit(recording, subject string) {
	w.askLine("Keep this recording of "+subject+" apart", "It becomes that of a participant of another name, as for a second visit. What tables tell of "+subject+" holds for both.",
		subject+" visit 2", "Keep apart",
		func(name string) (func(), error) {
			name = strings.TrimSpace(name)
			if name == "" {
				return nil, errors.New("type a name")
			}
			if w.study.recordingsOf(name) > 0 {
				return nil, fmt.Errorf("there is a participant %s already; choose another name, or rename %s to merge them", name, subject)
			}
			return func() {
				w.inLibrary("Keeping the recording apart", func(ctx context.Context) error { return w.wb.MoveRecording(ctx, recording, name) })
			}, nil
		})
}

// askDelete deletes participants after a question.
func (w *Window) askDelete(subjects []string) {
	if len(subjects) == 0 {
		return
	}
	who := subjects[0]
	if len(subjects) > 1 {
		who = count(len(subjects), "participant")
	}
	w.ask(question{
		title: "Delete " + who + "?", yes: "Delete", danger: true,
		text: "Their recordings and all embeddings go from the library for good. The files they came from are not touched.",
		then: func() {
			w.inLibrary("Deleting", func(ctx context.Context) error {
				for _, s := range subjects {
					if _, err := w.wb.DeleteSubject(ctx, s); err != nil {
						return err
					}
				}
				return nil
			})
		},
	})
}
