package metrics

import (
	"fmt"
	"slices"
	"strings"
)

// pageGroup is a section of the page: the measures of a family in every definition
// that has them.
type pageGroup struct {
	name     Group
	measures []*pageMeasure
	usual    map[Definition]string // the parameters that most measures of it have
}

// pageMeasure is a measure with its forms.
type pageMeasure struct {
	id    string
	forms []string // ids of its forms, such as weekends
	in    []Metric // one a definition
}

// pageGroups returns the sections in the order of the registry.
func pageGroups() []*pageGroup {
	var groups []*pageGroup
	measures := map[string]*pageMeasure{}
	for _, d := range Definitions() {
		for _, m := range All(d) {
			if m.Of != "" {
				if of := measures[m.Of]; !slices.Contains(of.forms, m.ID) {
					of.forms = append(of.forms, m.ID)
				}
				continue
			}
			if measures[m.ID] == nil {
				measures[m.ID] = &pageMeasure{id: m.ID}
				g := groupNamed(&groups, m.Group)
				g.measures = append(g.measures, measures[m.ID])
			}
			measures[m.ID].in = append(measures[m.ID].in, m)
		}
	}
	for _, g := range groups {
		g.usual = g.usualParameters()
	}
	return groups
}

func groupNamed(groups *[]*pageGroup, name Group) *pageGroup {
	for _, g := range *groups {
		if g.name == name {
			return g
		}
	}
	g := &pageGroup{name: name}
	*groups = append(*groups, g)
	return g
}

// usualParameters returns what more than half of a definition's measures have alike,
// if that is a long list: it is then written once.
func (g *pageGroup) usualParameters() map[Definition]string {
	const long = 5 // parameters
	lists := map[Definition][]string{}
	for _, of := range g.measures {
		for _, m := range of.in {
			text := ""
			if len(m.Parameters) >= long {
				text = parameterLines(m, "")
			}
			lists[m.Definition] = append(lists[m.Definition], text)
		}
	}
	usual := map[Definition]string{}
	for d, list := range lists {
		slices.Sort(list)
		if middle := list[len(list)/2]; len(list) > 1 { // more than half of a sorted list cover its middle
			usual[d] = middle
		}
	}
	return usual
}

// link leads to the section.
func (g *pageGroup) link() string {
	return fmt.Sprintf("[%s](#%s)", g.name, strings.NewReplacer(" ", "-", ":", "").Replace(string(g.name)))
}

// write writes the section after those before it, whose lists of parameters are not
// written again.
func (g *pageGroup) write(page *strings.Builder, before []*pageGroup) {
	fmt.Fprintf(page, "\n## %s\n", g.name)
	for _, d := range Definitions() {
		text := g.usual[d]
		if text == "" {
			continue
		}
		fmt.Fprintf(page, "\nParameters in **%s**, where a measure does not list its own:", d)
		if at := slices.IndexFunc(before, func(b *pageGroup) bool { return b.usual[d] == text }); at >= 0 {
			fmt.Fprintf(page, " those of %s.\n", before[at].link())
		} else {
			fmt.Fprintf(page, "\n\n%s", text)
		}
	}
	for _, m := range g.measures {
		m.write(page, g.usual)
	}
}

func (of *pageMeasure) write(page *strings.Builder, usual map[Definition]string) {
	fmt.Fprintf(page, "\n### %s\n\n%s", of.id, capital(of.in[0].Name))
	if part := of.in[0].PartName; part != "" {
		fmt.Fprintf(page, "; one value for each %s", part)
	}
	page.WriteString(".")
	if len(of.forms) > 0 {
		fmt.Fprintf(page, " Forms: `%s`.", strings.Join(of.forms, "`, `"))
	}
	page.WriteString("\n\n")
	for _, m := range of.in {
		fmt.Fprintf(page, "- **%s**: %s.", m.Definition, m.Formula)
		if m.Unit != "" {
			fmt.Fprintf(page, " Unit: %s.", m.Unit)
		}
		fmt.Fprintf(page, " Needs %s. Missing: %s. %s.\n", m.Needs, m.Missing, capital(linked(m.Reference)))
		if text := parameterLines(m, "  "); parameterLines(m, "") != usual[m.Definition] {
			page.WriteString(text)
		}
	}
	for _, note := range disagreements(of) {
		fmt.Fprintf(page, "- %s\n", note)
	}
}

// parameterLines lists the parameters of a measure as points of a list.
func parameterLines(m Metric, indent string) string {
	var text strings.Builder
	for _, p := range m.Parameters {
		fmt.Fprintf(&text, "%s- `%s` %s (%s): %s\n", indent, p.Name, p.Default, p.Range, linked(p.Meaning))
	}
	return text.String()
}
