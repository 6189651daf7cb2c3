package ui

import (
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy/people"
	"circascope/app"
)

// filter returns the rows that hold every word of a search and meet its conditions on
// variables, such as sex=F and age>40.
func filter(rows []app.Row, search string) []app.Row {
	var names []string
	if len(rows) > 0 {
		for _, v := range rows[0].Values {
			names = append(names, v.Name)
		}
	}
	conditions, words := people.ParseSearch(search, names)
	var list []app.Row
	for _, r := range rows {
		if slices.ContainsFunc(conditions, func(c people.Condition) bool { return !c.Meets(r.Values) }) {
			continue
		}
		if holdsAll(strings.ToLower(strings.Join([]string{r.Subject, r.Device, r.Site, r.Source.Name, r.Source.Format, r.Unit.String()}, "\x00")), words) {
			list = append(list, r)
		}
	}
	return list
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// natural compares names so that P2 comes before P10.
func natural(a, b string) int {
	for a != "" && b != "" {
		na, ra := leadingNumber(a)
		nb, rb := leadingNumber(b)
		switch {
		case ra != a && rb != b && na != nb:
			if len(na) != len(nb) {
				return len(na) - len(nb)
			}
			return strings.Compare(na, nb)
		case ra != a && rb != b:
			a, b = ra, rb
		case a[0] != b[0]:
			return strings.Compare(a, b)
		default:
			a, b = a[1:], b[1:]
		}
	}
	return len(a) - len(b)
}

// leadingNumber cuts the digits off the front, without leading zeros.
func leadingNumber(s string) (digits, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return strings.TrimLeft(s[:i], "0"), s[i:]
}

// embeddedWith writes the models that embedded a recording.
func embeddedWith(r app.Row) string {
	text := sizes(r.Embedded)
	if r.Demo {
		text += "  demo"
	}
	return text
}

func missingShare(r app.Row) float64 {
	if r.Epochs == 0 {
		return 0
	}
	return float64(r.Missing) / float64(r.Epochs)
}

func seconds64(r app.Row) float64 { return float64(r.Epochs) * r.Epoch.Seconds() }

func number(n int) string { return strconv.Itoa(n) }

func idsOf(rows []app.Row) []string {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}
