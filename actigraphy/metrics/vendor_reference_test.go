package metrics_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
	"circascope/internal/reference"
	"circascope/internal/reference/pyact"
)

// batchNight is a line of a batch export of ActiLife.
type batchNight struct {
	File     string         `json:"file"`
	In       string         `json:"in_bed"`
	Out      string         `json:"out_bed"`
	ActiLife map[string]any `json:"actilife"`
}

// TestActiLifeNights: of the rest periods that ActiLife used, the parts of the vendor
// measures are the numbers of its export.
func TestActiLifeNights(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	data, err := os.ReadFile(filepath.Join(dir, "values", "gold_actilife_batch_sleep.json"))
	if err != nil {
		t.Fatal(err)
	}
	var nights []batchNight
	if err := json.Unmarshal(data, &nights); err != nil {
		t.Fatal(err)
	}
	byFile := map[string][]batchNight{}
	for _, n := range nights {
		byFile[n.File] = append(byFile[n.File], n)
	}
	met := 0
	for file, want := range byFile {
		in := metrics.Input{Recording: pyact.ReadFile(t, filepath.Join(dir, "files", "arctools", file+".csv"), actigraphy.ChannelAxis1)}
		for _, n := range want {
			in.Rest = append(in.Rest, sleep.Period{Kind: diary.Night, From: at(t, n.In), To: at(t, n.Out), Origin: sleep.Manual})
		}
		for column, id := range map[string]string{
			"Efficiency": "SE", "Latency": "SOL", "Total Sleep Time": "TIB", "WASO": "WASO", "Number of Awakenings": "awakenings",
			"Length of Awakenings in Minutes": "awakening", "Movement Index": "movement_index",
			"Fragmentation Index": "fragmentation_index", "Sleep Fragmentation Index": "sleep_fragmentation_index",
		} {
			got := lookup(metrics.Vendor, id).Compute(in)
			if rest := parameter(got.Metric, "rest"); len(got.Parts) != len(want) || rest != "manual" {
				t.Fatalf("%s: got %d nights of rest %q, want %d that are manual: %s", id, len(got.Parts), rest, len(want), got.Reason)
			}
			for i, n := range want {
				if w := n.ActiLife[column].(float64); math.Abs(got.Parts[i].Value-w) > .0051 {
					t.Errorf("%s %s: got %v, want %v", n.In, id, got.Parts[i].Value, w)
					continue
				}
				met++
			}
		}
	}
	t.Logf("%d of %d numbers of %d nights as ActiLife", met, 9*len(nights), len(nights))
}

// TestActiLifeSleepPeriods: the vendor measures find ActiLife's periods by each of
// its three exported settings, and have their numbers.
func TestActiLifeSleepPeriods(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy", "files", "actigraph.sleepr")
	byRule := map[string][]map[string]string{}
	for _, row := range table(t, filepath.Join(dir, "GT3XPlus-RawData-Day01-sleep-periods.csv")) {
		byRule[row["period_algorithm"]] = append(byRule[row["period_algorithm"]], row)
	}
	in := metrics.Input{Recording: pyact.ReadFile(t, filepath.Join(dir, "GT3XPlus-RawData-Day01.agd"), actigraphy.ChannelAxis1)}
	met, known := 0, 0
	for rule, want := range byRule {
		for column, id := range map[string]string{
			"efficiency": "SE", "latency": "SOL", "duration": "TIB", "total_sleep_time": "TST", "wake_after_onset": "WASO",
			"nb_awakenings": "awakenings", "ave_awakening": "awakening", "movement_index": "movement_index",
			"fragmentation_index": "fragmentation_index", "sleep_fragmentation_index": "sleep_fragmentation_index",
		} {
			got := lookup(metrics.Vendor, id, "scoring", "sadeh",
				"bed_minutes", want[0]["n_bedtime_start"], "wake_minutes", want[0]["n_wake_time_end"], "period_shortest", want[0]["min_sleep_period"],
				"period_longest", want[0]["max_sleep_period"], "period_moving", want[0]["min_nonzero_epochs"]).Compute(in)
			if len(got.Parts) != len(want) {
				t.Fatalf("%s, %s: got %d periods, want %d: %s", rule, id, len(got.Parts), len(want), got.Reason)
			}
			for i, row := range want {
				known++
				if w, err := strconv.ParseFloat(row[column], 64); err != nil || math.Abs(got.Parts[i].Value-w) > .0051 {
					t.Errorf("%s, period %d, %s: got %v, want %s", rule, i+1, id, got.Parts[i].Value, row[column])
					continue
				}
				met++
			}
		}
	}
	t.Logf("%d of %d numbers of ActiLife's periods", met, known)
}

// table reads a CSV, one map of columns a row.
func table(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, len(all)-1)
	for i, cells := range all[1:] {
		rows[i] = map[string]string{}
		for j, cell := range cells {
			rows[i][all[0][j]] = cell
		}
	}
	return rows
}

func at(t *testing.T, text string) actigraphy.LocalTime {
	t.Helper()
	out, err := actigraphy.ParseLocalTime(strings.Replace(text, " ", "T", 1))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// parameter returns the value of a parameter of a measure.
func parameter(m metrics.Metric, name string) string {
	for _, p := range m.Parameters {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}
