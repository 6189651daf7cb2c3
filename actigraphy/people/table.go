package people

// Table is a table of participants.
type Table struct {
	ID        string // the column that names participants
	Visit     string // the column that names visits, "" where there is none
	VisitType Type   // of that column
	Variables []Variable
	People    []Person // one row each; several of one person are repeat visits
	Notes     []string // what was decided, in sentences
}

// Person is a row of a table.
type Person struct {
	ID     string
	Visit  string
	Line   int      // in the file
	Values []string // one a variable, "" where there is none
}

// File is a table as a library keeps it: one row a person.
type File struct {
	ID          int64      `json:"id"`
	Name        string     `json:"name"` // base name
	SHA256      string     `json:"sha256"`
	ImportedAt  string     `json:"imported_at"` // RFC 3339, UTC
	IDColumn    string     `json:"id_column"`
	VisitColumn string     `json:"visit_column"` // "" where there is none
	Visits      Visits     `json:"visits"`       // "" where nobody has several rows
	Notes       []string   `json:"notes"`
	Variables   []Variable `json:"variables"`
	People      int        `json:"people"`
}

// Repeated returns how many people have several rows.
func (t Table) Repeated() int {
	n := 0
	for _, rows := range byPerson(t.People) {
		if len(rows) > 1 {
			n++
		}
	}
	return n
}

// Count returns how many different people rows are of.
func Count(rows []Person) int { return len(byPerson(rows)) }

// byPerson groups rows by person, in the order in which people first stand there.
func byPerson(rows []Person) [][]Person {
	var groups [][]Person
	index := map[string]int{}
	for _, p := range rows {
		i, ok := index[Fold(p.ID)]
		if !ok {
			i = len(groups)
			index[Fold(p.ID)] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], p)
	}
	return groups
}

// Fold returns a name as names are compared: without regard to the case of the
// letters A to Z, as a library's file compares them.
func Fold(name string) string {
	b := []byte(name)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + ('a' - 'A')
		}
	}
	return string(b)
}
