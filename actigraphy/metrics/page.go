package metrics

import (
	"fmt"
	"io"
	"strings"
)

// WritePage writes the page of measures in Markdown: every measure with its
// formula in each definition, its parameters and references. It says what the
// registry says.
func WritePage(w io.Writer) error {
	var page strings.Builder
	page.WriteString(pageHead)
	for _, group := range groups() {
		fmt.Fprintf(&page, "- [%s](#%s)\n", group, strings.ReplaceAll(string(group), " ", "-"))
	}
	for _, group := range groups() {
		fmt.Fprintf(&page, "\n## %s\n", group)
		for _, id := range idsOf(group) {
			writeMeasure(&page, id)
		}
	}
	_, err := io.WriteString(w, page.String())
	return err
}

const pageHead = `# Measures

Made from the registry in ` + "`actigraphy/metrics`" + ` by ` + "`go generate ./actigraphy/metrics`" + `: change it there.

A measure belongs to a definition. **paper** is the published formula; **pyactigraphy** is what
pyActigraphy 1.2.2 computes, so that a series that began with it can go on. A number is exported with its
definition and parameters. A measure that the data do not allow has no value and a reason.

Ids that end in ` + "`_raw`" + ` are the same measures on activity as recorded, in every definition. L and M exist for
every length under 24 h: ` + "`L3`, `M8.5_onset`" + `. Measures by part, as by period, have the mean of their parts under their own
id and each part under ` + "`id_part`: `ISp_1`" + `. What was not worn is missing. Where a mask is on, pyactigraphy's
` + "`leave_out`" + ` is 1: that program leaves out bins with masked epochs and counts those not recorded as 0.

` + "`pat metrics --set IS.bin=30`" + ` sets a parameter of one measure, ` + "`--set bin=30`" + ` that of all;
` + "`pat metrics dictionary`" + ` writes this page as CSV.

`

// groups returns the families of measures in the order of the registry.
func groups() []Group {
	var list []Group
	seen := map[Group]bool{}
	for _, d := range Definitions() {
		for _, m := range All(d) {
			if !seen[m.Group] {
				seen[m.Group] = true
				list = append(list, m.Group)
			}
		}
	}
	return list
}

// idsOf returns the ids of a group, those of raw forms aside.
func idsOf(group Group) []string {
	var list []string
	seen := map[string]bool{}
	for _, d := range Definitions() {
		for _, m := range All(d) {
			if m.Group == group && !strings.HasSuffix(m.ID, rawSuffix) && !seen[m.ID] {
				seen[m.ID] = true
				list = append(list, m.ID)
			}
		}
	}
	return list
}

func writeMeasure(page *strings.Builder, id string) {
	for i, d := range definitionsOf(id) {
		m, _ := Find(d, id)
		if i == 0 {
			fmt.Fprintf(page, "\n### %s\n\n%s", id, capital(m.Name))
			if m.PartName != "" {
				fmt.Fprintf(page, "; one value for each %s", m.PartName)
			}
			page.WriteString(".\n\n")
		}
		fmt.Fprintf(page, "- **%s**: %s.", d, m.Formula)
		if m.Unit != "" {
			fmt.Fprintf(page, " Unit: %s.", m.Unit)
		}
		fmt.Fprintf(page, " Needs %s. Missing: %s. %s.\n", m.Needs, m.Missing, capital(linked(m.Reference)))
		for _, p := range m.Parameters {
			fmt.Fprintf(page, "  - `%s` %s (%s): %s\n", p.Name, p.Default, p.Range, p.Meaning)
		}
	}
}

// definitionsOf returns the definitions that have a measure.
func definitionsOf(id string) []Definition {
	var list []Definition
	for _, d := range Definitions() {
		if _, ok := Find(d, id); ok {
			list = append(list, d)
		}
	}
	return list
}

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
