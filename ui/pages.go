package ui

// makePages builds every page once.
func (w *Window) makePages() {
	w.pages[welcomePlace] = newWelcome(w)
	w.pages[participantsPlace] = newParticipants(w)
	w.pages[activityPlace] = newActivity(w)
	w.pages[measuresPlace] = newMeasuresPage(w)
	w.pages[cohortPlace] = newCohortPage(w)
	w.pages[embeddingsPlace] = newEmbeddings(w)
	w.pages[comparePlace] = newCompare(w)
	w.pages[explainPlace] = newExplain(w)
	w.pages[modelsPlace] = newModelsPage(w)
	w.pages[jobsPlace] = newJobs(w)
}

// revisit has a page read again what it shows, now or when it comes up.
func (w *Window) revisit(p place) {
	w.stale[p] = true
	if w.at == p {
		w.refreshIfStale()
	}
}
