package metrics_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/internal/reference"
	"circascope/internal/reference/pyact"
)

// measured pairs a name of the reference with the measure that must meet it.
type measured struct {
	name    string // as in the reference, without masked120min_
	measure metrics.Metric
}

// measures are those of the reference that this package computes.
func measures() []measured {
	const p = metrics.PyActigraphy
	var list []measured
	add := func(name, id string, parameters ...string) {
		list = append(list, measured{name, lookup(p, id, parameters...)})
	}
	for suffix, threshold := range map[string]string{"_bin4": "4", "_raw": raw} {
		for _, id := range []string{"IS", "IV"} {
			for width, minutes := range map[string]string{"1H": "60", "30min": "30", "5min": "5"} {
				add(id+"_"+width+suffix, id, "bin", minutes, "threshold", threshold)
			}
		}
		for _, id := range []string{"ISm", "IVm", "L5", "M10", "RA", "L5_onset", "M10_onset", "ISp", "IVp", "L5p", "M10p", "RAp", "AonT", "AoffT"} {
			add(id+suffix, id, "threshold", threshold)
		}
		for word, rescale := range map[string]string{"True": "1", "False": "0"} {
			for other, exclude := range map[string]string{"True": "1", "False": "0"} {
				add("ADAT"+suffix+"_rescale"+word+"_excludeends"+other, "ADAT", "threshold", threshold, "rescale", rescale, "exclude_ends", exclude)
			}
		}
	}
	add("average_daily_activity_1H_raw", "average_day", "threshold", raw)
	for _, id := range []string{"kRA", "kAR"} {
		add(id+"_thr4", id)
	}
	for _, of := range []string{"Sadeh", "Scripps", "Roenneberg"} {
		add("SRI_"+of, "SRI", "scoring", strings.ToLower(of))
		add("SMP_"+of, "sleep_midpoint", "scoring", strings.ToLower(of))
	}
	add("SRI_Oakley40", "SRI", "scoring", "oakley")
	add("kRA_thr0_nighttime", "kRA", "threshold", "0", "from", "0", "hours", "5")
	add("kAR_thr0_daytime", "kAR", "threshold", "0", "from", "9", "hours", "5")
	return list
}

// tally counts the values met of those known, by measure.
type tally map[string]*[2]int

var nameOfMeasure = regexp.MustCompile(`^(masked120min_)?[A-Za-z]+[0-9]*p?m?(_onset|_daily_activity)?`)

func (t tally) add(name string, met bool) {
	row := nameOfMeasure.FindString(name)
	if t[row] == nil {
		t[row] = new([2]int)
	}
	t[row][1]++
	if met {
		t[row][0]++
	}
}

// TestPyActigraphyValues compares every known value of every recording, and
// prints how many are met, by recording and by measure: go test -v shows it.
func TestPyActigraphyValues(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	byMeasure := tally{}
	for _, s := range series {
		t.Run(s.values, func(t *testing.T) {
			want := pyact.ReadKnown(t, dir, s.values)
			r, underMask := s.read(t, dir)
			checkSeries(t, r, want)
			compare(t, r, want, "", byMeasure)
			compare(t, underMask, want, "masked120min_", byMeasure)
		})
	}
	t.Log("values met of known, within 1e-9 relative:\n" + byMeasure.String())
}

func (t tally) String() string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	met, known := 0, 0
	for _, name := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(w, "%s\t%d of %d\n", name, t[name][0], t[name][1])
		met, known = met+t[name][0], known+t[name][1]
	}
	fmt.Fprintf(w, "all\t%d of %d\n", met, known)
	w.Flush()
	return text.String()
}

// masked returns the recording without what pyActigraphy's inactivity mask of
// 120 min takes: runs of zeros of at least that long.
func masked(r *actigraphy.Recording) *actigraphy.Recording {
	out := *r
	out.Activity = append([]float64(nil), r.Activity...)
	least := int(2 * time.Hour / r.Epoch)
	for from := 0; from < len(r.Activity); {
		to := from
		for to < len(r.Activity) && r.Activity[to] < 1 {
			to++
		}
		if to-from >= least {
			for i := from; i < to; i++ {
				out.Activity[i] = math.NaN()
			}
		}
		from = to + 1
	}
	return &out
}

// compare takes one kind of miss as explained: bins under a mask in recordings
// that also have missing epochs of their own. pyActigraphy leaves out the bins of
// the one and counts the other as 0; here both are missing.
func compare(t *testing.T, r *actigraphy.Recording, want pyact.Known, prefix string, met tally) {
	var names []string
	var list []metrics.Metric
	for _, m := range measures() {
		if _, there := want.Metrics[prefix+m.name]; there { // the reference has some of the masked ones alone, and not of every recording
			names, list = append(names, prefix+m.name), append(list, m.measure)
		}
	}
	if prefix != "" {
		list = metrics.UnderMask(list)
	}
	for i, v := range metrics.ComputeAll(metrics.Input{Recording: r}, list) {
		k := want.Metrics[names[i]]
		problem := differs(t, v, k.Value)
		met.add(names[i], problem == "")
		if problem != "" && !(prefix != "" && want.Recording.NaN > 0 && hasParameter(v.Metric, "leave_out")) && !noSleep(v.Metric, problem) {
			t.Errorf("%s: %s (the reference: %.200s %s)", names[i], problem, k.Value, k.Error)
		}
	}
}

// noSleep explains the midpoint of no sleep, for which pyActigraphy has the angle of
// nothing, 0.
func noSleep(m metrics.Metric, problem string) bool {
	return m.ID == "sleep_midpoint" && strings.Contains(problem, "no epoch is scored asleep")
}

func hasParameter(m metrics.Metric, name string) bool {
	return slices.ContainsFunc(m.Parameters, func(p metrics.Parameter) bool { return p.Name == name })
}

// differs says how a measure differs from what the reference has: a number, a
// list of them, or none.
func differs(t *testing.T, got metrics.Value, raw json.RawMessage) string {
	t.Helper()
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil && raw != nil {
		if len(list) != len(got.Parts) {
			return fmt.Sprintf("%d parts, want %d", len(got.Parts), len(list))
		}
		for i, part := range got.Parts {
			if problem := differsFrom(t, part.Value, part.Reason, list[i]); problem != "" {
				return fmt.Sprintf("part %s: %s", part.Label, problem)
			}
		}
		return ""
	}
	return differsFrom(t, got.Value, got.Reason, raw)
}

func differsFrom(t *testing.T, got float64, reason string, raw json.RawMessage) string {
	t.Helper()
	want, isNumber := number(t, raw)
	switch {
	case !isNumber && reason == "":
		return fmt.Sprintf("got %v, want none", got)
	case isNumber && reason != "":
		return fmt.Sprintf("got none (%s), want %v", reason, want)
	case isNumber && math.Abs(got-want) > 1e-9*math.Abs(want):
		return fmt.Sprintf("got %v, want %v", got, want)
	}
	return ""
}
