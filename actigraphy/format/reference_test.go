package format_test

import (
	"context"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/formattest"
	"circascope/internal/reference"
)

// read returns the recordings of a file.
func read(t testing.TB, path string, opts format.Options) []*actigraphy.Recording {
	t.Helper()
	var out []*actigraphy.Recording
	err := format.Read(context.Background(), format.Readers(), path, opts, nil, func(r *actigraphy.Recording) error {
		out = append(out, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestReferenceValues compares the text readers with pyActigraphy on real files.
// pyActigraphy takes vector magnitude by its own choice where we take axis 1: the
// option asks for it. It invents dates for NHANES, whose table has none.
func TestReferenceValues(t *testing.T) {
	vm := format.Options{Channel: "vector magnitude"}
	tests := []struct {
		values  string
		reader  string
		opts    format.Options
		subject string // of several in a file
	}{
		{"pyactigraphy_GGIRread_Actiwatch_AWD", "awd", format.Options{}, ""},
		{"pyactigraphy_example_01_AWD", "awd", format.Options{}, ""},
		{"pyactigraphy_example_01_mask_AWD", "awd", format.Options{}, ""},
		{"pyactigraphy_example_03_AWD", "awd", format.Options{}, ""},
		{"pyactigraphy_test_sample_AWD", "awd", format.Options{}, ""},
		{"pyactigraphy_test_sample_aw4_AWD", "awd", format.Options{}, ""},
		{"pyactigraphy_test_sample_awi_AWD", "awd", format.Options{}, ""},
		{"pyactigraphy_test_sample_awl_AWD", "awd", format.Options{}, ""},
		{"pyactigraphy_test_sample_aws_AWD", "awd", format.Options{}, ""},
		{"pyactigraphy_depresjon_condition_1", "csv", format.Options{}, ""},
		{"pyactigraphy_depresjon_condition_7", "csv", format.Options{}, ""},
		{"pyactigraphy_depresjon_control_1", "csv", format.Options{}, ""},
		{"pyactigraphy_depresjon_control_12", "csv", format.Options{}, ""},
		{"pyactigraphy_depresjon-excel_control_1", "csv", format.Options{}, ""},
		{"pyactigraphy_arctools_TAS1D47140221_2018-11-30_60sec_Axis1", "actigraph-csv", format.Options{}, ""},
		{"pyactigraphy_arctools_TAS1D47140221_2018-11-30_60sec_vectormagnitude", "actigraph-csv", vm, ""},
		{"pyactigraphy_arctools_TAS1E25150485_2019-01-18_60sec_Axis1", "actigraph-csv", format.Options{}, ""},
		{"pyactigraphy_arctools_TAS1E25150485_2019-01-18_60sec_vectormagnitude", "actigraph-csv", vm, ""},
		{"pyactigraphy_test_sample_mesa", "mesa", format.Options{}, ""},
		{"pyactigraphy_sample_timeSeries_bba", "uk-biobank", format.Options{}, ""},
		{"pyactigraphy_test_sample_rpx_eng_UKdates", "rpx", format.Options{}, ""},
		{"pyactigraphy_test_sample_rpx_fr_keepna", "rpx", format.Options{}, ""},
		{"pyactigraphy_test_sample_rpx_ger_no_light_keepna", "rpx", format.Options{}, ""},
		{"pyactigraphy_GGIRread_Actiwatch_csv_dutch", "rpx", format.Options{}, ""},
		{"pyactigraphy_test_sample_atr_PIM", "atr", format.Options{}, ""},
		{"pyactigraphy_test_sample_atr_TAT", "atr", format.Options{Channel: "TAT"}, ""},
		{"pyactigraphy_test_sample_atr_ZCM", "atr", format.Options{Channel: "zcm"}, ""},
		{"pyactigraphy_test_sample_tal", "tal", format.Options{}, ""},
		{"pyactigraphy_test_sample_dqt", "dqt", format.Options{}, ""},
		{"pyactigraphy_test_sample_mtn", "mtn", format.Options{}, ""},
		{"pyactigraphy_nhanes_21061", "nhanes", format.Options{}, "21061"},
		{"pyactigraphy_nhanes_21275", "nhanes", format.Options{}, "21275"},
		{"pyactigraphy_nhanes_22335", "nhanes", format.Options{}, "22335"},
		{"pyactigraphy_nhanes_23138", "nhanes", format.Options{}, "23138"},
		{"pyactigraphy_nhanes_24107", "nhanes", format.Options{}, "24107"},
		{"pyactigraphy_nhanes_40351", "nhanes", format.Options{}, "40351"},
	}
	for _, tt := range tests {
		t.Run(tt.values, func(t *testing.T) {
			want, path := formattest.Load(t, reference.Dir(t), tt.values)
			for _, r := range read(t, path, tt.opts) {
				if tt.subject != "" && r.Subject != tt.subject {
					continue
				}
				if r.Source.Format != tt.reader {
					t.Errorf("reader: got %s, want %s", r.Source.Format, tt.reader)
				}
				met, of := formattest.Compare(t, want, r)
				t.Logf("%s: %d values met of %d known", want.File, met, of)
			}
		})
	}
}
