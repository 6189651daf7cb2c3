package metrics_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/internal/reference/pyact"
)

// knownSeries is one recording of the reference and the file it is in.
type knownSeries struct {
	values, file, channel string
	first, epochs         int           // a part of the file; epochs 0: all
	join                  time.Duration // epochs are summed to ones of this length on the clock; 0: as they are
	start                 string        // for files without a date or with a zone; empty: as it is
}

// whole reports whether the series is a file as it is.
func (s knownSeries) whole() bool { return s.epochs == 0 && s.join == 0 && s.start == "" }

// read returns the recording as the workbench's readers give it, and as it is
// under pyActigraphy's mask, which is made before the recording is cut.
func (s knownSeries) read(t *testing.T, dir string) (asRead, underMask *actigraphy.Recording) {
	t.Helper()
	key := [3]string{s.file, s.channel}
	if s.file == "" {
		key[2] = s.values
	}
	if readBefore[key] == nil {
		readBefore[key] = pyact.Read(t, dir, s.values, s.file, s.channel)
	}
	adapted := *readBefore[key]
	s.adapt(t, &adapted)
	underMask = masked(&adapted)
	return s.cut(&adapted), s.cut(underMask)
}

// readBefore has the recordings that a test has read, by file, channel and the
// person of a table; no measure changes them.
var readBefore = map[[3]string]*actigraphy.Recording{}

func (s knownSeries) cut(r *actigraphy.Recording) *actigraphy.Recording {
	if s.epochs > 0 {
		r.Start = r.Start.Add(time.Duration(s.first) * r.Epoch)
		r.Activity = r.Activity[s.first : s.first+s.epochs]
	}
	return r
}

// adapt gives the recording the epochs and the start of the reference.
func (s knownSeries) adapt(t *testing.T, r *actigraphy.Recording) {
	t.Helper()
	if s.join > 0 {
		into := r.Start.SinceMidnight() % s.join
		joined := make([]float64, int((into+time.Duration(len(r.Activity)-1)*r.Epoch)/s.join)+1)
		for i, v := range r.Activity {
			joined[int((into+time.Duration(i)*r.Epoch)/s.join)] += v
		}
		r.Start, r.Activity, r.Epoch = r.Start.Add(-into), joined, s.join
	}
	if s.start != "" {
		var err error
		if r.Start, err = actigraphy.ParseLocalTime(s.start); err != nil {
			t.Fatal(err)
		}
	}
}

// The recordings of the reference that the workbench's readers give as
// pyActigraphy read them. example_01_AWD_sst and its like are parts of others.
var series = []knownSeries{
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
	{values: "sleepr_GT3XPlus_agd_axis1_60s", file: "actigraph.sleepr/GT3XPlus-RawData-Day01.agd", channel: actigraphy.ChannelAxis1, join: time.Minute},
	{values: "test_sample_agd_axis1_60s", file: "pyActigraphy/test_sample.agd", channel: actigraphy.ChannelAxis1, join: time.Minute},
	{values: "GGIRread_Actiwatch_csv_dutch", file: "GGIRread/Actiwatch.csv"},
	{values: "LightLogR_205_actlumus_PIM_10s", file: "LightLogR/205_actlumus_Log_1020_20230904101707532.txt.zip", channel: "PIM", join: 10 * time.Second},
	{values: "LightLogR_205_actlumus_PIM_60s", file: "LightLogR/205_actlumus_Log_1020_20230904101707532.txt.zip", channel: "PIM", join: time.Minute},
	{values: "LightLogR_205_actlumus_ZCM_10s", file: "LightLogR/205_actlumus_Log_1020_20230904101707532.txt.zip", channel: "ZCM", join: 10 * time.Second},
	{values: "LightLogR_205_actlumus_ZCM_60s", file: "LightLogR/205_actlumus_Log_1020_20230904101707532.txt.zip", channel: "ZCM", join: time.Minute},
	{values: "test_sample_atr_PIM", file: "pyActigraphy/test_sample_atr.txt", channel: "PIM"},
	{values: "test_sample_atr_TAT", file: "pyActigraphy/test_sample_atr.txt", channel: "TAT"},
	{values: "test_sample_atr_ZCM", file: "pyActigraphy/test_sample_atr.txt", channel: "ZCM"},
	{values: "test_sample_csv_rpx_fr", file: "pyActigraphy/test_sample.csv", epochs: 11555},
	{values: "test_sample_dqt", file: "pyActigraphy/test_sample_dqt.csv", start: "2000-01-27T19:00:00"},
	{values: "test_sample_mesa", file: "pyActigraphy/test_sample_mesa.csv", start: "2000-01-06T00:00:00"},
	{values: "test_sample_mtn", file: "pyActigraphy/test_sample.mtn"},
	{values: "test_sample_rpx_eng_UKdates", file: "pyActigraphy/test_sample_rpx_eng.csv"},
	{values: "test_sample_rpx_fr_keepna", file: "pyActigraphy/test_sample_rpx_fr.csv"},
	{values: "test_sample_rpx_fr", file: "pyActigraphy/test_sample_rpx_fr.csv", epochs: 11555},
	{values: "test_sample_rpx_ger_no_light_keepna", file: "pyActigraphy/test_sample_rpx_ger_no_light.csv"},
	{values: "test_sample_rpx_ger_no_light", file: "pyActigraphy/test_sample_rpx_ger_no_light.csv", first: 1, epochs: 20159},
	{values: "test_sample_tal", file: "pyActigraphy/test_sample_tal.txt"},
	{values: "test_sample_tal_1min", file: "pyActigraphy/test_sample_tal.txt", join: time.Minute},
	{values: "nparACT_sleepstudy", file: "nparACT/sleepstudy.rda"},
	{values: "PhysicalActivity_dataSec_60s", file: "PhysicalActivity/dataSec.rda", join: time.Minute},
}

// number reads a number, "nan", or a time as "1 days 02:03:00", which becomes
// hours since midnight, or as "-1 days +22:30:00", hours before it.
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
	var days, h, m int
	var s float64
	if _, err := fmt.Sscanf(text, "%d days %d:%d:%g", &days, &h, &m, &s); err != nil {
		t.Fatalf("value %q is no time: %v", text, err)
	}
	return float64(24*min(0, days)+h) + float64(m)/60 + s/3600, true
}

// checkSeries makes sure that both programs see the same activity.
func checkSeries(t *testing.T, r *actigraphy.Recording, want pyact.Known) {
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
