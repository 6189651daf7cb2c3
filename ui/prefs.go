package ui

import (
	"fyne.io/fyne/v2"

	"circascope/plots"
	"circascope/ui/look"
)

// prefs is what the window remembers between starts.
type prefs struct{ store fyne.Preferences }

const (
	prefWidth      = "window.width"
	prefHeight     = "window.height"
	prefPage       = "page"
	prefLibrary    = "library"
	prefRecording  = "recording"
	prefMode       = "theme"
	prefColors     = "actogram.colors"
	prefLinear     = "actogram.linear"
	prefDouble     = "actogram.double"
	prefWear       = "actogram.wear"
	prefScoring    = "actogram.scoring"
	prefRest       = "actogram.rest"
	prefAverage    = "actogram.average"
	prefWindows    = "actogram.windows"
	prefCosinor    = "actogram.cosinor"
	prefSide       = "actogram.side"
	prefDiary      = "diary"
	prefDefinition = "measures.set"
	prefBeside     = "measures.beside"
	prefOpen       = "measures.open"
	prefCohort     = "cohort.columns"
	prefCohortView = "cohort.view"
	prefCohortBy   = "cohort.groups"
	prefCohortX    = "cohort.x"
	prefCohortY    = "cohort.y"

	prefComponentDays  = "cohort.components.days"
	prefComponentScale = "cohort.components.scale"
	prefComponentCount = "cohort.components.count"
	prefComponentLeast = "cohort.components.least"
	prefModel          = "embeddings.model"
	prefColorBy        = "embeddings.colour"
	prefExplain        = "explain.view"
	prefVariables      = "participants.variables"
	prefFolder         = "folder"
	prefChartStyle     = "export.style"
	prefDPI            = "export.dpi"
	prefExports        = "export.folder"
)

func (p prefs) size() fyne.Size {
	return fyne.NewSize(
		float32(p.store.FloatWithFallback(prefWidth, 1280)),
		float32(p.store.FloatWithFallback(prefHeight, 800)))
}

func (p prefs) setSize(s fyne.Size) {
	p.store.SetFloat(prefWidth, float64(s.Width))
	p.store.SetFloat(prefHeight, float64(s.Height))
}

func (p prefs) mode() look.Mode {
	return look.Mode(p.store.StringWithFallback(prefMode, string(look.System)))
}

// colors returns the colour map of actograms; a name that is no longer known
// gives the default.
func (p prefs) colors() *plots.ColorMap {
	m, err := plots.ColorMapByName(p.store.String(prefColors))
	if err != nil {
		return plots.Cividis
	}
	return m
}
