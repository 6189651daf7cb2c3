package metrics

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// versionsFile lists, for every measure of every definition, the version of its code
// and what that gave for the recordings of TestVersions, which writes it.
//
//go:embed versions.csv
var versionsFile string

// Version returns the version of the measure's formula as it is computed here. It
// rises whenever a change of the code gives another number, so that a stored value
// of another version is never taken for this one's. Lengths of L and M other than
// those of All share the version of L5 and M10.
func (m Metric) Version() int {
	key := versionKey{m.Definition, m.ID}
	if v, known := versions()[key]; known {
		return v
	}
	return max(1, versions()[key.family()])
}

type versionKey struct {
	definition Definition
	id         string
}

// family returns the key of the L or M that stands for all lengths.
func (k versionKey) family() versionKey {
	name, ending, _ := strings.Cut(k.id, "_")
	if ending != "" {
		ending = "_" + ending
	}
	if hours, isWindow := strings.CutPrefix(name, "L"); isWindow && isNumber(hours) {
		k.id = "L5" + ending
	}
	if hours, isWindow := strings.CutPrefix(name, "M"); isWindow && isNumber(hours) {
		k.id = "M10" + ending
	}
	return k
}

func isNumber(text string) bool {
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}

// versions are those of the file. A line that can't be read is for TestVersions to
// report.
var versions = sync.OnceValue(func() map[versionKey]int {
	list := map[versionKey]int{}
	for line := range strings.Lines(versionsFile) {
		cells := strings.Split(strings.TrimSpace(line), ",")
		if len(cells) < 3 {
			continue
		}
		if v, err := strconv.Atoi(cells[2]); err == nil {
			list[versionKey{Definition(cells[0]), cells[1]}] = v
		}
	}
	return list
})
