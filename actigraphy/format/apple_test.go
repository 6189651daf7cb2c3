package format_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/internal/reference"
)

// appleExport has two sources of the same steps, a record that stands twice, one
// without length, one inside a correlation, a day's total and a day in 1970.
const appleExport = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- a comment with ] and > in it -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation)*)>
<!ATTLIST Record type CDATA #REQUIRED>
]>
<HealthData locale="en_GB">
 <ExportDate value="2020-06-01 10:00:00 +0100"/>
 <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Bob&apos;s iPhone" unit="count" device="&lt;&lt;HKDevice: 0x1&gt;, name:iPhone, manufacturer:Apple, model:iPhone, hardware:iPhone8,1, software:10.0&gt;" startDate="2020-05-01 10:00:30 +0100" endDate="2020-05-01 10:02:30 +0100" value="120"/>
 <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Bob&apos;s iPhone" unit="count" startDate="2020-05-01 10:00:30 +0100" endDate="2020-05-01 10:02:30 +0100" value="120"/>
 <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Bob&apos;s iPhone" unit="count" startDate="2020-05-01 10:05:10 +0100" endDate="2020-05-01 10:05:10 +0100" value="7">
  <MetadataEntry key="x" value="a > b"/>
 </Record>
 <Correlation type="x" sourceName="y" startDate="2020-05-01 10:05:10 +0100" endDate="2020-05-01 10:05:10 +0100">
  <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Bob&apos;s iPhone" unit="count" startDate="2020-05-01 10:05:10 +0100" endDate="2020-05-01 10:05:10 +0100" value="1000"/>
 </Correlation>
 <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Bob&apos;s iPhone" unit="count" startDate="2020-05-02 00:00:00 +0100" endDate="2020-05-03 00:00:00 +0100" value="9000"/>
 <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Watch" unit="count" startDate="1970-01-01 00:00:00 +0000" endDate="1970-01-01 00:00:59 +0000" value="3"/>
 <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Watch" unit="count" startDate="2020-05-01 10:00:00 +0100" endDate="2020-05-01 10:01:00 +0100" value="55"/>
 <Record type="HKQuantityTypeIdentifierActiveEnergyBurned" sourceName="Watch" unit="kcal" startDate="2020-05-01 10:00:00 +0100" endDate="2020-05-01 10:01:00 +0100" value="1.5"/>
</HealthData>
`

// makeApple is an export of many records of two minutes.
func makeApple(records int) []byte {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\"?>\n<HealthData locale=\"en_GB\">\n")
	at := time.Date(2020, 5, 1, 0, 0, 30, 0, time.FixedZone("", 3600))
	const layout = "2006-01-02 15:04:05 -0700"
	for i, v := range counts(records) {
		start := at.Add(time.Duration(i) * 2 * time.Minute)
		fmt.Fprintf(&b, ` <Record type="HKQuantityTypeIdentifierStepCount" sourceName="iPhone" sourceVersion="10.2.1" device="&lt;&lt;HKDevice: 0x174294190&gt;, name:iPhone, manufacturer:Apple, model:iPhone, hardware:iPhone8,1, software:10.2.1&gt;" unit="count" creationDate="%s" startDate="%[1]s" endDate="%s" value="%d"/>`+"\n",
			start.Format(layout), start.Add(2*time.Minute).Format(layout), v)
	}
	b.WriteString("</HealthData>\n")
	return b.Bytes()
}

// appleArchive is an export.zip with clinical documents before the export.
func appleArchive(t testing.TB, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range [][2]string{{"apple_health_export/export_cda.xml", "<ClinicalDocument/>"}, {name, content}} {
		w, err := z.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAppleHealth(t *testing.T) {
	nan := math.NaN()
	phone, watch := "Bob's iPhone", "Watch"
	type recording struct {
		channel, start, device string
		activity               []float64
	}
	iPhone := func(channel string, between float64) recording {
		return recording{channel + " (" + phone + ")", "2020-05-01T10:00:00+01:00", "Apple iPhone8,1", []float64{30, 60, 30, between, between, 7}}
	}
	tests := []struct {
		channel string
		want    []recording
	}{
		{"", []recording{
			iPhone("steps", nan),
			{"steps (Watch)", "1970-01-01T00:00:00Z", watch, []float64{3}},
			{"steps (Watch)", "2020-05-01T10:00:00+01:00", watch, []float64{55}},
		}},
		{"steps, zero between records (Bob's iPhone)", []recording{iPhone("steps, zero between records", 0)}},
		{"active energy", []recording{{"active energy (Watch)", "2020-05-01T10:00:00+01:00", watch, []float64{1.5}}}},
	}
	for _, tt := range tests {
		for name, content := range map[string][]byte{
			"export.xml": []byte(appleExport), "export.zip": appleArchive(t, "apple_health_export/Exportación.xml", appleExport),
		} {
			out, err := readBytes(name, content, format.Options{Channel: tt.channel, Subject: "Bob"})
			if err != nil || len(out) != len(tt.want) {
				t.Errorf("%s, %q: got %d recordings and %v, want %d", name, tt.channel, len(out), err, len(tt.want))
				continue
			}
			ids := make(map[string]bool)
			for i, r := range out {
				want := tt.want[i]
				if r.Source.Channel != want.channel || r.Start.String() != want.start || r.Device != want.device || r.Epoch != time.Minute || r.Subject != "Bob" {
					t.Errorf("%s, %q: got %s, %s, %s, want %s, %s, %s", name, tt.channel, r.Source.Channel, r.Start, r.Device, want.channel, want.start, want.device)
				}
				if len(r.Activity) != len(want.activity) || !beginsWith(r.Activity, want.activity) {
					t.Errorf("%s, %q: got %v, want %v", name, tt.channel, r.Activity, want.activity)
				}
				ids[r.ID()] = true
			}
			if len(ids) != len(out) {
				t.Errorf("%s: %d recordings have %d ids", name, len(out), len(ids))
			}
		}
	}
}

func TestAppleHealthNotes(t *testing.T) {
	out, err := readBytes("export.xml", []byte(appleExport), format.Options{Channel: "steps (Bob's iPhone)"})
	if err != nil || len(out) != 1 {
		t.Fatalf("got %d recordings and %v, want 1", len(out), err)
	}
	notes := strings.Join(out[0].Source.Notes, "\n")
	for _, want := range []string{"2 records were spread", "2 minutes have no record", "1 records of Bob's iPhone stand twice", "1 records of Bob's iPhone are longer than an hour (9000 in all)"} {
		if !strings.Contains(notes, want) {
			t.Errorf("got notes %q, want %q in them", notes, want)
		}
	}
}

func TestBadAppleHealth(t *testing.T) {
	replace := func(old, with string) string { return strings.Replace(appleExport, old, with, 1) }
	tests := []struct {
		name, content, channel, want string
	}{
		{"cut.xml", appleExport[:len(appleExport)-100], "", "expected the end of the element HealthData, found the end of the file"},
		{"cutbehind.xml", strings.TrimSuffix(appleExport, "</HealthData>\n"), "", "expected the end of the element HealthData"},
		{"date.xml", replace(`startDate="2020-05-01 10:00:30 +0100"`, `startDate="2020-05-32 10:00:30 +0100"`), "", "a startDate as in"},
		{"back.xml", replace(`endDate="2020-05-01 10:02:30 +0100"`, `endDate="2020-05-01 10:00:00 +0100"`), "", "an endDate after 2020-05-01 10:00:30 +0100"},
		{"value.xml", replace(`value="120"`, `value="-120"`), "", "a value of at least 0"},
		{"nan.xml", replace(`value="120"`, `value="NaN"`), "", "a value of at least 0"},
		{"unit.xml", replace(`unit="count" startDate="2020-05-01 10:05`, `unit="km" startDate="2020-05-01 10:05`), "", "one unit for steps, count"},
		{"quote.xml", replace(`value="a > b"`, `value="a > b`), "", "expected"},
		{"attribute.xml", replace(`sourceName="Bob&apos;s iPhone"`, `sourceName=Bob`), "", "an attribute, as in"},
		{"deep.xml", replace("</HealthData>", strings.Repeat("<a>", 100)), "", "nested at most 64 deep"},
		{"long.xml", replace("</HealthData>", "<a b=\""+strings.Repeat("x", 2<<20)+"\"/></HealthData>"), "", "tags of at most 1024 KiB"},
		{"doctype.xml", "<!DOCTYPE HealthData [" + strings.Repeat("<!-- -->\n", 1<<20), "", "a document type of at most"},
		{"steps.xml", appleExport, "basal energy", "found steps (6), active energy (1)"},
		{"source.xml", appleExport, "steps (Clock)", "records of steps from Clock"},
		{"channel.xml", appleExport, "heart", "a channel of steps, active energy"},
		{"totals.xml", replace(`endDate="2020-05-01 10:01:00 +0100" value="1.5"`, `endDate="2020-05-02 10:01:00 +0100" value="1.5"`), "active energy", "totals, not epochs"},
	}
	for _, tt := range tests {
		out, err := readBytes(tt.name, []byte(tt.content), format.Options{Channel: tt.channel})
		var file *actigraphy.FileError
		if !errors.As(err, &file) || len(out) > 0 || !strings.Contains(err.Error(), tt.want) || file.Advice == "" {
			t.Errorf("%s: got %.200v, want %q, with advice", tt.name, err, tt.want)
		}
	}
	whole := appleArchive(t, "apple_health_export/export.xml", appleExport)
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 0xff
	for name, content := range map[string][]byte{
		"cut": whole[:len(whole)-100], "flipped": flipped, "without": appleArchive(t, "apple_health_export/other.xml", "<x/>"),
	} {
		out, err := readBytes(name+".zip", content, format.Options{})
		var file *actigraphy.FileError
		if !errors.As(err, &file) || len(out) > 0 {
			t.Errorf("%s: got %v, want a *FileError", name, err)
		}
	}
}

// TestAppleReference holds the real export against encoding/xml: each source's
// steps, and where they begin and end.
func TestAppleReference(t *testing.T) {
	path := filepath.Join(reference.Dir(t), "actigraphy", "files", "hkimport", "export.xml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var export struct {
		Record []struct {
			Type   string `xml:"type,attr"`
			Source string `xml:"sourceName,attr"`
			Start  string `xml:"startDate,attr"`
			End    string `xml:"endDate,attr"`
			Value  string `xml:"value,attr"`
		}
	}
	if err := xml.Unmarshal(text, &export); err != nil {
		t.Fatal(err)
	}
	if len(export.Record) != 4101 {
		t.Errorf("got %d records, want 4101", len(export.Record))
	}
	want, seen := make(map[string]float64), make(map[string]bool)
	for _, r := range export.Record {
		key := fmt.Sprint(r)
		if r.Type != "HKQuantityTypeIdentifierStepCount" || seen[key] {
			continue
		}
		seen[key] = true
		v, err := strconv.ParseFloat(r.Value, 64)
		if err != nil {
			t.Fatal(err)
		}
		want["steps ("+r.Source+")"] += v
	}
	got, minutes := make(map[string]float64), 0
	for _, r := range read(t, path, format.Options{}) {
		for _, v := range r.Activity {
			if !math.IsNaN(v) {
				got[r.Source.Channel] += v
				minutes++
			}
		}
	}
	if !maps.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-6 }) {
		t.Errorf("got %v, want %v", got, want)
	}
	t.Logf("4101 records of 4101; steps of %d sources of %d, in %d minutes: %v", len(got), len(want), minutes, got)
}
