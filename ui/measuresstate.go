package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/controls"
	"circascope/ui/look"
)

// measuresState is the line over the measures: what is being computed, with its
// progress, or what the marks mean.
type measuresState struct {
	content  fyne.CanvasObject
	words    *look.Text
	progress *widget.ProgressBar
	bar      fyne.CanvasObject
	cancel   *controls.Button
	again    *controls.Button
	fold     *controls.Button
}

func newMeasuresState(cancel, again, fold func()) *measuresState {
	s := &measuresState{
		words: look.NewShortText("", look.Muted), progress: widget.NewProgressBar(),
		cancel: controls.NewButton("Stop", nil, cancel), again: controls.NewButton("", nil, again),
		fold: controls.NewButton("", nil, fold),
	}
	s.bar = container.NewCenter(look.AtLeast(160, 0, s.progress))
	right := look.Row(look.S, s.bar, s.cancel, s.again, s.fold)
	s.content = container.NewBorder(nil, nil, look.Gap(0, 30), right, container.NewVBox(look.InsetBy(7, 0, s.words)))
	s.set("", false, "")
	return s
}

func (s *measuresState) set(words string, busy bool, again string) {
	s.words.SetText(words)
	show(s.bar, busy)
	show(s.cancel, busy)
	show(s.again, again != "")
	if again != "" {
		s.again.SetText(again)
	}
}

// folds names the button that opens all groups, or folds them; a search, which opens
// what it finds, has none.
func (s *measuresState) folds(allOpen, shown bool) {
	show(s.fold, shown)
	if allOpen {
		s.fold.SetText("Fold all")
	} else {
		s.fold.SetText("Open all")
	}
}

// busy shows what is computed; done is from 0 to 1.
func (s *measuresState) busy(words string, done float64) {
	s.progress.SetValue(done)
	s.set(words, true, "")
}

// stopped says why nothing more comes, with a way to go on.
func (s *measuresState) stopped(words, again string) { s.set(words, false, again) }

// idle says what the marks mean.
func (s *measuresState) idle(words string) { s.set(words, false, "") }
