package format

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"circascope/actigraphy"
)

// maxSummary bounds the summary of a recording, some 40 KB.
const maxSummary = 16 << 20

// ukSummary holds of the tool's summary what a reader wants to know of the
// recording. Values that are not there stay nil.
type ukSummary struct {
	file string // its base name

	Source         string   `json:"file-name"`
	Device         *float64 `json:"file-deviceID"`
	ErrorBefore    *float64 `json:"calibration-errsBefore(mg)"`
	ErrorAfter     *float64 `json:"calibration-errsAfter(mg)"`
	OwnData        *float64 `json:"quality-calibratedOnOwnData"`
	GoodCalibrated *float64 `json:"quality-goodCalibration"`
	WearDays       *float64 `json:"wearTime-overall(days)"`
	NonWearDays    *float64 `json:"nonWearTime-overall(days)"`
	GoodWear       *float64 `json:"quality-goodWearTime"`
	Interrupts     *float64 `json:"errs-interrupts-num"`
	ClockChange    *float64 `json:"quality-daylightSavingsCrossover"`
}

// isSummary looks for the first names of a summary.
func isSummary(head []byte) bool {
	return opens("{")(head) && contains(`"file-name"`, `"file-size"`, `"file-deviceID"`)(head)
}

// seriesStem is the name that the tool gave all its outputs of one file: sample of
// sample-timeSeries.csv.gz.
func seriesStem(name string) string {
	s := stem(name)
	for _, suffix := range []string{"-timeSeries", "AccTimeSeries", "-epoch", "AccEpoch", "-summary", "-outputSummary"} {
		s = strings.TrimSuffix(s, suffix)
	}
	return s
}

// of reports whether the summary is of the recording of that name.
func (s *ukSummary) of(name string) bool { return rawStem(s.Source) == seriesStem(name) }

// rawStem is the name of a raw file without its extensions: sample of
// sample.cwa.gz.
func rawStem(name string) string {
	return stem(filepath.Base(strings.ReplaceAll(name, `\`, "/")))
}

func readSummary(ctx context.Context, in *Input) (*ukSummary, error) {
	r, err := in.Content(ctx)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(r, maxSummary+1))
	switch {
	case err != nil:
		return nil, in.readError(err)
	case len(text) > maxSummary:
		return nil, in.fault(fmt.Sprintf("a summary of more than %d MiB", maxSummary>>20), "take it out of the folder")
	}
	s := &ukSummary{file: in.Name}
	if err := json.Unmarshal(bytes.TrimPrefix(text, byteOrderMark), s); err != nil {
		return nil, &actigraphy.FileError{
			File: in.Path, Expected: "a summary of biobankAccelerometerAnalysis", Found: "JSON that cannot be read as one",
			Advice: "copy it again, or take it out of the folder", Err: err,
		}
	}
	return s, nil
}

// summaryBeside returns the summary that lies beside a time series under the name
// that the tool gives it, nil where there is none.
func summaryBeside(ctx context.Context, in *Input) (s *ukSummary, err error) {
	if in.file == nil {
		return nil, nil
	}
	for _, ending := range []string{"-summary.json", "-outputSummary.json"} {
		beside, err := Open(filepath.Join(filepath.Dir(in.Path), seriesStem(in.Name)+ending))
		if err != nil {
			continue // none is there, or none that can be one
		}
		defer func() { err = errors.Join(err, beside.Close()) }()
		if isSummary(beside.Head) {
			return readSummary(ctx, beside)
		}
	}
	return nil, nil
}

// describe leaves the facts of the summary in the recording's notes. A summary of
// another file is not believed.
func (s *ukSummary) describe(r *actigraphy.Recording) {
	note := func(format string, args ...any) {
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf(format, args...))
	}
	switch {
	case s == nil:
		note("No summary of the tool lies beside the file: calibration and wear time are not known.")
		return
	case !s.of(r.Source.Subject):
		note("WARNING: %s is of %q, not of this recording; it was not used.", s.file, s.Source)
		return
	}
	note("The tool's summary of the recording is %s.", s.file)
	if s.Device != nil {
		r.Device = fmt.Sprintf("%s%.0f", maker(s.Source), *s.Device)
	}
	if s.ErrorBefore != nil && s.ErrorAfter != nil {
		note("%s: the calibration error was %.1f mg before and %.1f mg after calibration.", s.file, *s.ErrorBefore, *s.ErrorAfter)
	}
	if s.OwnData != nil && *s.OwnData == 0 {
		note("%s: the device was not calibrated on its own data.", s.file)
	}
	if s.GoodCalibrated != nil && *s.GoodCalibrated == 0 {
		note("WARNING: %s says that the calibration is not good.", s.file)
	}
	if s.WearDays != nil && s.NonWearDays != nil {
		note("%s: worn for %.2f days, not worn for %.2f days.", s.file, *s.WearDays, *s.NonWearDays)
	}
	if s.GoodWear != nil && *s.GoodWear == 0 {
		note("WARNING: %s says that the device was worn too little.", s.file)
	}
	if s.Interrupts != nil && *s.Interrupts > 0 {
		note("%s: interruptions of the recording: %.0f.", s.file, *s.Interrupts)
	}
	if s.ClockChange != nil && *s.ClockChange != 0 {
		note("%s: summer time began or ended within the recording.", s.file)
	}
}

// maker names the maker of a device by the raw file that the tool read.
func maker(raw string) string {
	if strings.Contains(strings.ToLower(raw), ".cwa") {
		return "Axivity "
	}
	return ""
}

// summaryAlone is the outcome of a summary: taken up where its time series lies
// beside it, else refused.
func summaryAlone(ctx context.Context, in *Input) error {
	s, err := readSummary(ctx, in)
	if err != nil {
		return err
	}
	found := fmt.Sprintf("a summary of %q, which holds no recording", s.Source)
	if !s.of(in.Name) {
		return in.fault(found+", under a name of another file",
			fmt.Sprintf("name it %s-summary.json and put it beside the time series of that recording", rawStem(s.Source)))
	}
	if series := seriesBeside(in); series != "" {
		return &actigraphy.FileError{
			File: in.Path, Found: found, Err: &Companion{Of: series},
			Advice: "it comes with the recording of " + filepath.Base(series) + " beside it",
		}
	}
	return in.fault(found, "put it beside "+rawStem(s.Source)+seriesEndings[0]+" and import that")
}

// seriesEndings end the names of the files that take up a summary, the usual first.
var seriesEndings = []string{
	"-timeSeries.csv.gz", "-timeSeries.csv", "-epoch.csv.gz", "-epoch.csv",
	"AccTimeSeries.csv.gz", "AccTimeSeries.csv", "AccEpoch.csv.gz", "AccEpoch.csv",
}

// seriesBeside returns the path of the time series that a summary is read with, ""
// where none lies beside it.
func seriesBeside(in *Input) string {
	if in.file == nil {
		return ""
	}
	for _, ending := range seriesEndings {
		path := filepath.Join(filepath.Dir(in.Path), seriesStem(in.Name)+ending)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return ""
}
