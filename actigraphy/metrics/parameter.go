package metrics

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Parameter is one choice within a definition. The texts have units.
type Parameter struct {
	Name    string `json:"name"`
	Value   string `json:"value"`
	Default string `json:"default"`
	Range   string `json:"range"`
	Meaning string `json:"meaning"`
	// Options are the words to choose from; none for a number.
	Options []string `json:"options,omitempty"`

	number   float64 // in unit; NaN for the word; of words the place in Options
	unit     string
	min, max float64
	whole    bool   // takes whole numbers only
	daily    bool   // is minutes that divide a day
	word     string // taken too, in place of a number
	fixed    bool   // makes the measure what it is, so that it cannot be changed
}

// rawWord is the value of a threshold that leaves the activity as recorded.
const rawWord = "raw"

// quantity returns a number in a unit at its default.
func quantity(name, unit string, value, lowest, highest float64, meaning string) Parameter {
	p := Parameter{Name: name, Meaning: meaning, number: value, unit: unit, min: lowest, max: highest}
	return p.described()
}

// count returns a whole number at its default.
func count(name, unit string, value, lowest, highest float64, meaning string) Parameter {
	p := Parameter{Name: name, Meaning: meaning, number: value, unit: unit, min: lowest, max: highest, whole: true}
	return p.described()
}

// binWidth returns a width of bins in minutes at its default.
func binWidth(minutes, lowest, highest float64) Parameter {
	p := count("bin", "min", minutes, lowest, highest, "width of the bins, which must divide a day")
	p.daily = true
	return p
}

// onOff returns a switch at its default: 1 is on.
func onOff(name string, on bool, meaning string) Parameter {
	value := 0.0
	if on {
		value = 1
	}
	return count(name, "", value, 0, 1, meaning)
}

// oneOf returns a word out of a list at its default.
func oneOf(name, value string, options []string, meaning string) Parameter {
	return Parameter{
		Name: name, Value: value, Default: value, Range: strings.Join(options, ", "), Meaning: meaning, Options: options,
		number: float64(slices.Index(options, value)),
	}
}

// threshold returns the parameter of what sees the activity as it is, or only
// whether it is above a number.
func threshold(l levels) Parameter {
	p := Parameter{
		Name: "threshold", Meaning: "activity is 1 above it and 0 elsewhere; raw: as recorded",
		number: math.NaN(), max: math.MaxFloat64, word: rawWord,
	}
	if l.binary {
		p.number = l.threshold
	}
	return p.described()
}

// ownWord is the value of a parameter that leaves it to the scoring algorithm.
const ownWord = "own"

// own returns a number that the scoring algorithm has a value for by itself.
func own(name, unit string, lowest, highest float64, meaning string) Parameter {
	p := Parameter{
		Name: name, Meaning: meaning + "; own: as the algorithm has it by default",
		number: math.NaN(), unit: unit, min: lowest, max: highest, word: ownWord,
	}
	return p.described()
}

// described fills in the texts of a parameter at its default.
func (p Parameter) described() Parameter {
	p.Value = p.text(p.number)
	p.Default = p.Value
	p.Range = fmt.Sprintf("%s to %s", format(p.min), p.text(p.max))
	if p.max == math.MaxFloat64 {
		p.Range = strings.TrimSpace(fmt.Sprintf("%s or more %s", format(p.min), p.unit))
	}
	if p.word != "" {
		p.Range = p.word + ", or " + p.Range
	}
	return p
}

func (p Parameter) text(v float64) string {
	if math.IsNaN(v) {
		return p.word
	}
	return strings.TrimSpace(format(v) + " " + p.unit)
}

func format(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// with returns the parameter at another value: one of its words, or a number in the
// parameter's unit, which may be written behind it.
func (p Parameter) with(value string) (Parameter, error) {
	text := strings.TrimSpace(value)
	if len(p.Options) > 0 {
		return p.withWord(text)
	}
	if p.word != "" && text == p.word {
		p.number = math.NaN()
		p.Value = text
		return p, nil
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(text, p.unit)), 64)
	if err != nil || !(v >= p.min && v <= p.max) || p.whole && v != math.Trunc(v) {
		return p, fmt.Errorf("%s is %q: want %s", p.Name, value, p.Range)
	}
	if p.daily && math.Mod(day.Minutes(), v) != 0 {
		return p, fmt.Errorf("%s is %q, which does not divide a day: want for example 10, 15, 30 or 60 %s", p.Name, value, p.unit)
	}
	return p.at(v), nil
}

// at returns the parameter at a number.
func (p Parameter) at(v float64) Parameter {
	p.number, p.Value = v, p.text(v)
	return p
}

func (p Parameter) withWord(word string) (Parameter, error) {
	at := slices.Index(p.Options, word)
	if at < 0 {
		return p, fmt.Errorf("%s is %q: want one of %s", p.Name, word, p.Range)
	}
	p.number, p.Value = float64(at), word
	return p, nil
}

// With returns the measure with one parameter at another value, a word of its list
// or a number in the unit of its default: With("bin", "30") or With("bin", "30 min"). A name that
// the measure does not have and a value out of range are errors that say what
// there is. Of the measure of a value it changes what that was computed with: what
// was left to the scoring algorithm is left to it again.
func (m Metric) With(name, value string) (Metric, error) {
	if m.chosen != nil {
		m.Parameters, m.chosen = m.chosen, nil
	}
	at := slices.IndexFunc(m.Parameters, func(p Parameter) bool { return p.Name == name })
	if at < 0 {
		return m, fmt.Errorf("%s has no parameter %q: it has %s", m.ID, name, parameterNames(m))
	}
	if m.Parameters[at].fixed {
		return m, fmt.Errorf("%s is defined by its %s, which cannot be changed: change that of %s", m.ID, name, strings.TrimSuffix(m.ID, rawSuffix))
	}
	p, err := m.Parameters[at].with(value)
	if err != nil {
		return m, fmt.Errorf("%s: %w", m.ID, err)
	}
	m.Parameters = slices.Clone(m.Parameters)
	m.Parameters[at] = p
	if m.Unit == levelUnit(raw) || m.Unit == levelUnit(above(0)) {
		m.Unit = levelUnit(m.settings().levels())
	}
	return m, nil
}

func parameterNames(m Metric) string {
	if len(m.Parameters) == 0 {
		return "none"
	}
	var names []string
	for _, p := range m.Parameters {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

// settings are a measure's parameters as numbers in their units, and of words the
// places in their lists.
type settings map[string]float64

func (m Metric) settings() settings {
	s := make(settings, len(m.Parameters))
	for _, p := range m.Parameters {
		s[p.Name] = p.number
	}
	return s
}

func (s settings) minutes(name string) time.Duration { return s.times(name, time.Minute) }
func (s settings) hours(name string) time.Duration   { return s.times(name, time.Hour) }
func (s settings) days(name string) time.Duration    { return s.times(name, day) }
func (s settings) on(name string) bool               { return s[name] != 0 }

// word returns the chosen one of a parameter's options.
func (s settings) word(name string, options []string) string { return options[int(s[name])] }

func (s settings) times(name string, unit time.Duration) time.Duration {
	return time.Duration(math.Round(s[name] * float64(unit)))
}

func (s settings) levels() levels {
	if v := s["threshold"]; !math.IsNaN(v) {
		return above(v)
	}
	return raw
}
