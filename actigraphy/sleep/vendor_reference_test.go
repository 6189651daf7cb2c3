package sleep_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/sleep"
	"circascope/internal/reference"
	"circascope/internal/reference/pyact"
)

func files(t *testing.T) string { return filepath.Join(reference.Dir(t), "actigraphy", "files") }

func rows(t *testing.T, path string) []map[string]string {
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
	out := make([]map[string]string, 0, len(all))
	for _, row := range all[1:] {
		m := map[string]string{}
		for i, name := range all[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// actiLifeDay is the day that ActiLife exported with its scoring.
func actiLifeDay(t *testing.T) (*actigraphy.Recording, []map[string]string) {
	t.Helper()
	r := &actigraphy.Recording{Start: clock(t, "2012-06-27T10:54:00"), Epoch: time.Minute}
	all := rows(t, filepath.Join(files(t), "actigraph.sleepr", "GT3XPlus-RawData-Day01-sleep-awake.csv"))
	for _, row := range all {
		r.Activity = append(r.Activity, number(t, row["axis1"]))
	}
	return r, all
}

func clock(t testing.TB, text string) actigraphy.LocalTime {
	t.Helper()
	at, err := actigraphy.ParseLocalTime(text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func mustScore(t testing.TB, r *actigraphy.Recording, d sleep.Definition, id string, v sleep.Values) sleep.Scoring {
	t.Helper()
	s, err := scoreAs(r, d, id, v)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestActiLifeScoring(t *testing.T) {
	r, all := actiLifeDay(t)
	for id, column := range map[string]string{"cole-kripke": "cole-kripke", "sadeh": "sadeh"} {
		s := mustScore(t, r, sleep.Vendor, id, nil)
		met := 0
		for i, row := range all {
			if want := map[string]sleep.State{"S": sleep.Asleep, "W": sleep.Wake}[row[column]]; s.States[i] == want {
				met++
			}
		}
		t.Logf("%s: %d of %d epochs as ActiLife", id, met, len(all))
		if met != 1500 || len(all) != 1500 {
			t.Errorf("%s: %d of %d epochs are as ActiLife's, want 1500 of 1500", id, met, len(all))
		}
	}
}

// TestActiLifeSummedEpochs scores the 10-s file that the day was collapsed from.
func TestActiLifeSummedEpochs(t *testing.T) {
	want, _ := actiLifeDay(t)
	r := pyact.ReadFile(t, filepath.Join(files(t), "actigraph.sleepr", "GT3XPlus-RawData-Day01.agd"), actigraphy.ChannelAxis1)
	for _, id := range []string{"cole-kripke", "sadeh"} {
		a, b := mustScore(t, r, sleep.Vendor, id, nil), mustScore(t, want, sleep.Vendor, id, nil)
		whole := len(r.Activity) / 6 // the file lacks the last epoch
		if r.Epoch != 10*time.Second || a.Epoch != time.Minute || whole != 1499 || !slices.Equal(a.States[:whole-2], b.States[:whole-2]) {
			t.Errorf("%s: summed epochs are not scored as the exported minutes", id)
		}
	}
}

func TestActiLifeSleepPeriods(t *testing.T) {
	r, _ := actiLifeDay(t)
	scoring := mustScore(t, r, sleep.Vendor, "sadeh", nil)
	byRule := map[string][]map[string]string{}
	for _, row := range rows(t, filepath.Join(files(t), "actigraph.sleepr", "GT3XPlus-RawData-Day01-sleep-periods.csv")) {
		byRule[row["period_algorithm"]] = append(byRule[row["period_algorithm"]], row)
	}
	if len(byRule) != 3 {
		t.Fatalf("got %d sets of parameters, want 3", len(byRule))
	}
	for name, want := range byRule {
		t.Run(name, func(t *testing.T) {
			whole := func(column string) int { return int(number(t, want[0][column])) }
			rule := sleep.TudorLocke{
				BedMinutes: whole("n_bedtime_start"), WakeMinutes: whole("n_wake_time_end"),
				Shortest: whole("min_sleep_period"), Longest: whole("max_sleep_period"), Moving: whole("min_nonzero_epochs"),
			}
			periods, err := rule.Periods(scoring, r.Activity)
			if err != nil {
				t.Fatal(err)
			}
			nights, err := sleep.Summarise(r, scoring, periods, sleep.DefaultRules())
			if err != nil {
				t.Fatal(err)
			}
			if len(nights) != len(want) {
				t.Fatalf("got %d periods, want %d: %v", len(nights), len(want), periods)
			}
			for i, n := range nights {
				near(t, "in bed", float64(n.From.Sub(clock(t, strings.TrimSuffix(want[i]["in_bed_time"], "Z")))), 0, 0)
				near(t, "out of bed", float64(n.To.Sub(clock(t, strings.TrimSuffix(want[i]["out_bed_time"], "Z")))), 0, 0)
				for column, got := range map[string]float64{
					"efficiency": n.SE, "latency": n.SOL, "duration": n.TIB, "total_sleep_time": n.TST, "wake_after_onset": n.WASO,
					"nb_awakenings": n.Awakenings, "ave_awakening": n.Awakening, "movement_index": n.MovementIndex,
					"fragmentation_index": n.FragmentationIndex, "sleep_fragmentation_index": n.SleepFragmentation,
				} {
					tolerance := .0051 // two decimals
					if strings.HasSuffix(column, "index") {
						tolerance = .00051
					}
					near(t, column, got, number(t, want[i][column]), tolerance)
				}
			}
		})
	}
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// batchNight is a line of a batch export of ActiLife.
type batchNight struct {
	File     string         `json:"file"`
	In       string         `json:"in_bed"`
	Out      string         `json:"out_bed"`
	ActiLife map[string]any `json:"actilife"`
}

func TestActiLifeBatchNights(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(reference.Dir(t), "actigraphy", "values", "gold_actilife_batch_sleep.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want []batchNight
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	met := 0
	for _, w := range want {
		r := pyact.ReadFile(t, filepath.Join(files(t), "arctools", w.File+".csv"), actigraphy.ChannelAxis1)
		s := mustScore(t, r, sleep.Vendor, "cole-kripke", nil)
		p := sleep.Period{From: clock(t, strings.Replace(w.In, " ", "T", 1)), To: clock(t, strings.Replace(w.Out, " ", "T", 1)), Origin: sleep.Manual}
		nights, err := sleep.Summarise(r, s, []sleep.Period{p}, sleep.DefaultRules())
		if err != nil {
			t.Fatal(err)
		}
		n := nights[0]
		for column, got := range map[string]float64{
			"Efficiency": n.SE, "Latency": n.SOL, "Total Sleep Time": n.TIB, "WASO": n.WASO, "Number of Awakenings": n.Awakenings,
			"Length of Awakenings in Minutes": n.Awakening, "Movement Index": n.MovementIndex,
			"Fragmentation Index": n.FragmentationIndex, "Sleep Fragmentation Index": n.SleepFragmentation,
		} {
			value, tolerance := w.ActiLife[column].(float64), .00051
			switch column {
			case "Length of Awakenings in Minutes":
				tolerance = .0051
			case "Sleep Fragmentation Index": // a sum of two rounded numbers
				tolerance = .0011
			}
			if math.Abs(got-value) > tolerance {
				t.Errorf("%s %s: got %v, want %v", w.In, column, got, value)
				continue
			}
			met++
		}
	}
	t.Logf("%d of %d numbers of %d nights as ActiLife", met, 9*len(want), len(want))
}

// actiwareScores are Actiware's own exports, with its sleep/wake column.
func TestActiwareSleepWake(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(reference.Dir(t), "actigraphy", "values", "gold_actiware_sleepwake.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold map[string]struct {
		File   string   `json:"file"`
		RLE    [][2]any `json:"rle"`
		Device struct {
			RLE [][2]any `json:"rle"`
		} `json:"device_sleep_wake"`
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	met, known, unscored := 0, 0, 0
	for name, g := range gold {
		r := pyact.ReadFile(t, filepath.Join(files(t), "..", g.File), "")
		s := mustScore(t, r, sleep.Vendor, "oakley", nil)
		want := expand(append(g.RLE, g.Device.RLE...))
		if len(want) != len(s.States) {
			t.Fatalf("%s: got %d epochs, want %d", name, len(s.States), len(want))
		}
		for i, state := range s.States {
			if want[i] == 'N' {
				unscored++
				continue
			}
			known++
			if state == map[byte]sleep.State{'0': sleep.Asleep, '1': sleep.Wake}[want[i]] {
				met++
			} else if testing.Verbose() {
				t.Logf("%s: epoch %d: got %v, want %c", name, i, state, want[i])
			}
		}
	}
	t.Logf("%d of %d epochs as Actiware; it leaves %d unscored", met, known, unscored)
	if known-met > 1 {
		t.Errorf("%d of %d epochs are as Actiware's", met, known)
	}
}

func TestActiwareIntervals(t *testing.T) {
	for _, export := range []struct {
		file, rest, asleep, layout string
		columns                    map[string]int // of the sleep interval's statistics
	}{
		{"test_sample_rpx_eng.csv", "REST", "SLEEP", "02/01/2006 15:04:05", map[string]int{"SE": 8, "WASO": 9, "TST": 11}},
		{"test_sample_rpx_fr.csv", "REPOS", "SOMMEIL", "2/01/2006 15:04:05", nil},
		{"test_sample_rpx_ger_no_light.csv", "RUHE", "SCHLAF", "02.01.2006 15:04:05", map[string]int{"SOL": 11, "snooze": 12, "SE": 13, "WASO": 14, "awakenings": 17, "TST": 18}},
	} {
		t.Run(export.file, func(t *testing.T) {
			path := filepath.Join(files(t), "pyActigraphy", export.file)
			r := pyact.ReadFile(t, path, "")
			s := mustScore(t, r, sleep.Vendor, "oakley", nil)
			rest, asleep := intervals(t, path, export.rest, export.layout), intervals(t, path, export.asleep, export.layout)
			rules := sleep.DefaultRules()
			rules.Convention = sleep.Immobility
			var periods []sleep.Period
			for _, i := range rest {
				periods = append(periods, sleep.Period{From: i.from, To: i.to, Origin: sleep.Manual, By: "Actiware"})
			}
			nights, err := sleep.Summarise(r, s, periods, rules)
			if err != nil {
				t.Fatal(err)
			}
			met := 0
			for i, n := range nights {
				w := asleep[i]
				if n.Onset.Equal(w.from) && n.Offset.Equal(w.to) {
					met++
				} else {
					t.Errorf("%s to %s: got sleep from %s to %s, want %s to %s", n.From, n.To, n.Onset, n.Offset, w.from, w.to)
				}
			}
			t.Logf("%d of %d sleep intervals as Actiware", met, len(nights))
			for _, m := range sleep.NightMeasures() {
				column, there := export.columns[m.ID]
				for i := 0; there && i < len(nights); i++ {
					want := number(t, strings.ReplaceAll(asleep[i].fields[column], ",", "."))
					near(t, fmt.Sprintf("night %d: %s", i+1, m.ID), m.Value(nights[i]), want, .0051)
				}
			}
		})
	}
}

// interval is a line of Actiware's statistics.
type interval struct {
	from, to actigraphy.LocalTime
	fields   []string
}

func intervals(t *testing.T, path, kind, layout string) []interval {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []interval
	for _, line := range strings.Split(string(data), "\n") {
		if !strings.HasPrefix(line, fmt.Sprintf("%q,", kind)) {
			continue
		}
		var times []actigraphy.LocalTime
		fields := strings.Split(strings.Trim(strings.TrimSpace(line), `",`), `","`)
		for i := range fields[:len(fields)-1] {
			for _, joined := range []string{fields[i] + " " + fields[i+1], fields[i] + " " + fields[min(i+2, len(fields)-1)]} {
				if at, err := time.Parse(layout, joined); err == nil {
					times = append(times, actigraphy.Naive(at))
				}
			}
		}
		if len(times) >= 2 {
			all = append(all, interval{times[0], times[1], fields})
		}
	}
	return all
}
