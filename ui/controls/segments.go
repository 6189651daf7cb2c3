package controls

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// Segments is a row of buttons of which one is on, for a handful of choices.
type Segments struct {
	Content  *fyne.Container
	OnChange func(choice string)

	choices []string
	buttons []*widget.Button
	chosen  string
}

// NewSegments returns the choices with the first one on.
func NewSegments(choices ...string) *Segments {
	s := &Segments{choices: choices, Content: look.Row(2)}
	for _, c := range choices {
		b := widget.NewButton(c, func() { s.tap(c) })
		s.buttons = append(s.buttons, b)
		s.Content.Add(container.NewStack(b))
	}
	s.Set(choices[0])
	return s
}

// Chosen returns the choice that is on.
func (s *Segments) Chosen() string { return s.chosen }

// Set turns a choice on without calling OnChange; one that is not offered
// changes nothing.
func (s *Segments) Set(choice string) {
	if !slices.Contains(s.choices, choice) {
		return
	}
	s.chosen = choice
	for i, b := range s.buttons {
		b.Importance = widget.MediumImportance
		if s.choices[i] == choice {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
}

func (s *Segments) tap(choice string) {
	if choice == s.chosen {
		return
	}
	s.Set(choice)
	if s.OnChange != nil {
		s.OnChange(choice)
	}
}
