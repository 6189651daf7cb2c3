package ui

import (
	"fmt"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/people"
	"circascope/app"
)

// study is what all pages share: the rows of the open library, the recording
// whose page is open, and the recordings that are marked.
type study struct {
	how    app.Study          // measures are computed
	other  metrics.Definition // that is looked at in place of the protocol's; "" for none
	rows   []app.Row
	byID   map[string]int
	chosen string
	marked map[string]bool

	watchers []func(studyChange)
	leave    func(then, stay func()) // asks first where an edit of the recording would be lost
}

// studyChange says what of a study changed.
type studyChange int

const (
	rowsChanged studyChange = iota
	chosenChanged
	markedChanged
)

func newStudy() *study {
	return &study{byID: map[string]int{}, marked: map[string]bool{}, leave: func(then, _ func()) { then() }}
}

// watch calls f after every change.
func (s *study) watch(f func(studyChange)) { s.watchers = append(s.watchers, f) }

func (s *study) tell(c studyChange) {
	for _, f := range s.watchers {
		f(c)
	}
}

// set replaces the rows and how they are measured; what is chosen and marked stays as
// far as it is still there. Under another protocol pages open with its definition.
func (s *study) set(rows []app.Row, how app.Study) {
	if how.Key() != s.how.Key() {
		s.other = ""
	}
	s.how = how
	s.rows = rows
	s.byID = make(map[string]int, len(rows))
	for i, r := range rows {
		s.byID[r.ID] = i
	}
	for id := range s.marked {
		if _, ok := s.byID[id]; !ok {
			delete(s.marked, id)
		}
	}
	if _, ok := s.byID[s.chosen]; !ok {
		s.chosen = ""
		if len(rows) > 0 {
			s.chosen = rows[0].ID
		}
	}
	s.tell(rowsChanged)
}

// row returns the row of a recording.
func (s *study) row(id string) (app.Row, bool) {
	i, ok := s.byID[id]
	if !ok {
		return app.Row{}, false
	}
	return s.rows[i], true
}

// choose opens the page of a recording, unless a person stays with an edit of the
// present one: then all that shows which is chosen shows that again.
func (s *study) choose(id string) {
	if id == s.chosen {
		return
	}
	s.leave(func() {
		s.chosen = id
		s.tell(chosenChanged)
	}, func() { s.tell(chosenChanged) })
}

// mark replaces the marked recordings.
func (s *study) mark(ids []string) {
	marked := make(map[string]bool, len(ids))
	for _, id := range ids {
		marked[id] = true
	}
	s.marked = marked
	s.tell(markedChanged)
}

// markAt marks the recordings at places of rows.
func (s *study) markAt(rows []app.Row, places []int) {
	ids := make([]string, len(places))
	for i, at := range places {
		ids[i] = rows[at].ID
	}
	s.mark(ids)
}

// among returns where the chosen recording is in rows, -1 for nowhere, and where the
// marked ones are.
func (s *study) among(rows []app.Row) (chosen int, marked []int) {
	chosen = -1
	for i, r := range rows {
		if r.ID == s.chosen {
			chosen = i
		}
		if s.marked[r.ID] {
			marked = append(marked, i)
		}
	}
	return chosen, marked
}

// amongPoints is among for rows that are shown as points: one mark is only the table's
// cursor.
func (s *study) amongPoints(rows []app.Row) (chosen int, marked []int) {
	if chosen, marked = s.among(rows); len(marked) < 2 {
		marked = nil
	}
	return chosen, marked
}

// markedIDs returns the marked recordings in the order of the rows.
func (s *study) markedIDs() []string {
	var ids []string
	for _, r := range s.rows {
		if s.marked[r.ID] {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// markedWords says how many recordings are marked, "" for at most the one that is
// chosen.
func (s *study) markedWords() string {
	if len(s.marked) < 2 {
		return ""
	}
	return fmt.Sprintf("%d of %s marked; Escape clears them", len(s.marked), count(len(s.rows), "recording"))
}

// step chooses the recording some rows further on.
func (s *study) step(by int) {
	if len(s.rows) == 0 {
		return
	}
	i := s.byID[s.chosen] + by
	s.choose(s.rows[max(0, min(len(s.rows)-1, i))].ID)
}

// subjects returns the participants of recordings, each once, in order.
func (s *study) subjects(ids []string) []string {
	var list []string
	listed := make(map[string]bool, len(ids))
	for _, id := range ids {
		if i, ok := s.byID[id]; ok && !listed[s.rows[i].Subject] {
			list = append(list, s.rows[i].Subject)
			listed[s.rows[i].Subject] = true
		}
	}
	return list
}

// recordingsOf counts the recordings of a participant.
func (s *study) recordingsOf(subject string) int {
	n := 0
	for _, r := range s.rows {
		if r.Subject == subject {
			n++
		}
	}
	return n
}

// variables lists what tables tell of participants, without values of anybody.
func (s *study) variables() []people.Value {
	if len(s.rows) == 0 {
		return nil
	}
	return s.rows[0].Values
}
