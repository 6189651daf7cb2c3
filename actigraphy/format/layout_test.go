package format_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

const fitabaseNarrow = "Id,ActivityMinute,Steps\n" +
	"15,4/5/2016 11:58:00 PM,0\n15,4/5/2016 11:59:00 PM,17\n15,4/6/2016 12:00:00 AM,5\n" +
	"22,4/5/2016 12:00:00 AM,1\n22,4/5/2016 12:02:00 AM,3\n22,4/5/2016 12:03:00 AM,4\n"

// fitabaseWide are two hours whose minutes count from 0 and from 100.
func fitabaseWide() string {
	var b strings.Builder
	b.WriteString("ActivityHour")
	for m := range 60 {
		fmt.Fprintf(&b, ",Steps%02d", m)
	}
	for h, hour := range []string{"12:00:00 AM", "1:00:00 AM"} {
		b.WriteString("\n4/13/2016 " + hour)
		for m := range 60 {
			fmt.Fprintf(&b, ",%d", h*100+m)
		}
	}
	return b.String() + "\n"
}

const ggirPart2 = `"timestamp","anglez","ENMO"
"2020-03-05T12:00:00+0100",-12.5,0.0125
"2020-03-05T12:00:05+0100",3.5,0
"2020-03-05T12:00:10+0100",4,0.5
`

const ggirPart5 = `timenum,ACC,SleepPeriodTime,invalidepoch,guider
1583406000,12.5,0,0,sleeplog
1583406005,30.25,1,0,sleeplog
1583406010,0,1,1,sleeplog
`

const lightLogR = `Id,Datetime,file.name,MEDI,PIM,TAT,is.implicit
205,2023-08-29T08:00:04Z,a.txt,12.5,40,3,FALSE
205,2023-08-29T08:00:14Z,a.txt,13.5,50,4,FALSE
205,2023-08-29T08:00:24Z,a.txt,NA,60,5,TRUE
`

const healthBand = `Study Name:    Made up,,,,,
subjectID:    MADE-UP,,,,,
deviceSN:     0001,,,,,
,,,,,
timeStamp,activityCounts,heartRate,offWrist,sleepEventMarker,vo2Max
11-04-2022 23:59:00,NaN,NaN,1,0,NaN
11-05-2022 00:00:00,73,51,0,1,NaN
11-05-2022 00:01:00,0,52,0,0,NaN
`

const oldSeries = "acceleration (mg) - 2014-05-07 13:29:50 - 2014-05-07 13:30:05 - sampleRate = 5 seconds,imputed\n12.5,\n3.1,1\n0.0,\n7.0,\n"

// makeUKBiobank is a time series over the end of summer time.
func makeUKBiobank(rows int) []byte {
	var b bytes.Buffer
	b.WriteString("time,acc,light,sleep,imputed,MET\n")
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		london = time.UTC
	}
	at := time.Date(2014, 10, 26, 0, 58, 50, 439e6, time.UTC)
	for i := range rows {
		t := at.Add(time.Duration(i) * 30 * time.Second).In(london)
		stamp := t.Format("2006-01-02 15:04:05.000000-0700") + " [Europe/London]"
		switch i {
		case 1:
			fmt.Fprintf(&b, "%s,,,,,\n", stamp)
		case 2:
			fmt.Fprintf(&b, "%s,5.5,0.0,1.0,1,0.95\n", stamp)
		default:
			fmt.Fprintf(&b, "%s,%v,1.0,0.0,0,1.5634920634920635\n", stamp, float64(i)+0.25)
		}
	}
	return b.Bytes()
}

// TestLayouts reads a made-up table of each tool.
func TestLayouts(t *testing.T) {
	nan := math.NaN()
	naive := func(y int, m time.Month, d, h, min int) actigraphy.LocalTime {
		return actigraphy.Naive(time.Date(y, m, d, h, min, 0, 0, time.UTC))
	}
	tests := []struct {
		name, content, channel string
		reader, subject, unit  string
		start                  string
		epoch                  time.Duration
		activity               []float64 // the first values
		channels               map[string][]float64
		note                   string
	}{
		{
			"narrow.csv", fitabaseNarrow, "", "fitabase", "15", "Fitbit steps", naive(2016, 4, 5, 23, 58).String(), time.Minute,
			[]float64{0, 17, 5},
			nil, "month, day, year",
		},
		{
			"77_minuteStepsWide.csv", fitabaseWide(), "steps", "fitabase", "77_minuteStepsWide", "Fitbit steps", naive(2016, 4, 13, 0, 0).String(), time.Minute,
			[]float64{0, 1, 2},
			nil, "The participant's name is taken from the file's name.",
		},
		{
			"part2.csv", ggirPart2, "", "ggir", "part2", "mg, ENMO", "2020-03-05T12:00:00+01:00", 5 * time.Second,
			[]float64{12.5, 0, 500},
			map[string][]float64{"angle-z": {-12.5, 3.5, 4}},
			"multiplied by 1000",
		},
		{
			"part5.csv", ggirPart5, "", "ggir", "part5", "mg, acceleration metric", "2020-03-05T11:00:00Z", 5 * time.Second,
			[]float64{12.5, 30.25, 0},
			map[string][]float64{"sleep period": {0, 1, 1}},
			`Columns that were not read: "guider"`,
		},
		{
			"table.csv", lightLogR, "TAT", "lightlogr", "205", "counts, TAT", "2023-08-29T08:00:04Z", 10 * time.Second,
			[]float64{3, 4, 5},
			map[string][]float64{"melanopic EDI": {12.5, 13.5, nan}, "PIM": {40, 50, 60}},
			"",
		},
		{
			"band.csv", healthBand, "", "health-band", "MADE-UP", "Philips Health Band counts", naive(2022, 11, 4, 23, 59).String(), time.Minute,
			[]float64{nan, 73, 0},
			map[string][]float64{"wear": {0, 1, 1}, "heart rate": {nan, 51, 52}, "marker": {0, 1, 0}},
			"opposite of the column offWrist",
		},
		{
			"made-timeSeries.csv", string(makeUKBiobank(200)), "", "uk-biobank", "made", "mg, ENMO", "2014-10-26T01:58:50.439+01:00", 30 * time.Second,
			[]float64{0.25, nan, nan, 3.25},
			map[string][]float64{"imputed": {0, 0, 1, 0}, "class light": {1, nan, 0, 1}, "MET": {1.5634920634920635, nan, 0.95}},
			"1 epochs were imputed",
		},
		{
			"made-timeSeries.csv", string(makeUKBiobank(200)), "acceleration, imputed too", "uk-biobank", "made", "mg, ENMO", "2014-10-26T01:58:50.439+01:00", 30 * time.Second,
			[]float64{0.25, nan, 5.5, 3.25},
			nil, "kept, as chosen",
		},
		{
			"1_90004_0_0.csv", oldSeries, "", "uk-biobank", "1_90004_0_0", "mg, ENMO", naive(2014, 5, 7, 13, 29).Add(50 * time.Second).String(), 5 * time.Second,
			[]float64{12.5, nan, 0, 7},
			map[string][]float64{"imputed": {0, 1, 0, 0}},
			"the first line names the start",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name+" "+tt.channel, func(t *testing.T) {
			out, err := readBytes(tt.name, []byte(tt.content), format.Options{Channel: tt.channel})
			if err != nil {
				t.Fatal(err)
			}
			r := out[0]
			if r.Source.Format != tt.reader || r.Subject != tt.subject || r.Unit.String() != tt.unit || r.Start.String() != tt.start || r.Epoch != tt.epoch {
				t.Errorf("got %s, %s, %s, %s, %v; want %s, %s, %s, %s, %v", r.Source.Format, r.Subject, r.Unit, r.Start, r.Epoch,
					tt.reader, tt.subject, tt.unit, tt.start, tt.epoch)
			}
			if !beginsWith(r.Activity, tt.activity) {
				t.Errorf("activity: got %v, want %v", r.Activity[:len(tt.activity)], tt.activity)
			}
			for name, want := range tt.channels {
				if !beginsWith(r.Channels[name], want) {
					t.Errorf("channel %s: got %v, want %v", name, r.Channels[name], want)
				}
			}
			if notes := strings.Join(r.Source.Notes, "\n"); !strings.Contains(notes, tt.note) {
				t.Errorf("got notes %q, want %q in them", notes, tt.note)
			}
		})
	}
}

// beginsWith compares the first values; NaN equals NaN.
func beginsWith(got, want []float64) bool {
	return len(got) >= len(want) && slices.EqualFunc(got[:len(want)], want, func(a, b float64) bool {
		return a == b || math.IsNaN(a) && math.IsNaN(b)
	})
}

func TestFitabaseParticipants(t *testing.T) {
	out, err := readBytes("narrow.csv", []byte(fitabaseNarrow), format.Options{})
	if err != nil || len(out) != 2 {
		t.Fatalf("got %d recordings and %v, want 2", len(out), err)
	}
	if second := out[1]; second.Subject != "22" || !beginsWith(second.Activity, []float64{1, math.NaN(), 3, 4}) {
		t.Errorf("got %s with %v, want 22 with a minute missing", second.Subject, second.Activity)
	}
	wide := readOne(t, "wide.csv", fitabaseWide(), format.Options{})
	if len(wide.Activity) != 120 || wide.Activity[59] != 59 || wide.Activity[60] != 100 {
		t.Errorf("got %d minutes, want 120 in order", len(wide.Activity))
	}
}

// The hour that comes twice at the end of summer time is there twice, since the
// file names its zone.
func TestUKBiobankZone(t *testing.T) {
	r := readOne(t, "made-timeSeries.csv", string(makeUKBiobank(200)), format.Options{})
	zone, _ := r.Start.Zone()
	if zone.String() != "Europe/London" {
		t.Skip("no time zone database:", zone)
	}
	if got, want := r.Start.Add(3*time.Minute).String(), "2014-10-26T01:01:50.439Z"; got != want {
		t.Errorf("after the change: got %s, want %s", got, want)
	}
}

const madeSummary = `{"file-name": %q, "file-size": 1, "file-deviceID": 42, "quality-goodCalibration": 0,
 "calibration-errsBefore(mg)": 80.04, "calibration-errsAfter(mg)": 4.1, "wearTime-overall(days)": 5.5, "nonWearTime-overall(days)": 0.25}`

func TestUKBiobankSummary(t *testing.T) {
	tests := []struct {
		name, of, device string
		notes            []string
		alone            string // what becomes of the summary itself
	}{
		{
			"made-summary.json", "made.cwa.gz", "Axivity 42",
			[]string{"80.0 mg before and 4.1 mg after", "WARNING: made-summary.json says that the calibration is not good", "worn for 5.50 days"},
			"it comes with the recording of made-timeSeries.csv.gz beside it",
		},
		{"made-summary.json", "other.cwa", "", []string{`WARNING: made-summary.json is of "other.cwa", not of this recording`}, "name it other-summary.json"},
		{"made-summary-2.json", "made.cwa", "", []string{"No summary of the tool"}, "name it made-summary.json"},
	}
	for _, tt := range tests {
		t.Run(tt.name+" of "+tt.of, func(t *testing.T) {
			dir := t.TempDir()
			series, summary := filepath.Join(dir, "made-timeSeries.csv.gz"), filepath.Join(dir, tt.name)
			write(t, series, gzipped(t, makeUKBiobank(50)))
			write(t, summary, fmt.Appendf(nil, madeSummary, tt.of))
			r := read(t, series, format.Options{})[0]
			if r.Device != tt.device {
				t.Errorf("device: got %q, want %q", r.Device, tt.device)
			}
			for _, want := range tt.notes {
				if notes := strings.Join(r.Source.Notes, "\n"); !strings.Contains(notes, want) {
					t.Errorf("got notes %q, want %q in them", notes, want)
				}
			}
			_, err := readerOf(summary)
			if err == nil || !strings.Contains(err.Error(), tt.alone) {
				t.Errorf("the summary alone: got %v, want %q", err, tt.alone)
			}
			if companion := strings.HasPrefix(tt.alone, "it comes"); errors.Is(err, format.ErrCompanion) != companion {
				t.Errorf("companion: got %v, want %v", !companion, companion)
			}
		})
	}
}

func write(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestBadLayouts lists what is wrong with a table, on which line, and what is said.
func TestBadLayouts(t *testing.T) {
	uk, wide := string(makeUKBiobank(50)), fitabaseWide()
	tests := []struct {
		name, content string
		channel       string
		line          int
		want          string
	}{
		{"wide.csv", strings.Replace(wide, "Steps17", "Steps18", 1), "", 1, "no steps17 in its place"},
		{"narrow.csv", strings.Replace(fitabaseNarrow, "17\n", "x\n", 1), "", 3, "a number in column 3"},
		{"channel.csv", ggirPart2, "MAD", 1, `expected the channel "MAD", found "ENMO"`},
		{"zones.csv", strings.Replace(uk, "[Europe/London],7.25", "[Europe/Paris],7.25", 1), "", 9, `one zone in all rows, "Europe/London"`},
		{"cut.csv", strings.TrimSuffix(oldSeries, "7.0,\n"), "", 1, "the file may be cut off"},
		{"title.csv", strings.Replace(oldSeries, "5 seconds", "x seconds", 1), "", 1, "a start, an end and a sample rate"},
		{"days.csv", "Id,ActivityDate,TotalSteps\n1,4/12/2016,100\n", "", 0, "Fitbit day totals"},
		{"export.csv", "Activities\nDate,Calories Burned,Steps\n\"2020-01-01\",\"2,000\",\"5,000\"\n", "", 0, "Fitbit day totals"},
		{"sleep.csv", "Id,date,value,logId\n1,4/12/2016 2:47:30 AM,3,11\n", "", 0, "a Fitabase table of sleep"},
		{"scores.csv", "number,days,gender,age,afftype,melanch\ncondition_1,11,2,35-39,2,2\n", "", 0, "Depresjon's table of participants"},
		{"band.csv", "Study Name: x,,\ndeviceSN:   1,,\n,,\ntimeStamp,sleepWake,sleepEventMarker\n11-05-2022 01:10:00,0,0\n", "", 0, "sleep and wake, which holds no activity"},
		{"summary.json", fmt.Sprintf(madeSummary, "summary.cwa") + "}", "", 0, "JSON that cannot be read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, err := readBytes(tt.name, []byte(tt.content), format.Options{Channel: tt.channel})
			var file *actigraphy.FileError
			if !errors.As(err, &file) || len(out) > 0 {
				t.Fatalf("got %d recordings and error %v, want a *FileError", len(out), err)
			}
			if !strings.Contains(err.Error(), tt.want) || file.Line != tt.line || file.Advice == "" {
				t.Errorf("got %q on line %d, want %q on line %d, with advice", err, file.Line, tt.want, tt.line)
			}
		})
	}
}

// A zone that the rows' offsets contradict is not believed.
func TestZoneContradicted(t *testing.T) {
	uk := strings.ReplaceAll(string(makeUKBiobank(50)), "[Europe/London]", "[Asia/Tokyo]")
	r := readOne(t, "x-timeSeries.csv", uk, format.Options{})
	if got := r.Start.String(); got != "2014-10-26T01:58:50.439+01:00" {
		t.Errorf("got %s, want the offset of the first row", got)
	}
	if notes := strings.Join(r.Source.Notes, "\n"); !strings.Contains(notes, `The offset on line 2 is not that of the zone "Asia/Tokyo"`) {
		t.Errorf("got %q", notes)
	}
}
