package protocol

import (
	"bytes"
	"fmt"

	"github.com/pelletier/go-toml/v2"
)

// form is a protocol as its file has it, in the order of the lines.
type form struct {
	Protocol   int                          `toml:"protocol" comment:"A study protocol of Circascope: docs/protocol.md says what may stand here."`
	Name       string                       `toml:"name"`
	Definition string                       `toml:"definition"`
	Measures   []string                     `toml:"measures,omitempty"`
	Scoring    string                       `toml:"scoring,omitempty"`
	Rest       string                       `toml:"rest"`
	All        map[string]string            `toml:"all,omitempty"`
	Of         map[string]map[string]string `toml:"measure,omitempty"`
	ValidDay   formDay                      `toml:"valid_day"`
	Wear       map[string]any               `toml:"wear,omitempty"`
}

type formDay struct {
	Hours  float64 `toml:"hours"`
	Wanted int     `toml:"wanted"`
}

// Text returns the protocol as a file: Parse gives it back. The same protocol gives the
// same bytes.
func (p Protocol) Text() ([]byte, error) {
	f := form{
		Protocol: version, Name: p.Name, Definition: string(p.Definition), Measures: p.Measures, Scoring: p.Scoring, Rest: p.Rest,
		All: p.All, Of: p.Of, ValidDay: formDay{p.ValidDay.Hours, p.Wanted},
	}
	if p.Wear.Method != "" {
		f.Wear = map[string]any{"algorithm": p.Wear.Method}
		for id, v := range p.Wear.Values {
			f.Wear[id] = v
		}
	}
	var b bytes.Buffer
	if err := toml.NewEncoder(&b).SetIndentTables(false).Encode(f); err != nil {
		return nil, fmt.Errorf("writing the protocol %s: %w", p.Name, err)
	}
	return b.Bytes(), nil
}

// File returns the protocol as its file, read back.
func (p Protocol) File() (File, error) {
	text, err := p.Text()
	if err != nil {
		return File{}, err
	}
	return Parse("the protocol "+p.Name, text)
}
