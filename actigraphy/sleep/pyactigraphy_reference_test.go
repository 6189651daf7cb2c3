package sleep_test

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"gonum.org/v1/gonum/stat"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/diaryfile"
	"circascope/actigraphy/format"
	"circascope/actigraphy/sheet"
	"circascope/actigraphy/sleep"
	"circascope/internal/reference"
	"circascope/internal/reference/pyact"
)

// series are the recordings of the reference that the workbench's readers give as
// pyActigraphy read them.
var series = []struct {
	values, file, channel string
	first, epochs         int           // a part of the file; epochs 0: all
	summed                time.Duration // to epochs of the clock
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
	{values: "test_sample_atr_PIM", file: "pyActigraphy/test_sample_atr.txt", channel: "PIM"},
	{values: "test_sample_atr_TAT", file: "pyActigraphy/test_sample_atr.txt", channel: "TAT"},
	{values: "test_sample_atr_ZCM", file: "pyActigraphy/test_sample_atr.txt", channel: "ZCM"},
	{values: "test_sample_dqt", file: "pyActigraphy/test_sample_dqt.csv"},
	{values: "test_sample_mtn", file: "pyActigraphy/test_sample.mtn"},
	{values: "test_sample_tal", file: "pyActigraphy/test_sample_tal.txt"},
	{values: "test_sample_rpx_eng_UKdates", file: "pyActigraphy/test_sample_rpx_eng.csv"},
	{values: "test_sample_rpx_fr", file: "pyActigraphy/test_sample_rpx_fr.csv", epochs: 11555},
	{values: "test_sample_rpx_fr_keepna", file: "pyActigraphy/test_sample_rpx_fr.csv"},
	{values: "test_sample_rpx_ger_no_light", file: "pyActigraphy/test_sample_rpx_ger_no_light.csv", first: 1, epochs: 20159},
	{values: "test_sample_rpx_ger_no_light_keepna", file: "pyActigraphy/test_sample_rpx_ger_no_light.csv"},
	{values: "test_sample_tal_1min", file: "pyActigraphy/test_sample_tal.txt"},
	{values: "test_sample_mesa", file: "pyActigraphy/test_sample_mesa.csv"},
	{values: "sleepr_GT3XPlus_agd_axis1_60s", file: "actigraph.sleepr/GT3XPlus-RawData-Day01.agd", channel: actigraphy.ChannelAxis1, summed: time.Minute},
	{values: "test_sample_agd_axis1_60s", file: "pyActigraphy/test_sample.agd", channel: actigraphy.ChannelAxis1, summed: time.Minute},
	{values: "GGIRread_Actiwatch_csv_dutch", file: "GGIRread/Actiwatch.csv"},
	{values: "sample_timeSeries_bba", file: "pyActigraphy/sample-timeSeries.csv.gz"},
	{values: "sample_timeSeries_bba_1min", file: "pyActigraphy/sample-timeSeries.csv.gz", summed: time.Minute},
	{values: "LightLogR_205_actlumus_PIM_10s", file: "LightLogR/205_actlumus_Log_1020_20230904101707532.txt.zip", channel: "PIM", summed: 10 * time.Second},
	{values: "LightLogR_205_actlumus_PIM_60s", file: "LightLogR/205_actlumus_Log_1020_20230904101707532.txt.zip", channel: "PIM", summed: time.Minute},
	{values: "LightLogR_205_actlumus_ZCM_10s", file: "LightLogR/205_actlumus_Log_1020_20230904101707532.txt.zip", channel: "ZCM", summed: 10 * time.Second},
	{values: "LightLogR_205_actlumus_ZCM_60s", file: "LightLogR/205_actlumus_Log_1020_20230904101707532.txt.zip", channel: "ZCM", summed: time.Minute},
	{values: "PhysicalActivity_dataSec_60s", file: "PhysicalActivity/dataSec.rda", summed: time.Minute},
	{values: "nparACT_sleepstudy", file: "nparACT/sleepstudy.rda"},
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

// check computes what the reference calls by a name: text that must be equal, or a
// number within 1e-9 relative.
type check func(*actigraphy.Recording) (string, float64, error)

func theirs(id string, v sleep.Values) check {
	return func(r *actigraphy.Recording) (string, float64, error) {
		s, err := scoreAs(r, sleep.PyActigraphy, id, v)
		return letters(s, id), 0, err
	}
}

func scoreAs(r *actigraphy.Recording, d sleep.Definition, id string, v sleep.Values) (sleep.Scoring, error) {
	a, found := sleep.Find(d, id)
	if !found {
		return sleep.Scoring{}, fmt.Errorf("there is no %s %s", d, id)
	}
	return a.Score(r, v)
}

// letters writes a scoring as pyActigraphy codes it: 1 for sleep, but for Crespo, who
// has 1 for activity, and 2 for the rest of the Condor model.
func letters(s sleep.Scoring, id string) string {
	codes := map[sleep.State]byte{sleep.Unknown: 'N', sleep.Wake: '0', sleep.Asleep: '1', sleep.Rest: '2'}
	if id == "crespo" {
		codes[sleep.Wake], codes[sleep.Rest] = '1', '0'
	}
	out := make([]byte, len(s.States))
	for i, state := range s.States {
		out[i] = codes[state]
	}
	return string(out)
}

func regularity(id string, v sleep.Values) check {
	return func(r *actigraphy.Recording) (string, float64, error) {
		s, err := scoreAs(r, sleep.PyActigraphy, id, v)
		if err != nil {
			return "", 0, err
		}
		sri, err := sleep.Regularity(s, sleep.PyActigraphy)
		return "", sri, err
	}
}

func midpoint(id string) check {
	return func(r *actigraphy.Recording) (string, float64, error) {
		s, err := scoreAs(r, sleep.PyActigraphy, id, nil)
		if err != nil {
			return "", 0, err
		}
		h, err := sleep.Midpoint(s)
		return "", h, err
	}
}

func checks() map[string]check {
	all := map[string]check{
		"Sadeh": theirs("sadeh", nil), "Scripps": theirs("scripps", nil), "Crespo": theirs("crespo", nil), "Roenneberg": theirs("roenneberg", nil),
		"Oakley_20": theirs("oakley", sleep.Values{"threshold": 20}), "Oakley_40": theirs("oakley", nil), "Oakley_80": theirs("oakley", sleep.Values{"threshold": 80}),
		"Oakley_automatic": theirs("oakley", sleep.Values{"threshold": 0}),
		"Oakley_automatic_threshold": func(r *actigraphy.Recording) (string, float64, error) {
			return "", sleep.OakleyThreshold(r.Activity, r.Epoch), nil
		},
		"CSM_auto_multistate": theirs("csm", nil),
		"CSM_auto": func(r *actigraphy.Recording) (string, float64, error) {
			text, _, err := theirs("csm", nil)(r)
			return strings.ReplaceAll(text, "2", "0"), 0, err
		},
		"SRI_Oakley40": regularity("oakley", nil), "SRI_Sadeh": regularity("sadeh", nil), "SRI_Scripps": regularity("scripps", nil),
		"SRI_Roenneberg": regularity("roenneberg", nil),
		"SMP_Sadeh":      midpoint("sadeh"), "SMP_Roenneberg": midpoint("roenneberg"),
	}
	for name, id := range map[string]string{"Roenneberg_AoT": "roenneberg", "Crespo_AoT": "crespo"} {
		all[name] = turns(id)
	}
	all["sleep_durations_Roenneberg_note"] = durations
	for name, id := range map[string]string{"mean": "cole-kripke", "30sec": "cole-kripke-30s", "10sec": "cole-kripke-10s", "10sec_overlap": "cole-kripke-10s-overlap"} {
		all["CK_"+name+"_rescoreTrue"] = theirs(id, nil)
		all["CK_"+name+"_rescoreFalse"] = theirs(id, sleep.Values{"rescore": 0})
	}
	return all
}

// turns lists the times at which a scoring turns to activity, then those at which it
// turns to rest.
func turns(id string) check {
	return func(r *actigraphy.Recording) (string, float64, error) {
		s, err := scoreAs(r, sleep.PyActigraphy, id, nil)
		if err != nil {
			return "", 0, err
		}
		var on, off []string
		for i := 1; i < len(s.States); i++ {
			if was, is := s.States[i-1], s.States[i]; was != is && was != sleep.Unknown && is != sleep.Unknown {
				if at := s.At(i).Clock().Format(wallClock); is == sleep.Wake {
					on = append(on, at)
				} else {
					off = append(off, at)
				}
			}
		}
		return strings.Join(on, " ") + " | " + strings.Join(off, " "), 0, nil
	}
}

const wallClock = "2006-01-02T15:04:05"

// durations counts and adds up the sleeps of at least 30 min that begin and end
// within the recording.
func durations(r *actigraphy.Recording) (string, float64, error) {
	s, err := scoreAs(r, sleep.PyActigraphy, "roenneberg", nil)
	if err != nil {
		return "", 0, err
	}
	n, total := 0, time.Duration(0)
	for _, p := range sleep.DetectedPeriods(s, 30*time.Minute) {
		if p.From.Sub(s.Start) > 0 && s.At(len(s.States)).Sub(p.To) > 0 {
			n, total = n+1, total+p.Length()
		}
	}
	return fmt.Sprintf("%d sleeps, %v", n, total), 0, nil
}

// TestPyActigraphyValues prints, by algorithm, how many of the known values are met;
// go test -v shows the table.
func TestPyActigraphyValues(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	met, total := map[string]int{}, map[string]int{}
	for _, s := range series {
		t.Run(s.values, func(t *testing.T) {
			want := pyact.ReadKnown(t, dir, s.values)
			r := pyact.Read(t, dir, s.values, s.file, s.channel)
			if s.epochs > 0 {
				r.Start = r.Start.Add(time.Duration(s.first) * r.Epoch)
				r.Activity = r.Activity[s.first : s.first+s.epochs]
			}
			if !r.Start.HasDate() { // pyActigraphy invents one
				start, err := actigraphy.ParseLocalTime(want.Recording.Start)
				if err != nil {
					t.Fatal(err)
				}
				r.Start = start
			}
			if s.summed > 0 {
				r = byClock(r, s.summed)
			}
			if why := differs(r, want); why != "" {
				if s.values == "sample_timeSeries_bba_1min" {
					t.Skip("pyActigraphy takes the mean of an acceleration's epochs, not the sum")
				}
				t.Fatal(why)
			}
			for name, c := range checks() {
				k, there := want.Metrics[name]
				if !there || k.Value == nil { // pyActigraphy stopped with an error
					continue
				}
				in := r
				if strings.HasPrefix(name, "CSM") {
					in = pyact.Read(t, dir, s.values, s.file, "ZCMn")
				}
				total[name]++
				if miss := compare(t, c, in, k); miss == "" {
					met[name]++
				} else if why := explained(s.values, name); why != "" {
					t.Logf("%s: %s: %s", name, miss, why)
				} else {
					t.Errorf("%s: %s", name, miss)
				}
			}
		})
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	var names []string
	for n := range total {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		fmt.Fprintf(w, "%s\t%d of %d\n", n, met[n], total[n])
	}
	w.Flush()
	t.Log("values met of known:\n" + table.String())
}

// explained says why a value is missed, "" if nobody knows.
func explained(values, name string) string {
	switch {
	case name == "SMP_Sadeh" && values == "test_sample_mesa":
		return "no epoch is asleep: pyActigraphy takes the angle of nothing, 0"
	case strings.HasPrefix(name, "SMP") && values == "sample_timeSeries_bba":
		return "pyActigraphy drops the .439 s of the start"
	case strings.HasPrefix(name, "Crespo") && strings.HasSuffix(values, "_sst"):
		return "pyActigraphy runs Crespo's medians over the whole file, of which this is a part"
	case name == "Oakley_20" && values == "nparACT_sleepstudy":
		return "the score of the epoch is exactly 20; pyActigraphy adds up in another order and gets less"
	}
	return ""
}

// compare returns how a value misses, or "".
func compare(t *testing.T, c check, r *actigraphy.Recording, k pyact.Value) string {
	t.Helper()
	text, v, err := c(r)
	var runs struct {
		RLE [][2]any `json:"rle"`
	}
	var number float64
	var clock string
	var turn struct{ AonT, AoffT []string }
	var sum struct {
		N     *int
		Total string
	}
	switch {
	case json.Unmarshal(k.Value, &runs) == nil && runs.RLE != nil:
		if err != nil {
			return err.Error()
		}
		return differing(text, expand(runs.RLE))
	case json.Unmarshal(k.Value, &turn) == nil && turn.AonT != nil:
		return unlike(text, stripped(turn.AonT)+" | "+stripped(turn.AoffT), err)
	case json.Unmarshal(k.Value, &sum) == nil && sum.N != nil:
		total := time.Duration(math.Round(hours(t, sum.Total) * float64(time.Hour)))
		return unlike(text, fmt.Sprintf("%d sleeps, %v", *sum.N, total), err)
	case json.Unmarshal(k.Value, &number) == nil:
	case json.Unmarshal(k.Value, &clock) == nil && clock == "nan":
		if err == nil {
			return fmt.Sprintf("got %v, pyActigraphy had nan", v)
		}
		return ""
	default:
		number = hours(t, clock)
	}
	switch {
	case err != nil:
		return fmt.Sprintf("%v, want %v", err, number)
	case !(math.Abs(v-number) <= 1e-9*max(1, math.Abs(number))):
		return fmt.Sprintf("got %v, want %v", v, number)
	}
	return ""
}

func unlike(got, want string, err error) string {
	switch {
	case err != nil:
		return err.Error()
	case got != want:
		return fmt.Sprintf("got %.200s, want %.200s", got, want)
	}
	return ""
}

// stripped joins times, without fractions and zones.
func stripped(times []string) string {
	out := make([]string, len(times))
	for i, t := range times {
		out[i] = t[:len(wallClock)]
	}
	return strings.Join(out, " ")
}

func expand(rle [][2]any) string {
	var b strings.Builder
	for _, run := range rle {
		b.WriteString(strings.Repeat(run[0].(string), int(run[1].(float64))))
	}
	return b.String()
}

func differing(got, want string) string {
	if len(got) != len(want) {
		return fmt.Sprintf("got %d epochs, want %d", len(got), len(want))
	}
	n, first := 0, -1
	for i := range got {
		if got[i] != want[i] {
			n++
			if first < 0 {
				first = i
			}
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d epochs differ, the first is %d: got %c, want %c", n, len(got), first, got[first], want[first])
}

// hours reads "-1 days +22:03:04.5" or "0 days 03:03:22.1".
func hours(t *testing.T, text string) float64 {
	t.Helper()
	var days, h, m int
	var s float64
	if _, err := fmt.Sscanf(strings.ReplaceAll(text, "+", ""), "%d days %d:%d:%g", &days, &h, &m, &s); err != nil {
		t.Fatalf("value %q is no time: %v", text, err)
	}
	return float64(24*days) + float64(h) + float64(m)/60 + s/3600
}

// TestDiaryLengths: the mean nights and naps of pyActigraphy's diary.
func TestDiaryLengths(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	want := pyact.ReadKnown(t, dir, "example_01_AWD")
	entries := readDiary(t, filepath.Join(dir, "files", "pyActigraphy", "example_01_sleepdiary.ods"))
	periods, err := sleep.DiaryPeriods(entries, clock(t, want.Recording.Start))
	if err != nil {
		t.Fatal(err)
	}
	for name, kind := range map[string]diary.Kind{"total_bed_time": diary.Night, "total_nap_time": diary.Nap} {
		var lengths []float64
		for _, p := range periods {
			if p.Kind == kind {
				lengths = append(lengths, p.Length().Hours())
			}
		}
		var texts []string
		if err := json.Unmarshal(want.Metrics[name].Value, &texts); err != nil {
			t.Fatal(err)
		}
		mean, sd := stat.MeanStdDev(lengths, nil)
		near(t, name, mean, hours(t, texts[0]), 1e-9)
		near(t, name+" SD", sd, hours(t, texts[1]), 1e-9)
	}
}

func readDiary(t *testing.T, path string) []diary.Entry {
	t.Helper()
	in, err := format.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	table, err := sheet.Reader{}.Read(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	d, err := diaryfile.Read(in, table, "")
	if err != nil {
		t.Fatal(err)
	}
	return d.Entries
}

// byClock sums a recording as pandas resamples: in bins of the clock, each of what
// there is of it.
func byClock(r *actigraphy.Recording, epoch time.Duration) *actigraphy.Recording {
	lead := r.Start.SinceMidnight() % epoch
	out := &actigraphy.Recording{Start: r.Start.Add(-lead), Epoch: epoch, Unit: r.Unit}
	for i, v := range r.Activity {
		at := int((lead + time.Duration(i)*r.Epoch) / epoch)
		for len(out.Activity) <= at {
			out.Activity = append(out.Activity, 0)
		}
		if !math.IsNaN(v) {
			out.Activity[at] += v
		}
	}
	return out
}

// differs says how the two programs' readings differ, if they do.
func differs(r *actigraphy.Recording, want pyact.Known) string {
	sum := 0.0
	for _, v := range r.Activity {
		if !math.IsNaN(v) {
			sum += v
		}
	}
	k := want.Recording
	if len(r.Activity) != k.Epochs || r.Epoch.Seconds() != k.Epoch || r.Missing() != k.NaN ||
		math.Abs(sum-k.Sum) > 1e-9*sum || !strings.HasPrefix(k.Start, r.Start.String()[:min(19, len(r.Start.String()))]) {
		return fmt.Sprintf("the recording was read with %d epochs of %v from %v, sum %v, %d missing; the reference has %d of %v s from %s, sum %v, %d missing",
			len(r.Activity), r.Epoch, r.Start, sum, r.Missing(), k.Epochs, k.Epoch, k.Start, k.Sum, k.NaN)
	}
	return ""
}
