package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// Fact is a name and what it is.
type Fact struct {
	Name, Value string
	Mono        bool
}

// factNameWidth aligns the names of all facts of the window.
const factNameWidth float32 = 104

// NewFacts lists facts in two aligned columns; values wrap and can be selected
// and copied.
func NewFacts(facts ...Fact) fyne.CanvasObject {
	column := look.Column(0)
	for _, f := range facts {
		if f.Value == "" {
			continue
		}
		value := widget.NewLabel(f.Value)
		value.Wrapping = fyne.TextWrapWord
		if f.Mono {
			value.Wrapping = fyne.TextWrapBreak
		}
		value.TextStyle.Monospace = f.Mono
		value.Selectable = true
		name := look.InsetBy(6, 6, look.NewText(f.Name, look.Muted))
		column.Add(container.NewBorder(nil, nil, look.AtLeast(factNameWidth, 0, container.NewVBox(name)), nil, value))
	}
	return column
}
