package metrics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	_ "circascope/actigraphy/zone" // the zones
)

const (
	versionsPath = "versions.csv"
	versionsHead = "definition,measure,version,values\n"
	// versionTolerance is the relative difference from which a number is another one:
	// above what processors and optimisers differ by, below what a change of a formula does.
	versionTolerance = 1e-5
)

// TestVersions makes sure that a measure whose code gives other numbers has another
// version: it computes every measure for made recordings, by default and with each
// parameter changed, and compares with versions.csv. With -update, a measure that
// differs gets the next version. Lines of measures that are gone stay, so that no
// version is ever used twice.
func TestVersions(t *testing.T) {
	old := readVersions(t)
	now := versionValues()
	var list []versionLine
	for _, line := range now {
		i := slices.IndexFunc(old, func(o versionLine) bool { return o.key() == line.key() })
		switch {
		case i < 0:
			t.Logf("%s is new", line.key())
			line.version = 1
		case sameVersionValues(old[i].values, line.values):
			line.version, line.values = old[i].version, old[i].values
		default:
			line.version = old[i].version + 1
			if !*update {
				t.Errorf("%s gives other numbers than version %d did", line.key(), old[i].version)
			}
		}
		if i < 0 && !*update {
			t.Errorf("%s is not in %s", line.key(), versionsPath)
		}
		list = append(list, line)
	}
	for _, o := range old {
		if !slices.ContainsFunc(list, func(l versionLine) bool { return l.key() == o.key() }) {
			list = append(list, o)
		}
	}
	if t.Failed() {
		t.Fatal("if that is meant: go generate ./actigraphy/metrics")
	}
	if *update {
		writeVersions(t, list)
	}
}

type versionLine struct {
	definition, measure string
	version             int
	values              []string
}

func (l versionLine) key() string { return l.definition + " " + l.measure }

func readVersions(t *testing.T) []versionLine {
	t.Helper()
	content, err := os.ReadFile(versionsPath)
	if err != nil {
		t.Fatal(err)
	}
	var list []versionLine
	for i, text := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		if i == 0 {
			continue
		}
		cells := strings.Split(text, ",")
		if len(cells) != 4 {
			t.Fatalf("%s:%d has %d cells, want 4: put back a version without conflicts, then go generate", versionsPath, i+1, len(cells))
		}
		version, err := strconv.Atoi(cells[2])
		if err != nil {
			t.Fatalf("%s:%d: %v", versionsPath, i+1, err)
		}
		list = append(list, versionLine{cells[0], cells[1], version, strings.Fields(cells[3])})
	}
	return list
}

func writeVersions(t *testing.T, list []versionLine) {
	t.Helper()
	var b strings.Builder
	b.WriteString(versionsHead)
	for _, l := range list {
		fmt.Fprintf(&b, "%s,%s,%d,%s\n", l.definition, l.measure, l.version, strings.Join(l.values, " "))
	}
	if err := os.WriteFile(versionsPath, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func sameVersionValues(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool {
		v, errV := strconv.ParseFloat(x, 64)
		w, errW := strconv.ParseFloat(y, 64)
		if errV != nil || errW != nil {
			return x == y
		}
		return math.Abs(v-w) <= versionTolerance*max(math.Abs(v), math.Abs(w), 1e-9)
	})
}

// versionValues computes every measure of every definition.
func versionValues() []versionLine {
	var lines []versionLine
	recordings := versionRecordings()
	for _, d := range metrics.Definitions() {
		all := metrics.All(d)
		given := make([][]string, len(all))
		for _, r := range recordings {
			for i, v := range metrics.ComputeAll(metrics.Input{Recording: r}, all) {
				given[i] = append(given[i], digits(v))
			}
		}
		for i, m := range all {
			for _, v := range metrics.ComputeAll(metrics.Input{Recording: recordings[0]}, changed(m)) {
				given[i] = append(given[i], digits(v))
			}
			lines = append(lines, versionLine{string(d), m.ID, 0, given[i]})
		}
	}
	return lines
}

// digits writes a value with its parts as one number, "-" where there is none.
func digits(v metrics.Value) string {
	sum := v.Value
	if v.Reason != "" {
		sum = 0
	}
	some := v.Reason == ""
	for i, p := range v.Parts {
		if p.Reason == "" {
			sum, some = sum+p.Value*math.Sqrt(float64(i+2)), true
		}
	}
	if !some {
		return "-"
	}
	return strconv.FormatFloat(sum, 'g', 7, 64)
}

// changed returns the measure with each of its parameters at another value.
func changed(m metrics.Metric) []metrics.Metric {
	var list []metrics.Metric
	for _, p := range m.Parameters {
		others, wanted := p.Options, len(p.Options) // every word, or one number
		if wanted == 0 {
			others, wanted = []string{"1", "2", "3", "5", "20", "raw"}, 1
		}
		for _, value := range others {
			if other, err := m.With(p.Name, value); err == nil && parameterOf(other, p.Name) != p.Value && wanted > 0 {
				list, wanted = append(list, other), wanted-1
			}
		}
	}
	return list
}

func parameterOf(m metrics.Metric, name string) string {
	for _, p := range m.Parameters {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// versionRecordings returns a week of minutes with light and gaps; half minutes over
// a change of the clock; two short days of an unknown date.
func versionRecordings() []*actigraphy.Recording {
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		panic(err)
	}
	random := rand.New(rand.NewPCG(7, 11))
	wave := func(h float64) float64 {
		if (h > 23.2 || h < 6.7) && random.Float64() < 0.93 {
			return 0
		}
		return math.Floor(300 * max(0.02, 1+math.Sin(2*math.Pi*(h-9)/24)) * random.ExpFloat64())
	}
	week := repeated(naive(2020, 2, 3, 14), time.Minute, 7, wave)
	week.Channels = map[string][]float64{actigraphy.ChannelLight: make([]float64, len(week.Activity))}
	for i, v := range week.Activity {
		week.Channels[actigraphy.ChannelLight][i] = math.Round(v*v) / 50
		if i > 3000 && i < 3200 || i%997 == 0 {
			week.Activity[i] = math.NaN()
		}
	}
	week.Unit = actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: actigraphy.ChannelAxis1} // of most cut-points
	spring := repeated(actigraphy.Zoned(time.Date(2003, 3, 26, 10, 0, 0, 0, oslo)), 30*time.Second, 9, wave)
	short := repeated(actigraphy.LocalTime{}, 15*time.Minute, 2, wave)
	return []*actigraphy.Recording{week, spring, short}
}
