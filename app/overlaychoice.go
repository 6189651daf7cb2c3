package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
)

// Overlays choose what is computed and laid over an actogram. The zero value
// computes nothing but which activity and days count.
type Overlays struct {
	Scoring   Scorer
	Rest      RestSource
	Windows   bool // L5 and M10
	Cosinor   bool
	NoAverage bool // leaves out the average day
}

// Deviations says, in clauses, what of the choice is not as the study's protocol says. Rest
// periods that were changed by hand come before any protocol.
func (o Overlays) Deviations(study Study) []string {
	var list []string
	if of := study.Scorer(); study.ByProtocol() && o.Scoring.ID != "" && o.Scoring != of {
		list = append(list, fmt.Sprintf("sleep is scored by %s, the protocol's is %s", o.Scoring.words(), of.words()))
	}
	if of := study.RestFrom(); study.ByProtocol() && o.Rest != "" && o.Rest != RestManual && o.Rest != of {
		list = append(list, fmt.Sprintf("rest periods are from %s, the protocol's from %s", o.Rest, cmp.Or(of, "none")))
	}
	return list
}

// Scorer names an algorithm that scores epochs as sleep or wake; the zero value is
// none.
type Scorer struct {
	ID         string
	Definition metrics.Definition
}

// String writes the name as ParseScorer reads it: "cole-kripke:vendor".
func (s Scorer) String() string {
	if s.ID == "" {
		return ""
	}
	return s.ID + ":" + string(s.Definition)
}

// words names the algorithm for people.
func (s Scorer) words() string {
	if s.ID == "" {
		return "none"
	}
	return fmt.Sprintf("%s (%s)", s.ID, s.Definition)
}

// usualScorer is the one that rest periods are found with where none is chosen and the
// measures of the study score no sleep.
var usualScorer = Scorer{"cole-kripke", metrics.Paper}

// restAlgorithms find rest, of which nobody says that it is sleep.
var restAlgorithms = []string{"crespo", "hdcza"}

// Scorers lists the algorithms that score epochs as sleep or wake.
func Scorers() []sleep.Algorithm {
	return slices.DeleteFunc(sleep.All(), func(a sleep.Algorithm) bool { return slices.Contains(restAlgorithms, a.ID) })
}

// ParseScorer returns the algorithm of a name, "sadeh" or "sadeh:vendor": without a
// definition the first that has it. "" is none.
func ParseScorer(name string) (Scorer, error) {
	if name == "" {
		return Scorer{}, nil
	}
	id, definition, _ := strings.Cut(name, ":")
	var known []string
	for _, a := range Scorers() {
		s := Scorer{a.ID, a.Definition}
		if a.ID == id && (definition == "" || string(a.Definition) == definition) {
			return s, nil
		}
		known = append(known, s.String())
	}
	return Scorer{}, fmt.Errorf("no algorithm %q scores sleep: choose one of %s", name, strings.Join(known, ", "))
}

// algorithm returns the algorithm itself.
func (s Scorer) algorithm() (sleep.Algorithm, error) {
	for _, a := range Scorers() {
		if a.ID == s.ID && a.Definition == s.Definition {
			return a, nil
		}
	}
	return sleep.Algorithm{}, fmt.Errorf("no algorithm %s scores sleep", s)
}

// RestSource is where rest periods are taken from; "" is nowhere.
type RestSource string

// The sources of rest periods.
const (
	RestDiary      RestSource = "diary"
	RestTudorLocke RestSource = "tudor-locke" // runs of scored sleep
	RestCrespo     RestSource = "crespo"      // and the others look for rest in the activity
	RestRoenneberg RestSource = "roenneberg"
	RestHDCZA      RestSource = "hdcza"  // or in the angle of raw recordings
	RestManual     RestSource = "manual" // a person changed those of another source
)

// RestSources lists them.
func RestSources() []RestSource {
	return []RestSource{RestDiary, RestTudorLocke, RestCrespo, RestRoenneberg, RestHDCZA, RestManual}
}

// Words says in words where the periods are from.
func (s RestSource) Words() string {
	return map[RestSource]string{
		RestDiary: "sleep diary", RestTudorLocke: "algorithm: Tudor-Locke on scored sleep", RestCrespo: "detected: Crespo",
		RestRoenneberg: "detected: Roenneberg", RestHDCZA: "detected: HDCZA, of raw angles", RestManual: "changed by hand",
	}[s]
}

// ParseRestSource returns the source of that name; "" is none.
func ParseRestSource(name string) (RestSource, error) {
	var known []string
	for _, s := range RestSources() {
		known = append(known, string(s))
	}
	if name != "" && !slices.Contains(known, name) {
		return "", fmt.Errorf("no rest periods come from %q: choose one of %s", name, strings.Join(known, ", "))
	}
	return RestSource(name), nil
}
