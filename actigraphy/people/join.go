package people

import "strings"

// Member is a participant of a library.
type Member struct {
	Label   string   // in the library
	Sources []string // in the files of the recordings
}

// Report says who is in a table and not in a library, and the reverse.
type Report struct {
	Both        []string `json:"both"`         // participants of the library, by their labels
	OnlyTable   []string `json:"only_table"`   // as the table names them
	OnlyLibrary []string `json:"only_library"` // participants of the library
	Alike       []Alike  `json:"alike"`        // of those, what differs in zeros and signs alone
}

// Alike is two names that are not joined and may be of one person: "7" and "007",
// where a spreadsheet dropped the zeros, or "A-7" and "A 7".
type Alike struct {
	Table   string `json:"table"`
	Library string `json:"library"`
}

// Index finds the rows of a table with one row a person.
type Index map[string]int

// NewIndex returns the index of rows.
func NewIndex(rows []Person) Index {
	x := make(Index, len(rows))
	for i, p := range rows {
		x[Fold(p.ID)] = i
	}
	return x
}

// Find returns the row of a participant: that of their label, else that of the name
// in one of their files.
func (x Index) Find(m Member) (row int, ok bool) {
	if row, ok = x[Fold(m.Label)]; ok {
		return row, true
	}
	for _, s := range m.Sources {
		if row, ok = x[Fold(s)]; ok {
			return row, true
		}
	}
	return 0, false
}

// Compare says how the people of a table, who may have several rows, are those of a
// library.
func Compare(rows []Person, members []Member) Report {
	r := Report{Both: []string{}, OnlyTable: []string{}, OnlyLibrary: []string{}, Alike: []Alike{}}
	index, told := NewIndex(rows), map[string]bool{}
	near := map[string]string{}
	for _, m := range members {
		if row, ok := index.Find(m); ok {
			told[Fold(rows[row].ID)] = true
			r.Both = append(r.Both, m.Label)
			continue
		}
		r.OnlyLibrary = append(r.OnlyLibrary, m.Label)
		for _, name := range append(m.Sources, m.Label) {
			near[bare(name)] = m.Label
		}
	}
	for _, p := range rows {
		if told[Fold(p.ID)] {
			continue
		}
		told[Fold(p.ID)] = true
		r.OnlyTable = append(r.OnlyTable, p.ID)
		if label, ok := near[bare(p.ID)]; ok && bare(p.ID) != "" {
			r.Alike = append(r.Alike, Alike{p.ID, label})
		}
	}
	return r
}

// bare reduces a name to letters and digits, without the zeros before a number.
func bare(name string) string {
	var b strings.Builder
	digits := false
	for _, c := range strings.ToLower(name) {
		switch {
		case c == '0' && !digits:
			continue // of a number that has not begun
		case '0' <= c && c <= '9':
			digits = true
		case c == ' ' || c == '-' || c == '_' || c == '.' || c == '/':
			digits = false
			continue
		default:
			digits = false
		}
		b.WriteRune(c)
	}
	return b.String()
}
