package format_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/internal/reference"
)

// TestNothingIsMisread reads every reference file. Those below are recordings of
// this package's formats, or tables with times and an activity column; all others
// must be refused: other devices' files, raw acceleration, diaries, scores.
func TestNothingIsMisread(t *testing.T) {
	want := map[string]string{
		"nhanes47/act.csv": "nhanes",

		"files/GGIR/Actiwatch.AWD":                          "awd",
		"files/GGIRread/Actiwatch.AWD":                      "awd",
		"files/pyActigraphy/example_01.AWD":                 "awd",
		"files/pyActigraphy/example_01_mask.AWD":            "awd",
		"files/pyActigraphy/example_03.AWD":                 "awd",
		"files/pyActigraphy/test_sample.AWD":                "awd",
		"files/pyActigraphy/test_sample_aw4.AWD":            "awd",
		"files/pyActigraphy/test_sample_awi.AWD":            "awd",
		"files/pyActigraphy/test_sample_awl.AWD":            "awd",
		"files/pyActigraphy/test_sample_aws.AWD":            "awd",
		"files/GGIR/ActiGraph13_timestamps_headers.csv":     "actigraph-csv",
		"files/GGIRread/ActiGraph13.csv":                    "actigraph-csv",
		"files/GGIRread/ActiGraph13_timestamps_headers.csv": "actigraph-csv",
		"files/GGIRread/ActiGraph61.csv":                    "actigraph-csv",
		"files/arctools/TAS1D47140221_2018-11-30_60sec.csv": "actigraph-csv",
		"files/arctools/TAS1E25150485_2019-01-18_60sec.csv": "actigraph-csv",

		"files/pyActigraphy/sample-timeSeries.csv.gz":                     "uk-biobank",
		"files/biobankAccelerometerAnalysis/gt3xV1EpochRef.csv":           "uk-biobank",
		"files/GGIR/Actiwatch.csv":                                        "rpx",
		"files/GGIRread/Actical.csv":                                      "actical",
		"files/GGIRread/Actiwatch.csv":                                    "rpx",
		"files/LightLogR/205_actlumus_Log_1020_20230904101707532.txt.zip": "atr",
		"files/pyActigraphy/test_sample.csv":                              "rpx",
		"files/pyActigraphy/test_sample.mtn":                              "mtn",
		"files/pyActigraphy/test_sample_atr.txt":                          "atr",
		"files/pyActigraphy/test_sample_dqt.csv":                          "dqt",
		"files/pyActigraphy/test_sample_rpx_eng.csv":                      "rpx",
		"files/pyActigraphy/test_sample_rpx_fr.csv":                       "rpx",
		"files/pyActigraphy/test_sample_rpx_ger_no_light.csv":             "rpx",
		"files/pyActigraphy/test_sample_tal.txt":                          "tal",
		"files/pyActigraphy/test_sample_mesa.csv":                         "mesa",
		"files/GGIRread/steps-1995-06-23_Fitbit.json":                     "fitbit",
		"files/GGIRread/calories-1995-06-23_Fitbit.json":                  "fitbit",
		"files/GGIRread/heart_rate-1995-06-24.json":                       "fitbit",
		"files/hkimport/export.xml":                                       "apple-health",

		"files/depresjon/condition_1.csv":                               "csv",
		"files/depresjon/condition_7.csv":                               "csv",
		"files/depresjon/control_1.csv":                                 "csv",
		"files/depresjon/control_12.csv":                                "csv",
		"files/depresjon-excel/control_1.csv":                           "csv",
		"files/actigraph.sleepr/GT3XPlus-RawData-Day01.csv":             "csv",
		"files/actigraph.sleepr/GT3XPlus-RawData-Day01-10sec60sec.csv":  "csv",
		"files/actigraph.sleepr/GT3XPlus-RawData-Day01-ColeKripke.csv":  "csv",
		"files/actigraph.sleepr/GT3XPlus-RawData-Day01-Sadeh.csv":       "csv",
		"files/actigraph.sleepr/GT3XPlus-RawData-Day01-sleep-awake.csv": "csv",
	}
	root := filepath.Join(reference.Dir(t), "actigraphy")
	got, refused := make(map[string]string), 0
	for _, dir := range []string{"files", "nhanes47"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			reader, err := readerOf(path)
			var file *actigraphy.FileError
			switch {
			case reader != "":
				got[filepath.ToSlash(name)] = reader
			case errors.As(err, &file) && file.Advice != "":
				refused++
			default:
				t.Errorf("%s: got %v, want a *FileError with advice", name, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if !maps.Equal(got, want) {
		for _, name := range slices.Sorted(maps.Keys(got)) {
			if want[name] != got[name] {
				t.Errorf("%s: got %q, want %q", name, got[name], want[name])
			}
		}
		for _, name := range slices.Sorted(maps.Keys(want)) {
			if got[name] == "" {
				t.Errorf("%s: refused, want %q", name, want[name])
			}
		}
	}
	t.Logf("%d files read, %d refused", len(got), refused)
}

// readerOf returns the reader that gave a recording, "" where there is none.
func readerOf(path string) (reader string, err error) {
	err = format.Read(context.Background(), format.Readers(), path, format.Options{}, nil, func(r *actigraphy.Recording) error {
		reader = r.Source.Format
		return nil
	})
	return reader, err
}
