package metrics

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// disagreementsFile has, for measures of two definitions, medians and differences
// over the recordings of the reference data. TestDisagreements writes it.
//
//go:embed disagreements.csv
var disagreementsFile string

// elsewhere says how other programs differ, as was measured with them.
var elsewhere = map[string]string{
	"IS":                  "pyActigraphy sums in bins from the first sample on and keeps the last, partial one; with n−1 in both variances its IS is about 24/23 of the textbook's.",
	"IV":                  "pyActigraphy's IV is about (n−1)/n of the textbook's, n being the hours; its bins begin with the first sample.",
	"L5":                  "nparACT 0.9.0 (fulldays off) gives the same L5, M10 and RA of activity as recorded within 1e-6 on 56 of 63 series; in the others it overwrites the last minute. GGIR looks for L5 and M10 in each calendar day.",
	"L5_onset":            "pyActigraphy writes an onset under a mask as more than a day; here it is a time of day.",
	"ISp":                 "A period of pyActigraphy has both of its ends in it.",
	"cosinor_amplitude":   "pyActigraphy's bounded fit from its default start misses the optimum of least squares on 13 of 91 series: of example_01.AWD it gives an amplitude of 0 for 135.6. pyactigraphy here is the optimum.",
	"SRI":                 "pyActigraphy ignores the length of epochs that its function is given.",
	"TIB":                 "ActiLife's batch export calls the time in bed \"Total Sleep Time\".",
	"SE":                  "Actiware counts from onset to the end of the last sleep (convention=immobility), ActiLife to the end of the rest period; both divide by the time in bed.",
	"fragmentation_index": "ActiLife and Actiware use the name for different numbers: Actiware's is fragmentation_actiware.",
}

// disagreements says where programs differ on a measure, and by how much.
func disagreements(of *pageMeasure) []string {
	var notes []string
	if text := elsewhere[of.id]; text != "" {
		notes = append(notes, text)
	}
	for line := range strings.Lines(disagreementsFile) {
		cells := strings.Split(strings.TrimSpace(line), ",")
		if len(cells) != 8 {
			continue
		}
		if cells[0] == of.id || slices.Contains(of.forms, cells[0]) && strings.HasSuffix(cells[0], rawSuffix) {
			notes = append(notes, fmt.Sprintf("On %s real recordings `%s` is %s in the median by %s, %s by %s; they differ by %s in the median of the differences, by %s at most.",
				cells[3], cells[0], short(cells[4]), cells[1], short(cells[5]), cells[2], short(cells[6]), short(cells[7])))
		}
	}
	return notes
}

// short writes a number in three digits.
func short(text string) string {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}
