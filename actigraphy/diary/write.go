package diary

// Header are the names of the columns of a diary of our own, which package
// diaryfile reads: evening is the name of a night, and is passed over there.
func Header() []string {
	return []string{"participant", "kind", "evening", "start", "end", "lights off", "wake", "note"}
}

// Row are the cells of an entry under Header.
func (e Entry) Row() []string {
	row := []string{e.Subject, string(e.Kind), "", e.From.String(), e.To.String(), e.Asleep.String(), e.Awake.String(), e.Note}
	if e.Kind == Night {
		row[2] = e.Evening()
	}
	return row
}
