package metrics_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/agd"
	"circascope/actigraphy/metrics"
	"circascope/internal/reference"
)

// known is what the reference holds of one recording: pyActigraphy 1.2.2's own
// reading and its measures, each with the call that gave it.
type known struct {
	Recording struct {
		Epochs int     `json:"n_epochs"`
		Epoch  float64 `json:"frequency_s"`
		Start  string  `json:"start"`
		Sum    float64 `json:"sum"`
		NaN    int     `json:"nan"`
	} `json:"recording"`
	Metrics map[string]struct {
		Value json.RawMessage `json:"value"`
		Error string          `json:"error"`
	} `json:"metrics"`
}

// The recordings of the reference that the workbench's readers give as
// pyActigraphy read them. example_01_AWD_sst and its like are parts of others.
var series = []struct {
	values, file, channel string
	first, epochs         int // a part of the file; epochs 0: all
}{
	{values: "nhanes_21061"},
	{values: "nhanes_21275"},
	{values: "nhanes_22335"},
	{values: "nhanes_23138"},
	{values: "nhanes_24107"},
	{values: "nhanes_40351"},
	{values: "example_01_AWD", file: "pyActigraphy/example_01.AWD"},
	{values: "example_01_AWD_sst", file: "pyActigraphy/example_01.AWD", first: 18*60 + 2, epochs: 12961},
	{values: "example_01_mask_AWD", file: "pyActigraphy/example_01_mask.AWD"},
	{values: "example_03_AWD", file: "pyActigraphy/example_03.AWD"},
	{values: "example_03_AWD_sst", file: "pyActigraphy/example_03.AWD", first: 3*1440 + 11, epochs: 14401},
	{values: "test_sample_AWD", file: "pyActigraphy/test_sample.AWD"},
	{values: "test_sample_aw4_AWD", file: "pyActigraphy/test_sample_aw4.AWD"},
	{values: "test_sample_awi_AWD", file: "pyActigraphy/test_sample_awi.AWD"},
	{values: "test_sample_awl_AWD", file: "pyActigraphy/test_sample_awl.AWD"},
	{values: "test_sample_aws_AWD", file: "pyActigraphy/test_sample_aws.AWD"},
	{values: "GGIRread_Actiwatch_AWD", file: "GGIRread/Actiwatch.AWD"},
	{values: "sleepr_GT3XPlus_agd", file: "actigraph.sleepr/GT3XPlus-RawData-Day01.agd", channel: actigraphy.ChannelVM},
	{values: "sleepr_GT3XPlus_agd_axis1_10s", file: "actigraph.sleepr/GT3XPlus-RawData-Day01.agd", channel: actigraphy.ChannelAxis1},
	{values: "test_sample_agd", file: "pyActigraphy/test_sample.agd", channel: actigraphy.ChannelVM},
	{values: "test_sample_agd_axis1_10s", file: "pyActigraphy/test_sample.agd", channel: actigraphy.ChannelAxis1},
	{values: "arctools_TAS1D47140221_2018-11-30_60sec_Axis1", file: "arctools/TAS1D47140221_2018-11-30_60sec.csv", channel: actigraphy.ChannelAxis1},
	{values: "arctools_TAS1D47140221_2018-11-30_60sec_vectormagnitude", file: "arctools/TAS1D47140221_2018-11-30_60sec.csv", channel: actigraphy.ChannelVM},
	{values: "arctools_TAS1E25150485_2019-01-18_60sec_Axis1", file: "arctools/TAS1E25150485_2019-01-18_60sec.csv", channel: actigraphy.ChannelAxis1},
	{values: "arctools_TAS1E25150485_2019-01-18_60sec_vectormagnitude", file: "arctools/TAS1E25150485_2019-01-18_60sec.csv", channel: actigraphy.ChannelVM},
	{values: "depresjon_condition_1", file: "depresjon/condition_1.csv"},
	{values: "depresjon_condition_7", file: "depresjon/condition_7.csv"},
	{values: "depresjon-excel_control_1", file: "depresjon-excel/control_1.csv"},
	{values: "depresjon_control_1", file: "depresjon/control_1.csv"},
	{values: "depresjon_control_12", file: "depresjon/control_12.csv"},
}

// measures pairs the names of the reference with the measures that must meet
// them.
func measures() map[string]metrics.Metric {
	const p = metrics.PyActigraphy
	pairs := map[string]metrics.Metric{}
	for suffix, levels := range map[string]metrics.Levels{"_bin4": metrics.Above(4), "_raw": metrics.Raw} {
		for width, d := range map[string]time.Duration{"1H": time.Hour, "30min": 30 * time.Minute, "5min": 5 * time.Minute} {
			pairs["IS_"+width+suffix] = metrics.InterdailyStability(p, d, levels)
			pairs["IV_"+width+suffix] = metrics.IntradailyVariability(p, d, levels)
		}
		pairs["ISm"+suffix] = metrics.MeanInterdailyStability(p, levels)
		pairs["IVm"+suffix] = metrics.MeanIntradailyVariability(p, levels)
		pairs["L5"+suffix] = metrics.LeastActive(p, 5*time.Hour, levels)
		pairs["M10"+suffix] = metrics.MostActive(p, 10*time.Hour, levels)
		pairs["RA"+suffix] = metrics.RelativeAmplitude(p, levels)
		pairs["L5_onset"+suffix] = metrics.LeastActiveOnset(p, 5*time.Hour, levels)
		pairs["M10_onset"+suffix] = metrics.MostActiveOnset(p, 10*time.Hour, levels)
	}
	return pairs
}

// TestPyActigraphyValues prints how many of the known values each recording
// meets; go test -v shows the table.
func TestPyActigraphyValues(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	met, total := 0, 0
	for _, s := range series {
		t.Run(s.values, func(t *testing.T) {
			want := readKnown(t, dir, s.values)
			r := readSeries(t, dir, s.values, s.file, s.channel)
			if s.epochs > 0 {
				r.Start = r.Start.Add(time.Duration(s.first) * r.Epoch)
				r.Activity = r.Activity[s.first : s.first+s.epochs]
			}
			checkSeries(t, r, want)
			ok, n := compare(t, r, want)
			met, total = met+ok, total+n
			fmt.Fprintf(w, "%s\t%d of %d\n", s.values, ok, n)
		})
	}
	fmt.Fprintf(w, "all\t%d of %d\n", met, total)
	w.Flush()
	t.Log("values met of known, within 1e-9 relative:\n" + table.String())
}

func compare(t *testing.T, r *actigraphy.Recording, want known) (met, total int) {
	for name, m := range measures() {
		k, there := want.Metrics[name]
		if !there {
			t.Errorf("the reference has no %s", name)
			continue
		}
		total++
		got := m.Compute(r)
		value, isNumber := number(t, k.Value)
		switch {
		case !isNumber && got.Reason != "":
			met++ // neither has a number
		case !isNumber:
			t.Errorf("%s: got %v, want none (%s%s)", name, got.Value, k.Value, k.Error)
		case got.Reason != "":
			t.Errorf("%s: got no number (%s), want %v", name, got.Reason, value)
		case math.Abs(got.Value-value) > 1e-9*math.Abs(value):
			t.Errorf("%s: got %v, want %v", name, got.Value, value)
		default:
			met++
		}
	}
	return met, total
}

// number reads a number, "nan", or a time as "1 days 02:03:00", which becomes
// hours since midnight.
func number(t *testing.T, raw json.RawMessage) (float64, bool) {
	t.Helper()
	var v float64
	if raw == nil {
		return 0, false
	}
	if json.Unmarshal(raw, &v) == nil {
		return v, true
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		t.Fatalf("value %s is neither a number nor a text", raw)
	}
	if text == "nan" {
		return 0, false
	}
	var days, h, m, s int
	if _, err := fmt.Sscanf(text, "%d days %d:%d:%d", &days, &h, &m, &s); err != nil {
		t.Fatalf("value %q is no time: %v", text, err)
	}
	return float64(h) + float64(m)/60 + float64(s)/3600, true
}

func readKnown(t *testing.T, dir, values string) (k known) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "values", "pyactigraphy_"+values+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &k); err != nil {
		t.Fatal(err)
	}
	return k
}

func readSeries(t *testing.T, dir, values, file, channel string) *actigraphy.Recording {
	t.Helper()
	if file == "" {
		return nhanes(t, filepath.Join(dir, "nhanes47", "act.csv"), strings.TrimPrefix(values, "nhanes_"))
	}
	var r *actigraphy.Recording
	readers := append([]format.Reader{agd.Reader{}}, format.Readers()...)
	err := format.Read(context.Background(), readers, filepath.Join(dir, "files", file), format.Options{Channel: channel}, nil,
		func(read *actigraphy.Recording) error { r = read; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// nhanes returns one person of the wide table, with the date that the reference
// invented for it.
func nhanes(t *testing.T, path, id string) *actigraphy.Recording {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	r := &actigraphy.Recording{Subject: id, Epoch: time.Minute, Start: actigraphy.Naive(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))}
	for _, row := range rows {
		if row[0] != id {
			continue
		}
		for _, cell := range row[2:] {
			v, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(err)
			}
			r.Activity = append(r.Activity, v)
		}
	}
	return r
}

// checkSeries makes sure that both programs see the same activity.
func checkSeries(t *testing.T, r *actigraphy.Recording, want known) {
	t.Helper()
	sum := 0.0
	for _, v := range r.Activity {
		if !math.IsNaN(v) {
			sum += v
		}
	}
	k := want.Recording
	if len(r.Activity) != k.Epochs || r.Epoch.Seconds() != k.Epoch || r.Missing() != k.NaN ||
		math.Abs(sum-k.Sum) > 1e-9*sum || r.Start.String() != k.Start {
		t.Fatalf("the recording was read with %d epochs of %v from %v, sum %v, %d missing; the reference has %d of %v s from %s, sum %v, %d missing",
			len(r.Activity), r.Epoch, r.Start, sum, r.Missing(), k.Epochs, k.Epoch, k.Start, k.Sum, k.NaN)
	}
}
