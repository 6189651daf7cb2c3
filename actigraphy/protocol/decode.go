package protocol

import (
	"fmt"
	"slices"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/wear"
)

// version is that of the file's form. A program that does not know a version refuses
// the file.
const version = 1

// protocol takes a whole protocol.
func (s *section) protocol() Protocol {
	if v, there := s.take("protocol"); v != int64(version) {
		found := "none"
		if there {
			found = show(v)
		}
		s.wrong("protocol", fmt.Sprintf("protocol = %d, the version of the form that this program knows", version), found)
	}
	p := Default(s.text("name", ""), metrics.Paper)
	if p.Name == "" {
		s.wrong("name", "name to be that of the protocol", `""`)
	}
	var names []string
	for _, d := range metrics.Definitions() {
		names = append(names, string(d))
	}
	p.Definition = metrics.Definition(s.word("definition", string(metrics.Paper), names))
	list := s.measures(&p)
	p.Scoring = s.parameter("scoring", "", list)
	p.Rest = RestByDefinition
	if v := s.values["rest"]; v == RestByDefinition || v == RestByDiary {
		p.Rest = s.text("rest", "")
	} else if chosen := s.parameter("rest", "", list); chosen != "" {
		p.Rest = chosen
	}
	p.All = s.section("all").parameters(list)
	p.Of = s.section("measure").ofMeasures(list)
	day := s.section("valid_day")
	p.ValidDay.Hours = day.number("hours", p.ValidDay.Hours, 0, 24, false)
	p.Wanted = int(day.number("wanted", 0, 0, maxWanted, true))
	day.complain()
	p.Wear = s.section("wear").wear()
	return p
}

// measures takes the measures and returns them with default parameters.
func (s *section) measures(p *Protocol) []metrics.Metric {
	p.Measures = s.texts("measures")
	list, err := p.chosen()
	if err != nil {
		key := "measures"
		if len(p.Measures) == 0 {
			key = "definition"
		}
		s.wrong(key, "measures of the definition", err.Error())
		p.Measures = nil
	}
	for i, id := range p.Measures {
		if slices.Contains(p.Measures[:i], id) {
			s.wrong("measures", "each measure once", fmt.Sprintf("%q twice", id))
		}
	}
	return list
}

// parameter takes a parameter that every measure with it gets.
func (s *section) parameter(key, missing string, list []metrics.Metric) string {
	v, there := s.take(key)
	if !there {
		return missing
	}
	text, ok := scalar(v)
	if !ok {
		s.wrong(key, key+" to be a number or a text", show(v))
		return missing
	}
	if _, err := metrics.Set(list, []string{key + "=" + text}); err != nil && len(list) > 0 {
		s.wrong(key, "a parameter and a value that the measures take", err.Error())
		return missing
	}
	return text
}

// parameters takes all keys as parameters of the measures.
func (s *section) parameters(list []metrics.Metric) map[string]string {
	var out map[string]string
	for _, key := range s.names() {
		if text := s.parameter(key, "", list); text != "" {
			if out == nil {
				out = map[string]string{}
			}
			out[key] = text
		}
	}
	return out
}

// ofMeasures takes a table of parameters for each measure.
func (s *section) ofMeasures(list []metrics.Metric) map[string]map[string]string {
	var out map[string]map[string]string
	for _, id := range s.names() {
		at := slices.IndexFunc(list, func(m metrics.Metric) bool { return m.ID == id })
		if len(list) == 0 { // what is wrong with the measures has been said
			continue
		}
		if at < 0 {
			s.take(id)
			s.wrong(id, "a measure of this protocol", fmt.Sprintf("%q", id))
			continue
		}
		if parameters := s.section(id).parameters(list[at : at+1]); len(parameters) > 0 {
			if out == nil {
				out = map[string]map[string]string{}
			}
			out[id] = parameters
		}
	}
	return out
}

// wear takes the algorithm for non-wear and its parameters.
func (s *section) wear() Wear {
	var ids []string
	for _, m := range wear.Methods() {
		ids = append(ids, m.ID)
	}
	w := Wear{Method: s.word("algorithm", "", ids)}
	method, err := wear.Find(w.Method)
	if err != nil {
		if len(s.values) > 0 && s.values["algorithm"] == nil {
			s.wrong(s.names()[0], "the algorithm beside its parameters: algorithm = \"choi\"", "none")
		}
		return w
	}
	w.Values = wear.Values{}
	for _, p := range method.Parameters {
		w.Values[p.ID] = s.number(p.ID, p.Default, p.Min, p.Max, p.Whole)
	}
	s.complain()
	return w
}
