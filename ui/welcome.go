package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// welcome is the page without a library: three ways in.
type welcome struct {
	w      *Window
	root   fyne.CanvasObject
	recent *fyne.Container
}

func newWelcome(w *Window) *welcome {
	p := &welcome{w: w, recent: look.Column(0)}
	sample := way{
		icon: look.IconSample, title: "Open the sample library", button: "Open the sample",
		text: "47 people of NHANES 2003-2006, a week each, ship with the program. Try everything on them in a minute.", tapped: w.openSample,
	}
	files := way{
		icon: look.IconImport, title: "Drop your files", button: "Import files ...",
		text: "Drop recordings or folders anywhere on this window. The reader is chosen by content, whatever the file is called.", tapped: func() { w.showImport(nil) },
	}
	library := way{
		icon: look.IconLibrary, title: "Open a library", button: "Open ...",
		text: "A library is one study in one file: its recordings, embeddings and choices. Or make a new, empty one.", tapped: w.askOpen,
		second: widget.NewButton("New ...", w.askNew),
	}
	ways := look.Grid(3, sample.card(widget.HighImportance), files.card(widget.MediumImportance), library.card(widget.MediumImportance))
	var mark fyne.CanvasObject = look.Gap(0, 0)
	if w.opts.Icon != nil {
		image := canvas.NewImageFromResource(w.opts.Icon)
		image.FillMode = canvas.ImageFillContain
		image.SetMinSize(fyne.NewSize(64, 64))
		mark = image
	}
	head := look.Row(look.L, mark, container.NewCenter(look.Column(look.XS,
		look.NewText("Circascope", look.Heading),
		look.NewText("Wrist actigraphy on your own machine: import, look, embed with PAT, export.", look.Muted))))
	p.root = container.NewCenter(look.AtLeast(940, 0, look.Column(look.XL, head, ways, p.recent)))
	return p
}

// way is one way in.
type way struct {
	icon                *theme.ThemedResource
	title, text, button string
	tapped              func()
	second              fyne.CanvasObject
}

func (v way) card(importance widget.Importance) fyne.CanvasObject {
	icon := canvas.NewImageFromResource(theme.NewPrimaryThemedResource(v.icon))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSize(32, 32))
	text := widget.NewLabel(v.text)
	text.Wrapping = fyne.TextWrapWord
	button := widget.NewButton(v.button, v.tapped)
	button.Importance = importance
	foot := look.Row(look.S, button)
	if v.second != nil {
		foot.Add(v.second)
	}
	body := container.NewBorder(
		look.Column(look.S, container.NewHBox(icon), look.NewText(v.title, look.Subheading)),
		foot, nil, nil, look.InsetBy(0, -6, text))
	return controls.NewCard(look.AtLeast(0, 176, body))
}

func (p *welcome) content() fyne.CanvasObject { return p.root }

func (p *welcome) wants(e app.Event) bool { return e == app.LibraryChanged }

// refresh lists the libraries opened last.
func (p *welcome) refresh() {
	p.recent.RemoveAll()
	for i, path := range p.w.wb.Recent() {
		if i == 0 {
			p.recent.Add(look.NewText("Recent libraries", look.Strong))
		}
		if i == 5 {
			break
		}
		link := widget.NewButtonWithIcon(shortPath(path), theme.StorageIcon(), func() { p.w.openLibrary(path) })
		link.Importance = widget.LowImportance
		link.Alignment = widget.ButtonAlignLeading
		p.recent.Add(link)
	}
	p.recent.Refresh()
}
