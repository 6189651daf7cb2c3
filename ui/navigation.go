package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"circascope/ui/controls"
	"circascope/ui/look"
)

// place names a page of the window.
type place string

// The places of the rail, in its order.
const (
	welcomePlace      place = "welcome"
	participantsPlace place = "participants"
	activityPlace     place = "activity"
	measuresPlace     place = "measures"
	cohortPlace       place = "cohort"
	embeddingsPlace   place = "embeddings"
	comparePlace      place = "compare"
	explainPlace      place = "explain"
	modelsPlace       place = "models"
	jobsPlace         place = "jobs"
)

// railPlaces lists the places that have an item in the rail; Ctrl+1 to Ctrl+9 go
// there.
func railPlaces() []place {
	return []place{participantsPlace, activityPlace, measuresPlace, cohortPlace, embeddingsPlace, comparePlace, explainPlace, modelsPlace, jobsPlace}
}

var placeNames = map[place]string{
	welcomePlace: "Welcome", participantsPlace: "Participants", activityPlace: "Activity", measuresPlace: "Measures",
	cohortPlace: "Cohort", embeddingsPlace: "Embeddings", comparePlace: "Compare", explainPlace: "Explain", modelsPlace: "Models", jobsPlace: "Jobs",
}

var placeIcons = map[place]*theme.ThemedResource{
	participantsPlace: look.IconParticipants, activityPlace: look.IconActivity, measuresPlace: look.IconMeasures, cohortPlace: look.IconCohort, embeddingsPlace: look.IconEmbeddings,
	comparePlace: look.IconCompare, explainPlace: look.IconExplain, modelsPlace: look.IconModels, jobsPlace: look.IconJobs,
}

// rail is the navigation at the left.
type rail struct {
	content fyne.CanvasObject
	items   map[place]*controls.RailItem
}

func newRail(goTo func(place), library, settings, help func()) *rail {
	r := &rail{items: map[place]*controls.RailItem{}}
	column := look.Column(0)
	column.Add(controls.NewRailItem(look.IconLibrary, "Library", library))
	column.Add(look.InsetBy(look.XS, look.M, newLine()))
	for _, p := range railPlaces() {
		item := controls.NewRailItem(placeIcons[p], placeNames[p], func() { goTo(p) })
		r.items[p] = item
		column.Add(item)
	}
	foot := look.Column(0,
		controls.NewRailItem(theme.SettingsIcon(), "Settings", settings),
		controls.NewRailItem(theme.QuestionIcon(), "Help", help))
	body := container.NewBorder(nil, foot, nil, nil, column)
	r.content = controls.NewSurface(look.ColorChrome, "", 0, look.InsetBy(look.XS, 0, body))
	return r
}

func (r *rail) show(at place) {
	for p, item := range r.items {
		item.SetOn(p == at)
	}
}

// newLine is a thin line across.
func newLine() fyne.CanvasObject {
	return controls.NewSurface(theme.ColorNameSeparator, "", 0, look.Gap(1, 1))
}

// newPage puts a head over a body: the title at the left, tools at the right.
func newPage(title fyne.CanvasObject, tools []fyne.CanvasObject, body fyne.CanvasObject) fyne.CanvasObject {
	right := look.Row(look.S, tools...)
	head := container.NewBorder(nil, nil, nil, container.NewCenter(right), title)
	return container.NewBorder(look.InsetBy(look.M, look.L, head), nil, nil, nil, body)
}

// pageTitle is a heading with a line under it that may change.
type pageTitle struct {
	content  fyne.CanvasObject
	subtitle *look.Text
	badge    *controls.Surface
}

func newPageTitle(title string) *pageTitle {
	t := &pageTitle{subtitle: look.NewShortText("", look.Muted), badge: controls.NewBadge("demo weights")}
	t.badge.Hide()
	head := look.Row(look.S, look.NewText(title, look.Heading), container.NewCenter(t.badge))
	t.content = look.Column(0, head, t.subtitle)
	return t
}

// set changes the line under the title and whether the demo badge shows.
func (t *pageTitle) set(subtitle string, demo bool) {
	t.subtitle.SetText(subtitle)
	if demo {
		t.badge.Show()
	} else {
		t.badge.Hide()
	}
}
