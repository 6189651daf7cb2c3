package protocol_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
	"circascope/actigraphy/wear"
)

const whole = `protocol = 1
name = "Shift workers"
definition = "pyactigraphy"
measures = ["IS", "IV", "SRI", "L5"]
scoring = "cole-kripke"
rest = "diary"

[all]
bin = 30

[measure.IS]
threshold = "raw"

[valid_day]
hours = 16
wanted = 4

[wear]
algorithm = "choi"
period = 120
`

func TestParse(t *testing.T) {
	f, err := protocol.Parse("p.toml", []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	method, err := wear.Find(wear.Choi)
	if err != nil {
		t.Fatal(err)
	}
	values, err := method.Complete(wear.Values{"period": 120})
	if err != nil {
		t.Fatal(err)
	}
	want := protocol.Protocol{
		Name: "Shift workers", Definition: metrics.PyActigraphy, Measures: []string{"IS", "IV", "SRI", "L5"}, Scoring: "cole-kripke", Rest: "diary",
		All: map[string]string{"bin": "30"}, Of: map[string]map[string]string{"IS": {"threshold": "raw"}},
		ValidDay: wear.ValidDay{Hours: 16}, Wanted: 4, Wear: protocol.Wear{Method: "choi", Values: values},
	}
	if !reflect.DeepEqual(f.Protocol, want) {
		t.Errorf("got  %+v\nwant %+v", f.Protocol, want)
	}
	list, err := f.Metrics()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, m := range list {
		for _, p := range m.Parameters {
			got[m.ID+"."+p.Name] = p.Value
		}
	}
	for name, value := range map[string]string{"IS.bin": "30 min", "IV.bin": "30 min", "IS.threshold": "raw", "IV.threshold": "4", "SRI.scoring": "cole-kripke"} {
		if got[name] != value {
			t.Errorf("%s is %q, want %q", name, got[name], value)
		}
	}
}

// TestDocumentedProtocol reads the protocol that docs/protocol.md shows.
func TestDocumentedProtocol(t *testing.T) {
	page, err := os.ReadFile("../../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(page), "```toml\n")
	text, _, _ = strings.Cut(text, "```")
	f, err := protocol.Parse("docs/protocol.md", []byte(text))
	if err != nil || f.Wanted != 4 || f.Wear.Method != wear.Choi {
		t.Errorf("got %+v, %v", f.Protocol, err)
	}
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	first, err := protocol.Parse("p.toml", []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []protocol.Protocol{first.Protocol, protocol.Default("plain", metrics.Paper)} {
		f, err := p.File()
		if err != nil {
			t.Fatalf("%v\n%s", err, f.Text)
		}
		if !reflect.DeepEqual(f.Protocol, p) {
			t.Errorf("got  %+v\nwant %+v", f.Protocol, p)
		}
		again, err := p.File()
		if err != nil || again.SHA256 != f.SHA256 {
			t.Errorf("the same protocol gave %s and %s, %v", f.SHA256, again.SHA256, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"no version", "protocol = 1\n", "", "p.toml: expected protocol = 1"},
		{"a version to come", "protocol = 1", "protocol = 2", "line 1: expected protocol = 1, the version of the form that this program knows, found 2"},
		{"no name", `name = "Shift workers"`, "", "name to be that of the protocol"},
		{"an unknown key", "scoring =", "scorign =", `line 5: expected one of protocol, name, definition, measures, scoring`},
		{"an unknown table", "[all]", "[al]", `the unknown key "al"`},
		{"an unknown definition", `"pyactigraphy"`, `"pyact"`, "line 3: expected definition to be one of paper, pyactigraphy, vendor"},
		{"an unknown measure", `"IV"`, `"XY"`, `line 4: expected measures of the definition, found "XY" is no measure`},
		{"a measure twice", `"IV"`, `"IS"`, `line 4: expected each measure once, found "IS" twice`},
		{"no list", `["IS", "IV", "SRI", "L5"]`, `"IS"`, "line 4: expected measures to be a list of names"},
		{"an unknown scoring", `"cole-kripke"`, `"sleepy"`, "line 5"},
		{"an unknown rest", `"diary"`, `"bed"`, "line 6"},
		{"a parameter that none has", "bin = 30", "colour = 30", `line 9: expected a parameter and a value that the measures take, found "colour=30"`},
		{"out of range", "bin = 30", "bin = 0", "line 9"},
		{"what it allows", "bin = 30", "bin = 0", "want 1 to 720 min"},
		{"a list for a number", "bin = 30", "bin = [30]", "line 9: expected bin to be a number or a text"},
		{"a measure that is not asked for", "[measure.IS]", "[measure.M10]", `line 11: expected a measure of this protocol, found "M10"`},
		{"a parameter of another measure", `threshold = "raw"`, `length = 3`, "line 12"},
		{"hours", "hours = 16", "hours = 25", "line 15: expected hours to be a number from 0 to 24, found 25"},
		{"half a day", "wanted = 4", "wanted = 4.5", "line 16: expected wanted to be a whole number from 0 to 366, found 4.5"},
		{"an unknown key of a table", "wanted = 4", "want = 4", `line 16: expected one of hours, wanted, found the unknown key "want"`},
		{"an unknown algorithm", `"choi"`, `"chai"`, "line 19: expected algorithm to be one of choi"},
		{"no algorithm", "algorithm = \"choi\"\n", "", "line 19: expected the algorithm"},
		{"its parameter", "period = 120", "period = -1", "line 20: expected period to be a whole number from 1 to 10080, found -1"},
		{"a parameter it has not", "period = 120", "perid = 1", `line 20: expected one of algorithm`},
		{"no TOML", "hours = 16", "hours = ", "line 15: expected a study protocol in TOML"},
		{"a key twice", "wanted = 4", "hours = 4", "a study protocol in TOML"},
		{"a table for a text", `name = "Shift workers"`, "name = {a = 1}", "line 2: expected name to be a text in quotes"},
	}
	for _, tt := range tests {
		text := strings.Replace(whole, tt.from, tt.to, 1)
		if text == whole {
			t.Fatalf("%s: nothing to replace", tt.name)
		}
		_, err := protocol.Parse("p.toml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
	_, err := protocol.Parse("p.toml", []byte("protocol = 3\nname = 1\nx = 2\n"))
	if n := strings.Count(err.Error(), "p.toml"); n < 3 {
		t.Errorf("got %d errors, want all: %v", n, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("protocol = 1\nname = \"x\"\nmeasure.IS.bin = 3\n[[all]]\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := protocol.Parse("p.toml", text)
		if err != nil {
			return
		}
		if _, err := file.Metrics(); err != nil {
			t.Errorf("it is whole, and its measures are not: %v", err)
		}
		if again, err := file.File(); err != nil || !reflect.DeepEqual(again.Protocol, file.Protocol) {
			t.Errorf("got %+v, %v\nwant %+v", again.Protocol, err, file.Protocol)
		}
	})
}

// TestEvery wants all measures of the definition with the protocol's parameters, but for
// those that it does not name and that do not take them.
func TestEvery(t *testing.T) {
	p := protocol.Default("rest", metrics.Paper)
	p.Measures, p.Rest, p.All = []string{"TST", "L3", "IS"}, "tudor-locke", map[string]string{"night_shortest": "3 h", "bin": "240 min"}
	list, err := p.Every()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]map[string]string{}
	for _, m := range list {
		values[m.ID] = map[string]string{}
		for _, one := range m.Parameters {
			values[m.ID][one.Name] = one.Value
		}
	}
	for _, id := range []string{"TST", "SE"} {
		if v := values[id]; v["rest"] != "tudor-locke" || v["night_shortest"] != "3 h" {
			t.Errorf("%s: got %v, want the protocol's parameters", id, v)
		}
	}
	for id, want := range map[string]bool{"IS": true, "L3": true, "SRI_rest": true, "AonT": false, "M7": false} {
		if _, got := values[id]; got != want {
			t.Errorf("%s is among the measures: %v, want %v", id, got, want)
		}
	}
	p.Measures = []string{"AonT"}
	if _, err := p.Every(); err == nil {
		t.Error("a measure that it names does not take its bin, and that is no error")
	}
}
