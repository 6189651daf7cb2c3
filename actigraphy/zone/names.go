package zone

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // zones on machines that have no database of them
)

// Name is a zone to choose.
type Name struct {
	Zone    string // IANA, for example "Asia/Kolkata"
	Country string // in English
}

// namesText lists the zones that the IANA database names for countries, one a
// line with the country.
//
//go:embed names.txt
var namesText string

// Names lists the zones that are in use, by name.
var Names = sync.OnceValue(func() []Name {
	var names []Name
	for line := range strings.Lines(namesText) {
		zone, country, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		names = append(names, Name{zone, country})
	}
	return names
})

// Search returns the zones whose name or country holds every word of a query,
// those whose city begins with it first. An empty query gives all.
func Search(query string) []Name {
	words := strings.Fields(plain(query))
	var first, rest []Name
	for _, n := range Names() {
		text := plain(n.Zone + " " + n.Country)
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			continue
		}
		city := plain(n.Zone[strings.LastIndexByte(n.Zone, '/')+1:])
		if len(words) > 0 && strings.HasPrefix(city, strings.Join(words, " ")) {
			first = append(first, n)
		} else {
			rest = append(rest, n)
		}
	}
	return append(first, rest...)
}

// plain is text as it is searched: lower case, with blanks for underscores.
func plain(s string) string { return strings.ReplaceAll(strings.ToLower(s), "_", " ") }

// Load returns the zone of an IANA name. Upper and lower case, and blanks for
// underscores, make no difference in the names that are in use; an older name
// such as US/Eastern must be written as it is. An abbreviation or an offset is an
// error: neither says when the clocks change.
func Load(name string) (*time.Location, error) {
	name = strings.TrimSpace(name)
	for _, n := range Names() {
		if plain(n.Zone) == plain(name) {
			return time.LoadLocation(n.Zone)
		}
	}
	if strings.Contains(name, "/") {
		if loc, err := time.LoadLocation(name); err == nil {
			return loc, nil
		}
	}
	return nil, fmt.Errorf("%q is no time zone; %s", name, suggest(name))
}

// suggest names zones like one that does not exist.
func suggest(name string) string {
	found := Search(name[strings.LastIndexByte(name, '/')+1:])
	if strings.TrimSpace(name) == "" || len(found) == 0 {
		return "name it as the IANA database does, for example Europe/Berlin or America/New_York"
	}
	likely := make([]string, 0, 3)
	for _, n := range found[:min(3, len(found))] {
		likely = append(likely, n.Zone)
	}
	return "did you mean " + strings.Join(likely, " or ") + "?"
}
