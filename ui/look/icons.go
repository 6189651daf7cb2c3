package look

import (
	"embed"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// The window's own icons, drawn on a grid of 24, coloured by the theme.
var (
	IconParticipants = icon("participants")
	IconActivity     = icon("activity")
	IconMeasures     = icon("measures")
	IconCohort       = icon("cohort")
	IconEmbeddings   = icon("embeddings")
	IconCompare      = icon("compare")
	IconExplain      = icon("explain")
	IconModels       = icon("models")
	IconJobs         = icon("jobs")
	IconImport       = icon("import")
	IconExport       = icon("export")
	IconLibrary      = icon("library")
	IconSample       = icon("sample")
	IconRun          = icon("run")
)

func icon(name string) *theme.ThemedResource {
	file := name + ".svg"
	b, err := iconFiles.ReadFile("icons/" + file)
	if err != nil {
		panic("look: the icon " + name + " is not embedded: " + err.Error())
	}
	return theme.NewThemedResource(fyne.NewStaticResource(file, b))
}
