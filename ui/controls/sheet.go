package controls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"circascope/ui/look"
)

// Sheet is a dialog over the window: a title, content, and one action that Enter
// confirms. Escape closes it.
type Sheet struct {
	Confirm *Button // nil where there is nothing to confirm
	Dismiss *Button

	canvas fyne.Canvas
	popup  *widget.PopUp
	before func(*fyne.KeyEvent)
	closed func()
}

// SheetOptions say what a sheet offers.
type SheetOptions struct {
	Title   string
	Confirm string // text of the action; "" for none
	Dismiss string // "" for "Cancel", or "Close" where there is no action
	Danger  bool   // the action destroys something
	Width   float32
	Height  float32 // 0: as much as the content needs
	OnYes   func()  // the action; it closes the sheet itself where it is done
	OnClose func()
	Extra   []fyne.CanvasObject // beside the buttons, on the left
}

// ShowSheet shows content over the window.
func ShowSheet(window fyne.Window, content fyne.CanvasObject, o SheetOptions) *Sheet {
	s := &Sheet{canvas: window.Canvas(), closed: o.OnClose}
	title := look.NewText(o.Title, look.Subheading)
	page := container.NewBorder(
		title, s.buttons(o), nil, nil,
		look.InsetBy(look.M, 0, content))
	s.popup = widget.NewModalPopUp(look.Inset(look.M, page), s.canvas)
	s.fit(o)
	s.before = s.canvas.OnTypedKey()
	s.canvas.SetOnTypedKey(s.typed)
	s.popup.Show()
	s.focusButton()
	return s
}

// fit makes the sheet as large as its content needs and the window allows. Text
// that wraps knows its height only at its width: so twice.
func (s *Sheet) fit(o SheetOptions) {
	room := s.canvas.Size()
	for range 2 {
		need := s.popup.MinSize()
		s.popup.Resize(fyne.NewSize(min(max(need.Width, o.Width), room.Width-look.XL), min(max(need.Height, o.Height), room.Height-look.XL)))
	}
}

func (s *Sheet) buttons(o SheetOptions) fyne.CanvasObject {
	dismiss := o.Dismiss
	switch {
	case dismiss != "":
	case o.Confirm == "":
		dismiss = "Close"
	default:
		dismiss = "Cancel"
	}
	s.Dismiss = NewButton(dismiss, nil, s.Close)
	row := look.Row(look.S, o.Extra...)
	row.Add(layout.NewSpacer())
	row.Add(s.Dismiss)
	if o.Confirm != "" {
		s.Confirm = NewButton(o.Confirm, nil, o.OnYes)
		s.Confirm.Importance = widget.HighImportance
		if o.Danger {
			s.Confirm.Importance = widget.DangerImportance
		}
		row.Add(s.Confirm)
	}
	return row
}

func (s *Sheet) focusButton() {
	if s.Confirm != nil && !s.Confirm.Disabled() {
		s.canvas.Focus(s.Confirm)
		return
	}
	s.canvas.Focus(s.Dismiss)
}

// Focus gives an input of the sheet the keyboard: Enter confirms.
func (s *Sheet) Focus(e *Entry) {
	e.OnSubmitted = func(string) {
		if s.Confirm != nil && !s.Confirm.Disabled() {
			s.Confirm.OnTapped()
		}
	}
	s.canvas.Focus(e)
	e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) // typing replaces what is proposed
}

// Close takes the sheet away.
func (s *Sheet) Close() {
	if !s.popup.Visible() {
		return
	}
	s.popup.Hide()
	s.canvas.SetOnTypedKey(s.before)
	if s.closed != nil {
		s.closed()
	}
}

func (s *Sheet) typed(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		s.Close()
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.Confirm != nil && !s.Confirm.Disabled() {
			s.Confirm.OnTapped()
		}
	}
}
