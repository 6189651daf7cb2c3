package peoplefile

import (
	"fmt"
	"slices"

	"circascope/actigraphy/format"
	"circascope/actigraphy/people"
)

// Names of columns, reduced to letters and digits, the likeliest first.
var (
	idNames = []string{
		"participantid", "participant", "subjectid", "subject", "subj", "subjid", "patientid", "patient", "personid", "person", "pid",
		"recordid", "seqn", "eid", "id", "idno", "studyid", "caseid", "case", "code", "number",
	}
	visitNames = []string{
		"visit", "visitid", "visitno", "visitnumber", "visitnum", "visitname", "visitcode", "wave", "session", "sessionid", "timepoint", "redcapeventname", "event",
		"eventname", "occasion", "assessment",
	}
)

// idColumn finds the column of participants: the one whose names the library knows,
// among those that are called so first.
func (r *reader) idColumn() (int, error) {
	if r.options.ID != "" {
		return r.named(r.options.ID)
	}
	known := map[string]bool{}
	for _, m := range r.options.Members {
		for _, name := range append([]string{m.Label}, m.Sources...) {
			known[people.Fold(name)] = true
		}
	}
	best, called, shared := -1, len(idNames), 0
	for i, name := range r.names {
		rank := slices.Index(idNames, format.PlainName(name))
		if rank < 0 {
			rank = len(idNames)
		}
		n := r.shared(i, known)
		if better(n, rank, shared, called) {
			best, called, shared = i, rank, n
		}
	}
	if best < 0 {
		return 0, r.fault(1, "a column that names participants", "none by its name, and none with the participants of the library", "name the column")
	}
	if shared == 0 {
		r.table.Notes = append(r.table.Notes, fmt.Sprintf("The column %q is taken as that of participants by its name: the library knows none of them.", r.names[best]))
	} else {
		r.table.Notes = append(r.table.Notes, fmt.Sprintf("The column %q names participants: %d of them are in the library.", r.names[best], shared))
	}
	return best, nil
}

// better compares two columns by how many participants of the library they name and by
// their names, the smaller rank the likelier. A column that is called so and names one
// goes before columns of small numbers that happen to be participants too.
func better(n, rank, best, bestRank int) bool {
	called, bestCalled := rank < len(idNames), bestRank < len(idNames)
	switch {
	case n == 0 && !called:
		return false
	case (n > 0 && called) != (best > 0 && bestCalled):
		return n > 0 && called
	case n != best:
		return n > best
	default:
		return rank < bestRank
	}
}

// shared counts the different names of a column that the library knows.
func (r *reader) shared(column int, known map[string]bool) int {
	seen := map[string]bool{}
	for _, row := range r.rows {
		if name := people.Fold(row.Cell(column)); known[name] {
			seen[name] = true
		}
	}
	return len(seen)
}

// visitColumn finds the column of visits where people have several rows, -1 for none.
func (r *reader) visitColumn(id int) (int, error) {
	if r.options.Visit != "" {
		column, err := r.named(r.options.Visit)
		if err == nil && column == id {
			return 0, r.fault(1, "a column of visits", "the column of participants", "name another column")
		}
		return column, err
	}
	seen, repeated := map[string]bool{}, false
	for _, row := range r.rows {
		name := people.Fold(row.Cell(id))
		repeated = repeated || seen[name]
		seen[name] = true
	}
	if !repeated {
		return -1, nil
	}
	best, called := -1, len(visitNames)
	for i, name := range r.names {
		if rank := slices.Index(visitNames, format.PlainName(name)); i != id && rank >= 0 && rank < called {
			best, called = i, rank
		}
	}
	return best, nil
}
