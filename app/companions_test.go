package app_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/app"
)

// summarised is a time series of biobankAccelerometerAnalysis and its summary.
func summarised() (series, summary []byte) {
	var b bytes.Buffer
	b.WriteString("time,acc\n")
	for i := range 60 {
		fmt.Fprintf(&b, "2014-05-07 13:%02d:50.439000+0100 [Europe/London],%d\n", i, i)
	}
	return b.Bytes(), []byte(`{"file-name": "p1.cwa", "file-size": 1, "file-deviceID": 42}`)
}

// wideTables is a table of minutes of activity and one of flags.
func wideTables() (activity, flags []byte) {
	var names, counts, ones strings.Builder
	for i := range 1440 {
		fmt.Fprintf(&names, ",MIN%d", i+1)
		fmt.Fprintf(&counts, ",%d", 2+i%50)
		ones.WriteString(",1")
	}
	table := func(values string) []byte {
		return []byte("ID,Date" + names.String() + "\n1,2024-05-01" + values + "\n")
	}
	return table(counts.String()), table(ones.String())
}

// A file that comes after the recordings it goes with is told of, and joins them once
// they are read together.
func TestACompanionThatComesLater(t *testing.T) {
	series, summary := summarised()
	activity, flags := wideTables()
	for _, test := range []struct {
		name, of   string
		file, main []byte
		joined     func(actigraphy.Info) bool
	}{
		{"p1-summary.json", "p1-timeSeries.csv", summary, series, func(i actigraphy.Info) bool { return i.Device == "Axivity 42" }},
		{"wear.csv", "act.csv", flags, activity, func(i actigraphy.Info) bool { return strings.Join(i.Channels, "") == actigraphy.ChannelWear }},
	} {
		b := newBench(t).withLibrary(t)
		dir := t.TempDir()
		put := func(name string, content []byte) string {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
		run := func(path string) app.ImportReport {
			report, err := b.Import(t.Context(), []string{path}, format.Options{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			return report
		}
		put(test.of, test.main)
		first := run(dir)
		if first.Count(actigraphy.Imported) != 1 {
			t.Fatalf("%s: got %+v", test.of, first.Outcomes)
		}
		path := put(test.name, test.file)
		for _, what := range []string{dir, path} {
			report := run(what)
			last := report.Outcomes[0]
			if report.Count(actigraphy.Refused) != 1 || last.Path != path || !strings.Contains(last.Error, "delete those recordings") || !strings.Contains(last.Error, test.of) {
				t.Errorf("%s after the import: got %+v, want a refusal that says why", test.name, report.Outcomes)
			}
		}
		if _, err := b.UndoImport(t.Context(), first.Import); err != nil {
			t.Fatal(err)
		}
		report := run(path)
		if len(report.Outcomes) != 1 || !strings.Contains(report.Outcomes[0].Error, "import both together") {
			t.Errorf("%s alone: got %+v", test.name, report.Outcomes)
		}
		for range 2 { // the second time it is a duplicate that has it
			report = run(dir)
			infos, err := b.Rows(t.Context())
			if err != nil || report.Count(actigraphy.Refused) != 0 || len(infos) != 1 || !test.joined(infos[0].Info) {
				t.Errorf("%s together: got %+v and %+v, %v", test.name, report.Outcomes, infos, err)
			}
		}
	}
}
