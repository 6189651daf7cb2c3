package ui

import (
	"fyne.io/fyne/v2"

	"circascope/app"
)

// page is one place of the window. Its methods run on the window's goroutine.
type page interface {
	// content is what is shown; always the same object.
	content() fyne.CanvasObject
	// refresh reads what the page shows again. It is called when the page comes
	// up, and while it is up after each event it asked for.
	refresh()
	// wants reports whether an event changes what the page shows.
	wants(app.Event) bool
}

// exporting is a page whose charts and tables can be written to files.
type exporting interface {
	exports() []exportItem
}

// searching is a page with a search field; Ctrl+F goes there.
type searching interface {
	search()
}

// stepping is a page on which the arrow keys go from one participant to the next.
type stepping interface {
	step(by int)
}

// live is a page of which a part follows events by itself while it is up.
type live interface {
	follow(events map[app.Event]bool)
}
