package ui

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/people"
	"circascope/app"
	"circascope/plots"
)

// measureRow is a line of the page of measures: the heading of a group, or a measure
// in each of the sets of definitions that are shown.
type measureRow struct {
	group   metrics.Group
	heading bool
	n       int // of a heading: how many measures it has

	id, name string
	values   []metrics.Value // one a set; without an ID where a set lacks the measure
}

// measureRows lists the measures of sets by group, in the order of the registry. A
// search keeps those whose name, id or group has all its words; without one, only
// open groups are listed. The raw form of a measure is left out where it says the
// same as the measure.
func measureRows(sets [][]metrics.Value, search string, open map[metrics.Group]bool) []measureRow {
	words := strings.Fields(strings.ToLower(search))
	var groups []metrics.Group
	of := map[metrics.Group][]measureRow{}
	for _, r := range eachOnce(sets) {
		if !people.HoldsAll(strings.Join([]string{r.id, strings.ReplaceAll(r.id, "_", " "), r.name, string(r.group)}, "\x00"), words) {
			continue
		}
		if !slices.Contains(groups, r.group) {
			groups = append(groups, r.group)
		}
		of[r.group] = append(of[r.group], r)
	}
	var rows []measureRow
	for _, g := range groups {
		rows = append(rows, measureRow{group: g, heading: true, n: len(of[g])})
		if open[g] || len(words) > 0 {
			rows = append(rows, of[g]...)
		}
	}
	return rows
}

// eachOnce lists every measure of the sets once, without raw forms that say nothing
// of their own.
func eachOnce(sets [][]metrics.Value) []measureRow {
	var rows []measureRow
	index := map[string]int{}
	for i, set := range sets {
		for _, v := range set {
			at, known := index[v.ID]
			if !known {
				at = len(rows)
				index[v.ID] = at
				rows = append(rows, measureRow{group: v.Group, id: v.ID, name: rawName(v), values: make([]metrics.Value, len(sets))})
			}
			rows[at].values[i] = v
		}
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r measureRow) bool {
		base, raw := strings.CutSuffix(r.id, "_raw")
		at, known := index[base]
		return raw && known && slices.EqualFunc(r.values, rows[at].values, alike)
	})
}

// rawName is the name of a measure, which for raw forms does not say so.
func rawName(v metrics.Value) string {
	if strings.HasSuffix(v.ID, "_raw") {
		return v.Name + ", raw activity"
	}
	return v.Name
}

// alike reports whether two values say the same of a recording.
func alike(a, b metrics.Value) bool {
	return (a.ID == "") == (b.ID == "") && a.Unit == b.Unit && a.Reason == b.Reason && (a.Value == b.Value || math.IsNaN(a.Value) && math.IsNaN(b.Value))
}

// measureNumber writes a value to four digits, a time of day as one, and a dash for
// none.
func measureNumber(v metrics.Value) string {
	switch {
	case v.ID == "" || math.IsNaN(v.Value):
		return "–"
	case v.TimeOfDay():
		return plots.TimeOfDay(v.Value)
	}
	return digits(v.Value)
}

// digits writes a number to four digits, without an exponent where it needs none.
func digits(v float64) string {
	if a := math.Abs(v); a >= 1000 && a < 1e7 {
		return strconv.FormatFloat(math.Round(v), 'f', -1, 64)
	}
	return fmt.Sprintf("%.4g", v)
}

// unitWords is the unit of a value as it is shown: a time of day needs none.
func unitWords(v metrics.Value) string {
	if v.TimeOfDay() {
		return "time of day"
	}
	return v.Unit
}

// placeWords says where a value lies among others.
func placeWords(p app.Place, onDay bool) string {
	above, below, most, least := "higher", "lower", "the highest", "the lowest"
	if onDay {
		above, below, most, least = "later", "earlier", "the latest", "the earliest"
	}
	switch {
	case p.N == 0:
		return "no other has a value"
	case p.Equal == p.N:
		return "the same in all"
	case p.Below == p.N:
		return fmt.Sprintf("%s of %d", most, p.N+1)
	case p.Above == p.N:
		return fmt.Sprintf("%s of %d", least, p.N+1)
	case p.Below >= p.Above:
		return above + " than " + shareOf(p.Below, p.N)
	}
	return below + " than " + shareOf(p.Above, p.N)
}

// shareOf writes a part of some recordings: in percent, or as numbers where they are
// few. It is none and all only where that is so.
func shareOf(part, all int) string {
	if all < 20 {
		return fmt.Sprintf("%d of %d", part, all)
	}
	switch p := 100 * float64(part) / float64(all); {
	case part > 0 && p < 1:
		return "less than 1 %"
	case part < all && p > 99:
		return "over 99 %"
	default:
		return fmt.Sprintf("%.0f %%", p)
	}
}

// differenceWords writes a difference and its percentage.
func differenceWords(d app.Difference, of metrics.Value) (absolute, percent string) {
	switch {
	case !d.Differs && d.Reason == "":
		return "the same", ""
	case d.Reason != "":
		return d.Reason, ""
	case of.TimeOfDay():
		return fmt.Sprintf("%+.0f min", 60*d.Absolute), ""
	}
	absolute = signed(digits(d.Absolute))
	switch p := math.Abs(d.Percent); {
	case math.IsNaN(p):
	case p < 0.01:
		percent = "< 0.01 %"
	default:
		percent = signed(fmt.Sprintf("%.3g %%", d.Percent))
	}
	return absolute, percent
}

// signed writes a plus before a number that has no minus.
func signed(number string) string {
	if strings.HasPrefix(number, "-") {
		return number
	}
	return "+" + number
}
