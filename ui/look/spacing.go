package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// The spacing scale: every distance in the window is one of these.
const (
	XS float32 = 4
	S  float32 = 8
	M  float32 = 12
	L  float32 = 16
	XL float32 = 24
)

// Inset puts the same distance around content.
func Inset(all float32, content fyne.CanvasObject) fyne.CanvasObject {
	return InsetBy(all, all, content)
}

// InsetBy puts distances above and below, and left and right of content.
func InsetBy(vertical, horizontal float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(vertical, vertical, horizontal, horizontal), content)
}

// Column stacks objects with one distance between them.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Row puts objects side by side with one distance between them.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// Gap is an empty space of at least that size.
func Gap(width, height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}

// AtLeast gives content a minimum size.
func AtLeast(width, height float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(Gap(width, height), content)
}
