package format_test

import (
	"bytes"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/formattest"
)

// exported returns the recording as a file of this program.
func exported(t testing.TB, r *actigraphy.Recording) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := format.WriteRecording(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRoundTrip exports a recording of every format that this package makes files
// of, reads it again and wants the same.
func TestRoundTrip(t *testing.T) {
	files := map[string][]byte{
		"made.AWD": makeAWD(50), "made.csv": makeCSV(50), "actigraph.csv": makeActiGraph(50), "act.csv": makeWide(2),
		"made_rpx.csv": makeRPX(rpxEnglish, time.Date(2020, 3, 25, 12, 0, 0, 0, time.UTC), 50), "made_atr.txt": makeATR(50),
		"made_tal.txt": makeTAL(50), "made_dqt.csv": makeDQT(50), "made_actical.csv": makeActical(50), "made.mtn": makeMTN(50),
		"made_export.xml": makeApple(50), "steps-2020-01-01.json": makeFitbit(50), "fitabase.csv": []byte(fitabaseWide()),
		"uk-timeSeries.csv": makeUKBiobank(50), "made_mesa.csv": []byte(makeMESA(50)), "made_bin.csv": []byte(geneActivEpochs("GMT +05:30")),
	}
	for name, content := range files {
		t.Run(name, func(t *testing.T) {
			recordings, err := readBytes(name, content, format.Options{})
			if err != nil || len(recordings) == 0 {
				t.Fatal(len(recordings), err)
			}
			for _, want := range recordings {
				roundTrip(t, want)
			}
		})
	}
}

func roundTrip(t *testing.T, want *actigraphy.Recording) *actigraphy.Recording {
	t.Helper()
	text := exported(t, want)
	got := readOne(t, "exported.csv", string(text), format.Options{})
	formattest.Same(t, got, want)
	if got.Source.Format != "circascope" || got.ID() == want.ID() {
		t.Errorf("got format %s, id %s as that of the first file", got.Source.Format, got.ID())
	}
	if !noted(got, want.Source.SHA256) {
		t.Errorf("no note names the first file: %q", got.Source.Notes)
	}
	if !bytes.Equal(exported(t, want), text) {
		t.Error("a second export differs")
	}
	return got
}

// made returns a recording with gaps, and values that no short decimal holds.
func made(start actigraphy.LocalTime, epoch time.Duration) *actigraphy.Recording {
	nan := math.NaN()
	return &actigraphy.Recording{
		Subject: "S 01", Device: "Maker X1", Site: "wrist", Start: start, Epoch: epoch,
		Activity: []float64{0, nan, 1.0 / 3, math.Copysign(0, -1), actigraphy.MaxActivity, 5e-324, nan, math.Nextafter(0.3, 1), nan},
		Unit:     actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: "axis 1"},
		Channels: map[string][]float64{
			actigraphy.ChannelLight:       {nan, nan, nan, nan, nan, nan, nan, nan, nan},
			actigraphy.ChannelTemperature: {-1e300, -0.5, 1e-9, 36.6, nan, 1, 2, 3, 4},
		},
		Source: actigraphy.Source{Name: "a.csv", Format: "csv", SHA256: strings.Repeat("ab", 32), Channel: "axis 1"},
	}
}

func TestRoundTripTimes(t *testing.T) {
	zone := func(name string) *time.Location {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return loc
	}
	at := func(loc *time.Location, year int, month time.Month, day, hour int) actigraphy.LocalTime {
		return actigraphy.Zoned(time.Date(year, month, day, hour, 58, 25, 500_000_000, loc))
	}
	starts := map[string]actigraphy.LocalTime{
		"naive":               actigraphy.Naive(time.Date(2020, 3, 5, 13, 58, 25, 0, time.UTC)),
		"naive, milliseconds": actigraphy.Naive(time.Date(2020, 3, 5, 13, 58, 25, 250_000_000, time.UTC)),
		"1918":                actigraphy.Naive(time.Date(1918, 11, 11, 11, 0, 0, 0, time.UTC)),
		"2068":                actigraphy.Naive(time.Date(2068, 2, 29, 23, 59, 0, 0, time.UTC)),
		"weekday":             actigraphy.Undated(time.Saturday, 23*time.Hour+59*time.Minute+500*time.Millisecond),
		"UTC":                 at(time.UTC, 2020, 3, 5, 1),
		"half an hour":        at(time.FixedZone("", 5*3600+1800), 2020, 3, 5, 1),
		"Adelaide":            at(zone("Australia/Adelaide"), 2024, 4, 7, 1),
		"autumn":              at(zone("Europe/Berlin"), 2024, 10, 27, 1),
		"local mean time":     at(zone("Europe/Amsterdam"), 1918, 9, 29, 1),
		"named as a zone":     at(time.FixedZone("CET", 3600), 2024, 3, 31, 1),
	}
	epochs := []time.Duration{time.Second, 1500 * time.Millisecond, time.Second / 30, time.Minute, 15 * time.Minute}
	for name, start := range starts {
		t.Run(name, func(t *testing.T) {
			for _, epoch := range epochs {
				roundTrip(t, made(start, epoch))
			}
		})
	}
}

// TestRoundTripWords takes texts that a line or a cell cannot hold as they are.
func TestRoundTripWords(t *testing.T) {
	r := made(actigraphy.Naive(time.Date(2020, 3, 5, 0, 0, 0, 0, time.UTC)), time.Minute)
	r.Subject, r.Device, r.Site = "  \"Ann\": #1\r\nx\x00\u00a0\xff", `C:\a`, "Zürich, 手首"
	r.Channels = map[string][]float64{"a,b": r.Activity, `say "x"`: r.Activity, " time": r.Activity, "#\n": r.Activity, "": r.Activity}
	r.Source.Options = map[string]string{"columns": `{"a":"b"}`}
	r.Source.Notes = []string{"One note: 1.", "Another."}
	got := roundTrip(t, r)
	if len(got.Source.Notes) != 3 || got.Source.Notes[2] != "Another." || !noted(got, `columns={"a":"b"}`) {
		t.Errorf("got notes %q", got.Source.Notes)
	}
}

// TestRoundTripJourney exports a clock that no name of a zone describes.
func TestRoundTripJourney(t *testing.T) {
	from := time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC)
	loc, err := actigraphy.NewLocation("Europe/Berlin, Asia/Kolkata from 2024-03-05 16:34", []actigraphy.ClockSetting{
		{From: from.AddDate(-1, 0, 0), Offset: 3600, Abbr: "CET"},
		{From: from.Add(4 * time.Minute), Offset: 19800, Abbr: "IST"},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := made(actigraphy.Zoned(from.In(loc)), time.Minute)
	if len(r.ClockChanges()) != 1 {
		t.Fatalf("got changes %v, want one", r.ClockChanges())
	}
	got := roundTrip(t, r)
	if zone, _ := got.Start.Zone(); zone.String() != loc.String() {
		t.Errorf("got the zone %s", zone)
	}
}

func TestBadCircascope(t *testing.T) {
	good := string(exported(t, made(actigraphy.Naive(time.Date(2020, 3, 5, 0, 0, 0, 0, time.UTC)), time.Minute)))
	tests := map[string]struct{ old, with, want string }{
		"a row gone":          {"2020-03-05T00:01:00,,,-0.5\r\n", "", "the time 2020-03-05T00:01:00 of epoch 2"},
		"times of Excel":      {"2020-03-05T00:00:00,0", "05.03.2020 00:00,0", "a spreadsheet rewrote the times"},
		"cut off":             {"2020-03-05T00:08:00,,,4\r\n", "", "9 epochs, as the header says, not 8"},
		"more rows":           {"2020-03-05T00:08:00,,,4\r\n", "2020-03-05T00:08:00,,,4\r\n2020-03-05T00:09:00,,,4\r\n", "more rows"},
		"a word":              {",36.6\r\n", ",warm\r\n", `a number in column 4, or nothing, found "warm"`},
		"a column gone":       {",36.6\r\n", "\r\n", "4 columns, as their names say"},
		"negative activity":   {"00:00:00,0,", "00:00:00,-3,", "expected an activity of at least 0"},
		"another version":     {"recording: 1", "recording: 2", "version 1 of the format"},
		"an unknown key":      {"# site:", "# sight:", `found "sight"`},
		"a key twice":         {"# site: wrist", "# device: b", `"device" again`},
		"no key":              {"# site: wrist", "# site", "a key, a colon and a value"},
		"an open quote":       {"# site: wrist", `# site: "wrist`, "a key, a colon and a value"},
		"no start":            {"# start: 2020-03-05T00:00:00\r\n", "", `a header with "start"`},
		"a start of words":    {"# start: 2020-03-05T00:00:00", "# start: then", "is no time"},
		"a zone, no offset":   {"# epochs: 9", "# epochs: 9\r\n# zone: Europe/Berlin", "a start without an offset"},
		"an epoch of 0":       {"seconds: 60", "seconds: 0", "seconds over 0"},
		"an epoch of no size": {"seconds: 60", "seconds: NaN", "seconds over 0"},
		"a clock of words":    {"# epochs: 9", "# epochs: 9\r\n# clock: noon 0 X", "seconds east of UTC"},
		"no epochs":           {"epochs: 9", "epochs: none", "a number of epochs"},
		"too many epochs":     {"epochs: 9", "epochs: 999999999", "at most"},
		"other columns":       {"time,activity", "time,counts", "the columns time,activity"},
		"a channel twice":     {"light,temperature", "light,light", "each once"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(good, tt.old, tt.with, 1)
			if tt.old == "light,temperature" {
				text = strings.Replace(good, "activity,light,temperature", "activity,light,light", 1)
			}
			if text == good {
				t.Fatalf("the file has no %q:\n%s", tt.old, good)
			}
			_, err := readBytes("bad.csv", []byte(text), format.Options{})
			var file *actigraphy.FileError
			if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want a *FileError with %q", err, tt.want)
			}
		})
	}
}

// TestSideFile takes the file beside an export up with it, and refuses it alone.
func TestSideFile(t *testing.T) {
	side := []byte("{\n  \"file\": \"a.csv\",\n  \"program\": \"Circascope\",\n  \"sources\": {}\n}\n")
	dir := writeFiles(t, map[string][]byte{"a.csv": []byte("x"), "a.csv.provenance.json": side, "b.csv.provenance.json": side})
	for name, companion := range map[string]bool{"a": true, "b": false} {
		err := format.Read(t.Context(), format.Readers(), filepath.Join(dir, name+".csv.provenance.json"), format.Options{}, nil, nil)
		var file *actigraphy.FileError
		if !errors.As(err, &file) || errors.Is(err, format.ErrCompanion) != companion {
			t.Errorf("%s: got %v, want a *FileError, taken up: %v", name, err, companion)
		}
	}
}

func TestCircascopeChannel(t *testing.T) {
	text := exported(t, made(actigraphy.Naive(time.Date(2020, 3, 5, 0, 0, 0, 0, time.UTC)), time.Minute))
	if _, err := readBytes("x.csv", text, format.Options{Channel: "axis 1"}); err != nil {
		t.Error(err)
	}
	if _, err := readBytes("x.csv", text, format.Options{Channel: "axis 2"}); err == nil || !strings.Contains(err.Error(), `"axis 1"`) {
		t.Errorf("got %v, want a sentence that names axis 1", err)
	}
}

func TestWriteRecordingRefuses(t *testing.T) {
	start := actigraphy.Naive(time.Date(2020, 3, 5, 0, 0, 0, 0, time.UTC))
	for want, change := range map[string]func(*actigraphy.Recording){
		"no epochs":             func(r *actigraphy.Recording) { r.Activity, r.Channels = nil, nil },
		"no start":              func(r *actigraphy.Recording) { r.Start = actigraphy.LocalTime{} },
		"channel light is infi": func(r *actigraphy.Recording) { r.Channels["light"][3] = math.Inf(1) },
	} {
		r := made(start, time.Minute)
		change(r)
		if err := format.WriteRecording(new(bytes.Buffer), r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func FuzzCircascope(f *testing.F) {
	for _, start := range []actigraphy.LocalTime{
		actigraphy.Naive(time.Date(2020, 3, 5, 0, 0, 0, 0, time.UTC)), actigraphy.Undated(time.Monday, time.Hour),
		actigraphy.Zoned(time.Date(1918, 3, 5, 0, 0, 0, 0, time.FixedZone("", 1172))),
	} {
		f.Add(exported(f, made(start, time.Minute)))
	}
	fuzzReader(f, format.Circascope{}, format.Options{})
}
