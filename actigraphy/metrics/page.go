package metrics

import (
	"fmt"
	"io"
	"strings"
)

// WritePage writes the page of measures in Markdown: every measure with its
// formula in each definition, its parameters and references, and how far apart the
// definitions are on real recordings. It says what the registry says.
func WritePage(w io.Writer) error {
	var page strings.Builder
	page.WriteString(pageHead)
	groups := pageGroups()
	for _, g := range groups {
		fmt.Fprintf(&page, "- %s\n", g.link())
	}
	page.WriteString("- [of a cohort](#of-a-cohort)\n")
	for i, g := range groups {
		g.write(&page, groups[:i])
	}
	page.WriteString(pageCohort)
	_, err := io.WriteString(w, page.String())
	return err
}

const pageHead = `# Measures

Made from the registry in ` + "`actigraphy/metrics`" + ` by ` + "`go generate ./actigraphy/metrics`" + `: change it there.

A measure belongs to a definition. **paper** is the published formula; **pyactigraphy** is what
pyActigraphy 1.2.2 computes, so that a series that began with it can go on; **vendor** is what the maker's program
computes, ActiLife 6 or Actiware. A set has only what that program is known to compute: nothing of another set
stands in. A number is exported with its definition and parameters. A measure that the data do not allow has no
value and a reason.

**Ids.** Ids that end in ` + "`_raw`" + ` are the same measures on activity as recorded, in every definition. L and M exist for
every length under 24 h: ` + "`L3`, `M8.5_onset`" + `. Measures by part, as by period or by night, have the mean of their parts
under their own id and each part under ` + "`id_part`: `ISp_1`, `TST_2024-05-01`" + `. A measure of nights is the mean over the
valid ones; its forms are ` + "`_SD`, `_weekdays`, `_weekdays_SD`, `_weekends` and `_weekends_SD`" + `. A night is named by its
evening, weekends are Friday's and Saturday's evenings; a second rest period of the same evening is ` + "`2024-05-01_2`" + `.

**Rest periods** are those that a person chose: of a diary, or set by hand. Without any they are looked for as
the parameter ` + "`rest`" + ` says. The value's parameters say which it was: ` + "`rest=diary`, `rest=crespo`" + `. Parameters
that are ` + "`own`" + ` by default are the scoring algorithm's, and the value has what they came to. The algorithms
themselves are described in [scoring.md](scoring.md).

**Missing.** What was not worn is missing. Where a mask is on, pyactigraphy's ` + "`leave_out`" + ` is 1: that program leaves
out bins with masked epochs and counts those not recorded as 0.

**Notes.** Some numbers come with a note: an onset says so where equal windows were chosen among, and time at
levels of activity where cut-points are for another site of the body than the device was worn on, or that is not known, and
nights where rest was found in activity of the hip. It is in every export and beside the number in the window.

**On real recordings** says how far the definitions are apart, each by its defaults, on the recordings of the
reference data that allow both: ` + "`go test ./actigraphy/metrics -run TestDisagreements -update`" + ` computes it anew.

` + "`pat metrics --set IS.bin=30`" + ` sets a parameter of one measure, ` + "`--set bin=30`" + ` that of all;
` + "`pat metrics dictionary`" + ` writes this page as CSV; ` + "`pat metrics --summary`" + ` gives ` + "`sleep_efficiency`" + ` (SE),
` + "`circadian_rhythm_strength`" + ` (cosinor_R2), ` + "`activity_fragmentation`" + ` (IV) and ` + "`rest_activity_ratio`" + ` (L5_M10).

`

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// linked makes the DOIs of a reference links.
func linked(reference string) string {
	words := strings.Fields(reference)
	for i, word := range words {
		doi, isDOI := strings.CutPrefix(word, "doi:")
		if !isDOI {
			continue
		}
		end := strings.TrimRight(doi, ";,")
		words[i] = fmt.Sprintf("[doi:%s](https://doi.org/%s)%s", end, end, doi[len(end):])
	}
	return strings.Join(words, " ")
}
