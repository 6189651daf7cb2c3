package metrics

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"circascope/actigraphy/sleep"
)

const (
	ancoliIsrael = "Ancoli-Israel et al. 2003, doi:10.1093/sleep/26.3.342"
	inActiLife   = "as in ActiLife 6; periods: Tudor-Locke et al. 2014, doi:10.1139/apnm-2013-0173"
	inActiware   = "as in Actiware; Kushida et al. 2001, doi:10.1016/S1389-9457(00)00098-8"
)

// The sources of rest periods where none are given.
const (
	restName   = "rest"
	crespo     = "crespo"
	roenneberg = "roenneberg"
	hdcza      = "hdcza"
	tudorLocke = "tudor-locke"
)

// restSources returns how a definition finds rest periods, its own way first.
func restSources(d Definition) []string {
	if d == Vendor {
		return []string{tudorLocke}
	}
	return []string{crespo, roenneberg, hdcza, tudorLocke}
}

// restParameter is the choice of how rest periods are found.
func restParameter(d Definition) Parameter {
	ways := restSources(d)
	return oneOf(restName, ways[0], ways,
		"how rest periods are found where none are given; a value says diary, manual and so on where they are")
}

// conventions are those of when sleep begins and ends in a rest period.
var conventions = []string{string(sleep.FirstToLast), string(sleep.Immobility)}

// nightParameters returns the choices behind a night, after that of the scoring.
// Without finding, rest periods must be given.
func nightParameters(d Definition, convention sleep.Convention, finding bool) []Parameter {
	rules := sleep.DefaultRules()
	if d == Vendor { // makers' programs sum up whatever they list
		rules = sleep.Rules{Longest: 48 * time.Hour, MaxUnknown: 1}
	}
	var list []Parameter
	if finding {
		list = append(list, restParameter(d))
	}
	if finding && d == Vendor {
		list = append(list, tudorLockeParameters()...)
	}
	return append(list,
		oneOf("convention", string(convention), conventions,
			"first sleep: from the first epoch scored asleep, sleep and wake counted to the end of the rest period; immobility: from the first to the last 10 min of which at most one epoch is mobile, and counted between"),
		quantity("night_shortest", "h", rules.Shortest.Hours(), 0, 48, "a night less long in bed is not valid; naps may be shorter"),
		quantity("night_longest", "h", rules.Longest.Hours(), 0, 48, "one longer in bed is not valid"),
		quantity("night_unscored", "%", 100*rules.MaxUnknown, 0, 100, "one of which more is not scored is not valid"),
	)
}

// restPeriods returns the rest periods that are given and touch the recording, or
// those that settings find.
func (x *analysis) restPeriods(d Definition, s settings) ([]sleep.Period, error) {
	way, finds := s[restName]
	switch {
	case x.r.Start.IsZero():
		return nil, errNoClock
	case x.rest != nil && len(x.rest) == 0:
		return nil, errors.New("the rest periods that are given are none")
	case x.rest != nil:
		return x.touching(x.rest)
	case !finds:
		return nil, errors.New("no rest periods are given, and how Actiware finds its own is not known")
	case math.IsNaN(way):
		return nil, errors.New("the rest periods that its parameters state are not given")
	}
	found, err := x.find(s.finder(d, false), d, s)
	switch {
	case err != nil:
		return nil, fmt.Errorf("no rest periods: %w", err)
	case len(found) == 0:
		return nil, fmt.Errorf("%s finds no rest period", s.finder(d, false))
	case d == Vendor:
		return found, nil // ActiLife lists them as they are
	}
	return sleep.MainAndNaps(found, sleep.JoinedGap, sleep.ShortestNight), nil
}

// touching returns the periods of which some is within the recording: a diary may
// tell of other recordings too.
func (x *analysis) touching(all []sleep.Period) ([]sleep.Period, error) {
	length := time.Duration(len(x.r.Activity)) * x.r.Epoch
	var kept []sleep.Period
	for _, p := range all {
		if p.To.Sub(x.r.Start) > 0 && p.From.Sub(x.r.Start) < length {
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return nil, fmt.Errorf("none of the %d rest periods that are given is within the recording", len(all))
	}
	return kept, nil
}

// find looks for rest periods in one way.
func (x *analysis) find(way string, d Definition, s settings) ([]sleep.Period, error) {
	if way == tudorLocke {
		return x.findByScoring(d, s)
	}
	how, err := s.found(d, way)
	if err != nil {
		return nil, err
	}
	scoring, err := x.scoredBy(how)
	if err != nil {
		return nil, err
	}
	return sleep.DetectedPeriods(scoring, 0), nil
}

func (x *analysis) findByScoring(d Definition, s settings) ([]sleep.Period, error) {
	if s.word(scoringName, scorings(d)) == "oakley" && d == Vendor {
		return nil, errors.New("how Actiware finds its own is not known: give them")
	}
	scoring, err := x.scoring(d, s)
	if err != nil {
		return nil, err
	}
	return s.tudorLocke(d).Periods(scoring, sleep.ActivityOf(x.r, scoring))
}

// tudorLockeParameters are ActiLife's settings of its sleep periods.
func tudorLockeParameters() []Parameter {
	usual := sleep.DefaultTudorLocke()
	minutes := func(name string, value int, lowest, highest float64, meaning string) Parameter {
		return count(name, "min", float64(value), lowest, highest, meaning)
	}
	return []Parameter{
		minutes("bed_minutes", usual.BedMinutes, 1, 60, "so much sleep on end begins a period"),
		minutes("wake_minutes", usual.WakeMinutes, 1, 120, "so much wake on end ends it"),
		minutes("period_shortest", usual.Shortest, 0, 1440, "a shorter period is none"),
		minutes("period_longest", usual.Longest, 1, 2880, "a longer period is none"),
		minutes("period_moving", usual.Moving, 0, 1440, "a period with fewer minutes of activity is none"),
	}
}

// tudorLocke returns the settings of sleep periods: the usual ones where a
// definition does not let them choose.
func (s settings) tudorLocke(d Definition) sleep.TudorLocke {
	if d != Vendor {
		return sleep.DefaultTudorLocke()
	}
	return sleep.TudorLocke{
		BedMinutes: int(s["bed_minutes"]), WakeMinutes: int(s["wake_minutes"]),
		Shortest: int(s["period_shortest"]), Longest: int(s["period_longest"]), Moving: int(s["period_moving"]),
	}
}

// summary is what came of the nights and naps of a recording.
type summary struct {
	nights, naps []sleep.Night
	means        []sleep.Means // of nights
}

// rules returns how nights are summed up and which are valid.
func (s settings) rules() sleep.Rules {
	return sleep.Rules{
		Convention: sleep.Convention(s.word("convention", conventions)),
		Shortest:   s.hours("night_shortest"), Longest: s.hours("night_longest"), MaxUnknown: s["night_unscored"] / 100,
	}
}

// nights sums up the rest periods as settings say.
func (x *analysis) nights(d Definition, s settings) (summary, error) {
	how, err := s.scored(d, x.rest != nil)
	if err != nil {
		return summary{}, err
	}
	rules := s.rules()
	finder, _ := s.found(d, s.finder(d, x.rest != nil)) // its name tells it apart
	type key string
	return remembered(x, key(fmt.Sprint(how.name(), rules, s[restName], finder.name(), s.tudorLocke(d))), func() (summary, error) {
		scoring, err := x.scoredBy(how)
		if err != nil {
			return summary{}, err
		}
		periods, err := x.restPeriods(d, s)
		if err != nil {
			return summary{}, err
		}
		all, err := sleep.Summarise(x.r, scoring, periods, rules)
		if err != nil {
			return summary{}, err
		}
		isNap := func(n sleep.Night) bool { return n.Nap() }
		return summary{
			nights: slices.DeleteFunc(slices.Clone(all), isNap),
			naps:   slices.DeleteFunc(slices.Clone(all), func(n sleep.Night) bool { return !n.Nap() }),
			means:  sleep.MeansOf(all),
		}, nil
	})
}

// ofNights returns what measures of nights have in common.
func ofNights(d Definition, program string) Metric {
	scoring, convention, reference := "cole-kripke", sleep.FirstToLast, ancoliIsrael
	switch {
	case program == sleep.Actiware:
		scoring, convention, reference = "oakley", sleep.Immobility, inActiware
	case d == Vendor:
		reference = inActiLife
	}
	m := Metric{
		Group: groupNightLength, Definition: d, Reference: reference, PartName: "night",
		Parameters: append(scoringParameters(d, scoring), nightParameters(d, convention, program != sleep.Actiware)...),
		Needs:      "what the scoring takes, rest periods or what it takes to find them, and the time of day",
		Missing:    "an epoch that is not scored is in the time in bed and nowhere else; a night with too many is not valid",
		settle: func(rest []sleep.Period, m Metric) []Parameter {
			return withRest(m.settledScoring(rest), rest)
		},
		note: func(x *analysis, _ settings) string { return x.restNote() },
	}
	switch {
	case program == sleep.Actiware:
		m.Needs = "rest periods that are given, as those of a diary: how Actiware finds its own is not known; counts in epochs of 15, 30, 60 or 120 s; the time of day"
	case d == Vendor:
		m.Missing += "; every sleep period that ActiLife lists counts as a night, by day too, and only those given are told apart"
	}
	return m
}

// restNote says what to know of rest periods that were found, empty for nothing.
func (x *analysis) restNote() string {
	if x.rest == nil && (strings.Contains(x.r.Site, "hip") || strings.Contains(x.r.Site, "waist")) {
		return "rest was found in activity of the " + x.r.Site + ", where many take the device off at night: look at the nights"
	}
	return ""
}

// withRest returns parameters that say where given rest periods are from.
func withRest(list []Parameter, rest []sleep.Period) []Parameter {
	if rest == nil {
		return list
	}
	var origins []string
	for _, p := range rest {
		if from := p.Stated(); !slices.Contains(origins, from) {
			origins = append(origins, from)
		}
	}
	slices.Sort(origins)
	if len(origins) == 0 {
		return stating(list, "none given")
	}
	return stating(list, strings.Join(origins, " and "))
}

// stating returns parameters with a source of rest periods that were given.
func stating(list []Parameter, source string) []Parameter {
	given := Parameter{Name: restName, Meaning: "where the rest periods are from"}
	list = slices.Clone(list)
	at := slices.IndexFunc(list, func(p Parameter) bool { return p.Name == restName })
	if at < 0 {
		at, list = len(list), append(list, given)
	}
	list[at].Value, list[at].number = source, math.NaN()
	return list
}

// evenings names each night by its evening.
func evenings(nights []sleep.Night, value func(sleep.Night) (float64, string)) []Part {
	parts := make([]Part, len(nights))
	for i, n := range nights {
		v, reason := value(n)
		parts[i] = Part{Label: n.Evening(), Value: v, Reason: reason}
		if reason != "" {
			parts[i] = without(n.Evening(), reason)
		}
	}
	return numberedAgain(parts)
}

// numberedAgain adds numbers to labels that come more than once: Fri, Fri_2.
func numberedAgain(parts []Part) []Part {
	seen := map[string]int{}
	for i, p := range parts {
		seen[p.Label]++
		if n := seen[p.Label]; n > 1 {
			parts[i].Label = fmt.Sprintf("%s_%d", p.Label, n)
		}
	}
	return parts
}
